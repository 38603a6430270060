import type { WireSetting } from "../../../../provider/src/policy/codec";

const GRAPH = "#microsoft.graph.deviceManagementConfiguration";

/** The full id of a setting definition. */
export const dpp = (name: string) => `enrollment_autopilot_dpp_${name}`;

function setting(name: string, template: string, rest: object): WireSetting {
  return {
    "@odata.type": `${GRAPH}Setting`,
    settingInstance: {
      settingDefinitionId: dpp(name),
      settingInstanceTemplateReference: { settingInstanceTemplateId: template },
      ...rest,
    },
  } as WireSetting;
}

/** A choice as the admin center sends it. */
export function choice(name: string, template: string, value: string, option: string): WireSetting {
  return setting(name, template, {
    "@odata.type": `${GRAPH}ChoiceSettingInstance`,
    choiceSettingValue: {
      "@odata.type": `${GRAPH}ChoiceSettingValue`,
      children: [],
      settingValueTemplateReference: { settingValueTemplateId: value },
      value: option,
    },
  });
}

/** A text or a number as the admin center sends it. */
export function simple(
  name: string,
  template: string,
  value: string,
  content: string | number,
): WireSetting {
  const kind = typeof content === "string" ? "String" : "Integer";
  return setting(name, template, {
    "@odata.type": `${GRAPH}SimpleSettingInstance`,
    simpleSettingValue: {
      "@odata.type": `${GRAPH}${kind}SettingValue`,
      value: content,
      settingValueTemplateReference: { settingValueTemplateId: value },
    },
  });
}

/** A collection as the admin center sends it. */
export function collection(name: string, template: string, items: string[]): WireSetting {
  return setting(name, template, {
    "@odata.type": `${GRAPH}SimpleSettingCollectionInstance`,
    simpleSettingCollectionValue: items.map((value) => ({
      "@odata.type": `${GRAPH}StringSettingValue`,
      value,
    })),
  });
}

/** What a policy may hold besides: a setting that no version of this project wrote. */
export const FOREIGN = {
  id: "7",
  settingInstance: {
    "@odata.type": `${GRAPH}ChoiceSettingInstance`,
    settingDefinitionId: dpp("skipkeyboard"),
    settingInstanceTemplateReference: { settingInstanceTemplateId: "new" },
    choiceSettingValue: { value: dpp("skipkeyboard_1"), children: [{ deep: true }] },
  },
};
