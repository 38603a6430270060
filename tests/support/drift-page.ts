/** docs/drift.md from the engine's table of rows: what shows when a property is changed, and what is sent. */
import type { Change, Row } from "../engine/rows";

const INTRODUCTION = `# Drift

What a preview shows for each property, and which requests a repair sends. The table is the one that drives the tests through the
real engine, so it holds for every release: \`tests/engine/rows\`.

- *changed by the program*: \`pulumi preview --diff\`; a preview without \`--refresh\` sends no request.
- *changed in the tenant*, *emptied in the tenant*: \`pulumi preview --refresh --diff\`, which ends with exit code 7 under
  \`--expect-no-changes\`.

Requests are those that change something. \`{id}\` stands for the object's own id, \`{name}\` for that of another resource. A dash means
that there is no such change: the property is no argument, or the service always keeps a value.
`;

export function driftPage(rows: readonly Row[]): string {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  return [INTRODUCTION, ...kinds.map((kind) => section(kind, rows))].join("\n");
}

function section(kind: string, rows: readonly Row[]): string {
  const lines = rows
    .filter((row) => row.kind === kind)
    .map((row) => {
      const program = row.program?.replaces ? "replaces the object" : cell(row.program);
      return `| \`${row.property}\` | ${program} | ${cell(row.drift)} | ${cell(row.emptied)} |`;
    });
  return [
    `## ${kind}`,
    "",
    "| property | changed by the program | changed in the tenant | emptied in the tenant |",
    "| --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}

function cell(change: Change | undefined): string {
  if (change === undefined) return "–";
  const code = (text: string) => `\`${text.replaceAll("|", "\\|")}\``;
  const requests = change.writes.length === 0 ? "nothing sent" : change.writes.map(code).join(", ");
  return `${change.lines.map(code).join("<br>")}${change.lines.length > 0 ? "<br>" : ""}${requests}`;
}
