import { delimiter, join } from "node:path";
import { engineEnv, pulumiBinary } from "../../../scripts/lib/engine.mjs";

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

test("credentials and settings of the calling shell stay outside", () => {
  process.env["ARM_CLIENT_SECRET"] = "secret";
  process.env["AZURE_CLIENT_ID"] = "id";
  process.env["PULUMI_ACCESS_TOKEN"] = "token";
  process.env["PULUMI_STACK"] = "production";
  expect(engineEnv()).not.toHaveProperty("ARM_CLIENT_SECRET");
  expect(engineEnv()).not.toHaveProperty("AZURE_CLIENT_ID");
  expect(engineEnv()).not.toHaveProperty("PULUMI_ACCESS_TOKEN");
  expect(engineEnv()).not.toHaveProperty("PULUMI_STACK");
});

test("they come along when asked for", () => {
  process.env["ARM_TENANT_ID"] = "tenant";
  expect(engineEnv({ inherit: true })).toHaveProperty("ARM_TENANT_ID", "tenant");
});

test("Node 24 and our engine come first on PATH", () => {
  const [node, engine] = (engineEnv()["PATH"] ?? "").split(delimiter);
  expect(node).toContain(join("node_modules", "node", "bin"));
  expect(pulumiBinary()).toContain(engine);
});

test("a file backend gets its address and a passphrase", () => {
  const env = engineEnv({ backendDir: join("some", "folder") });
  expect(env["PULUMI_BACKEND_URL"]).toMatch(/^file:\/\/\/.*\/some\/folder$/);
  expect(env["PULUMI_CONFIG_PASSPHRASE"]).toBe("sandbox");
});

test("given variables win, and undefined removes one", () => {
  const env = engineEnv({ env: { PULUMI_SKIP_UPDATE_CHECK: "false", PATH: undefined } });
  expect(env["PULUMI_SKIP_UPDATE_CHECK"]).toBe("false");
  expect(env).not.toHaveProperty("PATH");
});
