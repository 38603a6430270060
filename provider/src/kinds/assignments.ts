import type { WireAssignment } from "../graph/configuration-policies";
import { isBag } from "../lifecycle/props";

/**
 * The group that means "all users" in assignments. It is in no directory: the admin center writes it, and the target
 * type of the same meaning leaves a device preparation policy without effect.
 */
export const ALL_USERS_GROUP_ID = "acacacac-9df4-4c7d-9d50-4ef0226f57a9";

const GROUP_TARGET = "#microsoft.graph.groupAssignmentTarget";

/** Whom a policy is for, as its inputs say it. */
export interface Assignments {
  userGroupIds?: string[];
  assignToAllUsers?: boolean;
}

/** The whole set as the service takes it. */
export function assignmentTargets({
  userGroupIds = [],
  assignToAllUsers = false,
}: Assignments): WireAssignment[] {
  const groupIds = assignToAllUsers ? [ALL_USERS_GROUP_ID, ...userGroupIds] : userGroupIds;
  return groupIds.map((groupId) => ({ target: { "@odata.type": GROUP_TARGET, groupId } }));
}

/** Reads the set. Targets of kinds that this provider never makes come as texts, so that they show as drift. */
export function assignmentsOf(assignments: readonly WireAssignment[]): {
  userGroupIds: string[];
  assignToAllUsers: boolean;
  otherAssignments: string[];
} {
  const groups: string[] = [];
  const others: string[] = [];
  for (const assignment of assignments as readonly unknown[]) {
    const target = partOf(assignment, "target");
    const kind = textOf(target, "@odata.type");
    const groupId = textOf(target, "groupId")?.toLowerCase();
    if (kind === GROUP_TARGET && groupId !== undefined) groups.push(groupId);
    else {
      const name = kind?.replace("#microsoft.graph.", "") ?? "unknown target";
      others.push(groupId === undefined ? name : `${name} ${groupId}`);
    }
  }
  const users = groups.filter((groupId) => groupId !== ALL_USERS_GROUP_ID);
  return {
    userGroupIds: [...new Set(users)].sort(),
    assignToAllUsers: users.length < groups.length,
    otherAssignments: others.sort(),
  };
}

function partOf(value: unknown, key: string): unknown {
  return isBag(value) ? value[key] : undefined;
}

/** A text that is there and not empty. */
function textOf(value: unknown, key: string): string | undefined {
  const text = partOf(value, key);
  return typeof text === "string" && text !== "" ? text : undefined;
}
