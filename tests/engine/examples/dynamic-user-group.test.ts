/** examples/dynamic-user-group: the steps of its README, in their order. */
import { Example, NOTHING_LEFT, NOTHING_TO_DO, PROVISIONING_CLIENT } from "../../support/example";
import * as tenant from "../../support/tenant";

jest.setTimeout(300_000);

let example: Example;
let devices: string;
let users: string;
let policy: string;

beforeAll(async () => {
  example = await Example.start("dynamic-user-group");
});

afterAll(() => example.stack.close());

test("the preview needs no tenant", async () => {
  const preview = await example.previewOffline();
  expect(preview).toMatchObject({ code: 0, requests: [] });
  expect(preview.stdout).toContain("+ 4 to create");
});

test("up makes a group whose rule is on, with the members that it finds", async () => {
  await example.stack.up();
  const ids = await example.ids();
  devices = ids["sales-devices"]!;
  users = ids["sales-users"]!;
  policy = ids["sales-laptops"]!;
  expect(await tenant.group(example.sandbox, users)).toMatchObject({
    displayName: "Sales users",
    groupTypes: ["DynamicMembership"],
    membershipRule: '(user.department -eq "Sales") and (user.accountEnabled -eq true)',
    membershipRuleProcessingState: "On",
  });
  expect(await example.memberNames(users)).toEqual(["Dana Petrov", "Emil Lund", "Fatima Haddad"]);
});

test("the policy is for that group, and Intune accepts its device group", async () => {
  expect(await tenant.policy(example.sandbox, policy)).toMatchObject({ name: "Sales laptops" });
  expect(await tenant.assignedTo(example.sandbox, policy)).toEqual([users]);
  expect(await example.owners(devices)).toEqual([PROVISIONING_CLIENT]);
  expect(await tenant.boundGroup(example.sandbox, policy)).toEqual({
    id: devices,
    code: "unknown",
  });
});

test("then nothing is left to do", async () => {
  expect(await example.drift()).toEqual(NOTHING_TO_DO);
});

test("an edited rule is one line and one write, and brings other members", async () => {
  const { lines, sent } = await example.change('"Sales")', '"Finance")');
  expect(lines).toEqual({
    "sales-users": [expect.stringMatching(/^~ membershipRule: .*Sales.* => .*Finance/)],
  });
  expect(sent).toEqual([`PATCH /groups/${users}`]);
  expect(await example.memberNames(users)).toEqual(["Gita Rao", "Hugo Moreau"]);
});

test("a paused rule shows", async () => {
  await tenant.patchGroup(example.sandbox, users, { membershipRuleProcessingState: "Paused" });
  expect(await example.drift()).toEqual({
    code: 7,
    lines: { "sales-users": ['~ ruleProcessing: "paused" => "on"'] },
  });
});

test("up sets the rule going again", async () => {
  await example.stack.up("--refresh");
  expect(await tenant.group(example.sandbox, users)).toMatchObject({
    membershipRuleProcessingState: "On",
  });
  expect(await example.drift()).toEqual(NOTHING_TO_DO);
});

test("destroy leaves nothing", async () => {
  expect(await example.destroy()).toEqual(NOTHING_LEFT);
});
