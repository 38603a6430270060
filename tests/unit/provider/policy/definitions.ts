import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Microsoft Graph's own definitions, where they lie beside the checkout. They are not part of it. */
const GRAPH = join(__dirname, "../../../../../shared/graph");
const FOLDER = join(GRAPH, "setting-definitions");

const there = existsSync(FOLDER);

/** `describe`, or one visible skip where the definitions are not there. */
export function describeWithDefinitions(name: string, tests: () => void): void {
  if (there) describe(name, tests);
  else test.skip(`${name}: the definitions are not beside this checkout`, () => undefined);
}

export interface Definition {
  id: string;
  "@odata.type": string;
  defaultOptionId?: string;
  options?: {
    itemId: string;
    name: string;
    displayName: string;
    optionValue: { value: unknown };
    dependedOnBy: { dependedOnBy: string; required: boolean }[];
  }[];
  valueDefinition?: Record<string, unknown>;
  defaultValue?: { value: unknown };
  minimumCount?: number;
  maximumCount?: number;
  dependentOn?: { dependentOn: string; parentSettingId: string }[] | null;
}

/** The ids of all definitions; none where they are not there. */
export const definitionIds: readonly string[] = there
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith(".json"))
      .map((name) => name.slice(0, -".json".length))
  : [];

export const definition = (id: string) => read("setting-definitions", id) as Definition;

/** What is said of a template, without its settings. */
export const templateHeader = (id: string) =>
  read("policy-templates", id) as { settingTemplateCount: number };

function read(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(GRAPH, folder, `${name}.json`), "utf8"));
}
