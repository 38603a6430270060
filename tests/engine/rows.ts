/**
 * One row for each argument and each invariant of every resource: changed by the program, and changed in the tenant. Each names
 * the line that the preview shows and the requests that change the tenant.
 */
import type { Sandbox } from "pulumi-autopilot-sandbox";
import type { Declared } from "../support/stack";
import * as tenant from "../support/tenant";

/** What a row needs to know of the rest of the stack. */
export interface Surroundings {
  sandbox: Sandbox;
  /** Ids of all resources by name. */
  ids: Record<string, string>;
}

/** A change, how the preview shows it, and what it sends. `{id}` stands for the object's own id, `{name}` for that of another. */
interface Change {
  /** All changed lines of the resource in `preview --diff`, in the order of the preview. */
  lines: string[];
  /** All requests that change this object, in order. */
  writes: string[];
}

export interface Row {
  kind: Declared["kind"];
  /** The argument or invariant that the row is for. */
  property: string;
  /** Arguments to begin with. */
  start?: Record<string, unknown>;
  /** Changed by the program: what the arguments become. Absent where there is no argument. */
  program?: Change & { to: Record<string, unknown>; replaces?: true };
  /** Changed in the tenant. Absent where the tenant knows no such thing. */
  drift?: Change & { by: (around: Surroundings, id: string) => Promise<unknown> };
  /** Reads the property from the tenant. */
  look: (around: Surroundings, id: string) => Promise<unknown>;
  /** What the tenant holds after the program's change, and again after the repair. */
  holds: unknown;
}

const USER_1 = "a1ce0000-0000-4000-8000-000000000004";
const USER_2 = "a1ce0000-0000-4000-8000-000000000005";
const USER_3 = "a1ce0000-0000-4000-8000-000000000006";
const APP_1 = "ab000000-0000-4000-8000-000000000001";
const APP_2 = "ab000000-0000-4000-8000-000000000003";
const SCRIPT_1 = "5c000000-0000-4000-8000-000000000001";
const SCRIPT_2 = "5c000000-0000-4000-8000-000000000002";
const ALL_USERS = "acacacac-9df4-4c7d-9d50-4ef0226f57a9";
const CLIENT_APP_ID = "f1346770-5b25-470b-88bd-d5744ab7952c";

const PATCH = "PATCH /groups/{id}";
const PUT = "PUT /deviceManagement/configurationPolicies/{id}";
const action = (name: string) => `POST /deviceManagement/configurationPolicies/{id}/${name}`;
const SET = action("setEnrollmentTimeDeviceMembershipTarget");
const CLEAR = action("clearEnrollmentTimeDeviceMembershipTarget");
const ASSIGN = action("assign");

type Look = Row["look"];
const groupHas =
  (property: string): Look =>
  async ({ sandbox }, id) =>
    (await tenant.group(sandbox, id))[property];
const policyHas =
  (property: string): Look =>
  async ({ sandbox }, id) =>
    (await tenant.policy(sandbox, id))[property];
const settingIs =
  (name: string): Look =>
  async ({ sandbox }, id) =>
    tenant.setting(await tenant.policy(sandbox, id), name);
const patched =
  (body: tenant.Json) =>
  ({ sandbox }: Surroundings, id: string) =>
    tenant.patchGroup(sandbox, id, body);
const edited =
  (edit: (body: tenant.Json) => void) =>
  ({ sandbox }: Surroundings, id: string) =>
    tenant.editPolicy(sandbox, id, edit);
const app = (id: string, type: string) => JSON.stringify({ id, type: `#microsoft.graph.${type}` });

