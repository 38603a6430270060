/**
 * Whom a policy is for: `/assignments` and the action `/assign`, which replaces the whole set (docs/graph-facts.md 3). Only
 * groups of users: assigned or dynamic ones, and the virtual group "all users". The automatic template has none.
 */
import type { Context, Hono } from "hono";
import { badRequest } from "../errors";
import { collection, entity } from "../odata";
import { contextUrl, isJson, readBody } from "../request-context";
import type { Json, Policy, PolicyAssignment, Tenant } from "../tenant";
import { betaOnly, policyNotFound } from "../settings/intune-faults";
import { isGuid } from "../settings/refusal";
import { templates } from "../settings/templates";
import { actionFields, policyOf } from "./configuration-policies";

const root = "/deviceManagement/configurationPolicies/:id";

/** "All users" as the portal writes it: a group id that no directory has. */
export const allUsersGroup = "acacacac-9df4-4c7d-9d50-4ef0226f57a9";
/** Its sibling for devices: refused, as these policies start when a user signs in. */
export const allDevicesGroup = "adadadad-808e-44e2-905a-0b7873a8a531";

const shape = {
  type: "deviceManagementConfigurationPolicyAssignment",
  properties: ["id", "source", "sourceId", "target"],
} as const;

export function policyAssignments(app: Hono, tenant: Tenant): void {
  app.get(`${root}/assignments`, (c) => {
    betaOnly(c, "configurationPolicies");
    const policy = policyOf(c, tenant);
    return collection(c, onTheWire(policy), { ...shape, context: contextOf(policy) });
  });

  app.get(`${root}/assignments/:assignment`, (c) => {
    betaOnly(c, "configurationPolicies");
    const policy = policyOf(c, tenant);
    const found = onTheWire(policy).find((each) => each["id"] === c.req.param("assignment"));
    if (found === undefined) throw policyNotFound(c, tenant);
    return entity(c, found, { ...shape, context: contextOf(policy) });
  });

  app.post(`${root}/assign`, async (c) => {
    betaOnly(c, "configurationPolicies");
    const policy = policyOf(c, tenant);
    const { assignments } = actionFields(c, await readBody(c), ["assignments"]);
    if (!Array.isArray(assignments)) throw badRequest("sandbox: assignments: an array is expected");
    policy.assignments = assign(c, tenant, policy, assignments as unknown[]);
    const context = contextUrl(c, "Collection(deviceManagementConfigurationPolicyAssignment)");
    return c.json({ "@odata.context": context, value: onTheWire(policy) });
  });
}

function contextOf(policy: Policy): string {
  return `deviceManagement/configurationPolicies('${policy.id}')/assignments`;
}

function onTheWire(policy: Policy): Json[] {
  return policy.assignments.map((each) => ({ ...each }));
}

/** The new set; the same target twice is one assignment, as both would have one id. */
function assign(
  c: Context,
  tenant: Tenant,
  policy: Policy,
  items: readonly unknown[],
): PolicyAssignment[] {
  const template = templates.get(policy.templateId);
  if (template?.disableEntraGroupPolicyAssignment === true && items.length > 0) {
    throw badRequest(`sandbox: template '${template.id}' disables assignment to Entra groups`);
  }
  const set = new Map<string, PolicyAssignment>();
  items.forEach((item, index) => {
    const place = `assignments[${index}]`;
    if (!isJson(item)) throw badRequest(`sandbox: ${place}: an object is expected`);
    // The portal sends "id":"" and "source":"direct" (docs/graph-facts.md 3); both are the service's to decide.
    const fields = actionFields(c, item, ["id", "source", "sourceId", "target"]);
    const target = targetOf(c, tenant, fields["target"], place);
    const key =
      (target["groupId"] as string | undefined) ??
      guidOfTarget[String(target["@odata.type"])] ??
      "";
    const id = `${policy.id}_${key}`;
    set.set(id, { id, source: "direct", sourceId: policy.id, target });
  });
  return [...set.values()];
}

