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
import { fieldsOfMode } from "../lifecycle/field";
import type { Live } from "../lifecycle/kind";
import type { Props } from "../lifecycle/props";
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
      // The policy's own answer tells whether it is gone.
      if (isGone(error)) return undefined;
      throw error;
    }),
  ]);
  return { policy: { ...policy, id }, target };
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
    roleScopeTagIds: policy.roleScopeTagIds.map(asText).sort(),
  };
  const priority = policy.priorityMetaData?.priority;
  return {
    inputs: Object.fromEntries(
      Object.entries(all).filter(([key, value]) => key in fields && value !== undefined),
    ),
    outputs: { templateId, ...(typeof priority === "number" && { priority }) },
  };
}

/**
 * The policy in the shape that the rest counts on, or an error that says where it is not. The inside of settings and assignments
 * may be anything: it is read as far as it goes, and shows as drift.
 */
function wellFormed(policy: ConfigurationPolicy): ConfigurationPolicy {
  const found = policy as { [Key in keyof ConfigurationPolicy]?: unknown };
  const reference = isBag(found.templateReference) ? found.templateReference : {};
  const { templateId } = reference;
  const misfits = [
    ...(typeof found.name === "string" ? [] : [`name is ${show(found.name)}`]),
    ...(typeof (found.description ?? "") === "string"
      ? []
      : [`description is ${show(found.description)}`]),
    ...(typeof templateId === "string" ? [] : [`templateReference.templateId is ${show(templateId)}`]),
    ...(["roleScopeTagIds", "settings", "assignments"] as const).flatMap((key) =>
      Array.isArray(found[key] ?? []) ? [] : [`${key} is ${show(found[key])}`],
    ),
  ];
  if (misfits.length === 0) return { ...policy, roleScopeTagIds: policy.roleScopeTagIds ?? [] };
  const name = typeof found.name === "string" ? `"${found.name}"` : String(found.id);
  throw new Failure(`policy ${name} can't be read: ${misfits.join(", ")}.`, [
    "Open it in the Intune admin center; if it opens there, please report this.",
  ]);
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
