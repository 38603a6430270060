// @ts-check
/**
 * Many resources without creating each: `up` makes the first of them, state and tenant get copies of it. The provider
 * keeps under the service's write limit (100 in 20 seconds), so 1,000 creations would take minutes that say nothing. That the
 * copies are as good is checked by whoever measures: every command runs with `--expect-no-changes`.
 */
import { randomUUID } from "node:crypto";
import { Failure } from "../lib/output.mjs";
import { ids } from "./tenant.mjs";
import { numbered } from "./program.mjs";
import { dynamicEntries, Stack } from "./stack.mjs";

/** @typedef {import("./tenant.mjs").Tenant} Tenant */
/** @typedef {import("./program.mjs").Program} Program */
/** @typedef {import("./stack.mjs").Entry} Entry */

/** @type {Program} Policies as in `examples/user-driven`, for groups outside the stack. */
export const policies = {
  policy: {
    kind: "DevicePreparationPolicy",
    args: {
      displayName: "{name}",
      description: "Company laptops, prepared while the user signs in",
      deviceGroupId: ids.devices,
      userGroupIds: ids.users.slice(0, 1),
      timeoutMinutes: 90,
      customErrorMessage: "Call the service desk: extension 4000.",
      allowSkip: false,
      appIds: ids.apps.slice(0, 1),
      scriptIds: ids.scripts.slice(0, 1),
    },
  },
};

/** @param {Program} program @param {number} count */
export const times = (program, count) =>
  Object.fromEntries(Object.entries(program).map(([name, one]) => [name, { ...one, count }]));

/**
 * Makes each resource of the stack's program once.
 * @param {Stack} stack
 * @param {Program} program
 */
export async function makeFirst(stack, program) {
  stack.declare(times(program, 1));
  await stack.up();
}

/**
 * Makes a stack of the first ones hold so many of each, and the tenant as well.
 * @param {Stack} stack
 * @param {Tenant | undefined} tenant none for resources that are in no tenant
 * @param {Program} program
 * @param {number} count
 */
export async function multiply(stack, tenant, program, count) {
  const state = await stack.exportState();
  const firsts = dynamicEntries(state).filter(({ urn }) => urn.endsWith(numbered("", 1)));
  const has = dynamicEntries(state).length / firsts.length;
  if (firsts.length === 0 || !Number.isInteger(has)) {
    throw new Failure("The state is not that of a stack of equal resources.");
  }
  const { groups = [], policies: all = [] } = (await tenant?.contents()) ?? {};
  const ours = (/** @type {{ id: string }} */ { id }) => firsts.some((first) => first.id === id);
  const objects = { groups: groups.filter(ours), policies: all.filter(ours) };
  const text = JSON.stringify({ entries: firsts, objects });
  /** @type {{ entries: Entry[], objects: typeof objects }[]} */
  const copies = [];
  for (let n = has + 1; n <= count; n++) {
    copies.push(JSON.parse(renamed(text, Object.keys(program), firsts, n)));
  }
  if (copies.length > 0) {
    state.deployment.resources.push(...copies.flatMap(({ entries }) => entries));
    await tenant?.seed({
      groups: copies.flatMap((copy) => copy.objects.groups),
      policies: copies.flatMap((copy) => copy.objects.policies),
    });
    await stack.importState(state);
  }
  stack.declare(times(program, count));
}

/**
 * The same text about other objects: their names and ids are new, wherever they stand.
 * @param {string} text
 * @param {string[]} names
 * @param {Entry[]} firsts
 * @param {number} n
 */
function renamed(text, names, firsts, n) {
  let copy = text;
  for (const { id } of firsts) copy = copy.replaceAll(id, randomUUID());
  for (const name of names) copy = copy.replaceAll(numbered(name, 1), numbered(name, n));
  return copy;
}

/**
 * Two stacks with one resource each, to be multiplied: a policy, and a pass-through resource with the inputs that the policy
 * has in state, so that the engine has the same to carry.
 * @param {Tenant} tenant
 * @param {string} name of the folders
 */
export async function makePair(tenant, name) {
  const ours = await Stack.make(`${name}-ours`, tenant.url);
  await makeFirst(ours, policies);
  const [entry] = dynamicEntries(await ours.exportState());
  const inputs = { ...entry?.inputs };
  delete inputs["__provider"];
  const first = numbered("policy", 1);
  /** @type {Program} */
  const same = {
    policy: {
      kind: "PassThrough",
      args: JSON.parse(JSON.stringify(inputs).replaceAll(first, "{name}")),
    },
  };
  const passThrough = await Stack.make(`${name}-pass-through`);
  await makeFirst(passThrough, same);
  return {
    ours,
    passThrough,
    /** @param {number} count */
    multiply: async (count) => {
      await multiply(ours, tenant, policies, count);
      await multiply(passThrough, undefined, same, count);
    },
    remove: () => {
      ours.remove();
      passThrough.remove();
    },
  };
}
