import { v1 } from "pulumi-autopilot/runtime";
import { devicePreparationPolicy } from "../../../../provider/src/kinds/device-preparation-policy";
import { changedKeys } from "../../../../provider/src/lifecycle/diff";
import { engineProvider } from "../../../../provider/src/lifecycle/engine-provider";
import { encode, type WireSetting } from "../../../../provider/src/policy/codec";
import { type Mode, TEMPLATES } from "../../../../provider/src/policy/settings";
import { choice, collection, dpp, templateOf } from "../policy/wire";
import { id } from "../values";
import { reading } from "./fake-graph";

const ID = id(1);
const GROUP = id(10);
const PATH = `/deviceManagement/configurationPolicies/${ID}`;
const kind = devicePreparationPolicy;

/** What the tenant changed: properties of the policy, values of its settings, or the verdict on its device group. */
interface Changes {
  policy?: object;
  values?: object;
  /** Settings that the policy has besides. */
  settings?: WireSetting[];
  verdict?: unknown;
}

function verdict(targetId: string, targetValidationErrorCode = "unknown") {
  const statuses = [{ targetId, targetValidationErrorCode }];
  return { enrollmentTimeDeviceMembershipTargetValidationStatuses: statuses };
}

const userTarget = (groupId: string) => ({
  target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId },
});

function declare(args: object) {
  return v1(kind.name).check({}, { displayName: "P", ...args }).inputs;
}

/** The context of a tenant that holds the policy as declared, but for the changes. */
function tenant(inputs: Record<string, unknown>, changes: Changes) {
  const mode = inputs["mode"] as Mode;
  const types = new Map((inputs["appIds"] as string[]).map((app) => [app, "#x"]));
  const values = { ...inputs, ...changes.values };
  const settings: WireSetting[] = encode(values, templateOf(mode), types, changes.settings);
  const groups = (inputs["userGroupIds"] ?? []) as string[];
  const group = inputs["deviceGroupId"];
  return reading({
    [PATH]: {
      id: ID,
      name: "P",
      description: null,
      roleScopeTagIds: ["0"],
      templateReference: { templateId: TEMPLATES[mode] },
      priorityMetaData: { priority: 3 },
      settings,
      assignments: groups.map(userTarget),
      ...changes.policy,
    },
    [`${PATH}/retrieveEnrollmentTimeDeviceMembershipTarget`]:
      changes.verdict ?? (typeof group === "string" ? verdict(group) : {}),
  });
}

/** The properties in which the policy, as the engine reads it, differs from what the program declared. */
async function drift(args: object, changes: Changes): Promise<string[]> {
  const inputs = declare(args);
  const provider = engineProvider(kind, () => tenant(inputs, changes));
  const { props } = await provider.read(ID, { ...inputs, schemaVersion: 1 });
  const keys = changedKeys(kind.fields, props!, inputs);
  expect(provider.diff(ID, props!, inputs)).toEqual(keys.length === 0 ? { changes: false } : {});
  return keys;
}

const bound = { deviceGroupId: GROUP };
const association = { ...bound, mode: "userDrivenWithAssociation", appIds: [id(30)] };
const managed = { ...association, installUpdates: true, policyIds: [id(50)] };
const full = { ...bound, userGroupIds: [id(20), id(21)], appIds: [id(30)], scriptIds: [id(40)] };

describe("nothing shows", () => {
  test.each<[string, object, Changes]>([
    ["of a policy as declared", full, {}],
    ["of the least policy", {}, {}],
    ["of an automatic policy", { ...bound, mode: "automatic", appIds: [id(30)] }, {}],
    ["of a policy with device association", association, {}],
    ["of such a policy with everything", { ...managed, deviceNameTemplate: "PC-%RAND:4%" }, {}],
    [
      "of what such a policy leaves alone",
      association,
      {
        settings: [
          choice("enablequ", "x", "y", dpp("enablequ_0")),
          choice("enablecue", "x", "y", dpp("enablecue_1")),
          collection("allowedpolicyids", "x", [id(51)]),
        ],
      },
    ],
    [
      "of settings of another mode",
      full,
      { settings: [choice("skipeula", "x", "y", dpp("skipeula_0"))] },
    ],
    ["of another priority", full, { policy: { priorityMetaData: { priority: 9 } } }],
    ["of no priority", full, { policy: { priorityMetaData: null } }],
    [
      "of assignments in another order",
      full,
      { policy: { assignments: [id(21), id(20).toUpperCase()].map(userTarget) } },
    ],
    ["of a device group in upper case", bound, { verdict: verdict(GROUP.toUpperCase()) }],
    [
      "of scope tags in another order",
      { roleScopeTagIds: ["0", "1"] },
      { policy: { roleScopeTagIds: ["1", "0"] } },
    ],
  ])("%s", async (_fact, args, changes) => {
    expect(await drift(args, changes)).toEqual([]);
  });
});

