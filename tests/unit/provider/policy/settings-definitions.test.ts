import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CONSTANTS,
  MODES,
  type Setting,
  SETTINGS,
  TEMPLATES,
} from "../../../../provider/src/policy/settings";
import { dpp } from "./wire";

/** Microsoft Graph's own definitions, where they lie beside the checkout. They are not part of it. */
const GRAPH = join(__dirname, "../../../../../shared/graph");
const there = existsSync(join(GRAPH, "setting-definitions"));
const withDefinitions = there ? describe : describe.skip;

interface Definition {
  id: string;
  "@odata.type": string;
  defaultOptionId?: string;
  options?: { itemId: string; name: string; optionValue: { value: unknown } }[];
  valueDefinition?: Record<string, unknown>;
  defaultValue?: { value: unknown };
  minimumCount?: number;
  maximumCount?: number;
}

function read(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(GRAPH, folder, `${name}.json`), "utf8"));
}

const definition = (id: string) => read("setting-definitions", id) as Definition;

/** What a definition says, in the words of the row of that kind. */
function rowOf(kind: Setting["kind"], found: Definition): object {
  const { options = [], valueDefinition = {}, defaultValue, defaultOptionId = "" } = found;
  const chosen = options.findIndex(({ itemId }) => itemId === defaultOptionId);
  switch (kind) {
    case "choice": {
      const choices = options.map(({ name }) => name[0]!.toLowerCase() + name.slice(1));
      return { choices, default: choices[chosen] };
    }
    case "boolean":
      return { default: options[chosen]!.optionValue.value === "true" };
    case "integer":
      return {
        minimum: valueDefinition["minimumValue"],
        maximum: valueDefinition["maximumValue"],
        default: defaultValue?.value,
      };
    case "string":
      return {
        minLength: valueDefinition["minimumLength"],
        maxLength: valueDefinition["maximumLength"],
        default: defaultValue?.value,
      };
    case "idSet":
      return { maximum: found.maximumCount, default: found.minimumCount === 0 ? [] : undefined };
  }
}

const WIRE_KINDS = {
  choice: "ChoiceSettingDefinition",
  boolean: "ChoiceSettingDefinition",
  integer: "SimpleSettingDefinition",
  string: "SimpleSettingDefinition",
  idSet: "SimpleSettingCollectionDefinition",
} as const;

withDefinitions("as the service defines it", () => {
  test.each<[string, Setting]>(Object.entries(SETTINGS))("%s", (_name, row) => {
    expect(row).toMatchObject(rowOf(row.kind, definition(row.definition)));
  });

  test.each<[string, Setting]>(Object.entries(SETTINGS))("%s is of its kind", (_name, row) => {
    expect(definition(row.definition)).toMatchObject({
      id: row.definition,
      "@odata.type": `#microsoft.graph.deviceManagementConfiguration${WIRE_KINDS[row.kind]}`,
    });
  });

  test.each(
    Object.entries<Setting>(SETTINGS).flatMap(([name, row]) =>
      row.kind === "choice" || row.kind === "boolean" ? [[name, row.definition] as const] : [],
    ),
  )("%s numbers its choices from 0", (_name, id) => {
    const items = definition(id).options!.map(({ itemId }) => itemId);
    expect(items).toEqual(items.map((_, index) => `${id}_${index}`));
  });

  test.each(["allowSkip", "allowDiagnostics"] as const)(
    "%s has no first and yes second",
    (name) => {
      const { options } = definition(SETTINGS[name].definition);
      expect(options!.map(({ optionValue }) => optionValue.value)).toEqual(["false", "true"]);
    },
  );

  test.each(
    CONSTANTS.flatMap((row) => (row.kind === "choice" ? [[row.definition, row.value]] : [])),
  )("%s has one choice only", (id, value) => {
    expect(definition(id).options!.map(({ itemId }) => itemId)).toEqual([value]);
  });

  test("the display text of the device group may be empty", () => {
    const { valueDefinition } = definition(dpp("devicesecuritygroupids"));
    expect(valueDefinition).toMatchObject({ minimumLength: 0 });
  });

  test.each(MODES)("the template of mode %s takes enrolment settings", (mode) => {
    expect(read("policy-templates", TEMPLATES[mode])).toMatchObject({
      id: TEMPLATES[mode],
      platforms: "windows10",
      technologies: "enrollment",
      templateFamily: "enrollmentConfiguration",
    });
  });

  test.each(MODES)("the template of mode %s holds at least our settings", (mode) => {
    const { settingTemplateCount } = read("policy-templates", TEMPLATES[mode]) as {
      settingTemplateCount: number;
    };
    const ours = [...Object.values<Setting>(SETTINGS), ...CONSTANTS].filter(
      ({ templates }) => templates[mode] !== undefined,
    );
    expect(ours.length).toBeLessThanOrEqual(settingTemplateCount);
  });
});

describe("the table", () => {
  test("names each definition once", () => {
    const all = [...Object.values(SETTINGS), ...CONSTANTS].map(({ definition: id }) => id);
    expect(new Set(all).size).toBe(all.length);
  });

  test("names each template id once", () => {
    const all = [...Object.values<Setting>(SETTINGS), ...CONSTANTS].flatMap(({ templates }) =>
      Object.values(templates).flatMap(({ instance, value }) => [
        instance,
        value ?? instance + "!",
      ]),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  test.each<[string, Setting]>(Object.entries(SETTINGS))(
    "%s exists in exactly the modes whose template has it",
    (_name, row) => {
      expect(Object.keys(row.templates).sort()).toEqual([...row.modes].sort());
    },
  );
});
