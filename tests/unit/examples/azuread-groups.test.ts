/** The example whose user group comes from `@pulumi/azuread`, under mocks: its plugin needs a download. */
import * as pulumi from "@pulumi/pulumi";
import type * as example from "../../../examples/azuread-groups/index";
import { valueOf } from "../provider/resources/mocks";

const PILOTS = "0f8a5c1e-2b64-4e0c-9a83-5a1d3f6c7b21";
const DEVICES = "1f8a5c1e-2b64-4e0c-9a83-5a1d3f6c7b21";
const POLICY = "2f8a5c1e-2b64-4e0c-9a83-5a1d3f6c7b21";
const ALVA = "a1ce0000-0000-4000-8000-000000000001";

const declared = new Map<string, { type: string; inputs: Record<string, unknown> }>();
const calls: { token: string; inputs: unknown }[] = [];
let policyId: unknown;

/** What the engine would answer: an id, and the outputs that the program uses. */
const RESOURCES: Record<string, { id: string; outputs: object }> = {
  "autopilot-pilots": { id: `/groups/${PILOTS}`, outputs: { objectId: PILOTS } },
  "autopilot-devices": { id: DEVICES, outputs: {} },
  "standard-laptops": { id: POLICY, outputs: {} },
};

beforeAll(async () => {
  const mocks: pulumi.runtime.Mocks = {
    call: ({ token, inputs }) => {
      calls.push({ token, inputs });
      return { objectId: ALVA };
    },
    newResource: ({ type, name, inputs }) => {
      declared.set(name, { type, inputs: inputs as Record<string, unknown> });
      const { id, outputs } = RESOURCES[name]!;
      return { id, state: { ...(inputs as object), ...outputs } };
    },
  };
  await pulumi.runtime.setMocks(mocks, "autopilot-azuread-groups", "test", false, "acme");
  // Only now: the program declares its resources when it is loaded.
  const program = jest.requireActual<typeof example>("../../../examples/azuread-groups/index");
  policyId = await valueOf(program.policyId);
});

test("the groups and the policy are declared, each by its own package", () => {
  expect(Object.fromEntries([...declared].map(([name, { type }]) => [name, type]))).toEqual({
    "autopilot-pilots": "azuread:index/group:Group",
    "autopilot-devices": "pulumi-nodejs:dynamic/autopilot:DeviceGroup",
    "standard-laptops": "pulumi-nodejs:dynamic/autopilot:DevicePreparationPolicy",
  });
  expect(policyId).toBe(POLICY);
});

test("the member of the user group is looked up by the sign-in name", () => {
  expect(calls).toEqual([
    {
      token: "azuread:index/getUser:getUser",
      inputs: { userPrincipalName: "alva.holm@northwind.example" },
    },
  ]);
  expect(declared.get("autopilot-pilots")?.inputs).toMatchObject({
    displayName: "Autopilot pilots",
    securityEnabled: true,
    members: [ALVA],
  });
});

test("the object id of the user group reaches the policy, not the id of its resource", () => {
  expect(declared.get("standard-laptops")?.inputs).toMatchObject({
    displayName: "Standard laptops",
    deviceGroupId: DEVICES,
    userGroupIds: [PILOTS],
  });
});
