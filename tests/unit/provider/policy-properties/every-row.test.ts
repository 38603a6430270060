import fc from "fast-check";
import { POLICY_FIELDS } from "../../../../provider/src/kinds/policy-fields";
import type { Fields } from "../../../../provider/src/lifecycle/field";
import type * as Codec from "../../../../provider/src/policy/codec";
import type * as Settings from "../../../../provider/src/policy/settings";
import { SETTINGS } from "../../../../provider/src/policy/settings";
import { CHECKS, type World } from "./checks";

/**
 * Whether the checks would notice: each row is taken away, once from what writes, once from what reads, once from what
 * compares, and each time a check must fail.
 */

type Decode = typeof Codec.decode;

const mockDecode: { now?: Decode } = {};

// What reads a live policy decodes with this; the rest of the codec is the real one.
jest.mock("../../../../provider/src/policy/codec", () => {
  const real = jest.requireActual<typeof Codec>("../../../../provider/src/policy/codec");
  const decode: Decode = (...args) => (mockDecode.now ?? real.decode)(...args);
  return { ...real, decode };
});

const { encode, decode } = jest.requireActual<typeof Codec>(
  "../../../../provider/src/policy/codec",
);
const WHOLE: World = { encode, decode, fields: POLICY_FIELDS };
const RUNS = 150;

/** The codec of a table without that row. */
function codecWithout(name: string): typeof Codec {
  let codec: typeof Codec | undefined;
  jest.isolateModules(() => {
    jest.doMock("../../../../provider/src/policy/settings", () => {
      const real = jest.requireActual<typeof Settings>("../../../../provider/src/policy/settings");
      return { ...real, SETTINGS: without(real.SETTINGS, name) };
    });
    codec = jest.requireActual<typeof Codec>("../../../../provider/src/policy/codec");
    jest.dontMock("../../../../provider/src/policy/settings");
  });
  return codec!;
}

const without = (rows: object, name: string) =>
  Object.fromEntries(Object.entries(rows).filter(([key]) => key !== name));

/** A check that fails in that world. Those that are about the row come first, or those that are about none. */
async function failing(world: World, row: string | undefined): Promise<string | undefined> {
  mockDecode.now = world.decode;
  const near = CHECKS.filter(({ about }) => about === row);
  const rest = CHECKS.filter((check) => !near.includes(check));
  for (const { name, property } of [...near, ...rest]) {
    const { failed } = await fc.check(property(world), { numRuns: RUNS, endOnFailure: true });
    if (failed) return name;
  }
  return undefined;
}

const CODEC_ROWS = Object.keys(SETTINGS);
/** What only says how to do something is compared with nothing in the tenant. */
const COMPARED = Object.entries<Fields[string]>(POLICY_FIELDS)
  .filter(([, { local }]) => !local)
  .map(([name]) => name);

const proved = { written: 0, read: 0, both: 0, compared: 0 };

describe.each(CODEC_ROWS)("without %s in the table", (name) => {
  const broken = codecWithout(name);

  test("what writes is found out", async () => {
    expect(await failing({ ...WHOLE, encode: broken.encode }, undefined)).toBeDefined();
    proved.written++;
  });

  test("what reads is found out", async () => {
    expect(await failing({ ...WHOLE, decode: broken.decode }, undefined)).toBeDefined();
    proved.read++;
  });

  test("both together are found out", async () => {
    const { encode: write, decode: read } = broken;
    expect(await failing({ ...WHOLE, encode: write, decode: read }, undefined)).toBeDefined();
    proved.both++;
  });
});

test.each(COMPARED)("without %s, what compares is found out", async (name) => {
  const fields = without(POLICY_FIELDS, name) as Fields;
  expect(await failing({ ...WHOLE, fields }, name)).toBeDefined();
  proved.compared++;
});

test("with nothing taken away, none of the checks fails", async () => {
  mockDecode.now = decode;
  for (const { property } of CHECKS) {
    expect((await fc.check(property(WHOLE), { numRuns: 10 })).failed).toBe(false);
  }
});

test("that was every row", () => {
  const told = Object.entries(proved).map(([part, count]) => `${count} ${part}`);
  process.stderr.write(`  rows proved: ${told.join(", ")}\n`);
  const all = CODEC_ROWS.length;
  expect(proved).toEqual({ written: all, read: all, both: all, compared: COMPARED.length });
});
