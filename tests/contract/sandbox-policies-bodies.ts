/** Policy bodies for the sandbox's contract tests, in the form the Intune portal sends them (docs/graph-facts.md 1.4). */

export type Json = Record<string, unknown>;

export const userDrivenTemplate = "80d33118-b7b4-40d8-b15f-81be745e053f_1";
export const automaticTemplate = "a6157a7f-aa00-42d9-ac82-7d2479f545db_1";
export const associationTemplate = "70d256b3-6120-4f88-9e00-0972ec64fc83_1";

export const prefix = "enrollment_autopilot_dpp_";
const type = (name: string): string => `#microsoft.graph.deviceManagementConfiguration${name}`;

/** Instance and value template ids of 80d33118: docs/graph-facts.md 1.2. */
export const ids: Readonly<Record<string, readonly [instance: string, value: string | null]>> = {
  deploymentmode: ["5180aeab-886e-4589-97d4-40855c646315", "5874c2f6-bcf1-463b-a9eb-bee64e2f2d82"],
  deploymenttype: ["f4184296-fa9f-4b67-8b12-1723b3f8456b", "e0af022f-37f3-4a40-916d-1ab7281c88d9"],
  jointype: ["6310e95d-6cfa-4d2f-aae0-1e7af12e2182", "1fa84eb3-fcfa-4ed6-9687-0f3d486402c4"],
  accountype: ["d4f2a840-86d5-4162-9a08-fa8cc608b94e", "bf13bb47-69ef-4e06-97c1-50c2859a49c2"],
  timeout: ["6dec0657-dfb8-4906-a7ee-3ac6ee1edecb", "0bbcce5b-a55a-4e05-821a-94bf576d6cc8"],
  customerrormessage: [
    "2ddf0619-2b7a-46de-b29b-c6191e9dda6e",
    "fe5002d5-fbe9-4920-9e2d-26bfc4b4cc97",
  ],
  allowskip: ["2a71dc89-0f17-4ba9-bb27-af2521d34710", "a2323e5e-ac56-4517-8847-b0a6fdb467e7"],
  allowdiagnostics: [
    "e2b7a81b-f243-4abd-bce3-c1856345f405",
    "c59d26fd-3460-4b26-b47a-f7e202e7d5a3",
  ],
  devicesecuritygroupids: [
    "a46a50ab-3076-4968-9366-75a40dde950e",
    "5f7d09e1-1a90-44ad-9c9f-ad90ba509e60",
  ],
  allowedappids: ["70d22a8a-a03c-4f62-b8df-dded3e327639", null],
  allowedscriptids: ["1bc67702-800c-4271-8fd9-609351cc19cf", null],
};

export const automaticIds = {
  allowedappids: "a9dedfd6-c3b2-46d9-ae39-91fd0dcb7a20",
  allowedscriptids: "ff20a4a9-a2f4-4a2e-84e0-4cd1dc9bed31",
} as const;

function references(name: string): { instance: Json; value: Json } {
  const [instance, value] = ids[name] ?? ["00000000-0000-4000-8000-000000000000", null];
  return {
    instance: { settingInstanceTemplateReference: { settingInstanceTemplateId: instance } },
    value:
      value === null ? {} : { settingValueTemplateReference: { settingValueTemplateId: value } },
  };
}

/** The portal types the wrapper of choices, not that of simple settings. */
export function choice(name: string, value: unknown, extra: Json = {}): Json {
  const reference = references(name);
  return {
    settingInstance: {
      "@odata.type": type("ChoiceSettingInstance"),
      choiceSettingValue: {
        "@odata.type": type("ChoiceSettingValue"),
        children: [],
        ...reference.value,
        value,
        ...extra,
      },
      settingDefinitionId: `${prefix}${name}`,
      ...reference.instance,
    },
    "@odata.type": type("Setting"),
  };
}

export function option(name: string, index: number, extra: Json = {}): Json {
  return choice(name, `${prefix}${name}_${index}`, extra);
}

