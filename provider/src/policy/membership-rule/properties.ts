/**
 * The properties of users that Microsoft documents for membership rules. The service may know more, and gains some
 * from time to time: a name that is missing here is worth a word to the author, never a refusal.
 * @see https://learn.microsoft.com/entra/identity/users/groups-dynamic-membership#supported-properties
 */
import { nearest } from "./nearest";

/** What a property holds; `objects` are items with properties of their own. */
export type PropertyKind = "text" | "boolean" | "date" | "texts" | "objects";

const USER: Readonly<Record<string, PropertyKind>> = {
  accountEnabled: "boolean",
  dirSyncEnabled: "boolean",
  employeeHireDate: "date",
  city: "text",
  country: "text",
  companyName: "text",
  department: "text",
  displayName: "text",
  employeeId: "text",
  facsimileTelephoneNumber: "text",
  givenName: "text",
  jobTitle: "text",
  mail: "text",
  mailNickName: "text",
  mobile: "text",
  objectId: "text",
  onPremisesDistinguishedName: "text",
  onPremisesSecurityIdentifier: "text",
  passwordPolicies: "text",
  physicalDeliveryOfficeName: "text",
  postalCode: "text",
  preferredLanguage: "text",
  sipProxyAddress: "text",
  state: "text",
  streetAddress: "text",
  surname: "text",
  telephoneNumber: "text",
  usageLocation: "text",
  userPrincipalName: "text",
  userType: "text",
  ...Object.fromEntries(
    Array.from({ length: 15 }, (_, index) => [`extensionAttribute${index + 1}`, "text"] as const),
  ),
  otherMails: "texts",
  proxyAddresses: "texts",
  assignedPlans: "objects",
  memberOf: "objects",
};

/** The documented properties of the items of `assignedPlans` and `memberOf`. */
const ITEMS = [
  "assignedPlan.capabilityStatus",
  "assignedPlan.service",
  "assignedPlan.servicePlanId",
  "group.objectId",
];

const NAMES = Object.keys(USER);
const byLowerCase = new Map(NAMES.map((name) => [name.toLowerCase(), name]));

/**
 * The documented name of a user's property. The documentation calls names case-sensitive and writes `user.memberof`
 * and `user.memberOf`, so case decides nothing here.
 */
export function knownName(name: string): string | undefined {
  return byLowerCase.get(name.toLowerCase());
}

/** What a property such as `user.department` holds, where that is documented. */
export function kindOf(property: string): PropertyKind | undefined {
  const name = /^user\.(.*)$/i.exec(property)?.[1];
  const known = name === undefined ? undefined : knownName(name);
  return known === undefined ? undefined : USER[known];
}

/** Which objects a property belongs to. */
export function ownerOf(property: string): "user" | "device" | "item" {
  if (/^user\./i.test(property)) return "user";
  return /^device\./i.test(property) ? "device" : "item";
}

/** A word of warning about a name that Microsoft does not list. */
export function unlisted(property: string): string | undefined {
  if (property === "_" || ownerOf(property) === "device") return undefined;
  if (ownerOf(property) === "item") {
    return ITEMS.some((item) => item.toLowerCase() === property.toLowerCase())
      ? undefined
      : said(property, nearest(property, ITEMS));
  }
  const name = property.slice("user.".length);
  if (knownName(name) !== undefined || /^extension_/i.test(name)) return undefined;
  const near = nearest(name, NAMES);
  return said(property, near === undefined ? undefined : `user.${near}`);
}

function said(property: string, near: string | undefined): string {
  return `${property} is not among the properties that Microsoft lists${near === undefined ? "" : `; did you mean ${near}?`}`;
}