/** What device groups and user groups have in common. */
function groupRows(kind: "DeviceGroup" | "UserGroup"): Row[] {
  return [
    {
      kind,
      property: "displayName",
      start: { displayName: `${kind} before` },
      program: {
        to: { displayName: `${kind} after` },
        lines: [`~ displayName: "${kind} before" => "${kind} after"`],
        writes: [PATCH],
      },
      drift: {
        by: patched({ displayName: "Renamed" }),
        lines: [`~ displayName: "Renamed" => "${kind} after"`],
        writes: [PATCH],
      },
      look: groupHas("displayName"),
      holds: `${kind} after`,
    },
    {
      kind,
      property: "description",
      start: { description: "Before" },
      program: {
        to: { description: "After" },
        lines: ['~ description: "Before" => "After"'],
        writes: [PATCH],
      },
      drift: {
        by: patched({ description: null }),
        lines: ['+ description: "After"'],
        writes: [PATCH],
      },
      look: groupHas("description"),
      holds: "After",
    },
    {
      kind,
      property: "mailNickname",
      start: { mailNickname: `${kind}-before` },
      program: {
        to: { mailNickname: `${kind}-after` },
        lines: [`~ mailNickname: "${kind}-before" => "${kind}-after"`],
        writes: [PATCH],
      },
      drift: {
        by: patched({ mailNickname: "other" }),
        lines: [`~ mailNickname: "other" => "${kind}-after"`],
        writes: [PATCH],
      },
      look: groupHas("mailNickname"),
      holds: `${kind}-after`,
    },
    {
      kind,
      property: "allowDuplicateName",
      program: {
        to: { allowDuplicateName: true },
        lines: ["~ allowDuplicateName: false => true"],
        writes: [],
      },
      look: groupHas("securityEnabled"),
      holds: true,
    },
  ];
}

const deviceGroupRows: Row[] = [
  ...groupRows("DeviceGroup"),
  {
    kind: "DeviceGroup",
    property: "additionalOwnerIds",
    start: { additionalOwnerIds: [USER_1, USER_2] },
    program: {
      to: { additionalOwnerIds: [USER_3, USER_1] },
      lines: [`~ additionalOwnerIds: [ ~ [1]: "${USER_2}" => "${USER_3}" ]`],
      writes: ["POST /groups/{id}/owners/$ref", `DELETE /groups/{id}/owners/${USER_2}/$ref`],
    },
    drift: {
      by: ({ sandbox }, id) =>
        tenant.ask(sandbox, "DELETE", `/v1.0/groups/${id}/owners/${USER_1}/$ref`),
      lines: [`~ additionalOwnerIds: [ ~ [0]: "${USER_3}" => "${USER_1}" + [1]: "${USER_3}" ]`],
      writes: ["POST /groups/{id}/owners/$ref"],
    },
    look: async ({ sandbox }, id) =>
      (await tenant.linked(sandbox, id, "owners")).filter((owner) => owner.startsWith("a1ce")),
    holds: [USER_1, USER_3],
  },
  {
    kind: "DeviceGroup",
    property: "createServicePrincipal",
    program: {
      to: { createServicePrincipal: true },
      lines: ["~ createServicePrincipal: false => true"],
      writes: [],
    },
    look: groupHas("securityEnabled"),
    holds: true,
  },
  {
    kind: "DeviceGroup",
    property: "ownedByIntune",
    drift: {
      by: ({ sandbox }, id) => tenant.removeProvisioningClient(sandbox, id),
      lines: ["~ ownedByIntune: false => true"],
      writes: ["POST /groups/{id}/owners/$ref"],
    },
    look: async ({ sandbox }, id) => {
      const { value } = await tenant.ask(sandbox, "GET", `/beta/groups/${id}/owners`);
      return (value as { appId?: string }[]).some(({ appId }) => appId === CLIENT_APP_ID);
    },
    holds: true,
  },
  {
    kind: "DeviceGroup",
    property: "membershipType",
    drift: {
      by: patched({
        groupTypes: ["DynamicMembership"],
        membershipRule: '(device.deviceOSType -eq "Windows")',
        membershipRuleProcessingState: "On",
      }),
      lines: ['~ membershipType: "dynamic" => "assigned"'],
      writes: [PATCH],
    },
    look: groupHas("groupTypes"),
    holds: [],
  },
];

