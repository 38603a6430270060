// @ts-check
/** How many requests each kind of operation sends, counted in the tenant's log. */
import { Failure, note } from "../lib/output.mjs";
import { makeFirst, multiply } from "./multiply.mjs";
import { atMost, median, seconds, spread } from "./numbers.mjs";
import { Stack } from "./stack.mjs";
import { graphOnly, ids, inWords, isRead } from "./tenant.mjs";

/** @typedef {import("./numbers.mjs").Row} Row */
/** @typedef {import("./tenant.mjs").Tenant} Tenant */
/** @typedef {import("./tenant.mjs").RecordedRequest} RecordedRequest */
/** @typedef {import("./program.mjs").Program} Program */

/** @type {import("./numbers.mjs").Step} */
export const requests = {
  name: "requests",
  title: "Requests",
  about:
    "Requests to Microsoft Graph in the log of a sandbox tenant, each command run by the real engine. A `$batch` counts as one " +
    "request, requests for tokens don't count. The stack is a device group, a dynamic user group and a policy with one app, one " +
    "script and one assignment.",
  measure: async (tenant, sizes) => [
    ...(await ofOneStack(tenant)),
    ...(await ofManyPolicies(tenant, sizes.refresh, sizes.refreshes)),
  ],
};

const unchanged = ["--yes", "--skip-preview", "--expect-no-changes"];

const policy = {
  deviceGroupId: { $id: "devices" },
  userGroupIds: [{ $id: "users" }],
  appIds: ids.apps.slice(0, 1),
  scriptIds: ids.scripts.slice(0, 1),
};

/** @param {Record<string, unknown>} [changed] @returns {Program} */
const program = (changed) => ({
  devices: { kind: "DeviceGroup" },
  users: { kind: "UserGroup", args: { membershipRule: '(user.department -eq "Sales")' } },
  policy: { kind: "DevicePreparationPolicy", args: { ...policy, ...changed } },
});

/** @param {Tenant} tenant @returns {Promise<Row[]>} */
async function ofOneStack(tenant) {
  await tenant.reset();
  const stack = await Stack.make("requests", tenant.url);
  /** @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
  const count = async (args, env) => {
    await tenant.forget();
    await stack.pulumi(args, env);
    const all = await tenant.requests();
    note(`${args[0]}: ${all.map(inWords).join(", ") || "no request"}`);
    return all;
  };
  const up = () => count(["up", "--yes", "--skip-preview"]);

  stack.declare(program());
  // No endpoint and nothing to sign in with: whatever asked for a token would fail.
  const offline = await count(["preview"], { AUTOPILOT_ENDPOINT: undefined });
  const created = graphOnly(await up());
  const refreshed = graphOnly(await count(["refresh", ...unchanged]));
  const same = graphOnly(await count(["up", ...unchanged]));
  stack.declare(program({ timeoutMinutes: 75 }));
  const previewed = await count(["preview"]);
  const setting = graphOnly(await up());
  stack.declare(program({ timeoutMinutes: 75, assignToAllUsers: true }));
  const assignment = graphOnly(await up());
  stack.remove();
  return [
    told(atMost("the stack from nothing, read back", created.length, 11), created),
    told(atMost("refresh of the stack", refreshed.length, 5), refreshed),
    atMost("`up` without a change", same.length, 0),
    asSteps("one changed setting", setting, ["read", "PUT", "read"]),
    asSteps("one changed assignment", assignment, ["read", "assign"]),
    atMost(
      "`preview` of a new stack (without endpoint and credential) and of a change",
      offline.length + previewed.length,
      0,
    ),
  ];
}

/** @param {Row} row @param {RecordedRequest[]} requests @returns {Row} */
const told = (row, requests) => ({ ...row, note: requests.map(inWords).join(", ") });

/** @param {string} what @param {RecordedRequest[]} requests @param {string[]} goal @returns {Row} */
function asSteps(what, requests, goal) {
  const steps = requests.map((request) =>
    isRead(request) ? "read" : (/\/(assign)$/.exec(request.path)?.[1] ?? request.method),
  );
  const measured = steps.join(" + ");
  return told(
    { what, goal: goal.join(" + "), measured, reached: measured === goal.join(" + ") },
    requests,
  );
}

/** @type {Program} */
const pairs = {
  devices: { kind: "DeviceGroup" },
  policy: {
    kind: "DevicePreparationPolicy",
    args: { ...policy, userGroupIds: ids.users.slice(0, 1) },
  },
};

/**
 * How many reads share a request depends on how long the service takes to answer: so once without any latency, and once with
 * what a request to a cloud takes.
 * @param {Tenant} tenant
 * @param {number} size
 * @param {number} times
 * @returns {Promise<Row[]>}
 */
async function ofManyPolicies(tenant, size, times) {
  await tenant.reset();
  const stack = await Stack.make("many", tenant.url);
  await makeFirst(stack, pairs);
  await multiply(stack, tenant, pairs, size);
  /** @type {Row[]} */
  const rows = [];
  for (const latency of [0, 100]) {
    await tenant.latency(latency);
    /** @type {number[]} */
    const counts = [];
    for (let n = 0; n < times; n++) counts.push(await refreshOf(stack, tenant, size));
    const what = `refresh of ${size} policies with their device groups, \`--parallel 16\``;
    rows.push({
      ...atMost(`${what}, ${latency} ms latency`, median(counts), 60),
      note: spread(counts),
    });
  }
  stack.remove();
  return rows;
}

/** @param {Stack} stack @param {Tenant} tenant @param {number} size */
async function refreshOf(stack, tenant, size) {
  await tenant.forget();
  const { milliseconds } = await stack.pulumi(["refresh", ...unchanged, "--parallel", "16"]);
  const all = graphOnly(await tenant.requests());
  const reads = all.reduce((sum, { batch }) => sum + (batch?.length ?? 1), 0);
  // Two of each policy, two of each device group.
  if (reads < 4 * size) throw new Failure(`The refresh of ${size} policies read only ${reads}.`);
  note(
    `refresh of ${size} policies: ${all.length} requests for ${reads} reads, ${seconds(milliseconds)}`,
  );
  return all.length;
}
