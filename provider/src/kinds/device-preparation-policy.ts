import { getAppType } from "../graph/apps";
import type { Graph } from "../graph/client";
import {
  assignPolicy,
  clearMembershipTarget,
  type ConfigurationPolicy,
  createPolicy,
  deletePolicy,
  findPoliciesByName,
  getPolicy,
  type MembershipTarget,
  type PolicyBody,
  replacePolicy,
  retrieveMembershipTarget,
  setMembershipTarget,
  type WireAssignment,
} from "../graph/configuration-policies";
import { isGone, NoAnswer } from "../graph/errors";
import { orNothing } from "../graph/groups";
import { changedKeys } from "../lifecycle/diff";
import { Failure } from "../lifecycle/failure";
import { type Fields, fieldsOfMode } from "../lifecycle/field";
import type { Context, Kind, Live } from "../lifecycle/kind";
import { poll, settling } from "../lifecycle/poll";
import { hasUnknown, type Props, sameValue } from "../lifecycle/props";
import { appTypesOf, type AppTypes, decode, encode } from "../policy/codec";
import { type Mode, modeOf, MODES, SETTINGS, TEMPLATES } from "../policy/settings";
import { assignmentsOf, type Assignments, assignmentTargets } from "./assignments";
import { keepOrigin, originOf } from "./origin";
import { explain } from "./verdict";

const NOUN = "device preparation policy";
const USER_DRIVEN: readonly Mode[] = ["userDriven"];
const STATUS = "deviceGroupStatus";
const DEFAULT_MODE: Mode = "userDriven";

/** Every property of a device preparation policy; the settings stand in `policy/settings.ts`. */
export const POLICY_FIELDS = {
  displayName: { kind: "string", minLength: 1, maxLength: 256 },
  description: { kind: "string", maxLength: 1000, default: "" },
  mode: { kind: "choice", choices: MODES, default: DEFAULT_MODE, replaces: true },
  deviceGroupId: { kind: "id" },
  userGroupIds: { kind: "idSet", default: [], modes: USER_DRIVEN },
  assignToAllUsers: { kind: "boolean", default: false, modes: USER_DRIVEN },
  ...SETTINGS,
  roleScopeTagIds: { kind: "textSet", default: ["0"] },
  /** `bound`, or the code with which Intune rejects the group. Absent without a declared device group. */
  deviceGroupStatus: { kind: "string", invariant: true },
  /** Targets that this provider never makes. */
  otherAssignments: { kind: "textSet", default: [], modes: USER_DRIVEN, invariant: true },
} as const satisfies Fields;

interface Inputs extends Props, Assignments {
  displayName: string;
  description: string;
  mode: Mode;
  deviceGroupId?: string;
  appIds: string[];
  roleScopeTagIds: string[];
}

type Ctx = Context<Graph>;

/** A policy as the tenant holds it. No `target` means that the tenant does not tell. */
interface Observed {
  policy: ConfigurationPolicy;
  target: MembershipTarget | undefined;
}

export const devicePreparationPolicy: Kind<Graph> = {
  name: "DevicePreparationPolicy",
  noun: NOUN,
  fields: POLICY_FIELDS,

  fieldsFor({ mode = DEFAULT_MODE }) {
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
    const inputs: Props = keepOrigin(given, olds);
    const { deviceGroupId, userGroupIds } = inputs;
    if (deviceGroupId !== undefined) inputs["deviceGroupStatus"] ??= "bound";
    const twice =
      typeof deviceGroupId === "string" && !hasUnknown(deviceGroupId) && Array.isArray(userGroupIds)
        ? userGroupIds.includes(deviceGroupId)
        : false;
    const failures = twice
      ? [
          {
            property: "userGroupIds",
            reason: `userGroupIds names the device group ${String(deviceGroupId)}; it takes groups of users, deviceGroupId the group that devices join`,
          },
        ]
      : [];
    return { inputs, failures };
  },

  async create(ctx, props) {
    const inputs = props as Inputs;
    const [twins, appTypes] = await Promise.all([
      findTwins(ctx.service, inputs),
      appTypesFor(ctx.service, inputs, new Map()),
    ]);
    if (twins.length > 0) {
      const id = await unfinished(ctx, inputs, twins);
      ctx.made(id);
      return { id, live: await converge(ctx, id, inputs) };
    }
    const marked = hasFollowUp(inputs) ? markerOf(inputs) : undefined;
    const body = bodyOf(inputs, appTypes);
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
    return { id: policy.id, live: await converge(ctx, policy.id, inputs, { start, appTypes }) };
  },

  async read(ctx, id, state) {
    const observed = await orNothing(observe(ctx.service, id));
    return observed === undefined ? undefined : live(observed, state);
  },

  update: (ctx, id, _state, props) => converge(ctx, id, props as Inputs),

  delete: (ctx, id) => deletePolicy(ctx.service, id),
};