export function simple(name: string, kind: "Integer" | "String", value: unknown): Json {
  const reference = references(name);
  return {
    settingInstance: {
      "@odata.type": type("SimpleSettingInstance"),
      simpleSettingValue: { "@odata.type": type(`${kind}SettingValue`), value, ...reference.value },
      settingDefinitionId: `${prefix}${name}`,
      ...reference.instance,
    },
  };
}

export function collection(name: string, values: readonly unknown[], instance?: string): Json {
  return {
    settingInstance: {
      "@odata.type": type("SimpleSettingCollectionInstance"),
      settingDefinitionId: `${prefix}${name}`,
      settingInstanceTemplateReference: {
        settingInstanceTemplateId: instance ?? ids[name]?.[0] ?? "",
      },
      simpleSettingCollectionValue: values.map((value, index) => ({
        "@odata.type": type("StringSettingValue"),
        // A stray key of the portal's, seen in every captured collection value.
        "@odata.": `0a96a3b6-433c-47d7-b4ae-${String(index).padStart(12, "0")}`,
        value,
      })),
    },
  };
}

export function app(index: number, kind = "win32LobApp"): string {
  const id = `e83d36e1-3ff2-4567-90d9-${String(index).padStart(12, "0")}`;
  return `{"id":"${id}","type":"#microsoft.graph.${kind}"}`;
}

export const apps = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => app(index));

export function script(index: number): string {
  return `18e40aa8-88b8-41f7-b80c-${String(index).padStart(12, "0")}`;
}

export const scripts = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => script(index));

/** The eight that every tool sends, and the portal's empty device group text. */
export function scalars(): Json[] {
  return [
    option("deploymentmode", 0),
    option("deploymenttype", 0),
    option("jointype", 0),
    option("accountype", 0),
    simple("timeout", "Integer", 60),
    simple("customerrormessage", "String", "Contact your organization’s support person for help."),
    option("allowskip", 1),
    option("allowdiagnostics", 1),
  ];
}

/** The complete user-driven body of the portal: 11 settings. */
export function userDriven(changes: Json = {}): Json {
  return {
    name: "test",
    description: "",
    settings: [
      ...scalars(),
      simple("devicesecuritygroupids", "String", ""),
      collection("allowedappids", [app(1), app(2, "winGetApp")]),
      collection("allowedscriptids", scripts(2)),
    ],
    roleScopeTagIds: ["0"],
    platforms: "windows10",
    technologies: "enrollment",
    templateReference: { templateId: userDrivenTemplate },
    ...changes,
  };
}

/** The complete automatic body of the portal: apps only. */
export function automatic(changes: Json = {}): Json {
  return {
    ...userDriven(),
    settings: [
      collection("allowedappids", [app(1), app(2, "winGetApp")], automaticIds.allowedappids),
    ],
    templateReference: { templateId: automaticTemplate },
    ...changes,
  };
}

/** A body with one setting in place of its namesake, or added. */
export function withSetting(setting: unknown, name?: string): Json {
  const idOf = (each: Json): unknown => (each["settingInstance"] as Json)["settingDefinitionId"];
  const kept = (userDriven()["settings"] as Json[]).filter(
    (each) => idOf(each) !== `${prefix}${name ?? ""}`,
  );
  return userDriven({ settings: [...kept, setting] });
}

/** One setting, changed inside its instance. */
export function changed(setting: Json, changes: Json): Json {
  return { ...setting, settingInstance: { ...(setting["settingInstance"] as Json), ...changes } };
}

/** One setting, changed inside its value. */
export function changedValue(setting: Json, changes: Json): Json {
  const instance = setting["settingInstance"] as Json;
  const key = Object.keys(instance).find((name) => name.endsWith("SettingValue")) ?? "";
  return changed(setting, { [key]: { ...(instance[key] as Json), ...changes } });
}

export function omit(object: Json, ...names: string[]): Json {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
