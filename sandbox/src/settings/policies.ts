/** Policies in the tenant: their order, and how they look on the wire. */
import { templates } from "./templates";
import type { Json, Policy, Tenant } from "../tenant";

/** Everything a policy can be asked for: `deviceManagementConfigurationPolicy` in Graph's metadata. */
export const policyProperties = [
  "id",
  "name",
  "description",
  "platforms",
  "technologies",
  "createdDateTime",
  "lastModifiedDateTime",
  "settingCount",
  "creationSource",
  "roleScopeTagIds",
  "isAssigned",
  "disableEntraGroupPolicyAssignment",
  "templateReference",
  "priorityMetaData",
] as const;

/** Answered only when `$select` names them: the captured POST answer lacks both (docs/graph-facts.md 1.4). */
export const onlySelected: readonly string[] = ["isAssigned", "disableEntraGroupPolicyAssignment"];

/** Dates have seven fractional digits: docs/graph-facts.md 1.4. */
export function timestamp(date: Date): string {
  return date.toISOString().replace("Z", "0000Z");
}

export function policyOnTheWire(policy: Policy): Json {
  const template = templates.get(policy.templateId);
  return {
    id: policy.id,
    name: policy.name,
    description: policy.description,
    platforms: policy.platforms,
    technologies: policy.technologies,
    createdDateTime: policy.createdDateTime,
    lastModifiedDateTime: policy.lastModifiedDateTime,
    settingCount: policy.settings.length,
    creationSource: policy.creationSource,
    roleScopeTagIds: policy.roleScopeTagIds,
    isAssigned: policy.assignments.length > 0,
    disableEntraGroupPolicyAssignment: template?.disableEntraGroupPolicyAssignment ?? false,
    templateReference: {
      templateId: policy.templateId,
      templateFamily: template?.templateFamily ?? "none",
      templateDisplayName: template?.displayName ?? null,
      templateDisplayVersion: template?.displayVersion ?? null,
    },
    priorityMetaData: { priority: policy.priority },
  };
}

/** Settings with their index ids (docs/graph-facts.md 1.5). */
export function settingsOnTheWire(tenant: Tenant, policy: Policy): Json[] {
  const stored = policy.settings as Json[];
  const turned = tenant.switches.settingOrder === "reversed";
  const shown = turned ? [...stored].reverse().map(reverseValues) : stored;
  return shown.map((settingInstance, index) => ({ id: String(index), settingInstance }));
}

function reverseValues(instance: Json): Json {
  const values = instance["simpleSettingCollectionValue"];
  if (!Array.isArray(values)) return instance;
  return { ...instance, simpleSettingCollectionValue: [...(values as unknown[])].reverse() };
}

/** All policies, highest priority first. */
export function policiesInOrder(tenant: Tenant): Policy[] {
  return [...tenant.policies.values()].sort((a, b) => a.priority - b.priority);
}

/** New policies go to the end: docs/graph-facts.md 4. */
export function lastPriority(tenant: Tenant): number {
  return Math.max(0, ...[...tenant.policies.values()].map((policy) => policy.priority)) + 1;
}

/** Puts a policy at a place; the others keep their order and close up (docs/graph-facts.md 4). */
export function moveTo(tenant: Tenant, policy: Policy, priority: number): void {
  const others = policiesInOrder(tenant).filter((each) => each !== policy);
  others.splice(Math.min(priority, others.length + 1) - 1, 0, policy);
  others.forEach((each, index) => {
    each.priority = index + 1;
  });
}

/** The places after a deleted policy close up. */
export function closeUp(tenant: Tenant): void {
  policiesInOrder(tenant).forEach((policy, index) => {
    policy.priority = index + 1;
  });
}
