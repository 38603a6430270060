import type { WireSetting } from "../../../../provider/src/policy/codec";
import {
  CONSTANTS,
  type Mode,
  publicTemplate,
  type Setting,
  SETTINGS,
  type TemplateMap,
} from "../../../../provider/src/policy/settings";

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
    settingDefinitionId: dpp("skipdesktop"),
    settingInstanceTemplateReference: { settingInstanceTemplateId: "new" },
    choiceSettingValue: { value: dpp("skipdesktop_1"), children: [{ deep: true }] },
  },
};

/** A template with every setting of the mode, as a tenant may answer it: `instance-` and `value-` with the short name. */
export function madeTemplate(mode: Mode): Map<string, { instance: string; value?: string }> {
  const rows: [definition: string, collection: boolean][] = [
    ...CONSTANTS.map(({ definition }): [string, boolean] => [definition, false]),
    ...Object.values<Setting>(SETTINGS)
      .filter(({ modes }) => modes.includes(mode))
      .map(({ definition, childOf, kind }): [string, boolean] => [
        childOf ?? definition,
        kind === "idSet",
      ]),
  ];
  return new Map(
    rows.map(([definition, collection]) => {
      const name = definition.replace(dpp(""), "");
      return [
        definition,
        { instance: `instance-${name}`, ...(!collection && { value: `value-${name}` }) },
      ];
    }),
  );
}

/** The public template of the mode, or a made one where it is not public. */
export const templateOf = (mode: Mode): TemplateMap => publicTemplate(mode) ?? madeTemplate(mode);

/** A yes-or-no choice with the child that goes with yes, as the service writes it. */
export function parent(name: string, option: 0 | 1, children: object[] = []): WireSetting {
  return setting(name, `instance-${name}`, {
    "@odata.type": `${GRAPH}ChoiceSettingInstance`,
    choiceSettingValue: {
      "@odata.type": `${GRAPH}ChoiceSettingValue`,
      children,
      settingValueTemplateReference: { settingValueTemplateId: `value-${name}` },
      value: dpp(`${name}_${option}`),
    },
  });
}

/** A text as the child of a choice: without references of its own. */
export function child(name: string, value: unknown): object {
  return {
    "@odata.type": `${GRAPH}SimpleSettingInstance`,
    settingDefinitionId: dpp(name),
    simpleSettingValue: { "@odata.type": `${GRAPH}StringSettingValue`, value },
  };
}
