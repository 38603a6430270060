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
    fact: "PL4/CSDL: name; facts 1.4",
    body: omit(userDriven(), "name"),
    says: /name: a string/,
  },
  {
    title: "an empty name",
    fact: "facts 6",
    body: userDriven({ name: "" }),
    says: /name: must not be empty/,
  },
  {
    title: "a blank name",
    fact: "facts 6",
    body: userDriven({ name: "  " }),
    says: /name: must not be empty/,
  },
  {
    title: "a name that is null",
    fact: "facts 1.4",
    body: userDriven({ name: null }),
    says: /name: a string/,
  },
  {
    title: "displayName instead of name",
    fact: "CSDL deviceManagementConfigurationPolicy has name",
    body: { ...omit(userDriven(), "name"), displayName: "x" },
    says: /unknown property 'displayName'/,
  },
  {
    title: "an unknown property",
    fact: "CSDL deviceManagementConfigurationPolicy",
    body: userDriven({ priority: 3 }),
    says: /unknown property 'priority'/,
  },
  {
    title: "a description that isn't text",
    fact: "CSDL description Edm.String",
    body: userDriven({ description: 5 }),
    says: /description: a string/,
  },
  {
    title: "another platform",
    fact: "PL4 templates: platforms=windows10 (facts 1.1)",
    body: userDriven({ platforms: "macOS" }),
    says: /platforms: is "macOS"/,
  },
  {
    title: "no platform",
    fact: "PL4 templates: platforms=windows10 (facts 1.1)",
    body: omit(userDriven(), "platforms"),
    says: /platforms: is missing/,
  },
  {
    title: "another technology",
    fact: "PL4 templates: technologies=enrollment (facts 1.1)",
    body: userDriven({ technologies: "mdm" }),
    says: /technologies: is "mdm"/,
  },
  {
    title: "no templateReference",
    fact: "facts 1.4: every body has it",
    body: omit(userDriven(), "templateReference"),
    says: /templateReference: is missing/,
  },
  {
    title: "an unknown template",
    fact: "PL4 templates (facts 1.1)",
    body: userDriven({
      templateReference: { templateId: "00000000-0000-4000-8000-000000000000_1" },
    }),
    says: /not one of the device preparation templates/,
  },
  {
    title: "a template id without its version",
    fact: "PL4 templates: id ends in _1 (facts 1.1)",
    body: userDriven({ templateReference: { templateId: userDrivenTemplate.slice(0, -2) } }),
    says: /not one of the device preparation templates/,
  },
  {
    title: "another template family",
    fact: "PL4 templates: enrollmentConfiguration (facts 1.1)",
    body: userDriven({
      templateReference: { templateId: userDrivenTemplate, templateFamily: "baseline" },
    }),
    says: /family 'enrollmentConfiguration'/,
  },
  {
    title: "the template id outside templateReference",
    fact: "CSDL templateReference",
    body: { ...omit(userDriven(), "templateReference"), templateId: userDrivenTemplate },
    says: /unknown property 'templateId'/,
  },
  {
    title: "an unknown scope tag",
    fact: "facts 6: roleScopeTagIds name existing tags",
    body: userDriven({ roleScopeTagIds: ["0", "404"] }),
    says: /no scope tag '404'/,
  },
  {
    title: "scope tags that aren't strings",
    fact: "CSDL Collection(Edm.String)",
    body: userDriven({ roleScopeTagIds: [0] }),
    says: /roleScopeTagIds\[0\]: a string/,
  },
  {
    title: "another @odata.type on the policy",
    fact: "CSDL",
    body: { "@odata.type": "#microsoft.graph.deviceConfiguration", ...userDriven() },
    says: /deviceManagementConfigurationPolicy is expected/,
  },
  {
    title: "assignments in the body",
    fact: "facts 3: the action assign",
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
    fact: "CSDL Collection(…ConfigurationSetting)",
    body: userDriven({ settings: {} }),
    says: /settings: an array/,
  },
  {
    title: "a single setting without its array",
    fact: "Microsoft365DSC#7061: an array of one collapsed",
    body: userDriven({ settings: option("jointype", 0) }),
    says: /settings: an array/,
  },
  {
    title: "no settings",
    fact: "facts 1.4: every body has them",
    body: omit(userDriven(), "settings"),
    says: /settings: an array/,
  },
  {
    title: "a setting twice",
    fact: "PL4 occurrence maxDeviceOccurrence 1",
    body: userDriven({ settings: [...scalars(), option("allowskip", 0)] }),
    says: /allowskip' is given twice/,
  },
  {
    title: "an instance without its wrapper",
    fact: "CSDL deviceManagementConfigurationSetting",
    body: withSetting(option("jointype", 0)["settingInstance"], "jointype"),
    says: /is '#microsoft|"#microsoft/,
  },
  {
    title: "a setting without instance",
    fact: "CSDL settingInstance Nullable=false",
    body: withSetting({ "@odata.type": `${graph}Setting` }),
    says: /'settingInstance' is missing/,
  },
  {
    title: "a group collection around a setting (Terraform's mocks)",
    fact: "facts, Contradictions: mocks are invented",
    body: withSetting(groupWrapped, "timeout"),
    says: /GroupSettingCollectionInstance/,
  },
  {
    title: "another type on the wrapper",
    fact: "CSDL",
    body: withSetting(
      { ...option("jointype", 0), "@odata.type": `${graph}SettingInstance` },
      "jointype",
    ),
    says: /Setting is expected/,
  },
  {
    title: "a stray property in an instance",
    fact: "CSDL ChoiceSettingInstance",
    body: withSetting(changed(option("jointype", 0), { value: 1 }), "jointype"),
    says: /unknown property 'value'/,
  },

  // --- which setting
  ...["devicegroup", "custonerror", "allowedapps", "allowedscripts"].map((name): Row => ({
    title: `the invented id ${name}`,
    fact: "facts 1.2 traps: TF state.go ids, no such definition",
    body: withSetting(simple(name, "String", "x")),
    says: new RegExp(`no setting definition '${prefix}${name}'`),
  })),
  {
    title: "a misspelt accounttype",
    fact: "facts 1.2: accountype (sic, one t)",
    body: withSetting(
      changed(option("accountype", 1), { settingDefinitionId: `${prefix}accounttype` }),
      "accountype",
    ),
    says: /no setting definition/,
  },
  {
    title: "a setting of the newer template in the older",
    fact: "PL4 allowUnmanagedSettings=false (facts 1.1)",
    body: withSetting(option("skipkeyboard", 1)),
    says: /not part of template/,
  },
  {
    title: "a user-driven setting in the automatic template",
    fact: "facts 1.2: the automatic one has 3",
    body: automatic({ settings: [option("accountype", 1)] }),
    says: /not part of template/,
  },
  {
    title: "a child setting at the top",
    fact: "PL4 devicerenametemplate dependentOn",
    body: association([simple("devicerenametemplate", "String", "PC-%RAND:4%")]),
    says: /only allowed as child/,
  },

  // --- which class, which reference
  {
    title: "a choice as simple setting",
    fact: "PL4 ChoiceSettingDefinition",
    body: withSetting(simple("allowskip", "String", `${prefix}allowskip_1`), "allowskip"),
    says: /ChoiceSettingInstance is expected/,
  },
  {
    title: "a string as choice",
    fact: "PL4 SimpleSettingDefinition",
    body: withSetting(choice("customerrormessage", "x"), "customerrormessage"),
    says: /SimpleSettingInstance is expected/,
  },
  {
    title: "apps as a single string",
    fact: "PL4 SimpleSettingCollectionDefinition",
    body: withSetting(simple("allowedappids", "String", app(1)), "allowedappids"),
    says: /CollectionInstance is expected/,
  },
  {
    title: "an instance without type",
    fact: "CSDL SettingInstance is abstract",
    body: withSetting(changed(option("allowskip", 1), { "@odata.type": undefined }), "allowskip"),
    says: /'@odata.type' is missing/,
  },
  {
    title: "a simple value without type",
    fact: "CSDL SimpleSettingValue is abstract",
    body: withSetting(
      changedValue(simple("timeout", "Integer", 60), { "@odata.type": undefined }),
      "timeout",
    ),
    says: /'@odata.type' is missing/,
  },
  {
    title: "a string value for the timeout",
    fact: "PL4 timeout: integer",
    body: withSetting(simple("timeout", "String", "60"), "timeout"),
    says: /IntegerSettingValue is expected/,
  },
  {
    title: "no template reference",
    fact: "PL4 allowUnmanagedSettings=false",
    body: withSetting(
      changed(option("allowskip", 1), { settingInstanceTemplateReference: undefined }),
      "allowskip",
    ),
    says: /settingInstanceTemplateReference: is missing/,
  },
  {
    title: "a template reference that is null",
    fact: "PL4 allowUnmanagedSettings=false",
    body: withSetting(
      changed(option("allowskip", 1), { settingInstanceTemplateReference: null }),
      "allowskip",
    ),
    says: /settingInstanceTemplateReference: is missing/,
  },
  {
    title: "the reference of another setting",
    fact: "CIPP#4241: Invalid Reference id",
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
    fact: "facts 1.2: other ids there",
    body: automatic({ settings: [collection("allowedappids", [app(1)])] }),
    says: /Invalid Reference id/,
  },
  {
    title: "automatic app ids in the user-driven template",
    fact: "facts 1.2: other ids there",
    body: withSetting(
      collection("allowedappids", [app(1)], automaticIds.allowedappids),
      "allowedappids",
    ),
    says: /Invalid Reference id/,
  },
  {
    title: "ids of the older template in the newer",
    fact: "facts 1.1: 70d256b3 has its own",
    body: association([option("allowskip", 1)]),
    says: /Invalid Reference id/,
  },
  {
    title: "another value template id",
    fact: "facts 1.2 vt",
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
    fact: "facts 1.2 traps: booleans",
    body: withSetting(choice("allowskip", true), "allowskip"),
    says: /value: a string/,
  },
  {
    title: '"true" for a choice',
    fact: "PL4 options",
    body: withSetting(choice("allowdiagnostics", "true"), "allowdiagnostics"),
    says: /'true' is not an option/,
  },
  {
    title: "the suffix of a choice alone",
    fact: "PL4 itemId is the whole id",
    body: withSetting(choice("accountype", "1"), "accountype"),
    says: /'1' is not an option/,
  },
  {
    title: "the display name of a choice",
    fact: "PL4 options",
    body: withSetting(choice("accountype", "StandardUser"), "accountype"),
    says: /not an option/,
  },
  {
    title: "deployment mode 1 (Terraform: enhanced)",
    fact: "facts, Contradictions: only _0",
    body: withSetting(option("deploymentmode", 1), "deploymentmode"),
    says: /deploymentmode_1' is not an option/,
  },
  {
    title: "deployment type 1 (Terraform: self-deploying)",
    fact: "facts, Contradictions: only _0",
    body: withSetting(option("deploymenttype", 1), "deploymenttype"),
    says: /deploymenttype_1' is not an option/,
  },
  {
    title: "join type 1 (CIPP: hybrid)",
    fact: "facts, Contradictions: only _0",
    body: withSetting(option("jointype", 1), "jointype"),
    says: /jointype_1' is not an option/,
  },
  {
    title: "a choice of another setting",
    fact: "PL4 options",
    body: withSetting(choice("allowskip", `${prefix}allowdiagnostics_1`), "allowskip"),
    says: /not an option/,
  },
  {
    title: "14 minutes",
    fact: "PL4 timeout minimumValue 15",
    body: withSetting(simple("timeout", "Integer", 14), "timeout"),
    says: /14 is outside 15 to 720/,
  },
  {
    title: "721 minutes",
    fact: "PL4 timeout maximumValue 720",
    body: withSetting(simple("timeout", "Integer", 721), "timeout"),
    says: /721 is outside/,
  },
  {
    title: "minutes as text",
    fact: "CSDL IntegerSettingValue Edm.Int32",
    body: withSetting(simple("timeout", "Integer", "60"), "timeout"),
    says: /an integer is expected/,
  },
  {
    title: "half a minute",
    fact: "CSDL IntegerSettingValue Edm.Int32",
    body: withSetting(simple("timeout", "Integer", 60.5), "timeout"),
    says: /an integer is expected/,
  },
  {
    title: "an empty error message",
    fact: "PL4 customerrormessage minimumLength 1",
    body: withSetting(simple("customerrormessage", "String", ""), "customerrormessage"),
    says: /0 characters, 1 to 1000/,
  },
  {
    title: "an error message of 1001 characters",
    fact: "PL4 customerrormessage maximumLength 1000",
    body: withSetting(
      simple("customerrormessage", "String", "x".repeat(1001)),
      "customerrormessage",
    ),
    says: /1001 characters/,
  },
  {
    title: "26 apps",
    fact: "PL4 allowedappids maximumCount 25",
    body: withSetting(collection("allowedappids", apps(26)), "allowedappids"),
    says: /26 values, at most 25/,
  },
  {
    title: "11 scripts",
    fact: "PL4 allowedscriptids maximumCount 10",
    body: withSetting(collection("allowedscriptids", scripts(11)), "allowedscriptids"),
    says: /11 values, at most 10/,
  },
  {
    title: "an app of 1001 characters",
    fact: "PL4 allowedappids maximumLength 1000",
    body: withSetting(collection("allowedappids", ["x".repeat(1001)]), "allowedappids"),
    says: /1001 characters/,
  },
  {
    title: "an app as JSON object instead of text",
    fact: "facts 1.3: a JSON string",
    body: withSetting(
      collection("allowedappids", [{ id: script(1), type: "#microsoft.graph.win32LobApp" }]),
      "allowedappids",
    ),
    says: /a string is expected/,
  },
  {
    title: "bare strings in a collection",
    fact: "CSDL SimpleSettingValue",
    body: withSetting(
      changed(collection("allowedscriptids", []), { simpleSettingCollectionValue: [script(1)] }),
      "allowedscriptids",
    ),
    says: /'@odata.type' is missing/,
  },
  {
    title: "children under an option that has none",
    fact: "PL4 dependedOnBy",
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
    fact: "PL4 dependedOnBy required; recorded wording of 2026",
    index: 1,
    children: [],
    says: /doesnt contain required dependent settings/,
  },
  {
    title: "a name template under 'No'",
    fact: "PL4 dependentOn _1",
    index: 0,
    children: [simple("devicerenametemplate", "String", "PC-%RAND:4%")["settingInstance"]],
    says: /not a child of/,
  },
  {
    title: "a name with a space",
    fact: "PL4 inputValidationSchema",
    index: 1,
    children: [simple("devicerenametemplate", "String", "PC %RAND:4%")["settingInstance"]],
    says: /inputValidationSchema/,
  },
  {
    title: "a name of digits only",
    fact: "PL4 inputValidationSchema",
    index: 1,
    children: [simple("devicerenametemplate", "String", "12345")["settingInstance"]],
    says: /inputValidationSchema/,
  },
  {
    title: "a name template of 71 characters",
    fact: "PL4 devicerenametemplate maximumLength 70",
    index: 1,
    children: [simple("devicerenametemplate", "String", "x".repeat(71))["settingInstance"]],
    says: /71 characters, 1 to 70/,
  },
];

