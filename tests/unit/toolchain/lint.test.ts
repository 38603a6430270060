import { ESLint, type Linter } from "eslint";
import { join } from "node:path";
import tseslint from "typescript-eslint";
import config from "../../../eslint.config.mjs";

const root = join(__dirname, "../../..");

const eslint = new ESLint({
  cwd: root,
  // Given as an object, as jest can't do the `import()` with which eslint reads the file.
  overrideConfigFile: true,
  // The direction rules need no types, and virtual files are in no project.
  overrideConfig: [...config, tseslint.configs.disableTypeChecked] as Linter.Config[],
});

const directionRules = ["@typescript-eslint/no-restricted-imports", "no-restricted-syntax"];

/** The messages of the direction rules for a file of that text. */
async function complaints(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, file) });
  return result!.messages
    .filter(({ ruleId, fatal }) => fatal === true || directionRules.includes(ruleId ?? ""))
    .map(({ message }) => message);
}

const value = (from: string) => `import { x } from "${from}";\nexport const y = x;\n`;
const type = (from: string) => `import type { X } from "${from}";\nexport type Y = X;\n`;
const late = (from: string) => `export const x = () => import("${from}");\n`;
const typeLate = (from: string) => `export type X = import("${from}").X;\n`;

describe("the linter refuses", () => {
  test.each([
    ["policy importing graph", "provider/src/policy/a.ts", value("../graph/client")],
    ["policy importing a type of graph", "provider/src/policy/a.ts", type("../graph/client")],
    ["policy importing a package", "provider/src/policy/a.ts", value("hono")],
    ["policy importing from Node", "provider/src/policy/a.ts", value("node:fs")],
    ["lifecycle importing policy", "provider/src/lifecycle/a.ts", value("../policy/codec")],
    ["lifecycle importing a package", "provider/src/lifecycle/a.ts", value("hono")],
    ["graph importing resources", "provider/src/graph/a.ts", value("../resources/user-group")],
    ["graph importing kinds", "provider/src/graph/a.ts", value("../kinds/user-group")],
    ["graph importing policy", "provider/src/graph/a.ts", value("../policy/codec")],
    ["graph importing lifecycle", "provider/src/graph/a.ts", value("../lifecycle/check")],
    ["graph importing identity", "provider/src/graph/a.ts", value("../identity/connection")],
    ["graph importing graph's users late", "provider/src/graph/a.ts", late("../kinds/user-group")],
    [
      "graph importing such a type late",
      "provider/src/graph/a.ts",
      typeLate("../kinds/user-group"),
    ],
    ["identity importing graph", "provider/src/identity/a.ts", value("../graph/client")],
    ["identity loading a package at once", "provider/src/identity/a.ts", value("@azure/identity")],
    ["resources importing lookups", "provider/src/resources/a.ts", value("../lookups/get-group")],
    ["resources importing the command line", "provider/src/resources/a.ts", value("../cli/plan")],
    ["kinds importing resources", "provider/src/kinds/a.ts", value("../resources/user-group")],
    ["lookups importing resources", "provider/src/lookups/a.ts", value("../resources/user-group")],
    ["the index importing the command line", "provider/src/index.ts", value("./cli/main")],
    [
      "the provider importing the sandbox",
      "provider/src/cli/a.ts",
      value("pulumi-autopilot-sandbox"),
    ],
    [
      "the provider reaching for the sandbox",
      "provider/src/cli/a.ts",
      value("../../../sandbox/src/x"),
    ],
    ["the sandbox importing the provider", "sandbox/src/a.ts", value("pulumi-autopilot")],
    ["the sandbox importing the runtime", "sandbox/src/a.ts", value("pulumi-autopilot/runtime")],
    [
      "the sandbox reaching for it",
      "sandbox/src/routes/a.ts",
      value("../../../provider/src/index"),
    ],
    ["the runtime loading Pulumi", "provider/src/runtime.ts", value("@pulumi/pulumi")],
    ["graph loading Pulumi", "provider/src/graph/a.ts", value("@pulumi/pulumi")],
    ["kinds loading Pulumi", "provider/src/kinds/a.ts", value("@pulumi/pulumi/runtime")],
    ["lifecycle loading Pulumi", "provider/src/lifecycle/a.ts", value("@pulumi/pulumi")],
    ["Node's modules without their prefix", "sandbox/src/a.ts", value("fs/promises")],
    ["the same in a script", "scripts/a.mjs", 'import fs from "fs";\nexport default fs;\n'],
  ])("%s", async (_fact, file, text) => {
    expect(await complaints(file, text)).not.toEqual([]);
  });
});

describe("the linter allows", () => {
  test.each([
    ["a neighbour", "provider/src/policy/a.ts", value("./settings")],
    ["kinds importing lifecycle", "provider/src/kinds/a.ts", value("../lifecycle/check")],
    ["kinds importing graph", "provider/src/kinds/a.ts", value("../graph/client")],
    ["resources importing kinds", "provider/src/resources/a.ts", value("../kinds/user-group")],
    ["resources loading Pulumi", "provider/src/resources/a.ts", value("@pulumi/pulumi")],
    ["lookups importing identity", "provider/src/lookups/a.ts", value("../identity/connection")],
    ["the command line importing anything", "provider/src/cli/a.ts", value("../graph/client")],
    ["identity loading a package late", "provider/src/identity/a.ts", late("@azure/identity")],
    ["types of Pulumi in lifecycle", "provider/src/lifecycle/a.ts", type("@pulumi/pulumi")],
    ["packages of similar names", "sandbox/src/a.ts", value("pulumi-autopilot-sandbox")],
    ["packages that begin like Node's", "sandbox/src/a.ts", value("path-to-regexp")],
    ["tests importing both sides", "tests/contract/a.ts", value("../../provider/src/graph/client")],
  ])("%s", async (_fact, file, text) => {
    expect(await complaints(file, text)).toEqual([]);
  });
});
