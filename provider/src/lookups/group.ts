import type { Output } from "@pulumi/pulumi";
import { GROUPS, listBeginning, listNamed, type NamedGroup } from "../graph/names";
import type { Candidate, Search } from "./find-one";
import { lookUp, lookUpOutput, type LookupArgs, type LookupOutputArgs } from "./look-up";

/** What is known of a group. */
export interface GroupResult {
  /** The group's object id, for `userGroupIds` or `deviceGroupId` of a `DevicePreparationPolicy`. */
  id: string;
  /** The group's name. */
  displayName: string;
  /** What the group is for; empty if nobody wrote it. */
  description: string;
  /** Whether members are assigned by hand, or by a rule. */
  membershipType: "assigned" | "dynamic";
  /** The rule of a dynamic group. */
  membershipRule?: string;
}

/** @internal */
export const groups: Search<GroupResult> = {
  call: "getGroup",
  noun: "group",
  idGoes: "in userGroupIds or deviceGroupId of a DevicePreparationPolicy",
  permission: "Group.Read.All",
  named: async (graph, name) => (await listNamed(graph, GROUPS, name)).map(candidate),
  beginning: async (graph, start) => (await listBeginning(graph, GROUPS, start)).map(candidate),
};

function candidate(group: NamedGroup): Candidate<GroupResult> {
  const { id, displayName, description, groupTypes, membershipRule, securityEnabled } = group;
  const membershipType = groupTypes.includes("DynamicMembership") ? "dynamic" : "assigned";
  const sort = groupTypes.includes("Unified")
    ? "Microsoft 365 group"
    : securityEnabled
      ? "security group"
      : "distribution group";
  return {
    found: {
      id,
      displayName,
      description: description ?? "",
      membershipType,
      ...(membershipRule && { membershipRule }),
    },
    kind: `${membershipType} ${sort}`,
  };
}

/**
 * Finds a group of Entra ID by its name, when the program runs: in previews too. Names are not unique there; several groups of
 * the name are an error. For a group that the same program declares, use that resource: its `id` is the same.
 *
 * Rejects if no group or several have the name (it lists those, or similar names, with ids), if the tenant refuses, and if
 * `autopilot:offline` is set.
 *
 * Permission: `Group.Read.All`.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const sales = await autopilot.getGroup({ displayName: "All sales staff" });
 *   new autopilot.DevicePreparationPolicy("laptops", { userGroupIds: [sales.id] });
 * };
 * ```
 */
export function getGroup(args: LookupArgs): Promise<GroupResult> {
  return lookUp(groups, args);
}

/**
 * Finds a group of Entra ID by its name, as {@link getGroup} does, and gives an output. With `autopilot:offline` the output is
 * unknown in a preview, and an error in an update.
 *
 * @example
 * ```ts
 * const sales = autopilot.getGroupOutput({ displayName: "All sales staff" });
 * new autopilot.DevicePreparationPolicy("laptops", { userGroupIds: [sales.id] });
 * ```
 */
export function getGroupOutput(args: LookupOutputArgs): Output<GroupResult> {
  return lookUpOutput(groups, args);
}
