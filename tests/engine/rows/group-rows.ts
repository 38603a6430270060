import * as tenant from "../../support/tenant";
import { USER_1, USER_2, USER_3, CLIENT_APP_ID, PATCH, groupHas, patched, type Row } from "./row";

/** Groups of the sandbox's seed. */
const ADOPTED = {
  DeviceGroup: {
    displayName: "Sales laptops",
    adoptId: "9a000000-0000-4000-8000-000000000002",
  },
  UserGroup: { displayName: "Pilot users", adoptId: "9a000000-0000-4000-8000-000000000005" },
};

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
        by: patched({ description: "Somebody's" }),
        lines: [`~ description: "Somebody's" => "After"`],
        writes: [PATCH],
      },
      emptied: {
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
    {
      // An object has no such property: nothing to change, and nothing that shows. `adopt.test.ts` has the rest.
      kind,
      property: "adoptId",
      start: ADOPTED[kind],
      look: groupHas("displayName"),
      holds: ADOPTED[kind].displayName,
    },
  ];
}

export const deviceGroupRows: Row[] = [
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
    emptied: {
      by: async ({ sandbox }, id) => {
        for (const owner of [USER_1, USER_3]) {
          await tenant.ask(sandbox, "DELETE", `/v1.0/groups/${id}/owners/${owner}/$ref`);
        }
      },
      lines: [`~ additionalOwnerIds: [ + [0]: "${USER_1}" + [1]: "${USER_3}" ]`],
      writes: ["POST /groups/{id}/owners/$ref", "POST /groups/{id}/owners/$ref"],
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

export const userGroupRows: Row[] = [
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
    emptied: {
      by: async ({ sandbox }, id) => {
        for (const member of [USER_1, USER_3]) {
          await tenant.ask(sandbox, "DELETE", `/v1.0/groups/${id}/members/${member}/$ref`);
        }
      },
      lines: [`~ memberIds: [ + [0]: "${USER_1}" + [1]: "${USER_3}" ]`],
      writes: [PATCH],
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