/** Id part of targets without a group. As for other Intune policies; not seen for these. */
const guidOfTarget: Readonly<Record<string, string>> = {
  "#microsoft.graph.allLicensedUsersAssignmentTarget": allUsersGroup,
  "#microsoft.graph.allDevicesAssignmentTarget": allDevicesGroup,
};

const filterProperties = [
  "deviceAndAppManagementAssignmentFilterId",
  "deviceAndAppManagementAssignmentFilterType",
];

function targetOf(c: Context, tenant: Tenant, value: unknown, place: string): Json {
  if (!isJson(value)) throw badRequest(`sandbox: ${place}.target: an object is expected`);
  const written = value["@odata.type"];
  const type = typeof written === "string" ? written.replace(/^#/, "") : "";
  const { switches } = tenant;
  switch (type) {
    case "microsoft.graph.groupAssignmentTarget":
    case "microsoft.graph.exclusionGroupAssignmentTarget": {
      if (type.includes("exclusion") && switches.exclusionTarget === "refused") {
        throw badRequest(
          `sandbox: ${place}.target: exclusion groups are not offered for these policies (switch exclusionTarget)`,
        );
      }
      const fields = actionFields(c, value, ["groupId", ...filterProperties]);
      return withFilter(tenant, `#${type}`, fields, place, {
        groupId: groupOf(tenant, fields["groupId"], place),
      });
    }
    case "microsoft.graph.allLicensedUsersAssignmentTarget":
      if (switches.allLicensedUsersTarget === "refused") {
        throw badRequest(
          `sandbox: ${place}.target: allLicensedUsersAssignmentTarget (switch allLicensedUsersTarget)`,
        );
      }
      return withFilter(tenant, `#${type}`, actionFields(c, value, filterProperties), place, {});
    case "microsoft.graph.allDevicesAssignmentTarget":
      if (switches.allDevicesTarget === "refused") {
        throw badRequest(
          `sandbox: ${place}.target: these policies can't be assigned to all devices, only to groups of users`,
        );
      }
      return withFilter(tenant, `#${type}`, actionFields(c, value, filterProperties), place, {});
    default:
      throw badRequest(
        `sandbox: ${place}.target: '@odata.type' is '${type}', a group target is expected`,
      );
  }
}

function groupOf(tenant: Tenant, value: unknown, place: string): string {
  const id = typeof value === "string" ? value.toLowerCase() : "";
  if (!isGuid(id)) throw badRequest(`sandbox: ${place}.target.groupId: a guid is expected`);
  if (id === allUsersGroup) return id;
  if (id === allDevicesGroup && tenant.switches.allDevicesTarget === "accepted") return id;
  if (!tenant.groups.has(id))
    throw badRequest(`sandbox: ${place}.target.groupId: there is no group '${id}'`);
  return id;
}

/** Filter fields are stored as null and "none" when not given: docs/graph-facts.md 3. */
function withFilter(tenant: Tenant, type: string, fields: Json, place: string, rest: Json): Json {
  const id = fields["deviceAndAppManagementAssignmentFilterId"] ?? null;
  const kind = fields["deviceAndAppManagementAssignmentFilterType"] ?? "none";
  if (typeof kind !== "string" || !["none", "include", "exclude"].includes(kind)) {
    throw badRequest(`sandbox: ${place}.target: filter type is not none, include or exclude`);
  }
  if (id !== null && typeof id !== "string")
    throw badRequest(`sandbox: ${place}.target: the filter id must be a string`);
  if (kind !== "none" && tenant.switches.assignmentFilter === "refused") {
    throw badRequest(`sandbox: ${place}.target: assignment filters (switch assignmentFilter)`);
  }
  return {
    "@odata.type": type,
    deviceAndAppManagementAssignmentFilterId: id === "" ? null : id,
    deviceAndAppManagementAssignmentFilterType: kind,
    ...rest,
  };
}
