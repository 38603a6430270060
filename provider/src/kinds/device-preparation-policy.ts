import type { Graph } from "../graph/client";
import {
  assignPolicy,
  clearMembershipTarget,
  deletePolicy,
  getPolicy,
  type MembershipTarget,
  replacePolicy,
  setMembershipTarget,
  type WireAssignment,
} from "../graph/configuration-policies";
import { orNothing } from "../graph/groups";
import { unmetKeys } from "../lifecycle/diff";
import { Failure } from "../lifecycle/failure";
import { type Fields, fieldsOfMode } from "../lifecycle/field";
import type { Context, Kind, Live } from "../lifecycle/kind";
import { poll, settling } from "../lifecycle/poll";
import { hasUnknown, type Props, sameValue } from "../lifecycle/props";
import { appTypesOf } from "../policy/codec";
import { MODES } from "../policy/settings";
import { adoptablePolicy } from "./adopted-policy";
import { adoptionFailures, announce, keepAdoption } from "./adoption";
import { assignmentTargets } from "./assignments";
import { deleteForSure, orGone } from "./gone";
import { live, observe, observeExisting, type Observed } from "./observed-policy";
import { keepOrigin } from "./origin";
import { bodyOf, type Wording, wordingFor } from "./policy-body";
import { DEFAULT_MODE, POLICY_FIELDS, type PolicyInputs } from "./policy-fields";
import { findTwins, hasFollowUp, makePolicy, markerOf, unfinished } from "./unfinished-policy";
import { explain } from "./verdict";

const NOUN = "device preparation policy";
type Ctx = Context<Graph>;

export const devicePreparationPolicy: Kind<Graph> = {
  name: "DevicePreparationPolicy",
  noun: NOUN,
  fields: POLICY_FIELDS,

  fieldsFor(inputs) {
    const mode = inputs["mode"] ?? DEFAULT_MODE;
    return MODES.some((known) => known === mode)
      ? fieldsOfMode(POLICY_FIELDS, mode)
      : POLICY_FIELDS;
  },

  elsewhere({ mode }) {
    const chosen = typeof mode === "string" ? mode : DEFAULT_MODE;
    return Object.fromEntries(
      Object.entries<Fields[string]>(POLICY_FIELDS).map(([name, { modes = MODES }]) => [
        name,
        `${name} exists only in mode ${modes.join(", ")}; the mode of this policy is ${chosen}`,
      ]),
    );
  },

  complete(given, olds) {
    const inputs: Props = keepAdoption(keepOrigin(given, olds), olds);
    const { deviceGroupId, userGroupIds } = inputs;
    if (deviceGroupId !== undefined) inputs["deviceGroupStatus"] ??= "bound";
    const twice =
      typeof deviceGroupId === "string" && !hasUnknown(deviceGroupId) && Array.isArray(userGroupIds)
        ? userGroupIds.includes(deviceGroupId)
        : false;
    const replacing = given["mode"] !== olds["mode"] && !hasUnknown(given["mode"]);
    const failures = adoptionFailures(given, olds, replacing);
    if (twice) {
      failures.push({
        property: "userGroupIds",
        reason: `userGroupIds names the device group ${String(deviceGroupId)}; it takes groups of users, deviceGroupId the group that devices join`,
      });
    }
    return { inputs, failures };
  },

  async create(ctx, props) {
    const inputs = props as PolicyInputs;
    if (inputs.adoptId !== undefined) return adopt(ctx, inputs.adoptId, inputs);
    const [twins, wording] = await Promise.all([
      findTwins(ctx.service, inputs),
      wordingFor(ctx.service, inputs, new Map()),
    ]);
    if (twins.length > 0) {
      const id = await unfinished(ctx, inputs, twins);
      ctx.made(id);
      return { id, live: await converge(ctx, id, inputs) };
    }
    const marked = hasFollowUp(inputs) ? markerOf(inputs) : undefined;
    const body = bodyOf(inputs, wording);
    const first = marked === undefined ? body : { ...body, description: marked };
    const policy = await makePolicy(ctx, inputs, first);
    ctx.made(policy.id);
    const start: Observed = {
      policy: {
        ...policy,
        description: first.description,
        settings: first.settings,
        assignments: [],
      },
      target: { status: "none" },
    };
    return {
      id: policy.id,
      live: await converge(ctx, policy.id, inputs, { start, ...wording }),
    };
  },

  async read(ctx, id, state) {
    const observed = await orGone(ctx, () => observe(ctx.service, id));
    return observed === undefined ? undefined : live(observed, state);
  },

  update: (ctx, id, _state, props) => converge(ctx, id, props as PolicyInputs),

  delete: (ctx, id) =>
    deleteForSure(
      ctx,
      () => deletePolicy(ctx.service, id),
      () => getPolicy(ctx.service, id),
    ),
};

