/** What state keeps: a stored format, small, and without any secret. */
import { Stack } from "../support/stack";

jest.setTimeout(300_000);

const CANARY = "canary-7f3b1c";

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start();
  stack.declare({
    devices: {
      kind: "DeviceGroup",
      args: {
        displayName: "Autopilot devices",
        description: "Devices prepared by Windows Autopilot",
      },
    },
    users: { kind: "UserGroup", args: { displayName: "Autopilot pilots" } },
    policy: {
      kind: "DevicePreparationPolicy",
      args: {
        displayName: "Standard laptops",
        description: "Company laptops, prepared while the user signs in",
        deviceGroupId: { $id: "devices" },
        userGroupIds: [{ $id: "users" }],
        timeoutMinutes: 90,
        customErrorMessage: "Call the service desk: extension 4000.",
        appIds: ["ab000000-0000-4000-8000-000000000003"],
        scriptIds: ["5c000000-0000-4000-8000-000000000001"],
      },
    },
  });
  const { code, text } = await stack.pulumiWith(
    { AUTOPILOT_ACCESS_TOKEN: CANARY, ARM_CLIENT_SECRET: CANARY, AZURE_CLIENT_SECRET: CANARY },
    "up",
    "--yes",
    "--skip-preview",
  );
  if (code !== 0) throw new Error(text);
});

afterAll(() => stack.close());

test("the provider's text is one constant line for each kind", async () => {
  const { resources } = await stack.state();
  expect(resources).toHaveLength(3);
  for (const { type, inputs, outputs } of resources) {
    const kind = type.slice(type.lastIndexOf(":") + 1);
    const line = `exports.handler = () => require("pulumi-autopilot/runtime").v1("${kind}")`;
    expect([inputs["__provider"], outputs["__provider"]]).toEqual([line, line]);
  }
});

test("outputs hold every input, and the version of their layout", async () => {
  for (const { inputs, outputs } of (await stack.state()).resources) {
    expect(outputs).toMatchObject({ ...inputs, schemaVersion: 1 });
  }
});

test("the policy takes at most 3 KB, and each further id at most 100 bytes", async () => {
  const { resources } = await stack.state();
  const policy = resources.find(({ type }) => type.endsWith("DevicePreparationPolicy"));
  const { inputs, outputs } = policy ?? {};
  expect(JSON.stringify({ inputs, outputs }).length).toBeLessThanOrEqual(3 * 1024);
  // An id stands once in the inputs and once in the outputs.
  expect(2 * JSON.stringify("0f8a5c1e-2b64-4e0c-9a83-5a1d3f6c7b21,").length).toBeLessThanOrEqual(
    100,
  );
});

test("no credential is in state", async () => {
  expect((await stack.state()).text).not.toContain(CANARY);
});
