import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { v1 } from "pulumi-autopilot/runtime";
import { providerText, typeToken } from "../../../../provider/src/resources/autopilot-resource";

/**
 * The stored format. These texts stand in people's state: a line here is never changed and never removed, and a new
 * release adds its own.
 */
const STORED = [
  {
    kind: "DeviceGroup",
    text: 'exports.handler = () => require("pulumi-autopilot/runtime").v1("DeviceGroup")',
    token: "pulumi-nodejs:dynamic/autopilot:DeviceGroup",
  },
  {
    kind: "UserGroup",
    text: 'exports.handler = () => require("pulumi-autopilot/runtime").v1("UserGroup")',
    token: "pulumi-nodejs:dynamic/autopilot:UserGroup",
  },
  {
    kind: "DevicePreparationPolicy",
    text: 'exports.handler = () => require("pulumi-autopilot/runtime").v1("DevicePreparationPolicy")',
    token: "pulumi-nodejs:dynamic/autopilot:DevicePreparationPolicy",
  },
];

const METHODS = ["check", "configure", "create", "delete", "diff", "read", "update"];

describe.each(STORED)("$kind", ({ kind, text, token }) => {
  test("writes its text byte for byte", () => {
    expect(Buffer.from(providerText(kind)).equals(Buffer.from(text))).toBe(true);
  });

  test("keeps its type", () => {
    expect(typeToken(kind)).toBe(token);
  });

  test("is reached by its text, evaluated as the engine does", () => {
    const required: string[] = [];
    const exports: { handler?: () => unknown } = {};
    const require = (path: string) => {
      required.push(path);
      return { v1 };
    };
    runInNewContext(text, { exports, require });
    expect(Object.keys(exports.handler!() as object).sort()).toEqual(METHODS);
    expect(required).toEqual(["pulumi-autopilot/runtime"]);
  });
});

test("a kind of a later version is met with what to do", () => {
  expect(() => v1("PolicyFuture")).toThrow(
    "This version of pulumi-autopilot knows no PolicyFuture. Install the version that the stack was deployed with, or a later one.",
  );
});

test("the package exports the entry that the texts require", () => {
  const manifest = JSON.parse(
    readFileSync(join(__dirname, "../../../../provider/package.json"), "utf8"),
  ) as { name: string; type: string; exports: Record<string, { default: string }> };
  expect(manifest).toMatchObject({
    name: "pulumi-autopilot",
    type: "commonjs",
    exports: { "./runtime": { default: "./dist/runtime.js" } },
  });
});
