/**
 * The table of rows through the real engine: one stack holds one object for each row, and every step changes all of them at once.
 */
import { DEVICE_GROUP_FIELDS } from "../../provider/src/kinds/device-group";
import { POLICY_FIELDS } from "../../provider/src/kinds/policy-fields";
import { POLICY_ORDER_FIELDS } from "../../provider/src/kinds/policy-order";
import { USER_GROUP_FIELDS } from "../../provider/src/kinds/user-group";
import { changedLines } from "../support/preview-text";
import { flat, type Outcome, type Program, Stack, type Step, writes } from "../support/stack";
import { type Row, ROWS } from "./rows";

jest.setTimeout(300_000);

const nameOf = ({ kind, property }: Row) => `${kind}-${property}`;

function program(changed: boolean): Program {
  const resources: Program = {
    "group-a": { kind: "DeviceGroup" },
    "group-b": { kind: "DeviceGroup" },
    "users-a": { kind: "UserGroup" },
    "users-b": { kind: "UserGroup" },
    "order-1": { kind: "DevicePreparationPolicy", args: { mode: "automatic" } },
    "order-2": { kind: "DevicePreparationPolicy", args: { mode: "automatic" } },
    "order-3": { kind: "DevicePreparationPolicy", args: { mode: "automatic" } },
  };
  for (const row of ROWS) {
    const args = { ...row.start, ...(changed ? row.program?.to : {}) };
    resources[nameOf(row)] = { kind: row.kind, args };
  }
  return resources;
}

let stack: Stack;
let ids: Record<string, string>;
const outcomes: Record<string, Outcome> = {};
const steps: Record<string, Map<string, Step>> = {};
const held = {
  program: new Map<string, unknown>(),
  repair: new Map<string, unknown>(),
  refill: new Map<string, unknown>(),
};

async function lookAtAll(into: Map<string, unknown>): Promise<void> {
  for (const row of ROWS) {
    const id = ids[nameOf(row)];
    if (id !== undefined)
      into.set(nameOf(row), await row.look({ sandbox: stack.sandbox, ids }, id));
  }
}

beforeAll(async () => {
  stack = await Stack.start({ switches: { associationTemplateMembers: "all" } });
  stack.declare(program(false));
  outcomes["first up"] = await stack.up();
  outcomes["after first up"] = await stack.pulumi("preview", "--refresh", "--expect-no-changes");
  outcomes["second up"] = await stack.up();

  stack.declare(program(true));
  outcomes["changed preview"] = await stack.preview();
  steps["changed"] = await stack.steps();
  ids = await stack.ids();
  outcomes["changed up"] = await stack.up();
  ids = await stack.ids();
  await lookAtAll(held.program);
  outcomes["after changed up"] = await stack.pulumi("preview", "--refresh", "--expect-no-changes");

  for (const { drift, ...row } of ROWS) {
    await drift?.by({ sandbox: stack.sandbox, ids }, ids[nameOf(row)] ?? "");
  }
  outcomes["blind preview"] = await stack.preview();
  outcomes["drift preview"] = await stack.preview("--refresh", "--expect-no-changes");
  steps["drift"] = await stack.steps("--refresh");
  outcomes["repair"] = await stack.up("--refresh");
  await lookAtAll(held.repair);
  outcomes["after repair"] = await stack.pulumi("preview", "--refresh", "--expect-no-changes");

  for (const { emptied, ...row } of ROWS) {
    await emptied?.by({ sandbox: stack.sandbox, ids }, ids[nameOf(row)] ?? "");
  }
  outcomes["emptied preview"] = await stack.preview("--refresh", "--expect-no-changes");
  steps["emptied"] = await stack.steps("--refresh");
  outcomes["refill"] = await stack.up("--refresh");
  await lookAtAll(held.refill);
  outcomes["after refill"] = await stack.pulumi("preview", "--refresh", "--expect-no-changes");
});

afterAll(() => stack.close());

const SHARED = ["group-a", "group-b", "users-a", "users-b", "order-1", "order-2", "order-3"];

/** The lines with names in the place of ids, as the rows write them. */
function named(lines: string[]): string[] {
  return lines.map((line) =>
    SHARED.reduce((text, name) => text.replaceAll(ids[name] ?? "", `{${name}}`), line),
  );
}

