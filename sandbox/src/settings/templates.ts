/**
 * The three policy templates: data/templates.json. Headers are the service's (graph/policy-templates), ids of
 * setting and value templates are those that portal captures and other tools agree on (docs/graph-facts.md 1.2). Rows with
 * `idsAreInvented` have ids that no public source knows: they are stable inventions of this sandbox, to be
 * discovered through `settingTemplates` as they must be in a real tenant. A row's `unsure` says what is a guess.
 */
import { definitionOnTheWire, definitions, readData, type SettingDefinition } from "./definitions";
import type { Switches } from "../switches";
import type { Json } from "../tenant";

export interface TemplateSetting {
  readonly settingId: string;
  readonly instanceTemplateId: string;
  /** Null: no tool sends one for this setting, and the template names none. */
  readonly valueTemplateId: string | null;
  readonly isRequired: boolean;
  readonly idsAreInvented?: boolean;
  readonly unsure?: string;
  /** Left out unless the switch `associationTemplateMembers` is "all". */
  readonly onlyWhenAllMembers?: boolean;
}

export interface PolicyTemplate {
  readonly id: string;
  readonly baseId: string;
  readonly displayName: string;
  readonly displayVersion: string;
  readonly version: number;
  readonly platforms: string;
  readonly technologies: string;
  readonly templateFamily: string;
  readonly lifecycleState: string;
  readonly allowUnmanagedSettings: boolean;
  readonly disableEntraGroupPolicyAssignment: boolean;
  readonly settingTemplateCount: number;
  /** Our word for it; not on the wire. */
  readonly mode: string;
  readonly settings: readonly TemplateSetting[];
}

export const templates: ReadonlyMap<string, PolicyTemplate> = new Map(
  (readData("templates.json") as PolicyTemplate[]).map((row) => [row.id, row]),
);

/** The settings a template holds under the given switches. */
export function settingsOf(
  template: PolicyTemplate,
  switches: Switches,
): readonly TemplateSetting[] {
  const all = switches.associationTemplateMembers === "all";
  return template.settings.filter((row) => all || row.onlyWhenAllMembers !== true);
}

/** Properties of a template that can be asked for; `settings` and `mode` are ours. */
export const templateProperties = [
  "id",
  "baseId",
  "version",
  "displayName",
  "description",
  "displayVersion",
  "lifecycleState",
  "platforms",
  "technologies",
  "templateFamily",
  "allowUnmanagedSettings",
  "settingTemplateCount",
  "disableEntraGroupPolicyAssignment",
] as const;

export function templateOnTheWire(template: PolicyTemplate): Json {
  const shown = { ...template, description: null };
  return Object.fromEntries(templateProperties.map((name) => [name, shown[name]]));
}

const graph = "#microsoft.graph.deviceManagementConfiguration";

/** One `settingTemplates` entry: `DeviceManagementConfigurationSettingTemplate` of Graph's types. Ids count from "0", as settings do. */
export function settingTemplateOnTheWire(row: TemplateSetting, index: number): Json {
  const definition = definitions.get(row.settingId);
  if (definition === undefined)
    throw new Error(`templates.json names ${row.settingId}, which has no definition`);
  return {
    id: String(index),
    settingInstanceTemplate: {
      "@odata.type": instanceTemplateType[definition.kind],
      settingInstanceTemplateId: row.instanceTemplateId,
      settingDefinitionId: row.settingId,
      isRequired: row.isRequired,
      ...valueTemplate(row, definition),
    },
  };
}

const instanceTemplateType = {
  choice: `${graph}ChoiceSettingInstanceTemplate`,
  integer: `${graph}SimpleSettingInstanceTemplate`,
  string: `${graph}SimpleSettingInstanceTemplate`,
  stringCollection: `${graph}SimpleSettingCollectionInstanceTemplate`,
} as const;

/** Graph's types: every kind has its own property and its own form of default. */
function valueTemplate(row: TemplateSetting, definition: SettingDefinition): Json {
  const open = { requiredValueDefinition: null, recommendedValueDefinition: null };
  switch (definition.kind) {
    case "choice": {
      const defaultValue = {
        "@odata.type": `${graph}ChoiceSettingValueConstantDefaultTemplate`,
        settingDefinitionOptionId: definition.default,
        children: [],
      };
      const settingValueTemplateId = row.valueTemplateId;
      return { choiceSettingValueTemplate: { settingValueTemplateId, ...open, defaultValue } };
    }
    case "integer":
    case "string": {
      const scalar = definition.kind === "integer" ? "Integer" : "String";
      const defaultValue =
        definition.default === null
          ? null
          : {
              "@odata.type": `${graph}${scalar}SettingValueConstantDefaultTemplate`,
              constantValue: definition.default,
            };
      return {
        simpleSettingValueTemplate: {
          "@odata.type": `${graph}${scalar}SettingValueTemplate`,
          settingValueTemplateId: row.valueTemplateId,
          ...(definition.kind === "integer" ? open : {}),
          defaultValue,
        },
      };
    }
    case "stringCollection":
      // No tool sends value template ids in collections (docs/graph-facts.md 1.2), so there are none to name.
      return { allowUnmanagedValues: true, simpleSettingCollectionValueTemplate: [] };
  }
}

/** The definitions of one setting template: itself and the children it may have. */
export function definitionsOfSetting(settingId: string): Json[] {
  return [...definitions.values()]
    .filter((row) => row.id === settingId || row.parent?.settingId === settingId)
    .map(definitionOnTheWire);
}
