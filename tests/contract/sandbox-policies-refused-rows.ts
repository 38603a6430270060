/** Data: bodies and calls that the service refuses, and what comparable tools send wrongly. `fact` names the line that says so. */
import {
  app,
  apps,
  associationTemplate,
  automatic,
  automaticIds,
  automaticTemplate,
  changed,
  changedValue,
  choice,
  collection,
  type Json,
  omit,
  option,
  prefix,
  scalars,
  script,
  scripts,
  simple,
  userDriven,
  userDrivenTemplate,
  withSetting,
} from "./sandbox-policies-bodies";
import { userGroup } from "./sandbox-policies-client";

export interface Row {
  readonly title: string;
  readonly fact: string;
  readonly body: unknown;
  /** What the message must say. */
  readonly says: RegExp;
  /** Instead of a POST to the collection, after a valid policy was made. */
  readonly call?: readonly [method: string, path: string];
  readonly code?: string;
}

const graph = "#microsoft.graph.deviceManagementConfiguration";

/** As Terraform's mocks have settings: a group collection around everything. */
const groupWrapped: Json = {
  settingInstance: {
    "@odata.type": `${graph}GroupSettingCollectionInstance`,
    settingDefinitionId: `${prefix}timeout`,
    groupSettingCollectionValue: [{ children: [] }],
  },
};

export const rename = (index: number, children: unknown[]): Json =>
  option("applydevicerenametemplate", index, { children });

export const association = (settings: unknown[]): Json =>
  userDriven({ settings, templateReference: { templateId: associationTemplate } });

