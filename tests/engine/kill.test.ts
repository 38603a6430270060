/**
 * The engine, or engine and provider, killed at a request: the next up makes the tenant what the program says, with one object for
 * each resource, and no process is left. A few boundaries in `npm test`; AUTOPILOT_KILL=all takes every one.
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Program, Stack } from "../support/stack";
import * as tenant from "../support/tenant";

jest.setTimeout(300_000);

const PROGRAM: Program = {
  devices: { kind: "DeviceGroup", args: { displayName: "Devices" } },
  users: { kind: "UserGroup", args: { displayName: "Users" } },
  policy: {
    kind: "DevicePreparationPolicy",
    args: {
      displayName: "Laptops",
      description: "Company laptops",
      deviceGroupId: { $id: "devices" },
      userGroupIds: [{ $id: "users" }],
      appIds: ["ab000000-0000-4000-8000-000000000003"],
      scriptIds: ["5c000000-0000-4000-8000-000000000001"],
    },
  },
};

/** The requests of a whole creation. */
const REQUESTS = 11;

type Boundary = [when: "before" | "after", request: number, who: "engine" | "engine and provider"];

const ALL: Boundary[] = (["before", "after"] as const).flatMap((when) =>
  Array.from({ length: REQUESTS }, (_, index) => index + 1).flatMap((request) =>
    (["engine", "engine and provider"] as const).map((who): Boundary => [when, request, who]),
  ),
);
const SAMPLE: Boundary[] = [
  ["before", 1, "engine and provider"],
  ["after", 3, "engine and provider"],
  ["after", 7, "engine and provider"],
  ["after", 7, "engine"],
  ["before", 9, "engine"],
  ["after", 10, "engine and provider"],
];

const linux = process.platform === "linux" ? test : test.skip;
let stack: Stack;

beforeEach(async () => {
  stack = await Stack.start();
});

afterEach(() => stack.close());

/** The provider processes of this stack: it is their working folder. */
function providers(): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return (
          command.includes("dynamic-provider") && readlinkSync(`/proc/${pid}/cwd`) === stack.folder
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function until(holds: () => boolean, seconds: number): Promise<boolean> {
  for (let tries = 0; tries < seconds * 50; tries++) {
    if (holds()) return true;
    await sleep(20);
  }
  return holds();
}

linux.each(process.env["AUTOPILOT_KILL"] === "all" ? ALL : SAMPLE)(
  "killed %s request %d: %s",
  async (when, request, who) => {
    stack.declare(PROGRAM);
    stack.sandbox.faults.set([
      {
        match: { path: "^/(v1.0|beta)/[^$]|^/beta/.batch" },
        occurrence: request,
        action: { reset: when },
      },
    ]);
    let engine = 0;
    const up = stack.pulumiSeen((pid) => (engine = pid), {}, "up", "--yes", "--skip-preview");
    expect(await until(() => stack.sandbox.faults.records[0]?.fired === 1, 60)).toBe(true);
    const orphans = providers();
    process.kill(engine, "SIGKILL");
    if (who === "engine and provider") for (const pid of orphans) process.kill(pid, "SIGKILL");
    await up;
    stack.sandbox.faults.set([]);

    await stack.pulumi("cancel", "--yes");
    // A provider that survived may still be writing.
    await stack.up();
    const again = await stack.pulumi("preview", "--refresh", "--expect-no-changes", "--diff");
    expect(again).toMatchObject({ code: 0 });
    expect(await tenant.ours(stack.sandbox)).toEqual({
      groups: ["Devices", "Users"],
      policies: ["Laptops"],
    });
    expect(await until(() => providers().length === 0, 15)).toBe(true);
  },
);