/** The requests of a run that changed one object. */
function writesTo(outcome: Outcome | undefined, id: string | undefined): string[] {
  return writes(outcome?.requests ?? [])
    .filter((line) => id !== undefined && line.includes(id))
    .map((line) => line.replaceAll(id ?? "", "{id}"));
}

test.each([
  ["DeviceGroup", DEVICE_GROUP_FIELDS],
  ["UserGroup", USER_GROUP_FIELDS],
  ["DevicePreparationPolicy", POLICY_FIELDS],
  ["PolicyOrder", POLICY_ORDER_FIELDS],
])("every argument and invariant of %s has a row", (kind, fields) => {
  const covered = ROWS.filter((row) => row.kind === kind).map(({ property }) => property);
  expect(covered.sort()).toEqual(Object.keys(fields).sort());
});

test.each(["after first up", "after changed up", "after repair", "after refill"])(
  "nothing shows and nothing is written %s",
  (step) => {
    expect(outcomes[step]).toMatchObject({ code: 0 });
    expect(writes(outcomes[step]?.requests ?? [])).toEqual([]);
  },
);

test("an up with nothing to do sends no request", () => {
  expect(flat(outcomes["second up"]?.requests ?? [])).toEqual([]);
});

test("a preview of changes in the program sends no request", () => {
  expect(flat(outcomes["changed preview"]?.requests ?? [])).toEqual([]);
});

test("a preview without --refresh sends no request and sees no drift", () => {
  expect(outcomes["blind preview"]).toMatchObject({ code: 0, requests: [] });
  expect(changedLines(outcomes["blind preview"]?.stdout ?? "")).toEqual(new Map());
});

test("drift ends with exit code 7", () => {
  expect(outcomes["drift preview"]).toMatchObject({ code: 7 });
});

test("only what was changed shows", () => {
  const changed = ROWS.filter((row) => row.program).map(nameOf);
  const drifted = ROWS.filter((row) => row.drift).map(nameOf);
  const names = (name: string) => [...new Set(steps[name]?.keys())].sort();
  expect(names("changed")).toEqual(changed.sort());
  expect(names("drift")).toEqual(drifted.sort());
  expect(names("emptied")).toEqual(
    ROWS.filter((row) => row.emptied)
      .map(nameOf)
      .sort(),
  );
});

describe.each(ROWS.filter((row) => row.program).map((row) => [nameOf(row), row] as const))(
  "%s changed by the program",
  (name, row) => {
    test("shows its line", () => {
      if (row.program?.replaces) {
        expect(steps["changed"]?.get(name)).toMatchObject({ replaceReasons: [row.property] });
        return;
      }
      const lines = changedLines(outcomes["changed preview"]?.stdout ?? "").get(name) ?? [];
      expect(named(lines)).toEqual(row.program?.lines);
    });

    test("sends its requests", () => {
      expect(writesTo(outcomes["changed up"], ids[name])).toEqual(row.program?.writes);
    });

    test("is in the tenant", () => {
      expect(held.program.get(name)).toEqual(row.holds);
    });
  },
);

describe.each([
  ["changed", "drift", "drift preview", "repair"],
  ["emptied", "emptied", "emptied preview", "refill"],
] as const)("%s in the tenant", (_, column, preview, repair) => {
  const rows = ROWS.filter((row) => row[column]).map((row) => [nameOf(row), row] as const);

  test.each(rows)("%s shows its line", (name, row) => {
    const lines = changedLines(outcomes[preview]?.stdout ?? "").get(name) ?? [];
    expect(named(lines)).toEqual(row[column]?.lines);
  });

  test.each(rows)("%s is one update in the JSON preview, with its property", (name, row) => {
    const step = steps[column]?.get(name);
    expect(step?.op).toBe("update");
    const roots = Object.keys(step?.detailedDiff ?? {}).map((key) => key.replace(/\[.*/, ""));
    expect(roots).toContain(row.property);
  });

  test.each(rows)("%s is repaired with its requests", (name, row) => {
    expect(writesTo(outcomes[repair], ids[name])).toEqual(row[column]?.writes);
    expect(held[repair].get(name)).toEqual(row.holds);
  });
});
