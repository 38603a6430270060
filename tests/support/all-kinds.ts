/** A program with twenty policies of all kinds, and the groups that they need. */
import type { Program } from "./stack";

const APPS = [1, 2, 3, 4, 5, 6].map((index) => `ab000000-0000-4000-8000-00000000000${index}`);
const SCRIPTS = [1, 2, 3].map((index) => `5c000000-0000-4000-8000-00000000000${index}`);
const USERS = [4, 5, 6].map((index) => `a1ce0000-0000-4000-8000-00000000000${index}`);

const groups: Program = {
  devices: { kind: "DeviceGroup", args: { description: "Devices" } },
  "owned-devices": { kind: "DeviceGroup", args: { additionalOwnerIds: [USERS[0]] } },
  people: { kind: "UserGroup" },
  members: { kind: "UserGroup", args: { memberIds: USERS } },
  nobody: { kind: "UserGroup", args: { memberIds: [] } },
  sales: { kind: "UserGroup", args: { membershipRule: '(user.department -eq "Sales")' } },
  paused: {
    kind: "UserGroup",
    args: { membershipRule: '(user.department -eq "IT")', ruleProcessing: "paused" },
  },
};

const devices = { deviceGroupId: { $id: "devices" } };
const users = { userGroupIds: [{ $id: "sales" }, { $id: "people" }] };
const associated = { mode: "userDrivenWithAssociation" };

const policies: Record<string, object>[] = [
  {},
  { ...devices },
  { ...devices, ...users },
  { ...users, assignToAllUsers: true },
  { assignToAllUsers: true },
  { ...devices, accountType: "administrator", timeoutMinutes: 15 },
  { ...devices, timeoutMinutes: 720, allowSkip: false, allowDiagnostics: false },
  { customErrorMessage: "Ring’s “4000” – ü\n2" },
  { appIds: APPS, scriptIds: SCRIPTS },
  { roleScopeTagIds: ["2", "0"], description: "Berlin & Hamburg" },
  { ...associated },
  { ...associated, ...devices, ...users },
  { ...associated, language: "de-DE", configureKeyboardAutomatically: false },
  {
    ...associated,
    hideLicenseTerms: false,
    hidePrivacySettings: false,
    hideChangeAccountOptions: false,
  },
  { ...associated, deviceNameTemplate: "NW-%SERIAL%", appIds: APPS.slice(2) },
  { ...associated, policyIds: [APPS[0]], scriptIds: SCRIPTS.slice(1) },
  { mode: "automatic" },
  { mode: "automatic", deviceGroupId: { $id: "owned-devices" } },
  { mode: "automatic", ...devices, appIds: APPS, scriptIds: SCRIPTS },
  { mode: "automatic", description: "Cloud PCs" },
] as Record<string, object>[];

export const ALL_KINDS: Program = {
  ...groups,
  ...Object.fromEntries(
    policies.map((args, index) => [
      `policy-${index + 1}`,
      { kind: "DevicePreparationPolicy", args } as const,
    ]),
  ),
  order: { kind: "PolicyOrder", args: { policyIds: [{ $id: "policy-20" }, { $id: "policy-1" }] } },
};
