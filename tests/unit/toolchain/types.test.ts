import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "../../..");

/** What `npm run types` checks: the root project, read by the compiler itself. */
function project() {
  const file = join(root, "tsconfig.json");
  const { config } = ts.readConfigFile(file, ts.sys.readFile) as { config: unknown };
  // The option that `npm run types` gives on its command line.
  return ts.parseJsonConfigFileContent(config, ts.sys, root, { noCheck: false });
}

/** The messages for a file that exists only here, as if it stood in the tree. */
function errorsIn(path: string, text: string): string[] {
  const { options } = project();
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (file) => file === path || fileExists(file);
  host.readFile = (file) => (file === path ? text : readFile(file));
  host.getSourceFile = (file, version, ...rest) =>
    file === path
      ? ts.createSourceFile(file, text, version)
      : getSourceFile.call(host, file, version, ...rest);
  const program = ts.createProgram([path], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(path))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const example = join(root, "examples/user-driven/planted.ts");

test("a type error in an example is found", () => {
  expect(errorsIn(example, 'export const minutes: number = "60";\n')).toEqual([
    "Type 'string' is not assignable to type 'number'.",
  ]);
});

test("an example without a type error passes", () => {
  expect(errorsIn(example, "export const minutes: number = 60;\n")).toEqual([]);
});

test("every program of an example belongs to what is checked", () => {
  const checked = new Set(project().fileNames);
  const programs = readdirSync(join(root, "examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(root, "examples", entry.name, "index.ts"))
    .filter((file) => existsSync(file));
  expect(programs.filter((file) => !checked.has(file))).toEqual([]);
});

test.each(["provider/src/", "sandbox/src/", "tests/", "scripts/"])("%s is checked", (folder) => {
  expect(project().fileNames.some((file) => file.startsWith(join(root, folder)))).toBe(true);
});

test("the public names resolve to sources, so that checking needs no build", () => {
  const { options } = project();
  const file = join(root, "tests/unit/a.ts");
  const resolved = ["pulumi-autopilot", "pulumi-autopilot/runtime", "pulumi-autopilot-sandbox"].map(
    (name) => options.paths?.[name]?.[0],
  );
  expect(file).toContain("tests");
  expect(resolved).toEqual([
    "./provider/src/index.ts",
    "./provider/src/runtime.ts",
    "./sandbox/src/index.ts",
  ]);
});
