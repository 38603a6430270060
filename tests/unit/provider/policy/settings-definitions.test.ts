import {
  CONSTANTS,
  MODES,
  type Setting,
  SETTINGS,
  TEMPLATES,
} from "../../../../provider/src/policy/settings";
import {
  type Definition,
  definition,
  definitionIds,
  describeWithDefinitions,
  templateHeader,
} from "./definitions";
import { dpp } from "./wire";

const ROWS: [string, Setting][] = Object.entries(SETTINGS);
const isSwitch = ({ kind }: Setting) => kind === "boolean";

/** The definitions that the table speaks of: rows, the choices above them, and constants. */
const covered = [
  ...ROWS.flatMap(([, { definition: id, childOf }]) =>
    childOf === undefined ? [id] : [id, childOf],
  ),
  ...CONSTANTS.map(({ definition: id }) => id),
];

/** A choice in our words: a language's tag, else its name. */
function choiceOf(id: string, { name, optionValue }: NonNullable<Definition["options"]>[number]) {
  if (id !== dpp("language")) return name[0]!.toLowerCase() + name.slice(1);
  const { value } = optionValue;
  return value === "os-default" ? "osDefault" : value === "" ? "userSelect" : value;
}

/** The number of an option: of `..._language_17`, 17. */
const numberOf = (itemId: string) => Number(itemId.slice(itemId.lastIndexOf("_") + 1));

