// @ts-check
/** How close the work on a policy comes to the round trips that have to wait for each other. */
import { Failure, note } from "../lib/output.mjs";
import { median, ms, ratio, seconds } from "./numbers.mjs";
import { Stack } from "./stack.mjs";
import { answered, begun, graphOnly, ids, inWords, isRead } from "./tenant.mjs";

/** @typedef {import("./numbers.mjs").Row} Row */
/** @typedef {import("./tenant.mjs").Tenant} Tenant */
/** @typedef {import("./tenant.mjs").RecordedRequest} RecordedRequest */

const LIMIT = 1.15;
const LATENCY_OF_LIMIT = 300;

/**
 * What has to be known before each round trip can be sent: the steps after which it can come. Reads of the same moment are one
 * step. `setEnrollment...` and `assign` both need the policy's id alone; the body is last, as it takes away the marker of an
 * unfinished policy (docs/decisions/0008-put-last-and-verdict.md).
 * @type {Record<string, Record<string, string[]>>}
 */
const chains = {
  create: {
    look: [],
    POST: ["look"],
    setEnrollmentTimeDeviceMembershipTarget: ["POST"],
    assign: ["POST"],
    PUT: ["setEnrollmentTimeDeviceMembershipTarget", "assign"],
    "read back": ["PUT"],
  },
  "change of a setting": { look: [], PUT: ["look"], "read back": ["PUT"] },
};

/** @type {import("./numbers.mjs").Step} */
export const trips = {
  name: "trips",
  title: "Round trips",
  about:
    "One policy with a device group, an app, a script and an assignment; its groups exist. The time runs from the policy's first " +
    "request to its last answer, in the tenant's log, with a latency on every request; it is set against the longest chain of " +
    `round trips that depend on each other x latency. ${described()} The engine's own time is the rest of the command.`,
  measure: async (tenant, sizes) => {
    await tenant.reset();
    const stack = await Stack.make("trips", tenant.url);
    /** @type {import("./program.mjs").Program} */
    const program = {};
    /** @type {Row[]} */
    const rows = [];
    for (const latency of sizes.latencies) {
      /** @type {Record<string, Measured[]>} */
      const measured = { create: [], "change of a setting": [] };
      await tenant.latency(latency);
      for (let n = 1; n <= sizes.trips; n++) {
        // Those before stay as they are, and send nothing.
        const name = `policy-${latency}-${n}`;
        for (const [what, list] of Object.entries(measured)) {
          program[name] = policy(what === "create" ? 60 : 75);
          stack.declare(program);
          list.push(await timedUp(tenant, stack));
        }
        const [created, changed] = Object.values(measured).map((list) =>
          ms(list.at(-1)?.policy ?? NaN),
        );
        note(`${latency} ms: create ${created}, change of a setting ${changed}`);
      }
      for (const [what, list] of Object.entries(measured)) rows.push(row(what, latency, list));
    }
    stack.remove();
    return rows;
  },
};

/** @typedef {{ policy: number, engine: number, requests: RecordedRequest[] }} Measured in milliseconds */

/** @param {number} timeoutMinutes @returns {import("./program.mjs").Declared} */
const policy = (timeoutMinutes) => ({
  kind: "DevicePreparationPolicy",
  args: {
    deviceGroupId: ids.devices,
    userGroupIds: ids.users.slice(0, 1),
    timeoutMinutes,
    appIds: ids.apps.slice(0, 1),
    scriptIds: ids.scripts.slice(0, 1),
  },
});

/** @param {Tenant} tenant @param {Stack} stack @returns {Promise<Measured>} */
async function timedUp(tenant, stack) {
  await tenant.forget();
  const { milliseconds } = await stack.up();
  const requests = graphOnly(await tenant.requests());
  if (requests.every(isRead)) throw new Failure("Nothing was written.");
  const policy = Math.max(...requests.map(answered)) - Math.min(...requests.map(begun));
  return { policy, engine: milliseconds - policy, requests };
}

/** @param {string} what @param {number} latency @param {Measured[]} list @returns {Row} */
function row(what, latency, list) {
  const time = median(list.map(({ policy }) => policy));
  const engine = `engine ${seconds(median(list.map((one) => one.engine)))}`;
  const title = `${what}, ${latency} ms`;
  const { length } = longest(chains[what] ?? {});
  if (latency === 0) return { what: title, goal: "", measured: `${ms(time)}; ${engine}` };
  const value = time / (length * latency);
  const { requests = [] } = list.at(-1) ?? {};
  return {
    what: title,
    goal: latency === LATENCY_OF_LIMIT ? `≤ ${ratio(LIMIT)}` : "",
    measured: `${ms(time)} = ${ratio(value)} of ${length} x ${latency} ms; ${engine}`,
    ...(latency === LATENCY_OF_LIMIT && { reached: value <= LIMIT }),
    note: `${inARow(requests)} in a row: ${requests.map(inWords).join(", ")}`,
  };
}

/** How many requests were sent one after the other's answer. @param {RecordedRequest[]} requests */
function inARow(requests) {
  let free = -Infinity;
  let count = 0;
  for (const request of [...requests].sort((a, b) => answered(a) - answered(b))) {
    if (begun(request) < free) continue;
    count += 1;
    free = answered(request);
  }
  return count;
}

/** The longest way through steps, each after others. @param {Record<string, string[]>} steps @returns {string[]} */
function longest(steps) {
  /** @param {string} step @returns {string[]} */
  const wayTo = (step) => {
    const before = (steps[step] ?? []).map(wayTo);
    return [...before.reduce((a, b) => (b.length > a.length ? b : a), []), step];
  };
  return Object.keys(steps)
    .map(wayTo)
    .reduce((a, b) => (b.length > a.length ? b : a), []);
}

function described() {
  const ways = Object.entries(chains).map(([what, steps]) => {
    const way = longest(steps);
    return `${what}: ${way.length} (${way.join(", ")})`;
  });
  return `Chains: ${ways.join("; ")}.`;
}
