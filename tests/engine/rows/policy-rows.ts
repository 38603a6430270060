import * as tenant from "../../support/tenant";
import {
  APP_1,
  APP_2,
  SCRIPT_1,
  SCRIPT_2,
  ALL_USERS,
  PUT,
  SET,
  ASSIGN,
  policyHas,
  settingIs,
  edited,
  app,
  type Row,
} from "./row";

const DEFAULT_MESSAGE = "Contact your organization\u2019s support person for help.";
export const P = "DevicePreparationPolicy" as const;

/** A policy's setting with one value. */
export function settingRow(
  property: string,
  name: string,
  values: { start: unknown; to: unknown; wire: unknown; other: unknown; otherShown: unknown },
  mode?: string,
): Row {
  const { start, to, wire, other, otherShown } = values;
  const show = (value: unknown) => JSON.stringify(value);
  return {
    kind: P,
    property,
    program: {
      to: { ...(mode && { mode }), [property]: to },
      lines: [`~ ${property}: ${show(start)} => ${show(to)}`],
      writes: [PUT],
    },
    drift: {
      by: edited(tenant.editSetting(name, other)),
      lines: [`~ ${property}: ${show(otherShown)} => ${show(to)}`],
      writes: [PUT],
    },
    emptied: {
      by: edited(tenant.dropSetting(name)),
      lines: [`+ ${property}: ${show(to)}`],
      writes: [PUT],
    },
    look: settingIs(name),
    holds: wire,
    ...(mode && { start: { mode } }),
  };
}

export const policyRows: Row[] = [
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
    emptied: {
      by: edited((body) => (body["description"] = "")),
      lines: ['+ description: "After"'],
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
      by: ({ sandbox, ids }, id) => tenant.bind(sandbox, id, ids["group-a"]),
      lines: ['~ deviceGroupId: "{group-a}" => "{group-b}"'],
      writes: [SET],
    },
    emptied: {
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
      by: ({ sandbox, ids }, id) =>
        tenant.assign(sandbox, id, [tenant.groupTarget(ids["users-a"] ?? "")]),
      lines: ['~ userGroupIds: [ ~ [0]: "{users-a}" => "{users-b}" ]'],
      writes: [ASSIGN],
    },
    emptied: {
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
    emptied: {
      by: edited(tenant.dropSetting("allowedappids")),
      lines: [`~ appIds: [ + [0]: "${APP_1}" + [1]: "${APP_2}" ]`],
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
      by: edited(tenant.editSetting("allowedscriptids", [SCRIPT_1])),
      lines: [`~ scriptIds: [ ~ [0]: "${SCRIPT_1}" => "${SCRIPT_2}" ]`],
      writes: [PUT],
    },
    emptied: {
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
  {
    // The tenant is empty at first, so that there is none to adopt; `adopt.test.ts` has the rest.
    kind: P,
    property: "adoptId",
    look: policyHas("name"),
    holds: "DevicePreparationPolicy-adoptId",
  },
];