/** What a definition says, in the words of the row of that kind. */
function rowOf(row: Setting, found: Definition): object {
  const { options = [], valueDefinition = {}, defaultValue, defaultOptionId = "" } = found;
  const chosen = options.find(({ itemId }) => itemId === defaultOptionId);
  switch (row.kind) {
    case "choice": {
      const choices: unknown[] = [];
      for (const option of options) {
        choices[numberOf(option.itemId)] = choiceOf(found.id, option);
      }
      // The one option whose value is another language's, by its own name.
      if (found.id === dpp("language")) choices[176] = "wo-SN";
      return { choices, default: choices[numberOf(defaultOptionId)] };
    }
    case "boolean":
      return { default: ["true", 1].includes(chosen!.optionValue.value as string) };
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

/** Why a row has no default though its definition has one. */
function withoutDefault({ unmanagedWhenAbsent, childOf }: Setting): boolean {
  return unmanagedWhenAbsent === true || childOf !== undefined;
}

const WIRE_KINDS = {
  choice: "ChoiceSettingDefinition",
  boolean: "ChoiceSettingDefinition",
  integer: "SimpleSettingDefinition",
  string: "SimpleSettingDefinition",
  idSet: "SimpleSettingCollectionDefinition",
} as const;

describeWithDefinitions("as the service defines it", () => {
  test("there are definitions to compare with", () => {
    expect(definitionIds.length).toBeGreaterThanOrEqual(21);
  });

  test.each(definitionIds)("%s is covered by a row, a parent or a constant", (id) => {
    expect(covered).toContain(id);
  });

  test.each(covered)("%s is defined", (id) => {
    expect(definitionIds).toContain(id);
  });

  test.each(ROWS.filter(([, row]) => !withoutDefault(row)))("%s", (_name, row) => {
    expect(row).toMatchObject(rowOf(row, definition(row.definition)));
  });

  test.each(ROWS.filter(([, row]) => withoutDefault(row)))("%s, which has no default", (_, row) => {
    const { default: _default, ...limits } = {
      default: 0,
      ...rowOf(row, definition(row.definition)),
    };
    expect(row).toMatchObject(limits);
    expect(row).not.toHaveProperty("default");
  });

  test.each(ROWS)("%s is of its kind", (_name, row) => {
    expect(definition(row.definition)).toMatchObject({
      id: row.definition,
      "@odata.type": `#microsoft.graph.deviceManagementConfiguration${WIRE_KINDS[row.kind]}`,
    });
  });

  test.each(ROWS.filter(([, { kind }]) => kind === "choice"))(
    "%s has exactly the service's choices, by their numbers",
    (_name, row) => {
      const numbers = definition(row.definition).options!.map(({ itemId }) => itemId);
      const { choices } = row as Extract<Setting, { kind: "choice" }>;
      const ours = Object.keys(choices).map((index) => `${row.definition}_${index}`);
      expect(ours).toEqual(numbers);
    },
  );

  test.each(ROWS.filter(([, row]) => isSwitch(row)))(
    "%s has no first and yes second",
    (_n, row) => {
      const { options } = definition(row.definition);
      expect(options!.map(({ itemId }) => itemId)).toEqual([
        `${row.definition}_0`,
        `${row.definition}_1`,
      ]);
      expect([
        ["false", "true"],
        [0, 1],
      ]).toContainEqual(options!.map(({ optionValue }) => optionValue.value));
    },
  );

  test.each(ROWS.filter(([, { childOf }]) => childOf !== undefined))(
    "%s is the child of yes, and of nothing else",
    (_name, { definition: id, childOf }) => {
      const above = definition(childOf!);
      expect(definition(id).dependentOn).toEqual([
        { dependentOn: `${childOf!}_1`, parentSettingId: childOf },
      ]);
      expect(above.options!.map(({ itemId }) => itemId)).toEqual([
        `${childOf!}_0`,
        `${childOf!}_1`,
      ]);
      expect(above.options!.map(({ dependedOnBy }) => dependedOnBy)).toEqual([
        [],
        [{ dependedOnBy: id, required: true }],
      ]);
      // Not given means no, so that no is what the definition must begin with.
      expect(above.defaultOptionId).toBe(`${childOf!}_0`);
    },
  );

  test("no other definition is a child", () => {
    const children = definitionIds.filter((id) => (definition(id).dependentOn ?? []).length > 0);
    const ours = ROWS.filter(([, { childOf }]) => childOf !== undefined);
    expect(children).toEqual(ours.map(([, { definition: id }]) => id));
  });

  test.each(
    CONSTANTS.flatMap((row) => (row.kind === "choice" ? [[row.definition, row.value]] : [])),
  )("%s has one choice only", (id, value) => {
    expect(definition(id).options!.map(({ itemId }) => itemId)).toEqual([value]);
  });

  test("the display text of the device group may be empty", () => {
    const { valueDefinition } = definition(dpp("devicesecuritygroupids"));
    expect(valueDefinition).toMatchObject({ minimumLength: 0 });
  });

  test("policyIds may hold 600", () => {
    expect(definition(SETTINGS.policyIds.definition).maximumCount).toBe(600);
    expect(SETTINGS.policyIds.maximum).toBe(600);
  });

  test.each(MODES)("the template of mode %s takes enrolment settings", (mode) => {
    expect(templateHeader(TEMPLATES[mode])).toMatchObject({
      id: TEMPLATES[mode],
      platforms: "windows10",
      technologies: "enrollment",
      templateFamily: "enrollmentConfiguration",
    });
  });

  test.each(MODES)("the template of mode %s holds at least our settings", (mode) => {
    const { settingTemplateCount } = templateHeader(TEMPLATES[mode]);
    const rows = ROWS.filter(([, row]) => row.modes.includes(mode) && !row.unmanagedWhenAbsent);
    const constants = mode === "automatic" ? [] : CONSTANTS;
    expect(rows.length + constants.length).toBeLessThanOrEqual(settingTemplateCount);
  });
});

describe("the table", () => {
  test("names each definition once", () => {
    expect(new Set(covered).size).toBe(covered.length);
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

  test.each(ROWS)(
    "%s exists in the modes whose public template has it, and where the tenant tells",
    (_name, row) => {
      const told = row.modes.filter((mode) => mode !== "userDrivenWithAssociation");
      expect(Object.keys(row.templates).sort()).toEqual([...told].sort());
    },
  );
});