/** Takes over an existing policy, once it is sure that it can be this one, and makes it equal to the inputs. */
async function adopt(
  ctx: Ctx,
  id: string,
  inputs: PolicyInputs,
): Promise<{ id: string; live: Live }> {
  const found = await adoptablePolicy(ctx, NOUN, id, inputs);
  ctx.made(id);
  announce(ctx, devicePreparationPolicy, live(found, inputs).inputs, inputs);
  return { id, live: await converge(ctx, id, inputs, undefined, found) };
}

/**
 * Makes the policy equal to the inputs, sending only what differs: device group, assignments, then the rest. The rest is
 * last, as it takes away the marker of an unfinished policy.
 */
async function converge(
  ctx: Ctx,
  id: string,
  inputs: PolicyInputs,
  known?: Wording & { start: Observed },
  found?: Observed,
): Promise<Live> {
  const graph = ctx.service;
  const start = known?.start ?? found ?? (await observeExisting(graph, id));
  const before = live(start, inputs).inputs;
  const settings = start.policy.settings ?? [];
  const wording = known ?? (await wordingFor(graph, inputs, appTypesOf(settings)));

  const rebound = await syncDeviceGroup(ctx, id, inputs, start.target);
  const assigned = await syncAssignments(graph, id, inputs, before);
  const rest = unmetKeys(POLICY_FIELDS, before, inputs).filter((key) => !BY_ACTION.has(key));
  if (rest.length > 0) await replacePolicy(graph, id, bodyOf(inputs, wording, settings));

  if (known === undefined && rest.length === 0 && !rebound) {
    const policy = assigned ? { ...start.policy, assignments: assigned } : start.policy;
    return live({ ...start, policy }, inputs);
  }
  const good = (now: Live) => unmetKeys(POLICY_FIELDS, now.inputs, inputs).length === 0;
  return poll(
    async () => {
      const now = await orNothing(observe(graph, id));
      return now === undefined ? undefined : live(now, inputs);
    },
    (now) => now !== undefined && good(now),
    {
      ...settling(ctx),
      waiting: () => ctx.say("waiting until Intune shows the policy as it was written"),
    },
  ).then(async (now) => now ?? live(await observeExisting(graph, id), inputs));
}

/** What goes through an action of its own, not through the policy's body. */
const BY_ACTION = new Set([
  "deviceGroupId",
  "deviceGroupStatus",
  "userGroupIds",
  "assignToAllUsers",
  "otherAssignments",
]);

/** Binds, changes or clears the device group; true if anything was sent. The verdict decides, not the status code. */
async function syncDeviceGroup(
  ctx: Ctx,
  id: string,
  { deviceGroupId, displayName }: PolicyInputs,
  target: MembershipTarget | undefined,
): Promise<boolean> {
  if (deviceGroupId === undefined) {
    if (target === undefined || target.groupId === undefined) return false;
    await clearMembershipTarget(ctx.service, id);
    return true;
  }
  if (target?.groupId === deviceGroupId && target.status === "bound") return false;
  const verdict = await poll(
    () => setMembershipTarget(ctx.service, id, deviceGroupId),
    ({ status }) => status !== "securityGroupNotFound",
    {
      ...ctx,
      waiting: () => ctx.say(`${displayName}: waiting until Intune sees the device group`),
    },
  );
  if (verdict.status === "bound") return true;
  const { why, what } = explain(verdict.status);
  throw new Failure(
    `the device group ${deviceGroupId} was not bound: ${why} (${verdict.status}).`,
    [what],
  );
}

/** Replaces the whole set of assignments if it differs, and gives what holds then. */
async function syncAssignments(
  graph: Graph,
  id: string,
  inputs: PolicyInputs,
  before: Props,
): Promise<WireAssignment[] | undefined> {
  const keys = ["userGroupIds", "assignToAllUsers", "otherAssignments"];
  if (keys.every((key) => sameValue(before[key], inputs[key]))) return undefined;
  return assignPolicy(graph, id, assignmentTargets(inputs));
}
