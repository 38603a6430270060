import {
  CONSTANTS,
  type Mode,
  type Setting,
  SETTINGS,
  type TemplateIds,
  type TemplateMap,
} from "./settings";

/** The values of a policy's settings, by argument. */
export type Values = Record<string, unknown>;

/** One setting as Microsoft Graph writes it. */
export interface WireSetting {
  settingInstance?: unknown;
}

/** The kind of each app by its id: policies name both. */
export type AppTypes = ReadonlyMap<string, string>;

const GRAPH = "#microsoft.graph.deviceManagementConfiguration";
const ROWS: [string, Setting][] = Object.entries(SETTINGS);

/**
 * Values to settings, for a new policy or a whole replacement. An empty collection is left out, as the admin center does.
 * `template` says which settings there are and how they are referred to. `existing` are the policy's settings of today: those
 * that this version does not know, and those that the values leave alone, are kept as they are, and so is the display text of the
 * device group.
 */
export function encode(
  values: Values,
  template: TemplateMap,
  appTypes: AppTypes,
  existing: readonly WireSetting[] = [],
): WireSetting[] {
  const written = new Set<string>();
  const constants = CONSTANTS.flatMap((row) => {
    const ids = template.get(row.definition);
    if (ids === undefined) return [];
    written.add(row.definition);
    const found = existing.find((one) => row.kind === "string" && isOf(one, row.definition));
    return [found ?? setting(row.definition, ids, row.kind, row.value)];
  });
  const ours = ROWS.flatMap(([name, row]) => {
    const definition = row.childOf ?? row.definition;
    const ids = template.get(definition);
    const value = values[name];
    // What the template does not have is another mode's: if the policy holds it all the same, it stays.
    if (ids === undefined || (value === undefined && row.unmanagedWhenAbsent)) return [];
    written.add(definition);
    return row.childOf === undefined
      ? encodeOne(row, ids, value, appTypes)
      : [parentSetting(row.childOf, row.definition, ids, value)];
  });
  const kept = existing.filter((one) => !written.has(definitionIdOf(one) ?? ""));
  return [...constants, ...ours, ...kept];
}

/** The settings that the values give and the template does not have. */
export function missingIn(template: TemplateMap, values: Values): string[] {
  return ROWS.filter(
    ([name, row]) =>
      row.unmanagedWhenAbsent && values[name] !== undefined && !template.has(row.definition),
  ).map(([name]) => name);
}

/**
 * Settings to values, for the settings that the mode has. What is missing in the policy is missing here, but for collections, which
 * are empty; a value that is no choice comes as it is.
 */
export function decode(settings: readonly WireSetting[], mode: Mode): Values {
  const values: Values = {};
  for (const [name, row] of ROWS) {
    if (!row.modes.includes(mode)) continue;
    const found = settings.find((one) => isOf(one, row.childOf ?? row.definition));
    const decoder = row.childOf === undefined ? decodeOne : decodeChild;
    const value = found === undefined ? undefined : decoder(row, instanceOf(found));
    if (value !== undefined) values[name] = value;
    else if (row.kind === "idSet") values[name] = [];
  }
  return values;
}

/** The kinds of the apps that a policy names today. */
export function appTypesOf(settings: readonly WireSetting[]): Map<string, string> {
  const row: Setting = SETTINGS.appIds;
  const found = settings.find((one) => isOf(one, row.definition));
  const types = new Map<string, string>();
  for (const item of found === undefined ? [] : itemsOf(instanceOf(found))) {
    const app = parseApp(item);
    if (app.type !== undefined) types.set(app.id, app.type);
  }
  return types;
}

function encodeOne(
  row: Setting,
  ids: TemplateIds,
  value: unknown,
  appTypes: AppTypes,
): WireSetting[] {
  if (value === undefined) return [];
  switch (row.kind) {
    case "choice": {
      const option = `${row.definition}_${row.choices.indexOf(value as string)}`;
      return [setting(row.definition, ids, "choice", option)];
    }
    case "boolean":
      return [
        setting(row.definition, ids, "choice", `${row.definition}_${value === true ? 1 : 0}`),
      ];
    case "integer":
      return [setting(row.definition, ids, "integer", value)];
    case "string":
      return [setting(row.definition, ids, "string", value)];
    case "idSet": {
      const items = (value as string[]).map((id) =>
        row.items === "app" ? JSON.stringify({ id, type: appTypes.get(id) ?? "" }) : id,
      );
      return items.length === 0 ? [] : [setting(row.definition, ids, "collection", items)];
    }
  }
}

