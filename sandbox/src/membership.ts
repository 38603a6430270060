/** Members of a dynamic group, and the groups that an object is in. */
import { testOf } from "./membership-rule";
import type { Entity, Group, Tenant } from "./tenant";

export function isDynamic(group: Entity): boolean {
  const types: unknown = group["groupTypes"];
  return Array.isArray(types) && types.includes("DynamicMembership");
}

/**
 * Ids of the users or devices that the rule matches. While processing is paused nothing is evaluated; a rule that
 * `membership-rule.ts` does not read has no members here.
 */
export function evaluateMembership(group: Entity, tenant: Tenant): string[] {
  const rule: unknown = group["membershipRule"];
  if (typeof rule !== "string" || group["membershipRuleProcessingState"] !== "On") return [];
  const kind = /\buser\.\w/i.test(rule) ? "user" : "device";
  const store = kind === "user" ? tenant.users : tenant.devices;
  const test = testOf(rule, kind);
  return test === undefined ? [] : [...store.values()].filter(test).map((entity) => entity.id);
}

/** Ids of the groups that an object is in, directly or through other groups. */
export function groupsOf(tenant: Tenant, id: string, transitive: boolean): Group[] {
  const found = new Map<string, Group>();
  const waiting = [id];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    for (const group of tenant.groups.values()) {
      const members = isDynamic(group) ? evaluateMembership(group, tenant) : group.memberIds;
      if (found.has(group.id) || !members.includes(current)) continue;
      found.set(group.id, group);
      if (transitive) waiting.push(group.id);
    }
  }
  return [...found.values()];
}
