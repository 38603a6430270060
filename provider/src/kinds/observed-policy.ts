import type { Graph } from "../graph/client";
import {
  type ConfigurationPolicy,
  getPolicy,
  type MembershipTarget,
  retrieveMembershipTarget,
} from "../graph/configuration-policies";
import { isGone } from "../graph/errors";
import { orNothing } from "../graph/groups";
import { Failure } from "../lifecycle/failure";
import { fieldsOfMode, show } from "../lifecycle/field";
import type { Live } from "../lifecycle/kind";
import { isBag, type Props } from "../lifecycle/props";
import { decode } from "../policy/codec";
import { modeOf, TEMPLATES } from "../policy/settings";
import { assignmentsOf } from "./assignments";
import { POLICY_FIELDS } from "./policy-fields";

/** A policy as the tenant holds it. No `target` means that the tenant does not tell. */
export interface Observed {
  policy: ConfigurationPolicy;
  target: MembershipTarget | undefined;
}

/** Reads policy and device group, in one request. */
export async function observe(graph: Graph, id: string): Promise<Observed> {
  const [policy, target] = await Promise.all([
    getPolicy(graph, id),
    retrieveMembershipTarget(graph, id).catch((error: unknown) => {
      // Whether the policy is gone is for its own answer to say.
      if (isGone(error)) return "doubtful" as const;
      throw error;
    }),
  ]);
  const sure = target === "doubtful" ? await retrieveForSure(graph, id) : target;
  return { policy: { ...policy, id }, target: sure };
}

/** The device group of a policy that exists: "does not exist" is no answer then. */
async function retrieveForSure(graph: Graph, id: string): Promise<MembershipTarget | undefined> {
  try {
    return await retrieveMembershipTarget(graph, id);
  } catch (error) {
    if (!isGone(error)) throw error;
    throw new Failure(`Intune shows the policy, but not its device group: ${error.message}`);
  }
}

/** The same for a policy that must exist. */
export async function observeExisting(graph: Graph, id: string): Promise<Observed> {
  const observed = await orNothing(observe(graph, id));
  if (observed !== undefined) return observed;
  throw new Failure(`it does not exist any more (id ${id}).`, [
    "Run `pulumi up --refresh`: it notices that and makes a new one.",
  ]);
}

/** The managed properties of a live policy. `state` or inputs tell what is declared. */
export function live({ policy: found, target }: Observed, state: Props | undefined): Live {
  const policy = wellFormed(found);
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
    ...decode(policy.settings ?? [], mode),
    roleScopeTagIds: [...policy.roleScopeTagIds].sort(),
  };
  const priority = policy.priorityMetaData?.priority;
  return {
    inputs: Object.fromEntries(
      Object.entries(all).filter(([key, value]) => key in fields && value !== undefined),
    ),
    outputs: { templateId, ...(typeof priority === "number" && { priority }) },
  };
}

const isText = (value: unknown) => typeof value === "string";
const isListOrNone = (value: unknown) => Array.isArray(value ?? []);

/** What the rest counts on. The inside of settings and assignments may be anything: it is read as far as it goes. */
const SHAPE: readonly [place: string, fits: (value: unknown) => boolean][] = [
  ["name", isText],
  ["description", (value) => isText(value ?? "")],
  ["templateReference.templateId", isText],
  ["roleScopeTagIds", isListOrNone],
  ["settings", isListOrNone],
  ["assignments", isListOrNone],
];

/** The policy if it has that shape, or an error that names it and the place. */
function wellFormed(policy: ConfigurationPolicy): ConfigurationPolicy {
  const found: Props = { ...policy };
  const { id, name, templateReference, roleScopeTagIds } = found;
  const templateId = isBag(templateReference) ? templateReference["templateId"] : undefined;
  found["templateReference.templateId"] = templateId;
  const misfits = SHAPE.filter(([place, fits]) => !fits(found[place])).map(
    ([place]) => `${place} is ${show(found[place])}`,
  );
  if (misfits.length === 0) {
    return { ...policy, roleScopeTagIds: ((roleScopeTagIds ?? []) as unknown[]).map(asText) };
  }
  throw new Failure(
    `policy ${typeof name === "string" ? `"${name}"` : String(id)} can't be read: ${misfits.join(", ")}.`,
    ["Open it in the Intune admin center; if it is whole there, please report this."],
  );
}

/** A text as it is; anything else as its JSON, so that it shows. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * The bound group and its status. What is bound shows in the id alone: the status says only whether Intune rejects it, so
 * that each change in the tenant is one line in a preview.
 */
function liveDeviceGroup(target: MembershipTarget | undefined, state: Props | undefined): Props {
  const declared = {
    deviceGroupId: state?.["deviceGroupId"],
    deviceGroupStatus: state?.["deviceGroupStatus"],
  };
  if (target === undefined) return declared;
  const { groupId: deviceGroupId, status } = target;
  if (status !== "bound" && status !== "none") return { deviceGroupId, deviceGroupStatus: status };
  const declaring =
    state === undefined ? deviceGroupId !== undefined : "deviceGroupStatus" in state;
  return { deviceGroupId, ...(declaring && { deviceGroupStatus: "bound" }) };
}