export const bodies: readonly Row[] = [
  // --- the object itself
  {
    title: "no name",
    fact: "docs/graph-facts.md 1.4",
    body: omit(userDriven(), "name"),
    says: /name: a string/,
  },
  {
    title: "an empty name",
    fact: "docs/graph-facts.md 6",
    body: userDriven({ name: "" }),
    says: /name: must not be empty/,
  },
  {
    title: "a blank name",
    fact: "docs/graph-facts.md 6",
    body: userDriven({ name: "  " }),
    says: /name: must not be empty/,
  },
  {
    title: "a name that is null",
    fact: "docs/graph-facts.md 1.4",
    body: userDriven({ name: null }),
    says: /name: a string/,
  },
  {
    title: "displayName instead of name",
    fact: "docs/graph-facts.md 1.4: the property is name",
    body: { ...omit(userDriven(), "name"), displayName: "x" },
    says: /unknown property 'displayName'/,
  },
  {
    title: "an unknown property",
    fact: "Graph metadata: deviceManagementConfigurationPolicy",
    body: userDriven({ priority: 3 }),
    says: /unknown property 'priority'/,
  },
  {
    title: "a description that isn't text",
    fact: "Graph metadata: description is Edm.String",
    body: userDriven({ description: 5 }),
    says: /description: a string/,
  },
  {
    title: "another platform",
    fact: "docs/graph-facts.md 1.1: platforms windows10",
    body: userDriven({ platforms: "macOS" }),
    says: /platforms: is "macOS"/,
  },
  {
    title: "no platform",
    fact: "docs/graph-facts.md 1.1: platforms windows10",
    body: omit(userDriven(), "platforms"),
    says: /platforms: is missing/,
  },
  {
    title: "another technology",
    fact: "docs/graph-facts.md 1.1: technologies enrollment",
    body: userDriven({ technologies: "mdm" }),
    says: /technologies: is "mdm"/,
  },
  {
    title: "no templateReference",
    fact: "docs/graph-facts.md 1.4: every body has it",
    body: omit(userDriven(), "templateReference"),
    says: /templateReference: is missing/,
  },
  {
    title: "an unknown template",
    fact: "docs/graph-facts.md 1.1",
    body: userDriven({
      templateReference: { templateId: "00000000-0000-4000-8000-000000000000_1" },
    }),
    says: /not one of the device preparation templates/,
  },
  {
    title: "a template id without its version",
    fact: "docs/graph-facts.md 1.1: ids end in _1",
    body: userDriven({ templateReference: { templateId: userDrivenTemplate.slice(0, -2) } }),
    says: /not one of the device preparation templates/,
  },
  {
    title: "another template family",
    fact: "docs/graph-facts.md 1.1: family enrollmentConfiguration",
    body: userDriven({
      templateReference: { templateId: userDrivenTemplate, templateFamily: "baseline" },
    }),
    says: /family 'enrollmentConfiguration'/,
  },
  {
    title: "the template id outside templateReference",
    fact: "docs/graph-facts.md 1.4: templateReference.templateId",
    body: { ...omit(userDriven(), "templateReference"), templateId: userDrivenTemplate },
    says: /unknown property 'templateId'/,
  },
  {
    title: "an unknown scope tag",
    fact: "docs/graph-facts.md 6: ids of existing scope tags",
    body: userDriven({ roleScopeTagIds: ["0", "404"] }),
    says: /no scope tag '404'/,
  },
  {
    title: "scope tags that aren't strings",
    fact: "Graph metadata: roleScopeTagIds is Collection(Edm.String)",
    body: userDriven({ roleScopeTagIds: [0] }),
    says: /roleScopeTagIds\[0\]: a string/,
  },
  {
    title: "another @odata.type on the policy",
    fact: "Graph metadata: deviceManagementConfigurationPolicy",
    body: { "@odata.type": "#microsoft.graph.deviceConfiguration", ...userDriven() },
    says: /deviceManagementConfigurationPolicy is expected/,
  },
  {
    title: "assignments in the body",
    fact: "docs/graph-facts.md 3: the action assign",
    body: userDriven({
      assignments: [
        { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: userGroup } },
      ],
    }),
    says: /action 'assign'/,
  },

  // --- the list of settings
  {
    title: "settings as an object",
    fact: "Graph metadata: settings is a collection",
    body: userDriven({ settings: {} }),
    says: /settings: an array/,
  },
  {
    title: "a single setting without its array",
    fact: "docs/graph-facts.md 1.4: Microsoft365DSC#7061",
    body: userDriven({ settings: option("jointype", 0) }),
    says: /settings: an array/,
  },
  {
    title: "no settings",
    fact: "docs/graph-facts.md 1.4: every body has them",
    body: omit(userDriven(), "settings"),
    says: /settings: an array/,
  },
  {
    title: "a setting twice",
    fact: "docs/graph-facts.md 1.2: maxDeviceOccurrence 1",
    body: userDriven({ settings: [...scalars(), option("allowskip", 0)] }),
    says: /allowskip' is given twice/,
  },
  {
    title: "an instance without its wrapper",
    fact: "docs/graph-facts.md 1.4: deviceManagementConfigurationSetting",
    body: withSetting(option("jointype", 0)["settingInstance"], "jointype"),
    says: /is '#microsoft|"#microsoft/,
  },
  {
    title: "a setting without instance",
    fact: "docs/graph-facts.md 1.4: settingInstance",
    body: withSetting({ "@odata.type": `${graph}Setting` }),
    says: /'settingInstance' is missing/,
  },
  {
    title: "a group collection around a setting (Terraform's mocks)",
    fact: "docs/graph-facts.md 9: TF's samples",
    body: withSetting(groupWrapped, "timeout"),
    says: /GroupSettingCollectionInstance/,
  },
  {
    title: "another type on the wrapper",
    fact: "docs/graph-facts.md 1.4: deviceManagementConfigurationSetting",
    body: withSetting(
      { ...option("jointype", 0), "@odata.type": `${graph}SettingInstance` },
      "jointype",
    ),
    says: /Setting is expected/,
  },
  {
    title: "a stray property in an instance",
    fact: "Graph metadata: deviceManagementConfigurationChoiceSettingInstance",
    body: withSetting(changed(option("jointype", 0), { value: 1 }), "jointype"),
    says: /unknown property 'value'/,
  },

  // --- which setting
  ...["devicegroup", "custonerror", "allowedapps", "allowedscripts"].map((name): Row => ({
    title: `the invented id ${name}`,
    fact: "docs/graph-facts.md 1.2: no such definition",
    body: withSetting(simple(name, "String", "x")),
    says: new RegExp(`no setting definition '${prefix}${name}'`),
  })),
  {
    title: "a misspelt accounttype",
    fact: "docs/graph-facts.md 1.2: accountype, one t",
    body: withSetting(
      changed(option("accountype", 1), { settingDefinitionId: `${prefix}accounttype` }),
      "accountype",
    ),
    says: /no setting definition/,
  },
  {
    title: "a setting of the newer template in the older",
    fact: "docs/graph-facts.md 1.1: allowUnmanagedSettings false",
    body: withSetting(option("skipkeyboard", 1)),
    says: /not part of template/,
  },
  {
    title: "a user-driven setting in the automatic template",
    fact: "docs/graph-facts.md 1.1: the automatic template has 3 settings",
    body: automatic({ settings: [option("accountype", 1)] }),
    says: /not part of template/,
  },
  {
    title: "a child setting at the top",
    fact: "docs/graph-facts.md 1.2: devicerenametemplate is a child",
    body: association([simple("devicerenametemplate", "String", "PC-%RAND:4%")]),
    says: /only allowed as child/,
  },

  // --- which class, which reference
  {
    title: "a choice as simple setting",
    fact: "docs/graph-facts.md 1.2: a choice",
    body: withSetting(simple("allowskip", "String", `${prefix}allowskip_1`), "allowskip"),
    says: /ChoiceSettingInstance is expected/,
  },
  {
    title: "a string as choice",
    fact: "docs/graph-facts.md 1.2: a string",
    body: withSetting(choice("customerrormessage", "x"), "customerrormessage"),
    says: /SimpleSettingInstance is expected/,
  },
  {
    title: "apps as a single string",
    fact: "docs/graph-facts.md 1.2: a string collection",
    body: withSetting(simple("allowedappids", "String", app(1)), "allowedappids"),
    says: /CollectionInstance is expected/,
  },
  {
    title: "an instance without type",
    fact: "docs/graph-facts.md 1.4: the base type is abstract",
    body: withSetting(changed(option("allowskip", 1), { "@odata.type": undefined }), "allowskip"),
    says: /'@odata.type' is missing/,
  },
  {
    title: "a simple value without type",
    fact: "docs/graph-facts.md 1.4: the base type is abstract",
    body: withSetting(
      changedValue(simple("timeout", "Integer", 60), { "@odata.type": undefined }),
      "timeout",
    ),
    says: /'@odata.type' is missing/,
  },
  {
    title: "a string value for the timeout",
    fact: "docs/graph-facts.md 1.2: timeout is an integer",
    body: withSetting(simple("timeout", "String", "60"), "timeout"),
    says: /IntegerSettingValue is expected/,
  },
  {
    title: "no template reference",
    fact: "docs/graph-facts.md 1.1: allowUnmanagedSettings false",
    body: withSetting(
      changed(option("allowskip", 1), { settingInstanceTemplateReference: undefined }),
      "allowskip",
    ),
    says: /settingInstanceTemplateReference: is missing/,
  },
  {
    title: "a template reference that is null",
    fact: "docs/graph-facts.md 1.1: allowUnmanagedSettings false",
    body: withSetting(
      changed(option("allowskip", 1), { settingInstanceTemplateReference: null }),
      "allowskip",
    ),
    says: /settingInstanceTemplateReference: is missing/,
  },
  {
    title: "the reference of another setting",
    fact: "docs/graph-facts.md 8.3: reference of another template",
    body: withSetting(
      changed(option("allowskip", 1), {
        settingInstanceTemplateReference: {
          settingInstanceTemplateId: "e2b7a81b-f243-4abd-bce3-c1856345f405",
        },
      }),
      "allowskip",
    ),
    says: /Invalid Reference id found in Policy created from Template/,
  },
  {
    title: "user-driven app ids in the automatic template",
    fact: "docs/graph-facts.md 1.2: each template has its own ids",
    body: automatic({ settings: [collection("allowedappids", [app(1)])] }),
    says: /Invalid Reference id/,
  },
  {
    title: "automatic app ids in the user-driven template",
    fact: "docs/graph-facts.md 1.2: each template has its own ids",
    body: withSetting(
      collection("allowedappids", [app(1)], automaticIds.allowedappids),
      "allowedappids",
    ),
    says: /Invalid Reference id/,
  },
  {
    title: "ids of the older template in the newer",
    fact: "docs/graph-facts.md 1.1: 70d256b3 has its own",
    body: association([option("allowskip", 1)]),
    says: /Invalid Reference id/,
  },
  {
    title: "another value template id",
    fact: "docs/graph-facts.md 1.2: value template",
    body: withSetting(
      changedValue(option("allowskip", 1), {
        settingValueTemplateReference: {
          settingValueTemplateId: "c59d26fd-3460-4b26-b47a-f7e202e7d5a3",
        },
      }),
      "allowskip",
    ),
    says: /Invalid Reference id/,
  },

  // --- which value
  {
    title: "true for a choice (Terraform state.go)",
    fact: "docs/graph-facts.md 1.2: never a boolean",
    body: withSetting(choice("allowskip", true), "allowskip"),
    says: /value: a string/,
  },
  {
    title: '"true" for a choice',
    fact: "docs/graph-facts.md 1.2: the whole option id",
    body: withSetting(choice("allowdiagnostics", "true"), "allowdiagnostics"),
    says: /'true' is not an option/,
  },
  {
    title: "the suffix of a choice alone",
    fact: "docs/graph-facts.md 1.2: the whole option id",
    body: withSetting(choice("accountype", "1"), "accountype"),
    says: /'1' is not an option/,
  },
  {
    title: "the display name of a choice",
    fact: "docs/graph-facts.md 1.2: the whole option id",
    body: withSetting(choice("accountype", "StandardUser"), "accountype"),
    says: /not an option/,
  },
  {
    title: "deployment mode 1 (Terraform: enhanced)",
    fact: "docs/graph-facts.md 9: only _0",
    body: withSetting(option("deploymentmode", 1), "deploymentmode"),
    says: /deploymentmode_1' is not an option/,
  },
  {
    title: "deployment type 1 (Terraform: self-deploying)",
    fact: "docs/graph-facts.md 9: only _0",
    body: withSetting(option("deploymenttype", 1), "deploymenttype"),
    says: /deploymenttype_1' is not an option/,
  },
  {
    title: "join type 1 (CIPP: hybrid)",
    fact: "docs/graph-facts.md 9: only _0",
    body: withSetting(option("jointype", 1), "jointype"),
    says: /jointype_1' is not an option/,
  },
  {
    title: "a choice of another setting",
    fact: "docs/graph-facts.md 1.2: choices",
    body: withSetting(choice("allowskip", `${prefix}allowdiagnostics_1`), "allowskip"),
    says: /not an option/,
  },
  {
    title: "14 minutes",
    fact: "docs/graph-facts.md 1.2: timeout from 15",
    body: withSetting(simple("timeout", "Integer", 14), "timeout"),
    says: /14 is outside 15 to 720/,
  },
  {
    title: "721 minutes",
    fact: "docs/graph-facts.md 1.2: timeout up to 720",
    body: withSetting(simple("timeout", "Integer", 721), "timeout"),
    says: /721 is outside/,
  },
  {
    title: "minutes as text",
    fact: "docs/graph-facts.md 1.4: Edm.Int32",
    body: withSetting(simple("timeout", "Integer", "60"), "timeout"),
    says: /an integer is expected/,
  },
  {
    title: "half a minute",
    fact: "docs/graph-facts.md 1.4: Edm.Int32",
    body: withSetting(simple("timeout", "Integer", 60.5), "timeout"),
    says: /an integer is expected/,
  },
  {
    title: "an empty error message",
    fact: "docs/graph-facts.md 1.2: customerrormessage from 1",
    body: withSetting(simple("customerrormessage", "String", ""), "customerrormessage"),
    says: /0 characters, 1 to 1000/,
  },
  {
    title: "an error message of 1001 characters",
    fact: "docs/graph-facts.md 1.2: customerrormessage up to 1000",
    body: withSetting(
      simple("customerrormessage", "String", "x".repeat(1001)),
      "customerrormessage",
    ),
    says: /1001 characters/,
  },
  {
    title: "26 apps",
    fact: "docs/graph-facts.md 1.2: allowedappids, 25 items",
    body: withSetting(collection("allowedappids", apps(26)), "allowedappids"),
    says: /26 values, at most 25/,
  },
  {
    title: "11 scripts",
    fact: "docs/graph-facts.md 1.2: allowedscriptids, 10 items",
    body: withSetting(collection("allowedscriptids", scripts(11)), "allowedscriptids"),
    says: /11 values, at most 10/,
  },
  {
    title: "an app of 1001 characters",
    fact: "docs/graph-facts.md 1.2: items up to 1000",
    body: withSetting(collection("allowedappids", ["x".repeat(1001)]), "allowedappids"),
    says: /1001 characters/,
  },
  {
    title: "an app as JSON object instead of text",
    fact: "docs/graph-facts.md 1.3: a JSON text",
    body: withSetting(
      collection("allowedappids", [{ id: script(1), type: "#microsoft.graph.win32LobApp" }]),
      "allowedappids",
    ),
    says: /a string is expected/,
  },
  {
    title: "bare strings in a collection",
    fact: "docs/graph-facts.md 1.4: values are objects",
    body: withSetting(
      changed(collection("allowedscriptids", []), { simpleSettingCollectionValue: [script(1)] }),
      "allowedscriptids",
    ),
    says: /'@odata.type' is missing/,
  },
  {
    title: "children under an option that has none",
    fact: "docs/graph-facts.md 1.2: children",
    body: withSetting(
      option("allowskip", 1, { children: [simple("timeout", "Integer", 60)["settingInstance"]] }),
      "allowskip",
    ),
    says: /not a child of/,
  },
];

