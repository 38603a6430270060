/**
 * The device group of a policy: set, retrieve, clear (docs/graph-facts.md 2). A rejected group is HTTP 200 with
 * `validationSucceeded: false`; nothing is bound then. The setting `devicesecuritygroupids` plays no part.
 */
import type { Context, Hono } from "hono";
import { badRequest } from "../errors";
import { contextUrl, isAppOnly, readBody } from "../request-context";
import type { Group, Json, Tenant } from "../tenant";
import { appOnlyFailure, betaOnly, noRoute } from "../settings/intune-faults";
import { expectType, Refusal } from "../settings/refusal";
import { actionFields, policyOf } from "./configuration-policies";

const root = "/deviceManagement/configurationPolicies/:id";
const actionTemplate = "~/singleton/navigation/key/unqualifiedaction";

/** Owner that lets Intune add devices: found by application id, never by name (docs/graph-facts.md 7). */
const ownerAppId = "f1346770-5b25-470b-88bd-d5744ab7952c";

/** `enrollmentTimeDeviceMembershipTargetValidationErrorCode`; `unknown` means no problem. */
export type MembershipCode =
  | "unknown"
  | "securityGroupNotFound"
  | "notSecurityGroup"
  | "notStaticSecurityGroup"
  | "firstPartyAppNotAnOwner"
  | "securityGroupNotInCallerScope";

export function membershipTarget(app: Hono, tenant: Tenant): void {
  app.post(`${root}/setEnrollmentTimeDeviceMembershipTarget`, async (c) => {
    betaOnly(c, "configurationPolicies");
    const policy = policyOf(c, tenant);
    refuseAppOnly(c, tenant);
    const target = targetIn(c, await readBody(c));
    const code = membershipCode(tenant, target.targetId);
    if (code === "unknown") policy.membershipTarget = target;
    else if (tenant.switches.membershipAfterFailedSet === "cleared") policy.membershipTarget = null;
    return answer(c, tenant, result(tenant, [{ id: target.targetId, code }]));
  });

  const retrieve = (c: Context): Response => {
    betaOnly(c, "configurationPolicies");
    const policy = policyOf(c, tenant);
    const { membershipRetrieveMethod: method, membershipRetrieveRoute: route } = tenant.switches;
    const routed = method === "both" || method.toUpperCase() === c.req.method;
    if (route === "missing" || !routed) throw noRoute(c, actionTemplate);
    const target = policy.membershipTarget;
    // Validated again: an owner that was lost since shows up here (docs/graph-facts.md 2.2).
    const bound =
      target === null
        ? []
        : [{ id: target.targetId, code: membershipCode(tenant, target.targetId) }];
    if (tenant.switches.membershipRetrieve === "statuses")
      return answer(c, tenant, result(tenant, bound));
    return answer(c, tenant, {
      validationSucceeded: bound.every((each) => each.code === "unknown"),
      enrollmentTimeDeviceMembershipTargets: target === null ? [] : [target],
    });
  };
  app.get(`${root}/retrieveEnrollmentTimeDeviceMembershipTarget`, retrieve);
  app.post(`${root}/retrieveEnrollmentTimeDeviceMembershipTarget`, retrieve);

  app.post(`${root}/clearEnrollmentTimeDeviceMembershipTarget`, async (c) => {
    betaOnly(c, "configurationPolicies");
    const policy = policyOf(c, tenant);
    refuseAppOnly(c, tenant);
    actionFields(c, await readBody(c, "optional"), []);
    policy.membershipTarget = null;
    return c.json({ "@odata.context": contextUrl(c, "Edm.Boolean"), value: true });
  });
}

function refuseAppOnly(c: Context, tenant: Tenant): void {
  if (tenant.switches.appOnlyMembership === "refused" && isAppOnly(c)) throw appOnlyFailure(c);
}

/** Exactly one target: the collection has one element at the most (docs/graph-facts.md 2.1). */
function targetIn(c: Context, body: Json): { targetType: string; targetId: string } {
  const wrapper = "enrollmentTimeDeviceMembershipTargets";
  const targets = actionFields(c, body, [wrapper])[wrapper];
  if (!Array.isArray(targets) || targets.length !== 1) {
    throw badRequest(`sandbox: ${wrapper}: exactly one target is expected`);
  }
  const given: unknown = targets[0];
  try {
    expectType(given, "enrollmentTimeDeviceMembershipTarget", `${wrapper}[0]`);
  } catch (error) {
    throw error instanceof Refusal ? badRequest(`sandbox: ${error.message}`) : error;
  }
  const fields = actionFields(c, given as Json, ["targetType", "targetId"]);
  const { targetType, targetId } = fields;
  if (targetType !== "staticSecurityGroup") {
    throw badRequest(`sandbox: ${wrapper}[0].targetType: must be staticSecurityGroup`);
  }
  if (typeof targetId !== "string" || targetId === "") {
    throw badRequest(`sandbox: ${wrapper}[0].targetId: the id of a group is expected`);
  }
  return { targetType, targetId };
}

/** The verdict on a group, as it is now. */
export function membershipCode(tenant: Tenant, groupId: string): MembershipCode {
  const group = tenant.groups.get(groupId.toLowerCase());
  // A group that was just made isn't known to Intune yet: docs/graph-facts.md 2.2.
  if (group === undefined || tenant.isFresh(group.createdAt, tenant.lag.intuneGroupVisibleMs)) {
    return "securityGroupNotFound";
  }
  // Scope tags of the caller are not modelled; a seeded group may say that it lies outside.
  if (group["outsideCallerScope"] === true) return "securityGroupNotInCallerScope";
  const types = groupTypes(group);
  if (group["securityEnabled"] !== true || types.includes("Unified")) return "notSecurityGroup";
  if (types.includes("DynamicMembership")) return "notStaticSecurityGroup";
  const owned = group.ownerIds.some((id) => {
    const appId = tenant.servicePrincipals.get(id.toLowerCase())?.["appId"];
    return typeof appId === "string" && appId.toLowerCase() === ownerAppId;
  });
  return owned ? "unknown" : "firstPartyAppNotAnOwner";
}

function groupTypes(group: Group): readonly unknown[] {
  return Array.isArray(group["groupTypes"]) ? (group["groupTypes"] as unknown[]) : [];
}

function result(tenant: Tenant, targets: readonly { id: string; code: MembershipCode }[]): Json {
  const each = tenant.switches.membershipStatusVerdict === "present";
  return {
    validationSucceeded: targets.every(({ code }) => code === "unknown"),
    enrollmentTimeDeviceMembershipTargetValidationStatuses: targets.map(({ id, code }) => ({
      targetId: id,
      targetValidationErrorCode: code,
      ...(each ? { validationSucceeded: code === "unknown" } : {}),
    })),
  };
}

/** OData puts a single complex result at the root; the documents' sample wraps it (docs/graph-facts.md 2.1). */
function answer(c: Context, tenant: Tenant, value: Json): Response {
  const context = contextUrl(c, "microsoft.graph.enrollmentTimeDeviceMembershipTargetResult");
  const wrapped = tenant.switches.membershipResult === "wrapped";
  return c.json({ "@odata.context": context, ...(wrapped ? { value } : value) });
}
