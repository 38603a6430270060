// Writes docs/reference.md from the doc comments in provider/src/resources (or the folder given). Run in the repository's root on Node 24, then prettier.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
const require = createRequire(join(process.cwd(), "package.json"));
const ts = require("typescript");

const folder = process.argv[2] ?? "provider/src";
const pages = [
  ["DeviceGroup", "device-group.ts"],
  ["UserGroup", "user-group.ts"],
  ["DevicePreparationPolicy", "device-preparation-policy.ts"],
  ["PolicyOrder", "policy-order.ts"],
].filter(([, file]) => existsSync(join(folder, "resources", file)));
const modes = /export type Mode = ([^;]+);/.exec(readFileSync(join(folder, "policy/settings.ts"), "utf8"))?.[1] ?? "Mode";
const text = (node) => {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const plain = (c) => (typeof c === "string" ? c : (c ?? []).map((p) => (p.kind === ts.SyntaxKind.JSDocLink ? "`" + p.name.getText() + "`" : p.text)).join(""));
  const tag = (name) => doc?.tags?.find((t) => t.tagName.text === name);
  return { doc: plain(doc?.comment), def: tag("default") && plain(tag("default").comment), example: tag("example") && plain(tag("example").comment) };
};
const cell = (s) => s.replace(/\s*\n\s*/g, " ").replace(/\|/g, "\\|");
const typeOf = (t) => cell(t.replace(/pulumi\.(Input|Output)</g, "").replace(/>/g, "").replace(/^Mode\b/, modes).replace(/ \| undefined$/, ""));
let out = `# Reference

Every argument and output of the resources, as the doc comments in \`provider/src/resources\` say it.
All arguments are optional and take plain values or outputs of other resources. Every resource has the output \`id\`, and
\`static get(name, id, opts?)\`, which reads an existing object and never changes it. Pulumi's resource options work as
everywhere, except \`import\` and \`customTimeouts\`; \`deleteBeforeReplace\` is true unless it is given.
`;
for (const [name, file] of pages) {
  const source = ts.createSourceFile(file, readFileSync(join(folder, "resources", file), "utf8"), ts.ScriptTarget.ESNext, true);
  const args = source.statements.find((s) => ts.isInterfaceDeclaration(s) && s.name.text === `${name}Args`);
  const cls = source.statements.find((s) => ts.isClassDeclaration(s) && s.name?.text === name);
  const about = text(cls);
  const argsDoc = text(args).doc.replace(/^The arguments of a `[^`]+`\.?\s*/, "");
  out += `\n## ${name}\n\n${about.doc}\n\n${about.example ?? ""}\n\n${argsDoc ? argsDoc + "\n\n" : ""}| argument | type | default | what |\n| --- | --- | --- | --- |\n`;
  const names = new Set();
  for (const m of args.members.filter(ts.isPropertySignature)) {
    const { doc, def } = text(m);
    names.add(m.name.getText());
    const d = def === undefined ? "" : /^(true|false|\d+|"[^"]*"|\[.*\])$/.test(cell(def)) ? "`" + cell(def) + "`" : cell(def);
    out += `| \`${m.name.getText()}\` | \`${typeOf(m.type.getText())}\` | ${d} | ${cell(doc)} |\n`;
  }
  const outputs = cls.members.filter(ts.isPropertyDeclaration).filter((m) => !names.has(m.name.getText()));
  out += `\nOutputs: every argument as it is in the tenant, and\n\n| output | type | what |\n| --- | --- | --- |\n`;
  for (const m of outputs) out += `| \`${m.name.getText()}\` | \`${typeOf(m.type.getText())}\` | ${cell(text(m).doc)} |\n`;
}
writeFileSync("docs/reference.md", out);
