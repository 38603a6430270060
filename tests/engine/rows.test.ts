/**
 * The table of rows through the real engine: one stack holds one object for each row, and every step changes all of them at once.
 */
import { DEVICE_GROUP_FIELDS } from "../../provider/src/kinds/device-group";
import { POLICY_FIELDS } from "../../provider/src/kinds/device-preparation-policy";
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
const held: Record<string, Map<string, unknown>> = { program: new Map(), repair: new Map() };

async function lookAtAll(into: Map<string, unknown> | undefined): Promise<void> {
  for (const row of ROWS) {
    const id = ids[nameOf(row)];
    if (id !== undefined)
      into?.set(nameOf(row), await row.look({ sandbox: stack.sandbox, ids }, id));
  }
}

beforeAll(async () => {
  stack = await Stack.start();
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
  await lookAtAll(held["program"]);
  outcomes["after changed up"] = await stack.pulumi("preview", "--refresh", "--expect-no-changes");

  for (const { drift, ...row } of ROWS) {
    await drift?.by({ sandbox: stack.sandbox, ids }, ids[nameOf(row)] ?? "");
  }
  outcomes["blind preview"] = await stack.preview();
  outcomes["drift preview"] = await stack.preview("--refresh", "--expect-no-changes");
  steps["drift"] = await stack.steps("--refresh");
  outcomes["repair"] = await stack.up("--refresh");
  await lookAtAll(held["repair"]);
  outcomes["after repair"] = await stack.pulumi("preview", "--refresh", "--expect-no-changes");
});

afterAll(() => stack.close());

/** The lines with names in the place of ids, as the rows write them. */
function named(lines: string[]): string[] {
  return lines.map((line) =>
    ["group-a", "group-b", "users-a", "users-b"].reduce(
      (text, name) => text.replaceAll(ids[name] ?? "", `{${name}}`),
      line,
    ),
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
])("every argument and invariant of %s has a row", (kind, fields) => {
  const covered = ROWS.filter((row) => row.kind === kind).map(({ property }) => property);
  expect(covered.sort()).toEqual(Object.keys(fields).sort());
});

test.each(["after first up", "after changed up", "after repair"])(
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
      expect(held["program"]?.get(name)).toEqual(row.holds);
    });
  },
);

describe.each(ROWS.filter((row) => row.drift).map((row) => [nameOf(row), row] as const))(
  "%s changed in the tenant",
  (name, row) => {
    test("shows its line", () => {
      const lines = changedLines(outcomes["drift preview"]?.stdout ?? "").get(name) ?? [];
      expect(named(lines)).toEqual(row.drift?.lines);
    });

    test("is one update in the JSON preview, with its property", () => {
      const step = steps["drift"]?.get(name);
      expect(step?.op).toBe("update");
      const roots = Object.keys(step?.detailedDiff ?? {}).map((key) => key.replace(/\[.*/, ""));
      expect(roots).toContain(row.property);
    });

    test("is repaired with its requests", () => {
      expect(writesTo(outcomes["repair"], ids[name])).toEqual(row.drift?.writes);
      expect(held["repair"]?.get(name)).toEqual(row.holds);
    });
  },
);
