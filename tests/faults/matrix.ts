/**
 * The fault matrix: every request of a whole life without faults, times every fault. After each cell the same is run again
 * without the fault, and then the tenant must be what the program says.
 */
import type { Sandbox } from "pulumi-autopilot-sandbox";
import { InProcessStack } from "../support/in-process";
import { flat, type Program } from "../support/stack";
import * as tenant from "../support/tenant";
import { FAULTS } from "./faults";

const USERS = [4, 5, 6].map((index) => `a1ce0000-0000-4000-8000-00000000000${index}`);
const APPS = [1, 3, 5].map((index) => `ab000000-0000-4000-8000-00000000000${index}`);

/** The program before and after its edit; the edit changes every resource. */
const PROGRAMS: readonly [Program, Program] = [program(false), program(true)];

function program(edited: boolean): Program {
  const note = edited ? "edited" : "";
  return {
    devices: {
      kind: "DeviceGroup",
      args: { description: note, additionalOwnerIds: edited ? [USERS[1]] : [USERS[0]] },
    },
    people: {
      kind: "UserGroup",
      args: { description: note, memberIds: edited ? [USERS[0], USERS[2]] : [USERS[0], USERS[1]] },
    },
    sales: {
      kind: "UserGroup",
      args: { membershipRule: `(user.department -eq "${edited ? "Sales" : "IT"}")` },
    },
    laptops: {
      kind: "DevicePreparationPolicy",
      args: {
        description: note,
        deviceGroupId: { $id: "devices" },
        userGroupIds: edited ? [{ $id: "sales" }] : [{ $id: "people" }],
        appIds: edited ? APPS : APPS.slice(1),
        timeoutMinutes: edited ? 90 : 60,
      },
    },
    associated: {
      kind: "DevicePreparationPolicy",
      args: { mode: "userDrivenWithAssociation", language: edited ? "de-DE" : "fr-FR" },
    },
    cloud: {
      kind: "DevicePreparationPolicy",
      args: { mode: "automatic", ...(edited ? {} : { deviceGroupId: { $id: "devices" } }) },
    },
    order: {
      kind: "PolicyOrder",
      args: {
        policyIds: edited
          ? [{ $id: "cloud" }, { $id: "laptops" }]
          : [{ $id: "laptops" }, { $id: "cloud" }],
      },
    },
  };
}

type Phase = "create" | "update" | "read" | "delete";
export const PHASES: readonly Phase[] = ["create", "update", "read", "delete"];

/** One request of the life without faults; `occurrence` counts equal ones within the phase. */
interface Place {
  phase: Phase;
  method: string;
  path: string;
  occurrence: number;
}

export interface Cell extends Place {
  fault: string;
}

/** What a cell came to: nothing if all invariants hold. */
export interface Verdict {
  cell: Cell;
  violations: string[];
  /** The operation went on in spite of the fault. */
  survived: boolean;
}

let connections = 0;

function newStack(sandbox: Sandbox): InProcessStack {
  connections += 1;
  return new InProcessStack({
    "autopilot:endpoint": sandbox.url,
    // Another connection each time, which remembers nothing of the last.
    "autopilot:operationMinutes": String(10 + connections / 1e6),
  });
}

async function run(stack: InProcessStack, phase: Phase): Promise<void> {
  if (phase === "create") await stack.up(PROGRAMS[0]);
  else if (phase === "update") await stack.up(PROGRAMS[1]);
  else if (phase === "read") await stack.refresh();
  else await stack.destroy();
}

