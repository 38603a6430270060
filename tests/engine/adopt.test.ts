/** Objects that somebody made in the portal, taken over by a program with `adoptId`, through the real engine. */
import { changedLines } from "../support/preview-text";
import { type Program, Stack, writes } from "../support/stack";
import * as tenant from "../support/tenant";
import { automatic, userDriven } from "../contract/sandbox-policies-bodies";

jest.setTimeout(300_000);

const PILOTS = "9a000000-0000-4000-8000-000000000005";
const BERLIN = "9a000000-0000-4000-8000-000000000004";
const POLICIES = "/beta/deviceManagement/configurationPolicies";

let stack: Stack;

beforeEach(async () => {
  stack = await Stack.start();
});

afterEach(() => stack.close());

async function portalPolicy(body: unknown): Promise<string> {
  return String((await tenant.ask(stack.sandbox, "POST", POLICIES, body))["id"]);
}

/** A group and a policy for it; each with its id as `adoptId`, where one is given. */
const program = (adopt: { users?: string; policy?: string }, policy: object = {}): Program => ({
  users: {
    kind: "UserGroup",
    args: { displayName: "Pilots", ...(adopt.users && { adoptId: adopt.users }) },
  },
  policy: {
    kind: "DevicePreparationPolicy",
    args: {
      displayName: "Laptops",
      userGroupIds: [{ $id: "users" }],
      timeoutMinutes: 90,
      ...(adopt.policy && { adoptId: adopt.policy }),
      ...policy,
    },
  },
});

async function expectNothingToDo(): Promise<void> {
  for (const options of [[], ["--refresh"]]) {
    const preview = await stack.preview("--expect-no-changes", ...options);
    expect(preview).toMatchObject({ code: 0 });
    expect(changedLines(preview.stdout)).toEqual(new Map());
    expect(writes(preview.requests)).toEqual([]);
  }
}