export const calls: readonly Row[] = [
  {
    title: "PATCH with settings",
    fact: "TF #2488: recorded 400",
    call: ["PATCH", ""],
    body: { settings: scalars() },
    says: /^Cannot apply PATCH to navigation property 'settings' on entity type 'microsoft\.management\.services\.api\.deviceManagementConfigurationPolicy'$/,
  },
  {
    title: "PATCH of the whole body, as Terraform did",
    fact: "TF #2488: recorded 400",
    call: ["PATCH", ""],
    body: userDriven(),
    says: /Cannot apply PATCH to navigation property 'settings'/,
  },
  {
    title: "PATCH of one setting",
    fact: "microsoft-graph-docs#17482: recorded 400",
    call: ["PATCH", "/settings('1')"],
    body: {},
    code: "No method match route template",
    says: /^No OData route exists that match template ~\/singleton\/navigation\/key\/navigation\/key with http verb PATCH for request \/DeviceConfigV2\/DCV2GraphService\/[0-9a-f-]+\/deviceManagement\/configurationPolicies\('[0-9a-f-]+'\)\/settings\('1'\)\.$/,
  },
  {
    title: "PATCH of an unknown property",
    fact: "CSDL",
    call: ["PATCH", ""],
    body: { displayName: "x" },
    says: /unknown property 'displayName'/,
  },
  {
    title: "PATCH of the template",
    fact: "facts 5: template can't change",
    call: ["PATCH", ""],
    body: { templateReference: { templateId: automaticTemplate } },
    says: /templateReference: can't be changed/,
  },
  {
    title: "PUT of another template",
    fact: "facts 5: template can't change",
    call: ["PUT", ""],
    body: automatic(),
    says: /template of a policy can't be changed/,
  },
  {
    title: "PUT of a part",
    fact: "facts 5: the full body",
    call: ["PUT", ""],
    body: { settings: scalars() },
    says: /name: a string/,
  },
  {
    title: "PUT with a boolean choice",
    fact: "facts 1.2 traps",
    call: ["PUT", ""],
    body: withSetting(choice("allowskip", false), "allowskip"),
    says: /value: a string/,
  },
  {
    title: "the just-in-time action of 2024",
    fact: "facts 2.1: gone from today's CSDL",
    call: ["POST", "/assignJustInTimeConfiguration"],
    body: { justInTimeAssignments: { targetType: "entraSecurityGroup", target: [userGroup] } },
    says: /assignJustInTimeConfiguration/,
  },
  {
    title: "the all-devices target (CIPP)",
    fact: "facts 3: not possible",
    call: ["POST", "/assign"],
    body: {
      assignments: [{ target: { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" } }],
    },
    says: /can't be assigned to all devices/,
  },
  {
    title: "the wrapper of other policies in assign",
    fact: "GD assign: assignments",
    call: ["POST", "/assign"],
    body: { deviceManagementConfigurationPolicyAssignments: [] },
    says: /unknown property 'deviceManagementConfigurationPolicyAssignments'/,
  },
  {
    title: "an unknown group in assign",
    fact: "facts 3: target a group",
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
    fact: "CSDL: the target is abstract",
    call: ["POST", "/assign"],
    body: { assignments: [{ target: { groupId: userGroup } }] },
    says: /a group target is expected/,
  },
  {
    title: "setPriority",
    fact: "facts 4: only on deviceEnrollmentConfiguration",
    call: ["POST", "/setPriority"],
    body: { priority: 1 },
    says: /setPriority/,
  },
  {
    title: "priority 0",
    fact: "DTS: 1 to 500",
    call: ["POST", "/reorder"],
    body: { priority: 0 },
    says: /1 to 500/,
  },
  {
    title: "priority 501",
    fact: "DTS: 1 to 500",
    call: ["POST", "/reorder"],
    body: { priority: 501 },
    says: /1 to 500/,
  },
];