/** Lives once without faults, and gives every request with its parts. */
export async function record(sandbox: Sandbox): Promise<Place[]> {
  sandbox.reset();
  const stack = newStack(sandbox);
  const places: Place[] = [];
  for (const phase of PHASES) {
    const before = sandbox.requests.length;
    await run(stack, phase);
    const seen = new Map<string, number>();
    const top = sandbox.requests.slice(before).filter(({ kind }) => kind === "graph");
    for (const { method, path } of [...top, ...flat(top.filter(({ batch }) => batch))]) {
      const key = `${method} ${path}`;
      const occurrence = (seen.get(key) ?? 0) + 1;
      seen.set(key, occurrence);
      places.push({ phase, method, path, occurrence });
    }
  }
  return places;
}

export function cells(places: readonly Place[]): Cell[] {
  return places.flatMap((place) => Object.keys(FAULTS).map((fault) => ({ ...place, fault })));
}

/** Runs one cell. Ids are seeded, so that the requests are those of the recording. */
export async function runCell(sandbox: Sandbox, cell: Cell): Promise<Verdict> {
  const fault = FAULTS[cell.fault];
  if (fault === undefined) throw new Error(`no fault ${cell.fault}`);
  const violations: string[] = [];
  sandbox.reset();
  const stack = newStack(sandbox);
  const foreign = await others(sandbox);
  for (const phase of PHASES.slice(0, PHASES.indexOf(cell.phase))) await run(stack, phase);

  const path = `^${cell.path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("'", "('|%27)")}$`;
  const match = { method: cell.method, path };
  sandbox.faults.set([{ match, occurrence: cell.occurrence, action: fault.action }]);
  let failure: Error | undefined;
  await run(stack, cell.phase).catch((error: unknown) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  if (sandbox.faults.records.every(({ fired }) => fired === 0)) violations.push("never fired");
  sandbox.faults.set([]);
  if (failure !== undefined && !fault.mayFail) violations.push(`failed: ${failure.message}`);

  try {
    if (failure !== undefined) await run(stack, cell.phase);
    violations.push(...(await wrongIn(sandbox, stack, cell.phase)));
    await stack.destroy();
    const left = await tenant.ours(sandbox);
    if (left.groups.length + left.policies.length > 0) {
      violations.push(`left behind: ${JSON.stringify(left)}`);
    }
  } catch (error) {
    violations.push(`not finished by the next run: ${String(error)}`);
  }
  if ((await others(sandbox)) !== foreign) violations.push("touched what is not ours");
  return { cell, violations, survived: failure === undefined };
}

/** What the tenant and state must be after a phase. */
async function wrongIn(sandbox: Sandbox, stack: InProcessStack, phase: Phase): Promise<string[]> {
  const wrong: string[] = [];
  const live = await tenant.ours(sandbox);
  const gone = phase === "delete";
  const groups = gone ? [] : ["devices", "people", "sales"];
  const policies = gone ? [] : ["associated", "cloud", "laptops"];
  if (JSON.stringify(live) !== JSON.stringify({ groups, policies })) {
    wrong.push(`the tenant holds ${JSON.stringify(live)}`);
  }
  if (gone) return stack.state.size > 0 ? [...wrong, "state is not empty"] : wrong;
  const declared = phase === "create" ? PROGRAMS[0] : PROGRAMS[1];
  await stack.refresh();
  const preview = stack.preview(declared);
  if (Object.keys(preview).length > 0) wrong.push(`differs: ${JSON.stringify(preview)}`);
  if ([...stack.state.values()].some(({ half }) => half)) wrong.push("something stays half-made");
  return wrong;
}

/** Everything in the tenant that is not ours, as one text. */
async function others(sandbox: Sandbox): Promise<string> {
  const { value } = await tenant.ask(sandbox, "GET", "/beta/groups?$top=999");
  const groups = (value as { id: string; uniqueName?: string | null }[]).filter(
    ({ uniqueName }) => !uniqueName?.startsWith("autopilot-"),
  );
  const linked = await Promise.all(
    groups.map(async (group) => [
      group,
      await tenant.linked(sandbox, group.id, "owners"),
      await tenant.linked(sandbox, group.id, "members"),
    ]),
  );
  return JSON.stringify(linked);
}