test("a group and a policy keep their ids, and exactly what differs is written", async () => {
  const id = await portalPolicy(userDriven({ name: "Laptops" }));
  stack.declare(program({ users: PILOTS, policy: id }));

  const preview = await stack.preview();
  expect(preview).toMatchObject({ code: 0, requests: [] });
  expect(preview.stdout).toContain(`adoptId           : "${id}"`);

  const up = await stack.up();
  expect(await stack.ids()).toEqual({ users: PILOTS, policy: id });
  expect(writes(up.requests).sort()).toEqual([
    `PATCH /groups/${PILOTS}`,
    `POST /deviceManagement/configurationPolicies/${id}/assign`,
    `PUT /deviceManagement/configurationPolicies/${id}`,
  ]);
  expect(up.text).toContain(
    'adopting user group "Pilot users": displayName "Pilot users" -> "Pilots"',
  );
  expect(up.text).toContain(
    'adopting device preparation policy "Laptops": timeoutMinutes 60 -> 90',
  );
  expect(await tenant.group(stack.sandbox, PILOTS)).toMatchObject({
    displayName: "Pilots",
    mailNickname: "pilot-users",
  });
  expect(await tenant.assignedTo(stack.sandbox, id)).toEqual([PILOTS]);

  expect((await stack.up()).requests).toEqual([]);
  await expectNothingToDo();

  // Left out: nothing shows, nothing is sent, and state stays what every command can work with.
  stack.declare(program({}));
  await expectNothingToDo();
  expect((await stack.up()).requests).toEqual([]);
  expect(await stack.pulumi("refresh", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
  await expectNothingToDo();
  for (const { inputs, outputs } of (await stack.state()).resources) {
    expect(outputs).toMatchObject({ ...inputs, schemaVersion: 1 });
  }
});

test("an adopted object goes on like any other, and can't become another one", async () => {
  const id = await portalPolicy(userDriven({ name: "Laptops" }));
  stack.declare(program({ users: PILOTS, policy: id }));
  await stack.up();

  await tenant.patchGroup(stack.sandbox, PILOTS, { description: "Somebody's", mailNickname: "x" });
  const drift = await stack.preview("--refresh", "--expect-no-changes");
  expect(drift).toMatchObject({ code: 7 });
  expect(changedLines(drift.stdout)).toEqual(
    new Map([["users", ['- description: "Somebody\'s"']]]),
  );
  await stack.up("--refresh");
  expect(await tenant.group(stack.sandbox, PILOTS)).toMatchObject({ description: null });

  // Another id is a mistake that the preview tells.
  stack.declare(program({ users: BERLIN, policy: id }));
  const changed = await stack.pulumi("preview");
  expect(changed.code).not.toBe(0);
  expect(changed.requests).toEqual([]);
  expect(changed.stdout).toContain(`adoptId can't change from "${PILOTS}" to "${BERLIN}"`);

  // So is a new mode while the old policy is named; without it the policy is replaced.
  const args = { mode: "automatic", userGroupIds: undefined, timeoutMinutes: undefined };
  stack.declare(program({ policy: id }, args));
  const mode = await stack.pulumi("preview");
  expect(mode.code).not.toBe(0);
  expect(mode.stdout).toContain("adoptId names the object that this change deletes");
  stack.declare(program({}, args));
  await stack.up();
  expect((await stack.ids())["policy"]).not.toBe(id);
  expect((await tenant.ours(stack.sandbox)).policies).toEqual(["Laptops"]);
  await expectNothingToDo();
});

test("what can't be the declared object is an error that touches nothing", async () => {
  const id = await portalPolicy(automatic({ name: "Cloud PCs" }));
  const before = [
    await tenant.group(stack.sandbox, BERLIN),
    await tenant.policy(stack.sandbox, id),
  ];
  const wrong: [Program[string], string][] = [
    [{ kind: "UserGroup", args: { adoptId: BERLIN } }, "is mail-enabled and no security group"],
    [{ kind: "DeviceGroup", args: { adoptId: id } }, `there is no device group with the id ${id}`],
    [
      { kind: "DevicePreparationPolicy", args: { adoptId: id } },
      `policy "Cloud PCs" (id ${id}) is of mode automatic, and the program declares userDriven`,
    ],
  ];
  for (const [declared, text] of wrong) {
    stack.declare({ wrong: declared });
    const up = await stack.pulumi("up", "--yes", "--skip-preview");
    expect(up.code).not.toBe(0);
    expect(up.text).toContain(text);
    expect(writes(up.requests)).toEqual([]);
    expect((await stack.state()).resources).toEqual([]);
  }
  expect([
    await tenant.group(stack.sandbox, BERLIN),
    await tenant.policy(stack.sandbox, id),
  ]).toEqual(before);
});

test("a name that is taken is an error with the line that adopts, which helps", async () => {
  const users = (args: Record<string, unknown>): Program => ({
    users: { kind: "UserGroup", args: { displayName: "Pilot users", ...args } },
  });
  stack.declare(users({}));
  const failed = await stack.pulumi("up", "--yes", "--skip-preview");
  const [, adoptId] = /adoptId: "([0-9a-f-]{36})"/.exec(failed.text) ?? [];
  expect(adoptId).toBe(PILOTS);
  stack.declare(users({ adoptId }));
  await stack.up();
  expect(await stack.ids()).toEqual({ users: PILOTS });
});

test("a look-up by id shows what there is, and becomes an adoption under the same name", async () => {
  stack.declare({ users: { kind: "UserGroup", get: PILOTS } });
  await stack.up();
  stack.declare({
    users: { kind: "UserGroup", args: { displayName: "Pilot users", adoptId: PILOTS } },
  });
  const { requests } = await stack.up();
  expect(writes(requests)).toEqual([`PATCH /groups/${PILOTS}`]);
  expect(await stack.ids()).toEqual({ users: PILOTS });
  await expectNothingToDo();
});

test("destroy leaves what is declared with retainOnDelete, and deletes what is not", async () => {
  const id = await portalPolicy(userDriven({ name: "Laptops" }));
  const { users, policy } = program({ users: PILOTS, policy: id });
  stack.declare({
    users: { ...users!, opts: { retainOnDelete: true } },
    policy: policy!,
  });
  await stack.up();
  expect(await stack.pulumi("destroy", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
  expect(await tenant.group(stack.sandbox, PILOTS)).toMatchObject({ displayName: "Pilots" });
  await expect(tenant.policy(stack.sandbox, id)).rejects.toThrow("404");
});

test("a forced replacement with adoptId still given says to leave it out", async () => {
  const users = (args: Record<string, unknown>): Program => ({
    users: { kind: "UserGroup", args },
  });
  stack.declare(users({ adoptId: PILOTS }));
  await stack.up();
  const [entry] = (await stack.state()).resources;
  const failed = await stack.pulumi(
    ...["up", "--yes", "--skip-preview", "--target-replace", entry?.urn ?? ""],
  );
  expect(failed.code).not.toBe(0);
  expect(failed.text).toContain(`there is no user group with the id ${PILOTS}`);
  expect(failed.text).toContain("leave adoptId out");
  stack.declare(users({}));
  await stack.up();
  await expectNothingToDo();
});
