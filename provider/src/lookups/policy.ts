import type { Output } from "@pulumi/pulumi";
import { listBeginning, listNamed, type NamedPolicy, POLICIES } from "../graph/names";
import { type Mode, modeOf } from "../policy/settings";
import type { Candidate, Search } from "./find-one";
import { lookUp, lookUpOutput, type LookupArgs, type LookupOutputArgs } from "./look-up";

/** What is known of a device preparation policy. */
export interface PolicyResult {
  /** The policy's id, for `policyIds` of a `PolicyOrder` or `DevicePreparationPolicy.get`. */
  id: string;
  /** The policy's name. */
  displayName: string;
  /** How the policy prepares devices; absent if its template is one that this version does not know. */
  mode?: Mode;
  /** The template that the policy was made from; it decides the mode, and never changes. */
  templateId: string;
  /** The policy's place among the device preparation policies, if the service says; 1 is the highest. */
  priority?: number;
}

/** Intune keeps policies of every kind in one list; this family is device preparation. */
const DEVICE_PREPARATION = "enrollmentConfiguration";

/** @internal */
export const policies: Search<PolicyResult> = {
  call: "getPolicy",
  noun: "device preparation policy",
  idGoes: "in policyIds of a PolicyOrder, or in DevicePreparationPolicy.get",
  permission: "DeviceManagementConfiguration.Read.All",
  named: async (graph, name) => (await listNamed(graph, POLICIES, name)).map(candidate),
  beginning: async (graph, start) => (await listBeginning(graph, POLICIES, start)).map(candidate),
};

function candidate(policy: NamedPolicy): Candidate<PolicyResult> {
  const { id, name, templateReference, priorityMetaData } = policy;
  const { templateId, templateFamily = "none" } = templateReference;
  const foreign = templateFamily !== DEVICE_PREPARATION;
  const priority = priorityMetaData?.priority;
  const mode = modeOf(templateId);
  return {
    found: {
      id,
      displayName: name,
      ...(mode !== undefined && { mode }),
      templateId,
      ...(priority !== undefined && { priority }),
    },
    kind: foreign ? `another kind of policy, family ${templateFamily}` : `template ${templateId}`,
    foreign,
  };
}

/**
 * Finds a device preparation policy of Intune by its name, when the program runs: in previews too. Policies of other kinds are
 * left out, whatever their names. For a policy that the same program declares, use that resource: its `id` is the same.
 *
 * Rejects if no such policy or several have the name (it lists those, or similar names, with ids), if the tenant refuses, and
 * if `autopilot:offline` is set.
 *
 * Permission: `DeviceManagementConfiguration.Read.All`.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const standard = await autopilot.getPolicy({ displayName: "Standard laptops" });
 *   return { priority: standard.priority };
 * };
 * ```
 */
export function getPolicy(args: LookupArgs): Promise<PolicyResult> {
  return lookUp(policies, args);
}

/**
 * Finds a device preparation policy of Intune by its name, as {@link getPolicy} does, and gives an output. With
 * `autopilot:offline` the output is unknown in a preview, and an error in an update.
 *
 * @example
 * ```ts
 * export const priority = autopilot.getPolicyOutput({ displayName: "Standard laptops" }).priority;
 * ```
 */
export function getPolicyOutput(args: LookupOutputArgs): Output<PolicyResult> {
  return lookUpOutput(policies, args);
}
