// @ts-check
/** The numbers for people: a table in the terminal, and docs/performance.md. */
import { availableParallelism } from "node:os";
import { readFileSync, writeFileSync } from "node:fs";
import prettier from "prettier";
import { say, styled } from "../lib/output.mjs";
import { engineVersion, inRoot } from "../lib/paths.mjs";
import { explanations } from "./explanations.mjs";

/** @typedef {import("./numbers.mjs").Row} Row */
/** @typedef {import("./numbers.mjs").Step} Step */
/** @typedef {Record<string, Row[]>} Results by the step's name */

const page = inRoot("docs/performance.md");
/** The last results of every step, so that one can be measured again by itself. */
const kept = inRoot(".state/bench/results.json");

/** @param {readonly Step[]} steps @param {Results} results */
export function showTable(steps, results) {
  for (const { name, title } of steps) {
    const rows = results[name];
    if (rows === undefined) continue;
    say(`\n${styled("bold", title)}`);
    const width = Math.max(...rows.map(({ what }) => plain(what).length));
    for (const { what, goal, measured, reached, note } of rows) {
      const verdict =
        reached === undefined ? "  " : reached ? styled("green", "ok") : styled("red", "NO");
      say(
        `  ${verdict} ${plain(what).padEnd(width)}  ${measured}${goal ? `  (goal ${goal})` : ""}`,
      );
      if (note) say(styled("dim", `     ${" ".repeat(width)}  ${note}`));
    }
  }
}

/** What the terminal shows of Markdown. @param {string} text */
const plain = (text) => text.replaceAll("`", "");

/** What earlier runs measured in full. @returns {Results} */
export function keptResults() {
  try {
    return JSON.parse(readFileSync(kept, "utf8"));
  } catch {
    return {};
  }
}

/** @param {Results} results */
export function keepResults(results) {
  writeFileSync(kept, JSON.stringify({ ...keptResults(), ...results }, null, 1));
}

/** Writes docs/performance.md. @param {readonly Step[]} steps @param {Results} results */
export async function writePage(steps, results) {
  const sections = steps.flatMap((step) => section(step, results[step.name] ?? []));
  const options = { ...(await prettier.resolveConfig(page)), filepath: page };
  const text = [introduction(), ...sections].join("\n\n");
  writeFileSync(page, await prettier.format(text, { ...options, proseWrap: "always" }));
}

function introduction() {
  const cores = availableParallelism();
  return `# Performance

What the provider promises in numbers, and what was measured. This page is written by \`npm run bench\`: the real Pulumi engine
(${engineVersion}) against a sandbox tenant in a process of its own, on a machine with ${cores} cores. A row without a goal is there
to compare. Times differ from machine to machine, ratios and requests hardly.`;
}

/** @param {Step} step @param {Row[]} rows */
function section({ name, title, about }, rows) {
  if (rows.length === 0) return [];
  const command = `npm run bench -- --only ${name}`;
  const lines = rows.map(
    ({ what, goal, measured, reached }) =>
      `| ${what} | ${goal || "–"} | ${measured} | ${verdict(reached)} | \`${command}\` |`,
  );
  const notes = rows.flatMap(({ what, note }) => (note ? [`- ${what}: ${note}`] : []));
  const why = rows.flatMap(({ what, reached }) => (reached === false ? explained(name, what) : []));
  return [
    `## ${title}`,
    about,
    [
      "| what | goal | measured | reached | command |",
      "| --- | --- | --- | --- | --- |",
      ...lines,
    ].join("\n"),
    ...new Set(why),
    notes.join("\n"),
  ];
}

/** @param {boolean | undefined} reached */
const verdict = (reached) => (reached === undefined ? "–" : reached ? "yes" : "**no**");

/** @param {string} name @param {string} what */
const explained = (name, what) =>
  explanations.filter((one) => one.step === name && one.what.test(what)).map(({ text }) => text);
