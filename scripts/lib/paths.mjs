// @ts-check
/** Where things are, and which versions belong together. Each version is written once, in package.json. */
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

export const windows = process.platform === "win32";

/** @param {string[]} parts path inside the repository */
export const inRoot = (...parts) => join(root, ...parts);

/** @param {string} file */
export const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

const { devDependencies } = readJson(inRoot("package.json"));

/** The version of the Pulumi engine: that of the npm package `pulumi`. */
export const engineVersion = String(devDependencies.pulumi);

/** The Node.js release line that everything but the set-up itself runs on. */
export const nodeMajor = Number.parseInt(devDependencies.node, 10);

/** The file that an npm package's command starts, to be run with Node. */
export const jsCommand = {
  eslint: inRoot("node_modules/eslint/bin/eslint.js"),
  jest: inRoot("node_modules/jest/bin/jest.js"),
  prettier: inRoot("node_modules/prettier/bin/prettier.cjs"),
  pulumi: inRoot("node_modules/pulumi/run.js"),
  tsc: inRoot("node_modules/typescript/bin/tsc"),
};

/** @param {string | undefined} path the value of PATH */
export const pathEntries = (path) => (path ?? "").split(delimiter).filter((entry) => entry !== "");

/**
 * Whether a dotted version is the wanted one or a later one.
 * @param {string} version
 * @param {string} wanted
 */
export function atLeast(version, wanted) {
  const [a, b] = [version, wanted].map((text) => text.split(/[^\d]+/).map(Number));
  for (const [index, part] of (b ?? []).entries()) {
    const own = a?.[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
