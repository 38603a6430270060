import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { DEVICE_GROUP_FIELDS } from "../../../../provider/src/kinds/device-group";
import { POLICY_FIELDS } from "../../../../provider/src/kinds/policy-fields";
import { USER_GROUP_FIELDS } from "../../../../provider/src/kinds/user-group";
import { argumentNames } from "../../../../provider/src/lifecycle/check";
import type { Field, Fields } from "../../../../provider/src/lifecycle/field";
import { MODES } from "../../../../provider/src/policy/settings";

const RESOURCES = join(__dirname, "../../../../provider/src/resources");

interface Argument {
  type: string;
  optional: boolean;
  doc: string;
  defaultText: string | undefined;
}

/** The members of an interface as they stand in the source, with their documentation. */
function argumentsOf(file: string, name: string): Map<string, Argument> {
  const text = readFileSync(join(RESOURCES, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const found = source.statements
    .filter(ts.isInterfaceDeclaration)
    .find((statement) => statement.name.text === name);
  if (found === undefined) throw new Error(`${file} declares no ${name}`);
  return new Map(
    found.members.filter(ts.isPropertySignature).map((member) => [
      member.name.getText(),
      {
        type: member.type?.getText() ?? "",
        optional: member.questionToken !== undefined,
        ...documentationOf(member),
      },
    ]),
  );
}

function documentationOf(member: ts.PropertySignature): {
  doc: string;
  defaultText: string | undefined;
} {
  const [comment] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const tag = comment?.tags?.find(({ tagName }) => tagName.text === "default");
  return {
    doc: (ts.getTextOfJSDocComment(comment?.comment) ?? "").replaceAll(/\s+/g, " "),
    defaultText: tag && ts.getTextOfJSDocComment(tag.comment),
  };
}

/** The names of a class's properties that are declared as outputs. */
function outputsOf(file: string, name: string): string[] {
  const text = readFileSync(join(RESOURCES, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const found = source.statements
    .filter(ts.isClassDeclaration)
    .find((statement) => statement.name?.text === name);
  const members = Array.from<ts.ClassElement>(found?.members ?? []);
  return members.filter(ts.isPropertyDeclaration).map((member) => member.name.getText());
}

/** Whether a choice has more values than a reader wants to see. */
const isLong = (field: Field) => field.kind === "choice" && field.choices.length > 8;

/** How a row of that kind is typed for programs. */
function typeOf(field: Field): RegExp {
  switch (field.kind) {
    case "string":
    case "id":
      return /^pulumi\.Input<string>$/;
    case "integer":
      return /^pulumi\.Input<number>$/;
    case "boolean":
      return /^pulumi\.Input<boolean>$/;
    case "choice":
      return isLong(field)
        ? /^pulumi\.Input<string>$/
        : /^pulumi\.Input<("\w+"( \| "\w+")*|Mode)>$/;
    case "idSet":
    case "idList":
    case "textSet":
      return /^pulumi\.Input<pulumi\.Input<string>\[\]>$/;
  }
}

/** A default as documentation writes it. */
function written(value: unknown): string {
  return Array.isArray(value) && value.length === 0 ? "none" : JSON.stringify(value);
}

/** The numbers of a text; those of product names are none. */
function numbersIn(text: string): number[] {
  const plain = text.replaceAll("Windows 365", "").replaceAll(/(\d),(\d{3})/g, "$1$2");
  return [...plain.matchAll(/\b\d+\b/g)].map(([number]) => Number(number));
}

/** Limits of Microsoft's documentation that the definition, and so our row, does not share. */
const TOLD_ELSEWHERE: Record<string, number[]> = { policyIds: [10] };

/** The limits of a row: all of them, and those that a reader must be told. */
function limitsOf(field: Field): { all: number[]; told: number[] } {
  switch (field.kind) {
    case "string": {
      const { minLength = 0, maxLength } = field;
      const told = maxLength === undefined ? [] : [maxLength];
      return { all: [minLength, ...told], told };
    }
    case "integer":
      return { all: [field.minimum, field.maximum], told: [field.minimum, field.maximum] };
    case "idList":
    case "idSet": {
      const told = field.maximum === undefined ? [] : [field.maximum];
      return { all: told, told };
    }
    case "boolean":
    case "choice":
    case "id":
    case "textSet":
      return { all: [], told: [] };
  }
}

const RESOURCE_FILES: [string, string, Fields, string[]][] = [
  ["DeviceGroup", "device-group.ts", DEVICE_GROUP_FIELDS, []],
  ["UserGroup", "user-group.ts", USER_GROUP_FIELDS, []],
  [
    "DevicePreparationPolicy",
    "device-preparation-policy.ts",
    POLICY_FIELDS,
    ["templateId", "priority"],
  ],
];

describe.each(RESOURCE_FILES)("%s", (name, file, fields, outputs) => {
  const members = argumentsOf(file, `${name}Args`);
  const rows = argumentNames(fields).map((key): [string, Field] => [key, fields[key]!]);

  test("takes exactly the arguments that have a row and are no invariant", () => {
    expect([...members.keys()].sort()).toEqual(argumentNames(fields).sort());
  });

  test("declares every property as output", () => {
    expect(outputsOf(file, name).sort()).toEqual([...Object.keys(fields), ...outputs].sort());
  });

  test.each(rows)("documents %s", (key) => {
    expect(members.get(key)?.doc).toMatch(/^[A-Z][^]{10,}\.$/);
  });

  test.each(rows)("can do without %s, which is typed as its row says", (key, field) => {
    expect(members.get(key)).toMatchObject({
      optional: true,
      type: expect.stringMatching(typeOf(field)) as string,
    });
  });

  test.each(rows.filter(([, field]) => field.default !== undefined))(
    "documents the default of %s",
    (key, field) => {
      expect(members.get(key)?.defaultText).toBe(written(field.default));
    },
  );

  test.each(rows.filter(([, field]) => field.default === undefined))(
    "promises no fixed default for %s",
    (key) => {
      expect(members.get(key)?.defaultText ?? "derived").toMatch(
        /Pulumi name|derived|with a rule|^none$/,
      );
    },
  );

  test.each(rows)("names no number for %s that its row does not hold", (key, field) => {
    const known = [...limitsOf(field).all, ...(TOLD_ELSEWHERE[key] ?? [])];
    expect(known).toEqual(expect.arrayContaining(numbersIn(members.get(key)!.doc)));
  });

  test.each(rows)("names the limits of %s", (key, field) => {
    expect(numbersIn(members.get(key)!.doc)).toEqual(expect.arrayContaining(limitsOf(field).told));
  });

  test.each(rows)("says in which modes %s exists", (key, { modes = MODES }) => {
    const said = [...members.get(key)!.doc.matchAll(/(Not|Only) in mode `(\w+)`\./g)];
    const [where] = said.map(([, word, mode]) =>
      MODES.filter((one) => (word === "Only") === (one === mode)),
    );
    expect(where ?? MODES).toEqual(modes);
  });

  test.each(rows)("names every choice of %s, or examples of a long list", (key, field) => {
    const { type, doc } = members.get(key)!;
    const choices = field.kind === "choice" ? field.choices : [];
    if (isLong(field)) {
      const named = [...doc.matchAll(/`"(.+?)"`/g)].map(([, choice]) => choice);
      expect(named.length).toBeGreaterThanOrEqual(3);
      expect(choices).toEqual(expect.arrayContaining(named));
    } else expect(choices.filter((choice) => !`${type} ${doc}`.includes(choice))).toEqual([]);
  });
});