const RULE_1 = '(user.department -eq "Sales")';
const RULE_2 = '(user.department -eq "Finance")';

const userGroupRows: Row[] = [
  ...groupRows("UserGroup"),
  {
    kind: "UserGroup",
    property: "memberIds",
    start: { memberIds: [USER_1, USER_2] },
    program: {
      to: { memberIds: [USER_1, USER_3] },
      lines: [`~ memberIds: [ ~ [1]: "${USER_2}" => "${USER_3}" ]`],
      writes: [PATCH, `DELETE /groups/{id}/members/${USER_2}/$ref`],
    },
    drift: {
      by: ({ sandbox }, id) =>
        tenant.ask(sandbox, "POST", `/v1.0/groups/${id}/members/$ref`, {
          "@odata.id": `https://graph.microsoft.com/v1.0/users/${USER_2}`,
        }),
      lines: [`~ memberIds: [ ~ [1]: "${USER_2}" => "${USER_3}" - [2]: "${USER_3}" ]`],
      writes: [`DELETE /groups/{id}/members/${USER_2}/$ref`],
    },
    look: ({ sandbox }, id) => tenant.linked(sandbox, id, "members"),
    holds: [USER_1, USER_3],
  },
  {
    kind: "UserGroup",
    property: "membershipRule",
    start: { membershipRule: RULE_1 },
    program: {
      to: { membershipRule: RULE_2 },
      lines: [`~ membershipRule: ${JSON.stringify(RULE_1)} => ${JSON.stringify(RULE_2)}`],
      writes: [PATCH],
    },
    drift: {
      by: patched({ membershipRule: RULE_1 }),
      lines: [`~ membershipRule: ${JSON.stringify(RULE_1)} => ${JSON.stringify(RULE_2)}`],
      writes: [PATCH],
    },
    look: groupHas("membershipRule"),
    holds: RULE_2,
  },
  {
    kind: "UserGroup",
    property: "ruleProcessing",
    start: { membershipRule: RULE_1 },
    program: {
      to: { membershipRule: RULE_1, ruleProcessing: "paused" },
      lines: ['~ ruleProcessing: "on" => "paused"'],
      writes: [PATCH],
    },
    drift: {
      by: patched({ membershipRuleProcessingState: "On" }),
      lines: ['~ ruleProcessing: "on" => "paused"'],
      writes: [PATCH],
    },
    look: groupHas("membershipRuleProcessingState"),
    holds: "Paused",
  },
  {
    kind: "UserGroup",
    property: "membershipType",
    program: {
      to: { membershipRule: RULE_1 },
      lines: [
        `+ membershipRule: ${JSON.stringify(RULE_1)}`,
        '~ membershipType: "assigned" => "dynamic"',
        '+ ruleProcessing: "on"',
      ],
      writes: [PATCH],
    },
    drift: {
      by: patched({ groupTypes: [], membershipRule: null, membershipRuleProcessingState: null }),
      lines: [
        `+ membershipRule: ${JSON.stringify(RULE_1)}`,
        '~ membershipType: "assigned" => "dynamic"',
        '+ ruleProcessing: "on"',
      ],
      writes: [PATCH],
    },
    look: groupHas("groupTypes"),
    holds: ["DynamicMembership"],
  },
];

const DEFAULT_MESSAGE = "Contact your organization\u2019s support person for help.";
const P = "DevicePreparationPolicy" as const;

