/** Data: bodies that the service accepts: the portal's captured ones, and the freedoms that clients take. */
import {
  app,
  apps,
  automatic,
  automaticIds,
  automaticTemplate,
  changedValue,
  collection,
  omit,
  option,
  scalars,
  script,
  scripts,
  simple,
  userDriven,
  userDrivenTemplate,
  withSetting,
} from "./sandbox-policies-bodies";

export interface Row {
  readonly title: string;
  readonly fact: string;
  readonly body: unknown;
  readonly settings?: number;
}

const noReference = { settingValueTemplateReference: undefined };

export const acceptedBodies: readonly Row[] = [
  {
    title: "the portal's user-driven body",
    fact: "TF-cap (facts 1.4)",
    body: userDriven(),
    settings: 11,
  },
  {
    title: "the portal's automatic body",
    fact: "TF-cap (facts 1.4)",
    body: automatic(),
    settings: 1,
  },
  {
    title: "the portal's automatic body with scripts",
    fact: "facts 1.2: automatic ids",
    body: automatic({
      settings: [
        collection("allowedappids", [app(1)], automaticIds.allowedappids),
        collection("allowedscriptids", [script(1)], automaticIds.allowedscriptids),
      ],
    }),
    settings: 2,
  },
  {
    title: "the WADP body: 10 settings, no devicesecuritygroupids",
    fact: "facts 1.4: WADP_DEMO_GRAPH",
    body: userDriven({
      settings: [
        ...scalars(),
        collection("allowedappids", [app(1)]),
        collection("allowedscriptids", [" "]),
      ],
    }),
    settings: 10,
  },
  {
    title: "the body of Terraform's constructor",
    fact: "TF construct.go: templateFamily, no devicesecuritygroupids",
    body: userDriven({
      "@odata.type": "#microsoft.graph.deviceManagementConfigurationPolicy",
      settings: scalars(),
      templateReference: {
        templateId: userDrivenTemplate,
        templateFamily: "enrollmentConfiguration",
      },
    }),
    settings: 8,
  },
  {
    title: "only some of the scalars",
    fact: "facts 1.4: whether others may be omitted is unsure (switch requiredSettings)",
    body: userDriven({ settings: [option("accountype", 1)] }),
    settings: 1,
  },
  {
    title: "no settings at all in the list",
    fact: "facts 1.3: an empty list is left out (automatic without apps)",
    body: automatic({ settings: [] }),
    settings: 0,
  },
  {
    title: "25 apps",
    fact: "PL4 allowedappids maximumCount 25",
    body: withSetting(collection("allowedappids", apps(25)), "allowedappids"),
    settings: 11,
  },
  {
    title: "11 apps (Terraform validates 10)",
    fact: "facts, Contradictions: 25",
    body: withSetting(collection("allowedappids", apps(11)), "allowedappids"),
    settings: 11,
  },
  {
    title: "10 scripts",
    fact: "PL4 allowedscriptids maximumCount 10",
    body: withSetting(collection("allowedscriptids", scripts(10)), "allowedscriptids"),
    settings: 11,
  },
  {
    title: "a collection without values",
    fact: "PL4 minimumCount 0 (switch emptyCollection)",
    body: withSetting(collection("allowedappids", []), "allowedappids"),
    settings: 11,
  },
  {
    title: "an app string in another key order",
    fact: "facts 1.3: key order not guaranteed",
    body: withSetting(
      collection("allowedappids", [
        `{ "type": "#microsoft.graph.winGetApp", "id": "${script(1)}" }`,
      ]),
      "allowedappids",
    ),
    settings: 11,
  },
  {
    title: "an app that the tenant doesn't have",
    fact: "facts 1.3: not looked into",
    body: withSetting(collection("allowedappids", ["not an app"]), "allowedappids"),
    settings: 11,
  },
  {
    title: "choice values without children",
    fact: "graph-clients: choice values without children",
    body: withSetting(changedValue(option("allowskip", 0), { children: undefined }), "allowskip"),
    settings: 11,
  },
  {
    title: "values without value template references",
    fact: "CSDL: nullable (switch valueTemplateReference)",
    body: withSetting(changedValue(simple("timeout", "Integer", 15), noReference), "timeout"),
    settings: 11,
  },
  {
    title: "value template references that are null",
    fact: "CSDL: nullable",
    body: withSetting(
      changedValue(option("allowskip", 0), { settingValueTemplateReference: null }),
      "allowskip",
    ),
    settings: 11,
  },
  {
    title: "useTemplateDefault in a reference",
    fact: "CSDL SettingValueTemplateReference",
    body: withSetting(
      changedValue(option("allowskip", 0), {
        settingValueTemplateReference: {
          settingValueTemplateId: "a2323e5e-ac56-4517-8847-b0a6fdb467e7",
          useTemplateDefault: false,
        },
      }),
      "allowskip",
    ),
    settings: 11,
  },
  {
    title: "wrappers without @odata.type",
    fact: "TF-cap: the portal omits it on simple ones",
    body: userDriven({ settings: scalars().map((each) => omit(each, "@odata.type")) }),
    settings: 8,
  },
  {
    title: "a choice value without @odata.type",
    fact: "CSDL ChoiceSettingValue isn't abstract",
    body: withSetting(
      changedValue(option("allowskip", 0), { "@odata.type": undefined }),
      "allowskip",
    ),
    settings: 11,
  },
  {
    title: "@odata.type without '#'",
    fact: "graph-clients: @odata.type in bodies",
    body: userDriven({ "@odata.type": "microsoft.graph.deviceManagementConfigurationPolicy" }),
    settings: 11,
  },
  {
    title: "property names in other case",
    fact: "graph-clients: property names in other case",
    body: {
      ...omit(userDriven(), "name", "roleScopeTagIds"),
      Name: "test",
      RoleScopeTagIds: ["0"],
    },
    settings: 11,
  },
  {
    title: "720 minutes",
    fact: "PL4 timeout maximumValue 720",
    body: withSetting(simple("timeout", "Integer", 720), "timeout"),
    settings: 11,
  },
  {
    title: "an error message of 1000 characters",
    fact: "PL4 customerrormessage maximumLength 1000",
    body: withSetting(
      simple("customerrormessage", "String", "ä".repeat(1000)),
      "customerrormessage",
    ),
    settings: 11,
  },
  {
    title: "no description",
    fact: "CSDL description is nullable",
    body: omit(userDriven(), "description"),
    settings: 11,
  },
  {
    title: "no scope tags",
    fact: 'facts 6: default ["0"]',
    body: omit(userDriven(), "roleScopeTagIds"),
    settings: 11,
  },
  {
    title: "another scope tag",
    fact: "facts 6",
    body: userDriven({ roleScopeTagIds: ["0", "7"] }),
    settings: 11,
  },
  {
    title: "a name with hyphens and umlauts",
    fact: "facts 6: hyphens are fine here",
    body: userDriven({ name: "CXNM - Standard - Büro" }),
    settings: 11,
  },
  {
    title: "a body that was read before",
    fact: "CSDL: the rest is read-only",
    body: userDriven({
      id: "x",
      createdDateTime: "2026-01-01T00:00:00Z",
      settingCount: 3,
      isAssigned: true,
      creationSource: null,
      priorityMetaData: { priority: 9 },
      assignments: [],
    }),
    settings: 11,
  },
  {
    title: "templateReference as it is read",
    fact: "TF-cap response",
    body: automatic({
      templateReference: {
        templateId: automaticTemplate,
        templateFamily: "enrollmentConfiguration",
        templateDisplayName: "Win365 Device Preparation",
        templateDisplayVersion: "Version 1",
      },
    }),
    settings: 1,
  },
];
