/** What a group may be: the checks of POST and PATCH bodies, each with its fact. */
import { groupBetaProperties, groupProperties } from "./directory-properties";
import { directoryBadRequest, GraphFault } from "./errors";
import { isDynamic } from "./membership";
import { canonicalBody } from "./request-context";
import type { Entity, Json, Tenant } from "./tenant";
import { textOf } from "./text";

/** Set by the service only. `null` is let through: clients that send the whole object back do so. */
const readOnly = `id deletedDateTime createdDateTime creationOptions expirationDateTime mail
  onPremisesDomainName onPremisesLastSyncDateTime onPremisesNetBiosName onPremisesProvisioningErrors
  onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled proxyAddresses
  renewedDateTime securityIdentifier serviceProvisioningErrors assignedLicenses
  hasMembersWithLicenseErrors licenseProcessingState isArchived isManagementRestricted
  membershipRuleProcessingStatus organizationId`.split(/\s+/);

const booleans = [
  "mailEnabled",
  "securityEnabled",
  "isAssignableToRole",
  "allowExternalSenders",
  "autoSubscribeNewMembers",
  "hideFromAddressLists",
  "hideFromOutlookClients",
];
const strings = [
  "displayName",
  "description",
  "mailNickname",
  "membershipRule",
  "membershipRuleProcessingState",
  "uniqueName",
  "visibility",
  "theme",
  "classification",
  "preferredDataLocation",
  "preferredLanguage",
];
const lists = [
  "groupTypes",
  "resourceBehaviorOptions",
  "resourceProvisioningOptions",
  "assignedLabels",
];

/** Exchange's properties: for Microsoft 365 groups, and each PATCH may hold nothing else (docs/graph-facts.md 7). */
export const exchangeProperties = [
  "allowExternalSenders",
  "autoSubscribeNewMembers",
  "hideFromAddressLists",
  "hideFromOutlookClients",
];

/** Names and types of a body, whichever call it is of. Properties come back in the service's writing. */
export function groupBody(body: Json, tenant: Tenant): Json {
  const known = [...groupProperties, ...groupBetaProperties];
  const named = canonicalBody(body, known, ["owners", "members"]);
  for (const [name, value] of Object.entries(named)) {
    if (readOnly.includes(name) && value !== null) {
      throw directoryBadRequest(`Property '${name}' is read-only and cannot be set.`, name);
    }
    const type = booleans.includes(name)
      ? "boolean"
      : strings.includes(name)
        ? "string"
        : undefined;
    if (type !== undefined && value !== null && typeof value !== type) {
      throw directoryBadRequest(
        `Cannot convert a value to target type 'Edm.${type === "boolean" ? "Boolean" : "String"}' for property '${name}'.`,
        name,
      );
    }
    if (lists.includes(name) && !Array.isArray(value)) {
      throw directoryBadRequest(`sandbox: property '${name}' must be a collection`, name);
    }
  }
  for (const name of readOnly) Reflect.deleteProperty(named, name);
  // The directory keeps no empty strings; clients write "" and null for "none" (docs/graph-clients.md: "nothing").
  if (named["membershipRule"] === "") named["membershipRule"] = null;
  if (named["description"] === "") {
    if (tenant.switches.emptyDescription === "refused") throw invalidValue("description");
    named["description"] = null;
  }
  return named;
}

/** The whole of a group as it would be after the call. */
export function checkGroup(group: Json, tenant: Tenant): void {
  const required = ["displayName", "mailEnabled", "mailNickname", "securityEnabled"];
  for (const name of required) {
    if (group[name] === undefined || group[name] === null) {
      throw directoryBadRequest(
        `A value is required for property '${name}' of resource 'Group'.`,
        name,
      );
    }
  }
  const displayName = String(group["displayName"]);
  if (displayName.length < 1 || displayName.length > 256) throw invalidValue("displayName");
  checkNickname(String(group["mailNickname"]), tenant);
  const description = group["description"];
  const limit = Number(tenant.switches.groupDescriptionLimit);
  if (typeof description === "string" && description.length > limit)
    throw invalidValue("description");
  checkKind(group, tenant);
  checkRule(group);
  if (group["isAssignableToRole"] === true) {
    if (group["securityEnabled"] !== true || isDynamic(group as Entity)) {
      throw directoryBadRequest(
        "sandbox: a group that roles can be assigned to must be security-enabled and not dynamic",
        "isAssignableToRole",
      );
    }
  }
  const visibility = group["visibility"];
  if (
    visibility !== undefined &&
    visibility !== null &&
    !/^(Private|Public|HiddenMembership)$/.test(textOf(visibility))
  ) {
    throw invalidValue("visibility");
  }
}