/**
 * Makes the policy equal to the inputs, sending only what differs: device group, assignments, then the rest. The rest is
 * last, as it takes away the marker of an unfinished policy.
 */
async function converge(
  ctx: Ctx,
  id: string,
  inputs: Inputs,
  known?: { start: Observed; appTypes: AppTypes },
): Promise<Live> {
  const graph = ctx.service;
  const start = known?.start ?? (await observeExisting(graph, id));
  const settings = start.policy.settings ?? [];
  const appTypes = known?.appTypes ?? (await appTypesFor(graph, inputs, appTypesOf(settings)));
  const before = live(start, inputs).inputs;

  const rebound = await syncDeviceGroup(ctx, id, inputs, start.target);
  const assigned = await syncAssignments(graph, id, inputs, before);
  const rest = changedKeys(POLICY_FIELDS, before, inputs).filter((key) => !BY_ACTION.has(key));
  if (rest.length > 0) await replacePolicy(graph, id, bodyOf(inputs, appTypes, settings));

  if (known === undefined && rest.length === 0 && !rebound) {
    const policy = assigned ? { ...start.policy, assignments: assigned } : start.policy;
    return live({ ...start, policy }, inputs);
  }
  const good = (now: Live) => changedKeys(POLICY_FIELDS, now.inputs, inputs).length === 0;
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
  { deviceGroupId, displayName }: Inputs,
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
  inputs: Inputs,
  before: Props,
): Promise<WireAssignment[] | undefined> {
  const keys = ["userGroupIds", "assignToAllUsers", "otherAssignments"];
  if (keys.every((key) => sameValue(before[key], inputs[key]))) return undefined;
  return assignPolicy(graph, id, assignmentTargets(inputs));
}

async function observe(graph: Graph, id: string): Promise<Observed> {
  const [policy, target] = await Promise.all([
    getPolicy(graph, id),
    retrieveMembershipTarget(graph, id).catch((error: unknown) => {
      // The policy's own answer tells whether it is gone.
      if (isGone(error)) return undefined;
      throw error;
    }),
  ]);
  return { policy, target };
}

async function observeExisting(graph: Graph, id: string): Promise<Observed> {
  const observed = await orNothing(observe(graph, id));
  if (observed !== undefined) return observed;
  throw new Failure(`it does not exist any more (id ${id}).`, [
    "Run `pulumi up --refresh`: it notices that and makes a new one.",
  ]);
}

function live({ policy, target }: Observed, state: Props | undefined): Live {
  const { templateId } = policy.templateReference;
  const mode = modeOf(templateId);
  if (mode === undefined) {
    throw new Failure(
      `policy "${policy.name}" was made from the template ${templateId}, which this version does not know.`,
      [`It knows ${Object.values(TEMPLATES).join(" and ")}.`],
    );
  }
  const fields = fieldsOfMode(POLICY_FIELDS, mode);
  const all: Props = {
    displayName: policy.name,
    description: policy.description ?? "",
    mode,
    ...liveDeviceGroup(target, state),
    ...assignmentsOf(policy.assignments ?? []),
    ...decode(policy.settings ?? []),
    roleScopeTagIds: [...policy.roleScopeTagIds].sort(),
  };
  const priority = policy.priorityMetaData?.priority;
  return {
    inputs: Object.fromEntries(
      Object.entries(all).filter(([key, value]) => key in fields && value !== undefined),
    ),
    outputs: { templateId, ...(priority !== undefined && { priority }) },
  };
}