function setting(
  settingDefinitionId: string,
  { instance, value: valueId }: TemplateIds,
  kind: "choice" | "integer" | "string" | "collection",
  value: unknown,
  children: object[] = [],
): WireSetting {
  const reference = valueId && {
    settingValueTemplateReference: { settingValueTemplateId: valueId },
  };
  const text = (one: unknown) => ({ "@odata.type": `${GRAPH}StringSettingValue`, value: one });
  const typed = {
    choice: {
      "@odata.type": `${GRAPH}ChoiceSettingInstance`,
      choiceSettingValue: {
        "@odata.type": `${GRAPH}ChoiceSettingValue`,
        children,
        ...reference,
        value,
      },
    },
    integer: {
      "@odata.type": `${GRAPH}SimpleSettingInstance`,
      simpleSettingValue: { "@odata.type": `${GRAPH}IntegerSettingValue`, value, ...reference },
    },
    string: {
      "@odata.type": `${GRAPH}SimpleSettingInstance`,
      simpleSettingValue: { ...text(value), ...reference },
    },
    collection: {
      "@odata.type": `${GRAPH}SimpleSettingCollectionInstance`,
      simpleSettingCollectionValue: Array.isArray(value) ? value.map(text) : [],
    },
  }[kind];
  return {
    "@odata.type": `${GRAPH}Setting`,
    settingInstance: {
      settingDefinitionId,
      settingInstanceTemplateReference: { settingInstanceTemplateId: instance },
      ...typed,
    },
  } as WireSetting;
}

/** A yes-or-no choice, with the text that goes with yes as its child; a child has no reference of its own. */
function parentSetting(
  parent: string,
  definition: string,
  ids: TemplateIds,
  value: unknown,
): WireSetting {
  const child = {
    "@odata.type": `${GRAPH}SimpleSettingInstance`,
    settingDefinitionId: definition,
    simpleSettingValue: { "@odata.type": `${GRAPH}StringSettingValue`, value },
  };
  const given = value !== undefined;
  const option = `${parent}_${given ? 1 : 0}`;
  return setting(parent, ids, "choice", option, given ? [child] : []);
}

/**
 * The child's text if the choice above it is yes: empty if it is missing, for a policy that is malformed shows as such. A choice
 * that is neither yes nor no comes as it is.
 */
function decodeChild(row: Setting, parent: Bag): unknown {
  const option = optionOf(row.childOf ?? "", parent);
  if (option !== "1") return option === "0" ? undefined : option;
  const { children } = bag(parent["choiceSettingValue"]);
  const all: unknown[] = Array.isArray(children) ? children : [];
  const child = all.map(bag).find((one) => one["settingDefinitionId"] === row.definition);
  return bag(child?.["simpleSettingValue"])["value"] ?? "";
}

function decodeOne(row: Setting, instance: Bag): unknown {
  switch (row.kind) {
    case "choice": {
      const option = optionOf(row.definition, instance);
      return row.choices.find((_, index) => String(index) === option) ?? option;
    }
    case "boolean": {
      const option = optionOf(row.definition, instance);
      return option === "1" ? true : option === "0" ? false : option;
    }
    case "integer":
    case "string":
      return bag(instance["simpleSettingValue"])["value"] ?? undefined;
    case "idSet":
      return itemsOf(instance)
        .map((item) => (row.items === "app" ? parseApp(item).id : item.trim().toLowerCase()))
        .filter((item) => item !== "")
        .sort();
  }
}

/** The part of a choice's value behind the definition id: `1` of `..._allowskip_1`. */
function optionOf(definition: string, instance: Bag): string | undefined {
  const value = bag(instance["choiceSettingValue"])["value"];
  if (typeof value !== "string") return undefined;
  const prefix = `${definition}_`;
  return value.startsWith(prefix) ? value.slice(prefix.length) : value;
}

/** The texts of a collection. What is no text comes as its JSON, so that it shows. */
function itemsOf(instance: Bag): string[] {
  const items = instance["simpleSettingCollectionValue"];
  if (!Array.isArray(items)) return [];
  return items
    .map((item) => bag(item)["value"] ?? "")
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
}

/** An app is a JSON text inside the text, with keys in any order; older policies hold the bare id. */
function parseApp(item: string): { id: string; type?: string } {
  try {
    const { id, type } = bag(JSON.parse(item) as unknown);
    if (typeof id === "string") {
      return typeof type === "string" && type !== ""
        ? { id: id.toLowerCase(), type }
        : { id: id.toLowerCase() };
    }
  } catch {
    // Not JSON: the bare id.
  }
  return { id: item.trim().toLowerCase() };
}

type Bag = Record<string, unknown>;

function bag(value: unknown): Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Bag) : {};
}

function instanceOf(one: WireSetting): Bag {
  return bag(bag(one)["settingInstance"]);
}

function definitionIdOf(one: WireSetting): string | undefined {
  const id = instanceOf(one)["settingDefinitionId"];
  return typeof id === "string" ? id : undefined;
}

function isOf(one: WireSetting, definition: string): boolean {
  return definitionIdOf(one) === definition;
}
