// @ts-check
/**
 * Who may import what, as a table: one row a folder. It becomes lint rules;
 * docs/decisions/0006-kinds-beside-resources.md says why. Regular expressions match the text after `from`.
 */
import { builtinModules } from "node:module";

/**
 * @typedef {object} Ban
 * @property {string} regex
 * @property {string} message
 * @property {boolean} [allowTypeImports] types leave no trace at run time
 */

/** @typedef {{ files: string[], bans: Ban[] }} Direction */

const bare = builtinModules.filter((name) => !name.startsWith("_") && !name.includes(":"));

/** @type {Ban} */
const nodePrefix = {
  regex: `^(${bare.filter((name) => !name.includes("/")).join("|")})(/|$)`,
  message: "Write the node: prefix.",
};

/** @type {Ban} */
const noCli = { regex: "/cli(/|$)", message: "Nothing imports the command line." };

/** @type {Ban} */
const noSandbox = {
  regex: "^pulumi-autopilot-sandbox(/|$)|^(\\.\\./)+sandbox(/|$)",
  message: "The provider never imports the sandbox tenant.",
};

/** @type {Ban} */
const noProvider = {
  regex: "^pulumi-autopilot(/|$)|^(\\.\\./)+provider(/|$)",
  message: "The sandbox tenant never imports the provider: they read the contract independently.",
};

/** @type {Ban} */
const noPulumi = {
  regex: "^@pulumi/",
  message: "@pulumi/pulumi is loaded by the program, not by what runs in the provider process.",
  allowTypeImports: true,
};

/**
 * Of the project only the folder's own files and the named neighbours.
 * @param {string} folder
 * @param {string[]} neighbours
 * @returns {Ban}
 */
const only = (folder, ...neighbours) => ({
  regex: neighbours.length === 0 ? "^\\.\\./" : `^\\.\\./(?!(${neighbours.join("|")})/)`,
  message:
    `${folder}/ imports ` +
    (neighbours.length === 0
      ? "nothing of the project outside itself."
      : `only ${neighbours.join(", ")}.`),
});

/** @param {string} folder @param {boolean} node @returns {Ban} */
const noPackage = (folder, node) => ({
  regex: node ? "^(?!\\.|node:)" : "^(?!\\.)",
  message: `${folder}/ loads no package${node ? " (import it where it is first needed)" : ""}.`,
  allowTypeImports: true,
});

/** @param {string} folder */
const inProvider = (folder) => [`provider/src/${folder}/**/*.ts`];

/** @type {Direction[]} */
export const directions = [
  { files: ["**/*.ts", "**/*.mjs", "**/*.cjs"], bans: [] },
  { files: ["provider/src/*.ts"], bans: [noSandbox, noCli] },
  { files: ["provider/src/runtime.ts"], bans: [noSandbox, noCli, noPulumi] },
  {
    files: inProvider("resources"),
    bans: [noSandbox, noCli, only("resources", "kinds", "lifecycle", "policy", "graph")],
  },
  {
    files: inProvider("kinds"),
    bans: [noSandbox, noCli, noPulumi, only("kinds", "lifecycle", "policy", "graph", "identity")],
  },
  { files: inProvider("policy"), bans: [only("policy"), noPackage("policy", false)] },
  { files: inProvider("lifecycle"), bans: [only("lifecycle"), noPackage("lifecycle", true)] },
  { files: inProvider("graph"), bans: [noSandbox, noPulumi, only("graph")] },
  {
    files: inProvider("identity"),
    bans: [noSandbox, only("identity"), noPackage("identity", true)],
  },
  {
    files: inProvider("lookups"),
    bans: [noSandbox, noCli, only("lookups", "graph", "identity", "policy")],
  },
  { files: inProvider("cli"), bans: [noSandbox] },
  { files: ["sandbox/**/*.ts", "sandbox/**/*.mjs"], bans: [noProvider] },
];

/**
 * The rules of a file see `import ... from` only; the same bans hold for `import("...")` in code and in
 * types, except where a package may be loaded late.
 * @param {Ban[]} bans
 */
const lateImports = (bans) =>
  bans
    .filter((ban) => ban.allowTypeImports !== true)
    .map(({ regex, message }) => ({
      // A slash can't stand in a selector's regular expression.
      selector: `:matches(ImportExpression, TSImportType) Literal[value=/${regex.replaceAll("/", "\\u002F")}/]`,
      message,
    }));

/**
 * A later entry replaces the earlier for the same file, so that each carries the whole list.
 * @type {import("eslint").Linter.Config[]}
 */
export const directionRules = directions.map(({ files, bans }) => ({
  files,
  rules: {
    "no-restricted-imports": "off",
    "@typescript-eslint/no-restricted-imports": ["error", { patterns: [nodePrefix, ...bans] }],
    "no-restricted-syntax": ["error", ...lateImports([nodePrefix, ...bans])],
  },
}));