describe("a change of the tenant shows, and only it:", () => {
  test.each<[string, object, Changes, string[]]>([
    ["the name", full, { policy: { name: "Q" } }, ["displayName"]],
    ["the description", full, { policy: { description: "x" } }, ["description"]],
    ["the account type", full, { values: { accountType: "administrator" } }, ["accountType"]],
    ["the minutes", full, { values: { timeoutMinutes: 15 } }, ["timeoutMinutes"]],
    ["the message", full, { values: { customErrorMessage: "x" } }, ["customErrorMessage"]],
    ["skipping", full, { values: { allowSkip: false } }, ["allowSkip"]],
    ["diagnostics", full, { values: { allowDiagnostics: false } }, ["allowDiagnostics"]],
    ["a missing setting", full, { values: { timeoutMinutes: undefined } }, ["timeoutMinutes"]],
    ["no app", full, { values: { appIds: [] } }, ["appIds"]],
    ["another script", full, { values: { scriptIds: [id(41)] } }, ["scriptIds"]],
    ["the language", association, { values: { language: "de-DE" } }, ["language"]],
    [
      "the keyboard page",
      association,
      { values: { configureKeyboardAutomatically: false } },
      ["configureKeyboardAutomatically"],
    ],
    ["licence terms", association, { values: { hideLicenseTerms: false } }, ["hideLicenseTerms"]],
    [
      "privacy settings",
      association,
      { values: { hidePrivacySettings: false } },
      ["hidePrivacySettings"],
    ],
    [
      "the change-account links",
      association,
      { values: { hideChangeAccountOptions: false } },
      ["hideChangeAccountOptions"],
    ],
    [
      "a device name",
      association,
      { values: { deviceNameTemplate: "PC" } },
      ["deviceNameTemplate"],
    ],
    [
      "no device name",
      { ...association, deviceNameTemplate: "PC" },
      { values: { deviceNameTemplate: undefined } },
      ["deviceNameTemplate"],
    ],
    ["updates", managed, { values: { installUpdates: false } }, ["installUpdates"]],
    ["no policy before the desktop", managed, { values: { policyIds: [] } }, ["policyIds"]],
    ["scope tags", full, { policy: { roleScopeTagIds: [] } }, ["roleScopeTagIds"]],
    ["no assignment", full, { policy: { assignments: [] } }, ["userGroupIds"]],
    [
      "all users",
      {},
      { policy: { assignments: [userTarget("acacacac-9df4-4c7d-9d50-4ef0226f57a9")] } },
      ["assignToAllUsers"],
    ],
    [
      "an assignment of another kind",
      {},
      { policy: { assignments: [{ target: { "@odata.type": "#microsoft.graph.x" } }] } },
      ["otherAssignments"],
    ],
    ["another device group", bound, { verdict: verdict(id(11)) }, ["deviceGroupId"]],
    ["no device group", bound, { verdict: {} }, ["deviceGroupId"]],
    ["a device group though none is declared", {}, { verdict: verdict(GROUP) }, ["deviceGroupId"]],
    [
      "a device group that Intune rejects",
      bound,
      { verdict: verdict(GROUP, "firstPartyAppNotAnOwner") },
      ["deviceGroupStatus"],
    ],
  ])("%s", async (_fact, args, changes, keys) => {
    expect(await drift(args, changes)).toEqual(keys);
  });
});

test("template and priority are outputs", async () => {
  const inputs = declare({});
  const live = await kind.read(tenant(inputs, {}), ID, inputs);
  expect(live?.outputs).toEqual({ templateId: TEMPLATES.userDriven, priority: 3 });
});

test("a deleted policy is read as nothing", async () => {
  expect(await kind.read(reading({}), ID, {})).toBeUndefined();
});

test("a template that is not known is an error that names it", async () => {
  const policy = { templateReference: { templateId: "70d256b3_1" } };
  await expect(drift({}, { policy })).rejects.toThrow(
    'policy "P" was made from the template 70d256b3_1, which this version does not know.',
  );
});
