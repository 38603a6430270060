/** Two stacks at once against one tenant: neither touches what is the other's. */
import { type Program, Stack } from "../support/stack";
import * as tenant from "../support/tenant";

jest.setTimeout(300_000);

const program = (place: string): Program => ({
  devices: { kind: "DeviceGroup", args: { displayName: `Devices ${place}` } },
  users: { kind: "UserGroup", args: { displayName: `Users ${place}` } },
  policy: {
    kind: "DevicePreparationPolicy",
    args: {
      displayName: `Laptops ${place}`,
      deviceGroupId: { $id: "devices" },
      userGroupIds: [{ $id: "users" }],
    },
  },
});

let berlin: Stack;
let hamburg: Stack;

beforeEach(async () => {
  berlin = await Stack.start();
  hamburg = await Stack.on(berlin.sandbox, "hamburg");
});

afterEach(async () => {
  await berlin.close();
  await hamburg.close();
});

test("two ups at once make what each declares, and the end of one leaves the other", async () => {
  berlin.declare(program("Berlin"));
  hamburg.declare(program("Hamburg"));
  await Promise.all([berlin.up(), hamburg.up()]);
  expect(await tenant.ours(berlin.sandbox)).toEqual({
    groups: ["Devices Berlin", "Devices Hamburg", "Users Berlin", "Users Hamburg"],
    policies: ["Laptops Berlin", "Laptops Hamburg"],
  });
  await berlin.pulumi("destroy", "--yes", "--skip-preview");
  expect(await tenant.ours(berlin.sandbox)).toEqual({
    groups: ["Devices Hamburg", "Users Hamburg"],
    policies: ["Laptops Hamburg"],
  });
  expect(await hamburg.pulumi("preview", "--refresh", "--expect-no-changes")).toMatchObject({
    code: 0,
  });
});

test("of two stacks that want one name, one has it and the other is told", async () => {
  berlin.declare(program("everywhere"));
  hamburg.declare(program("everywhere"));
  const run = (stack: Stack) => stack.pulumi("up", "--yes", "--skip-preview");
  const first = await run(berlin);
  const second = await run(hamburg);
  expect([first.code, second.code === 0]).toEqual([0, false]);
  expect(second.text).toContain("another group of that name exists already");
  expect(await tenant.ours(berlin.sandbox)).toEqual({
    groups: ["Devices everywhere", "Users everywhere"],
    policies: ["Laptops everywhere"],
  });
  expect(await berlin.pulumi("preview", "--refresh", "--expect-no-changes")).toMatchObject({
    code: 0,
  });
});
