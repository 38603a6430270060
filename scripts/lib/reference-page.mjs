// @ts-check
/** Makes docs/reference.md of what the doc comments in `provider/src/resources` say. Reads files, writes none. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { inRoot } from "./paths.mjs";

/** The resources in the order in which a program declares them, each with its file. */
const RESOURCES = {
  DeviceGroup: "device-group.ts",
  UserGroup: "user-group.ts",
  DevicePreparationPolicy: "device-preparation-policy.ts",
  PolicyOrder: "policy-order.ts",
};

const INTRODUCTION = `# Reference

Every argument and output of the resources, as the doc comments in \`provider/src/resources\` say it. \`npm run reference\`
writes this page. Look-ups by name have [a page of their own](lookups.md), and so has [what shows as drift](drift.md).

An argument may be left out unless the table calls it required, and takes a plain value or an output of another resource.
Every resource has the output \`id\`. Pulumi's resource options work as everywhere, except \`import\` and
\`customTimeouts\`; \`deleteBeforeReplace\` is true unless it is given.
`;

/** The whole page, not yet formatted. */
export function referencePage() {
  const modes = aliasText("provider/src/policy/settings.ts", "Mode");
  const sections = Object.entries(RESOURCES).map(([name, file]) =>
    section(name, parse(`provider/src/resources/${file}`), { Mode: modes }),
  );
  return [INTRODUCTION, ...sections].join("\n");
}

/**
 * @param {string} name the class
 * @param {ts.SourceFile} source
 * @param {Record<string, string>} aliases types that are spelled out
 */
function section(name, source, aliases) {
  const args = source.statements.filter(ts.isInterfaceDeclaration).find(named(`${name}Args`));
  const resource = source.statements.filter(ts.isClassDeclaration).find(named(name));
  if (!args || !resource) throw new Error(`${source.fileName}: no ${name} with arguments`);

  const given = args.members.filter(ts.isPropertySignature);
  const names = new Set(given.map((member) => member.name.getText()));
  const further = resource.members
    .filter(ts.isPropertyDeclaration)
    .filter((member) => !names.has(member.name.getText()));
  const hasGet = resource.members
    .filter(ts.isMethodDeclaration)
    .some((member) => member.name.getText() === "get");
  const about = docOf(resource);
  return [
    `## ${name}`,
    about.text,
    about.tag("example"),
    docOf(args).text.replace(/^The arguments of a `[^`]+`\.\s*/, ""),
    table(
      ["argument", "type", "default", "what"],
      given.map((member) => {
        const doc = docOf(member);
        const preset = member.questionToken ? presetText(doc.tag("default")) : "required";
        return [code(member.name.getText()), typeCell(member, aliases), preset, doc.text];
      }),
    ),
    further.length === 0
      ? "Outputs: every argument as it is in the tenant."
      : "Outputs: every argument as it is in the tenant, and",
    table(
      ["output", "type", "what"],
      further.map((member) => [
        code(member.name.getText()),
        typeCell(member, aliases),
        docOf(member).text,
      ]),
    ),
    hasGet ? `\`${name}.get(name, id, opts?)\` reads an existing one and never changes it.` : "",
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  if (rows.length === 0) return "";
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map(cell).join(" | ")} |`)
    .join("\n");
}

/** @param {string} text */
const cell = (text) => text.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|");

/** @param {string} text */
const code = (text) => `\`${text}\``;

/** Values as code, words as they are. @param {string} text */
const presetText = (text) => (/^(true|false|\d+|"[^"]*"|\[.*\])$/.test(text) ? code(text) : text);

/** @param {ts.PropertySignature | ts.PropertyDeclaration} member @param {Record<string, string>} aliases */
const typeCell = (member, aliases) => (member.type ? code(typeText(member.type, aliases)) : "");

/**
 * A type without what makes it an input or an output of Pulumi, and without `undefined`.
 * @param {ts.TypeNode} type
 * @param {Record<string, string>} aliases
 * @returns {string}
 */
function typeText(type, aliases) {
  if (ts.isArrayTypeNode(type)) return `${typeText(type.elementType, aliases)}[]`;
  if (ts.isUnionTypeNode(type)) {
    const kept = type.types.filter((one) => one.kind !== ts.SyntaxKind.UndefinedKeyword);
    return kept.map((one) => typeText(one, aliases)).join(" | ");
  }
  if (ts.isTypeReferenceNode(type)) {
    const [inner] = type.typeArguments ?? [];
    const wrapped = /^pulumi\.(Input|Output)$/.test(type.typeName.getText());
    if (wrapped && inner) return typeText(inner, aliases);
    return aliases[type.typeName.getText()] ?? type.getText();
  }
  return type.getText();
}

/** What a type alias stands for. @param {string} file @param {string} name */
function aliasText(file, name) {
  const alias = parse(file).statements.filter(ts.isTypeAliasDeclaration).find(named(name));
  if (!alias) throw new Error(`${file}: no type ${name}`);
  return alias.type.getText();
}

/**
 * The doc comment of a node: its text, and the text behind a tag, empty where there is none.
 * @param {ts.Node} node
 */
function docOf(node) {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return {
    text: plain(doc?.comment),
    /** @param {string} name */
    tag: (name) => plain(doc?.tags?.find(({ tagName }) => tagName.text === name)?.comment),
  };
}

/** @param {string | ts.NodeArray<ts.JSDocComment> | undefined} comment */
function plain(comment) {
  if (comment === undefined || typeof comment === "string") return comment ?? "";
  return comment
    .map((part) => (ts.isJSDocLink(part) ? code(part.name?.getText() ?? part.text) : part.text))
    .join("");
}

/** @param {string} name @returns {(node: { name?: ts.Identifier | undefined }) => boolean} */
function named(name) {
  return (node) => node.name?.text === name;
}

/** @param {string} file its path in the repository */
function parse(file) {
  const text = readFileSync(inRoot(file), "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
}