/** A policy's setting with one value. */
function settingRow(
  property: string,
  name: string,
  values: { start: unknown; to: unknown; wire: unknown; other: unknown; otherShown: unknown },
): Row {
  const { start, to, wire, other, otherShown } = values;
  const show = (value: unknown) => JSON.stringify(value);
  return {
    kind: P,
    property,
    program: {
      to: { [property]: to },
      lines: [`~ ${property}: ${show(start)} => ${show(to)}`],
      writes: [PUT],
    },
    drift: {
      by: edited(tenant.editSetting(name, other)),
      lines: [`~ ${property}: ${show(otherShown)} => ${show(to)}`],
      writes: [PUT],
    },
    look: settingIs(name),
    holds: wire,
  };
}

const policyRows: Row[] = [
  {
    kind: P,
    property: "displayName",
    start: { displayName: "Policy before" },
    program: {
      to: { displayName: "Policy after" },
      lines: ['~ displayName: "Policy before" => "Policy after"'],
      writes: [PUT],
    },
    drift: {
      by: edited((body) => (body["name"] = "Renamed")),
      lines: ['~ displayName: "Renamed" => "Policy after"'],
      writes: [PUT],
    },
    look: policyHas("name"),
    holds: "Policy after",
  },
  {
    kind: P,
    property: "description",
    start: { description: "Before" },
    program: {
      to: { description: "After" },
      lines: ['~ description: "Before" => "After"'],
      writes: [PUT],
    },
    drift: {
      by: edited((body) => (body["description"] = "Somebody's")),
      lines: [`~ description: "Somebody's" => "After"`],
      writes: [PUT],
    },
    look: policyHas("description"),
    holds: "After",
  },
  {
    kind: P,
    property: "mode",
    program: {
      to: { mode: "automatic" },
      replaces: true,
      lines: [],
      writes: [],
    },
    look: async ({ sandbox }, id) =>
      ((await tenant.policy(sandbox, id))["templateReference"] as tenant.Json)["templateId"],
    holds: "a6157a7f-aa00-42d9-ac82-7d2479f545db_1",
  },
  {
    kind: P,
    property: "deviceGroupId",
    start: { deviceGroupId: { $id: "group-a" } },
    program: {
      to: { deviceGroupId: { $id: "group-b" } },
      lines: ['~ deviceGroupId: "{group-a}" => "{group-b}"'],
      writes: [SET],
    },
    drift: {
      by: ({ sandbox }, id) => tenant.bind(sandbox, id),
      lines: ['+ deviceGroupId: "{group-b}"'],
      writes: [SET],
    },
    look: async ({ sandbox, ids }, id) =>
      (await tenant.boundGroup(sandbox, id)).id === ids["group-b"],
    holds: true,
  },
  {
    kind: P,
    property: "deviceGroupStatus",
    start: { deviceGroupId: { $id: "DeviceGroup-ownedByIntune" } },
    drift: {
      // The row of ownedByIntune takes the owner away.
      by: () => Promise.resolve(),
      lines: ['~ deviceGroupStatus: "firstPartyAppNotAnOwner" => "bound"'],
      // The group is repaired first, and then there is nothing left to send.
      writes: [],
    },
    look: async ({ sandbox }, id) => (await tenant.boundGroup(sandbox, id)).code,
    holds: "unknown",
  },
  {
    kind: P,
    property: "userGroupIds",
    start: { userGroupIds: [{ $id: "users-a" }] },
    program: {
      to: { userGroupIds: [{ $id: "users-b" }] },
      lines: ['~ userGroupIds: [ ~ [0]: "{users-a}" => "{users-b}" ]'],
      writes: [ASSIGN],
    },
    drift: {
      by: ({ sandbox }, id) => tenant.assign(sandbox, id, []),
      lines: ['~ userGroupIds: [ + [0]: "{users-b}" ]'],
      writes: [ASSIGN],
    },
    look: async ({ sandbox, ids }, id) =>
      (await tenant.assignedTo(sandbox, id)).map((one) => one === ids["users-b"]),
    holds: [true],
  },
  {
    kind: P,
    property: "assignToAllUsers",
    program: {
      to: { assignToAllUsers: true },
      lines: ["~ assignToAllUsers: false => true"],
      writes: [ASSIGN],
    },
    drift: {
      by: ({ sandbox }, id) => tenant.assign(sandbox, id, []),
      lines: ["~ assignToAllUsers: false => true"],
      writes: [ASSIGN],
    },
    look: ({ sandbox }, id) => tenant.assignedTo(sandbox, id),
    holds: [ALL_USERS],
  },
  {
    kind: P,
    property: "otherAssignments",
    drift: {
      by: ({ sandbox }, id) =>
        tenant.assign(sandbox, id, [
          { "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" },
        ]),
      lines: ['~ otherAssignments: [ - [0]: "allLicensedUsersAssignmentTarget" ]'],
      writes: [ASSIGN],
    },
    look: ({ sandbox }, id) => tenant.assignedTo(sandbox, id),
    holds: [],
  },
  settingRow("accountType", "accountype", {
    start: "standardUser",
    to: "administrator",
    wire: "accountype_0",
    other: "accountype_1",
    otherShown: "standardUser",
  }),
  settingRow("timeoutMinutes", "timeout", {
    start: 60,
    to: 90,
    wire: 90,
    other: 45,
    otherShown: 45,
  }),
  settingRow("customErrorMessage", "customerrormessage", {
    start: DEFAULT_MESSAGE,
    to: "Call the service desk.",
    wire: "Call the service desk.",
    other: "Call somebody.",
    otherShown: "Call somebody.",
  }),
  settingRow("allowSkip", "allowskip", {
    start: true,
    to: false,
    wire: "allowskip_0",
    other: "allowskip_1",
    otherShown: true,
  }),
  settingRow("allowDiagnostics", "allowdiagnostics", {
    start: true,
    to: false,
    wire: "allowdiagnostics_0",
    other: "allowdiagnostics_1",
    otherShown: true,
  }),
  {
    kind: P,
    property: "appIds",
    start: { appIds: [APP_1] },
    program: {
      to: { appIds: [APP_2, APP_1] },
      lines: [`~ appIds: [ + [1]: "${APP_2}" ]`],
      writes: [PUT],
    },
    drift: {
      by: edited(tenant.editSetting("allowedappids", [app(APP_2, "winGetApp")])),
      lines: [`~ appIds: [ ~ [0]: "${APP_2}" => "${APP_1}" + [1]: "${APP_2}" ]`],
      writes: [PUT],
    },
    look: settingIs("allowedappids"),
    holds: [app(APP_1, "win32LobApp"), app(APP_2, "winGetApp")],
  },
  {
    kind: P,
    property: "scriptIds",
    start: { scriptIds: [SCRIPT_1] },
    program: {
      to: { scriptIds: [SCRIPT_2] },
      lines: [`~ scriptIds: [ ~ [0]: "${SCRIPT_1}" => "${SCRIPT_2}" ]`],
      writes: [PUT],
    },
    drift: {
      by: edited(tenant.dropSetting("allowedscriptids")),
      lines: [`~ scriptIds: [ + [0]: "${SCRIPT_2}" ]`],
      writes: [PUT],
    },
    look: settingIs("allowedscriptids"),
    holds: [SCRIPT_2],
  },
  {
    kind: P,
    property: "roleScopeTagIds",
    program: {
      to: { roleScopeTagIds: ["1", "0"] },
      lines: ['~ roleScopeTagIds: [ + [1]: "1" ]'],
      writes: [PUT],
    },
    drift: {
      by: edited((body) => (body["roleScopeTagIds"] = ["2"])),
      lines: ['~ roleScopeTagIds: [ ~ [0]: "2" => "0" + [1]: "1" ]'],
      writes: [PUT],
    },
    look: async (around, id) =>
      [...((await policyHas("roleScopeTagIds")(around, id)) as string[])].sort(),
    holds: ["0", "1"],
  },
];

export const ROWS: readonly Row[] = [...deviceGroupRows, ...userGroupRows, ...policyRows];