/** docs/graph-facts.md 7: 64 characters, ASCII 0-127 except @ ( ) \ [ ] " ; : < > , SPACE. */
function checkNickname(nickname: string, tenant: Tenant): void {
  // eslint-disable-next-line no-control-regex -- the fact says ASCII 0-127
  const allowed = /^[\x00-\x7f]{1,64}$/.test(nickname) && !/[@()\\[\]";:<>, ]/.test(nickname);
  const dot = nickname.includes(".") && tenant.switches.mailNicknameDot === "refused";
  if (!allowed || dot) throw invalidValue("mailNickname");
}

function checkKind(group: Json, tenant: Tenant): void {
  const types = group["groupTypes"] as unknown[];
  for (const type of types) {
    if (type !== "Unified" && type !== "DynamicMembership") throw invalidValue("groupTypes");
  }
  const unified = types.includes("Unified");
  // Mail-enabled security groups and distribution lists are Exchange's; Graph only reads them.
  const writable = unified
    ? group["mailEnabled"] === true
    : group["mailEnabled"] === false && group["securityEnabled"] === true;
  if (!writable) {
    throw directoryBadRequest(
      "The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.",
    );
  }
  if (unified) {
    const nickname = String(group["mailNickname"]).toLowerCase();
    for (const other of tenant.groups.values()) {
      const same =
        String(other["mailNickname"]).toLowerCase() === nickname && other.id !== group["id"];
      if (same && other["mailEnabled"] === true) throw conflict("mailNickname");
    }
  }
}

function checkRule(group: Json): void {
  const rule = group["membershipRule"];
  const state = group["membershipRuleProcessingState"];
  if (state !== undefined && state !== null && state !== "On" && state !== "Paused")
    throw invalidValue("membershipRuleProcessingState");
  if (isDynamic(group as Entity)) {
    if (rule === undefined || rule === null) {
      throw directoryBadRequest(
        "A value is required for property 'membershipRule' of resource 'Group'.",
        "membershipRule",
      );
    }
    // 3072 characters: docs/graph-facts.md 7.
    if (textOf(rule).length > 3072) throw invalidValue("membershipRule");
    const quotes = textOf(rule).split('"').length - 1;
    const plain = textOf(rule).replace(/"[^"]*"/g, "");
    const balanced = plain.split("(").length === plain.split(")").length;
    if (quotes % 2 !== 0 || !balanced || !/\b(user|device)\.\w/i.test(plain))
      throw invalidValue("membershipRule");
  } else if (rule !== undefined && rule !== null) {
    throw directoryBadRequest(
      "sandbox: 'membershipRule' needs the group type 'DynamicMembership'",
      "membershipRule",
    );
  }
}

/** Properties that are fixed at creation: the same value is let through, another one is 400. */
export function checkImmutable(before: Entity, body: Json): void {
  for (const name of ["isAssignableToRole", "mailEnabled", "uniqueName"]) {
    const value = body[name];
    if (value === undefined) continue;
    const same =
      (value ?? null) === (before[name] ?? null) ||
      (name === "isAssignableToRole" && value !== true && before[name] !== true);
    if (!same)
      throw directoryBadRequest(
        `sandbox: property '${name}' of a group can't be changed after its creation`,
        name,
      );
  }
  const types = body["groupTypes"];
  const unified = (list: unknown): boolean => Array.isArray(list) && list.includes("Unified");
  if (types !== undefined && unified(types) !== unified(before["groupTypes"])) {
    throw directoryBadRequest(
      "sandbox: a group can't become or stop being a Microsoft 365 group",
      "groupTypes",
    );
  }
}

/** A uniqueName in use; a soft-deleted group may still hold it (msgraph-bicep-types#137, #202). */
export function checkUniqueName(uniqueName: unknown, tenant: Tenant): void {
  if (typeof uniqueName !== "string") return;
  const live = [...tenant.groups.values()].some((group) => group["uniqueName"] === uniqueName);
  const deleted = [...tenant.deletedItems.values()].some(
    (item) => item.entity["uniqueName"] === uniqueName,
  );
  if (live || (deleted && tenant.switches.uniqueNameAfterDelete === "held"))
    throw conflict("uniqueName");
}

function conflict(property: string): GraphFault {
  const message = `Another object with the same value for property ${property} already exists.`;
  return new GraphFault(400, "Request_BadRequest", message, {
    details: [{ code: "ObjectConflict", message, target: property }],
  });
}

function invalidValue(property: string): GraphFault {
  return directoryBadRequest(
    `Invalid value specified for property '${property}' of resource 'Group'.`,
    property,
  );
}