/** Under 70d256b3 the sandbox's own ids count; they are read from the tenant, as a client must. */
export const underRename: readonly (Omit<Row, "body"> & {
  readonly index: number;
  readonly children: unknown[];
})[] = [
  {
    title: "a name template without its child",
    fact: "docs/graph-facts.md 8.3: a required child is missing",
    index: 1,
    children: [],
    says: /doesnt contain required dependent settings/,
  },
  {
    title: "a name template under 'No'",
    fact: "docs/graph-facts.md 1.2: child of _1",
    index: 0,
    children: [simple("devicerenametemplate", "String", "PC-%RAND:4%")["settingInstance"]],
    says: /not a child of/,
  },
  {
    title: "a name with a space",
    fact: "docs/graph-facts.md 1.2: the pattern of devicerenametemplate",
    index: 1,
    children: [simple("devicerenametemplate", "String", "PC %RAND:4%")["settingInstance"]],
    says: /inputValidationSchema/,
  },
  {
    title: "a name of digits only",
    fact: "docs/graph-facts.md 1.2: the pattern of devicerenametemplate",
    index: 1,
    children: [simple("devicerenametemplate", "String", "12345")["settingInstance"]],
    says: /inputValidationSchema/,
  },
  {
    title: "a name template of 71 characters",
    fact: "docs/graph-facts.md 1.2: devicerenametemplate up to 70",
    index: 1,
    children: [simple("devicerenametemplate", "String", "x".repeat(71))["settingInstance"]],
    says: /71 characters, 1 to 70/,
  },
];

