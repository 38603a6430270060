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
    fact: "docs/graph-facts.md 1.4",
    body: userDriven(),
    settings: 11,
  },
  {
    title: "the portal's automatic body",
    fact: "docs/graph-facts.md 1.4",
    body: automatic(),
    settings: 1,
  },
  {
    title: "the portal's automatic body with scripts",
    fact: "docs/graph-facts.md 1.2: ids of a6157a7f",
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
    fact: "docs/graph-facts.md 1.4: WADP_DEMO_GRAPH",
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
    fact: "docs/graph-facts.md 1.4; TF construct.go sends templateFamily too",
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
    fact: "docs/graph-facts.md 1.4: whether others may be left out is not known (switch requiredSettings)",
    body: userDriven({ settings: [option("accountype", 1)] }),
    settings: 1,
  },
  {
    title: "no settings at all in the list",
    fact: "docs/graph-facts.md 1.3: an empty list is left out (automatic without apps)",
    body: automatic({ settings: [] }),
    settings: 0,
  },
  {
    title: "25 apps",
    fact: "docs/graph-facts.md 1.2: allowedappids, 25 items",
    body: withSetting(collection("allowedappids", apps(25)), "allowedappids"),
    settings: 11,
  },
  {
    title: "11 apps (Terraform validates 10)",
    fact: "docs/graph-facts.md 9: 25",
    body: withSetting(collection("allowedappids", apps(11)), "allowedappids"),
    settings: 11,
  },
  {
    title: "10 scripts",
    fact: "docs/graph-facts.md 1.2: allowedscriptids, 10 items",
    body: withSetting(collection("allowedscriptids", scripts(10)), "allowedscriptids"),
    settings: 11,
  },
  {
    title: "a collection without values",
    fact: "docs/graph-facts.md 1.2: from 0 items (switch emptyCollection)",
    body: withSetting(collection("allowedappids", []), "allowedappids"),
    settings: 11,
  },
  {
    title: "an app string in another key order",
    fact: "docs/graph-facts.md 1.3: the order of keys is not known",
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
    fact: "docs/graph-facts.md 1.3: whether it is looked up is not known",
    body: withSetting(collection("allowedappids", ["not an app"]), "allowedappids"),
    settings: 11,
  },
  {
    title: "choice values without children",
    fact: "docs/graph-clients.md: choice values",
    body: withSetting(changedValue(option("allowskip", 0), { children: undefined }), "allowskip"),
    settings: 11,
  },
  {
    title: "values without value template references",
    fact: "docs/graph-facts.md 1.4: nullable (switch valueTemplateReference)",
    body: withSetting(changedValue(simple("timeout", "Integer", 15), noReference), "timeout"),
    settings: 11,
  },
  {
    title: "value template references that are null",
    fact: "docs/graph-facts.md 1.4: nullable",
    body: withSetting(
      changedValue(option("allowskip", 0), { settingValueTemplateReference: null }),
      "allowskip",
    ),
    settings: 11,
  },
  {
    title: "useTemplateDefault in a reference",
    fact: "Graph metadata: deviceManagementConfigurationSettingValueTemplateReference",
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
    fact: "docs/graph-facts.md 1.4: the portal omits it on single values",
    body: userDriven({ settings: scalars().map((each) => omit(each, "@odata.type")) }),
    settings: 8,
  },
  {
    title: "a choice value without @odata.type",
    fact: "docs/graph-facts.md 1.4: the type of a choice value isn't abstract",
    body: withSetting(
      changedValue(option("allowskip", 0), { "@odata.type": undefined }),
      "allowskip",
    ),
    settings: 11,
  },
  {
    title: "@odata.type without '#'",
    fact: "docs/graph-clients.md: @odata.type in bodies",
    body: userDriven({ "@odata.type": "microsoft.graph.deviceManagementConfigurationPolicy" }),
    settings: 11,
  },
  {
    title: "property names in other case",
    fact: "docs/graph-clients.md: property names in another case",
    body: {
      ...omit(userDriven(), "name", "roleScopeTagIds"),
      Name: "test",
      RoleScopeTagIds: ["0"],
    },
    settings: 11,
  },
  {
    title: "720 minutes",
    fact: "docs/graph-facts.md 1.2: timeout up to 720",
    body: withSetting(simple("timeout", "Integer", 720), "timeout"),
    settings: 11,
  },
  {
    title: "an error message of 1000 characters",
    fact: "docs/graph-facts.md 1.2: customerrormessage up to 1000",
    body: withSetting(
      simple("customerrormessage", "String", "ä".repeat(1000)),
      "customerrormessage",
    ),
    settings: 11,
  },
  {
    title: "no description",
    fact: "Graph metadata: description is nullable",
    body: omit(userDriven(), "description"),
    settings: 11,
  },
  {
    title: "no scope tags",
    fact: 'docs/graph-facts.md 6: by default ["0"]',
    body: omit(userDriven(), "roleScopeTagIds"),
    settings: 11,
  },
  {
    title: "another scope tag",
    fact: "docs/graph-facts.md 6",
    body: userDriven({ roleScopeTagIds: ["0", "7"] }),
    settings: 11,
  },
  {
    title: "a name with hyphens and umlauts",
    fact: "docs/graph-facts.md 6: hyphens are fine",
    body: userDriven({ name: "CXNM - Standard - Büro" }),
    settings: 11,
  },
  {
    title: "a body that was read before",
    fact: "docs/graph-facts.md 1.4: the rest belongs to the service",
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
    fact: "docs/graph-facts.md 1.4: the answer to POST",
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