/**
 * The bound group and its status. What is bound shows in the id alone: the status says only whether Intune rejects it, so
 * that each change in the tenant is one line in a preview.
 */
function liveDeviceGroup(target: MembershipTarget | undefined, state: Props | undefined): Props {
  const declared = { deviceGroupId: state?.["deviceGroupId"], deviceGroupStatus: state?.[STATUS] };
  if (target === undefined) return declared;
  const { groupId: deviceGroupId, status } = target;
  if (status !== "bound" && status !== "none") return { deviceGroupId, deviceGroupStatus: status };
  const declaring = state === undefined ? deviceGroupId !== undefined : STATUS in state;
  return { deviceGroupId, ...(declaring && { deviceGroupStatus: "bound" }) };
}

function bodyOf(
  inputs: Inputs,
  appTypes: AppTypes,
  existing?: ConfigurationPolicy["settings"],
): PolicyBody {
  return {
    name: inputs.displayName,
    description: inputs.description,
    roleScopeTagIds: inputs.roleScopeTagIds,
    templateId: TEMPLATES[inputs.mode],
    settings: encode(inputs.mode, inputs, appTypes, existing),
  };
}

/** The kinds of all apps of the policy, asking only for those that are not known. */
async function appTypesFor(graph: Graph, inputs: Inputs, known: AppTypes): Promise<AppTypes> {
  const asked = await Promise.all(
    inputs.appIds
      .filter((id) => !known.has(id))
      .map(async (id) => [id, await getAppType(graph, id)] as const),
  );
  const missing = asked.filter(([, type]) => type === undefined).map(([id]) => id);
  if (missing.length > 0) {
    throw new Failure(`appIds names what is no app in this tenant: ${missing.join(", ")}.`, [
      "Take the id of a Windows app from Intune: Apps, then its address.",
    ]);
  }
  return new Map([...known, ...asked.map(([id, type]) => [id, type ?? ""] as const)]);
}

/** Device preparation policies of that name. */
async function findTwins(graph: Graph, { displayName }: Inputs): Promise<ConfigurationPolicy[]> {
  const policies = await findPoliciesByName(graph, displayName);
  return policies.filter(
    ({ templateReference: { templateId, templateFamily } }) =>
      templateFamily === "enrollmentConfiguration" || modeOf(templateId) !== undefined,
  );
}

/** Sends the policy. If the answer is lost, looks whether it was made: sent again, there would be two. */
async function makePolicy(
  ctx: Ctx,
  inputs: Inputs,
  body: PolicyBody,
): Promise<ConfigurationPolicy> {
  try {
    return await createPolicy(ctx.service, body);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const [made] = await findTwins(ctx.service, inputs);
    if (made === undefined) throw error;
    return made;
  }
}

/**
 * The policy of the same name that an interrupted run of this resource left behind. It carries the marker; or it is complete, and
 * is what the program declares down to its device group. Any other policy of that name is somebody else's.
 */
async function unfinished(ctx: Ctx, inputs: Inputs, twins: ConfigurationPolicy[]): Promise<string> {
  const marker = markerOf(inputs);
  const marked = twins.find(({ description }) => marker !== undefined && description === marker);
  if (marked !== undefined) return marked.id;
  const [twin] = twins;
  if (twins.length === 1 && twin !== undefined && marker !== undefined && inputs.deviceGroupId) {
    const observed = await observe(ctx.service, twin.id);
    const same = changedKeys(POLICY_FIELDS, live(observed, undefined).inputs, inputs).length === 0;
    if (same) return twin.id;
  }
  const ids = twins.map(({ id }) => id).join(", ");
  throw new Failure(`a policy of that name exists already (id ${ids}).`, [
    "Choose another displayName, or delete the other policy: two of one name can't be told apart on devices.",
  ]);
}

/** Stands as the description until the policy is complete, so that an interrupted create finds it again. */
function markerOf(inputs: Inputs): string | undefined {
  const origin = originOf(inputs);
  return origin === undefined ? undefined : `Being prepared by Pulumi: ${origin}`;
}

function hasFollowUp({ deviceGroupId, userGroupIds = [], assignToAllUsers }: Inputs): boolean {
  return deviceGroupId !== undefined || userGroupIds.length > 0 || assignToAllUsers === true;
}