export const calls: readonly Row[] = [
  {
    title: "PATCH with settings",
    fact: "docs/graph-facts.md 8.3: PATCH of settings",
    call: ["PATCH", ""],
    body: { settings: scalars() },
    says: /^Cannot apply PATCH to navigation property 'settings' on entity type 'microsoft\.management\.services\.api\.deviceManagementConfigurationPolicy'$/,
  },
  {
    title: "PATCH of the whole body, as Terraform did",
    fact: "docs/graph-facts.md 8.3: PATCH of settings",
    call: ["PATCH", ""],
    body: userDriven(),
    says: /Cannot apply PATCH to navigation property 'settings'/,
  },
  {
    title: "PATCH of one setting",
    fact: "docs/graph-facts.md 8.3: PATCH of one setting",
    call: ["PATCH", "/settings('1')"],
    body: {},
    code: "No method match route template",
    says: /^No OData route exists that match template ~\/singleton\/navigation\/key\/navigation\/key with http verb PATCH for request \/DeviceConfigV2\/DCV2GraphService\/[0-9a-f-]+\/deviceManagement\/configurationPolicies\('[0-9a-f-]+'\)\/settings\('1'\)\.$/,
  },
  {
    title: "PATCH of an unknown property",
    fact: "Graph metadata: deviceManagementConfigurationPolicy",
    call: ["PATCH", ""],
    body: { displayName: "x" },
    says: /unknown property 'displayName'/,
  },
  {
    title: "PATCH of the template",
    fact: "docs/graph-facts.md 5: the template stays",
    call: ["PATCH", ""],
    body: { templateReference: { templateId: automaticTemplate } },
    says: /templateReference: can't be changed/,
  },
  {
    title: "PUT of another template",
    fact: "docs/graph-facts.md 5: the template stays",
    call: ["PUT", ""],
    body: automatic(),
    says: /template of a policy can't be changed/,
  },
  {
    title: "PUT of a part",
    fact: "docs/graph-facts.md 5: the whole body",
    call: ["PUT", ""],
    body: { settings: scalars() },
    says: /name: a string/,
  },
  {
    title: "PUT with a boolean choice",
    fact: "docs/graph-facts.md 1.2: never a boolean",
    call: ["PUT", ""],
    body: withSetting(choice("allowskip", false), "allowskip"),
    says: /value: a string/,
  },
  {
    title: "the just-in-time action of 2024",
    fact: "docs/graph-facts.md 2.1: gone from today's metadata",
    call: ["POST", "/assignJustInTimeConfiguration"],
    body: { justInTimeAssignments: { targetType: "entraSecurityGroup", target: [userGroup] } },
    says: /assignJustInTimeConfiguration/,
  },
  {
    title: "the all-devices target (CIPP)",
    fact: "docs/graph-facts.md 3: not possible",
    call: ["POST", "/assign"],
    body: {
      assignments: [{ target: { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" } }],
    },
    says: /can't be assigned to all devices/,
  },
  {
    title: "the wrapper of other policies in assign",
    fact: "docs/graph-facts.md 3: assignments",
    call: ["POST", "/assign"],
    body: { deviceManagementConfigurationPolicyAssignments: [] },
    says: /unknown property 'deviceManagementConfigurationPolicyAssignments'/,
  },
  {
    title: "an unknown group in assign",
    fact: "docs/graph-facts.md 3: targets are groups",
    call: ["POST", "/assign"],
    body: {
      assignments: [
        {
          target: {
            "@odata.type": "#microsoft.graph.groupAssignmentTarget",
            groupId: "00000000-0000-4000-8000-000000000001",
          },
        },
      ],
    },
    says: /there is no group/,
  },
  {
    title: "a target without type",
    fact: "docs/graph-facts.md 3: the target is abstract",
    call: ["POST", "/assign"],
    body: { assignments: [{ target: { groupId: userGroup } }] },
    says: /a group target is expected/,
  },
  {
    title: "setPriority",
    fact: "docs/graph-facts.md 4: of deviceEnrollmentConfiguration only",
    call: ["POST", "/setPriority"],
    body: { priority: 1 },
    says: /setPriority/,
  },
  {
    title: "priority 0",
    fact: "docs/graph-facts.md 4: 1 to 500",
    call: ["POST", "/reorder"],
    body: { priority: 0 },
    says: /1 to 500/,
  },
  {
    title: "priority 501",
    fact: "docs/graph-facts.md 4: 1 to 500",
    call: ["POST", "/reorder"],
    body: { priority: 501 },
    says: /1 to 500/,
  },
];
