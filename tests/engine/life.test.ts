/** What a resource goes through besides changes: deletion in the tenant, replacement, interruption, the end. */
import { type Program, Stack, writes } from "../support/stack";
import * as tenant from "../support/tenant";

jest.setTimeout(300_000);

const PROGRAM: Program = {
  devices: { kind: "DeviceGroup", args: { displayName: "Devices" } },
  users: { kind: "UserGroup", args: { displayName: "Users" } },
  policy: {
    kind: "DevicePreparationPolicy",
    args: {
      displayName: "Laptops",
      description: "Company laptops",
      deviceGroupId: { $id: "devices" },
      userGroupIds: [{ $id: "users" }],
      appIds: ["ab000000-0000-4000-8000-000000000003"],
    },
  },
};

const only = (...names: string[]): Program =>
  Object.fromEntries(Object.entries(PROGRAM).filter(([name]) => names.includes(name)));

let stack: Stack;

beforeEach(async () => {
  stack = await Stack.start();
});

afterEach(() => stack.close());

/** Holds if the tenant is what the program says: nothing to do, and one object for each resource. */
async function expectAllGood(): Promise<void> {
  const again = await stack.pulumi("preview", "--refresh", "--expect-no-changes", "--diff");
  expect(again).toMatchObject({ code: 0 });
  expect(await tenant.ours(stack.sandbox)).toEqual({
    groups: ["Devices", "Users"],
    policies: ["Laptops"],
  });
}

test("ids that are not known yet pass the first preview, and nothing is sent", async () => {
  stack.declare(PROGRAM);
  const preview = await stack.preview();
  expect(preview).toMatchObject({ code: 0, requests: [] });
  expect(preview.stdout).toContain("deviceGroupId     : [unknown]");
});

test("an object that was deleted in the tenant is proposed for creation and made once", async () => {
  stack.declare(PROGRAM);
  await stack.up();
  const ids = await stack.ids();
  await tenant.ask(stack.sandbox, "DELETE", `/v1.0/groups/${ids["users"] ?? ""}`);
  await tenant.ask(
    stack.sandbox,
    "DELETE",
    `/beta/deviceManagement/configurationPolicies/${ids["policy"] ?? ""}`,
  );
  const steps = await stack.steps("--refresh");
  expect([steps.get("users")?.op, steps.get("policy")?.op]).toEqual(["create", "create"]);
  await stack.up("--refresh");
  await expectAllGood();
});

test("a change of mode replaces the policy, the old one first, and leaves exactly one", async () => {
  stack.declare(only("devices"));
  await stack.up();
  const policy = { displayName: "Laptops", deviceGroupId: { $id: "devices" } };
  stack.declare({
    ...only("devices"),
    policy: { kind: "DevicePreparationPolicy", args: policy },
  });
  await stack.up();
  stack.declare({
    ...only("devices"),
    policy: { kind: "DevicePreparationPolicy", args: { ...policy, mode: "automatic" } },
  });
  const { requests } = await stack.up();
  expect(writes(requests).map((line) => line.replace(/[0-9a-f-]{36}/, "{id}"))).toEqual([
    "DELETE /deviceManagement/configurationPolicies/{id}",
    "POST /deviceManagement/configurationPolicies",
    expect.stringContaining("setEnrollmentTimeDeviceMembershipTarget"),
    expect.stringContaining("PUT"),
  ]);
  expect((await tenant.ours(stack.sandbox)).policies).toEqual(["Laptops"]);
  expect(await stack.pulumi("preview", "--refresh", "--expect-no-changes")).toMatchObject({
    code: 0,
  });
});

test("up --target-replace leaves exactly one object of each", async () => {
  stack.declare(PROGRAM);
  await stack.up();
  const before = await stack.ids();
  const urns = (await stack.state()).resources.map(({ urn }) => urn);
  await stack.up(...urns.flatMap((urn) => ["--target-replace", urn]));
  const after = await stack.ids();
  expect(Object.values(after)).not.toEqual(expect.arrayContaining(Object.values(before)));
  await expectAllGood();
});

test("destroy leaves nothing, and the next up makes everything anew", async () => {
  stack.declare(PROGRAM);
  await stack.up();
  await stack.pulumi("destroy", "--yes", "--skip-preview");
  expect(await tenant.ours(stack.sandbox)).toEqual({ groups: [], policies: [] });
  expect((await stack.state()).resources).toEqual([]);
  await stack.up();
  await expectAllGood();
});

test("a policy whose device group was rejected is kept, and the next up finishes it", async () => {
  const foreign = "9a000000-0000-4000-8000-000000000002";
  stack.declare({
    policy: {
      kind: "DevicePreparationPolicy",
      args: { displayName: "Laptops", deviceGroupId: foreign },
    },
  });
  const failed = await stack.pulumi("up", "--yes", "--skip-preview");
  expect(failed.code).not.toBe(0);
  expect(failed.text).toContain("the Intune Provisioning Client does not own the group");
  expect(failed.text).toContain("pulumi up` goes on with it");
  const [entry] = (await stack.state()).resources;
  expect(entry?.id).toMatch(/^[0-9a-f-]{36}$/);

  stack.declare(PROGRAM);
  await stack.up();
  expect((await stack.state()).resources.find(({ id }) => id === entry?.id)?.initErrors).toEqual(
    undefined,
  );
  await expectAllGood();
});

test("a policy that was cut off after its creation is finished by the next up", async () => {
  stack.declare(only("devices", "users"));
  await stack.up();
  stack.sandbox.faults.set([
    {
      match: { method: "POST", path: "/assign$" },
      occurrence: "every",
      action: { status: 500 },
    },
  ]);
  stack.declare(PROGRAM);
  expect((await stack.pulumi("up", "--yes", "--skip-preview")).code).not.toBe(0);
  stack.sandbox.faults.set([]);
  const { requests } = await stack.up();
  expect(
    writes(requests).filter((line) => line === "POST /deviceManagement/configurationPolicies"),
  ).toEqual([]);
  await expectAllGood();
});

test("objects that a killed run left behind are recognised, and none is made twice", async () => {
  stack.declare(PROGRAM);
  await stack.up();
  // The same as a kill after the last request: everything exists, and state knows nothing.
  const { resources } = await stack.state();
  for (const { urn } of [...resources].reverse()) {
    expect(await stack.pulumi("state", "delete", urn, "--yes", "--force")).toMatchObject({
      code: 0,
    });
  }
  const { requests } = await stack.up();
  expect(writes(requests)).toEqual([]);
  await expectAllGood();
});

test("somebody else's policy of the same name is never taken over", async () => {
  stack.declare(PROGRAM);
  await stack.up();
  const { resources } = await stack.state();
  const policy = resources.find(({ type }) => type.endsWith("Policy"));
  await stack.pulumi("state", "delete", policy?.urn ?? "", "--yes", "--force");
  await tenant.editPolicy(stack.sandbox, policy?.id ?? "", tenant.editSetting("timeout", 33));
  const up = await stack.pulumi("up", "--yes", "--skip-preview");
  expect(up.code).not.toBe(0);
  expect(up.text).toContain(`a policy of that name exists already (id ${policy?.id ?? ""})`);
  expect(writes(up.requests)).toEqual([]);
});

test("a group of the same name is an error unless it is allowed", async () => {
  stack.declare({ users: { kind: "UserGroup", args: { displayName: "Pilot users" } } });
  const up = await stack.pulumi("up", "--yes", "--skip-preview");
  expect(up.text).toContain(
    "another group of that name exists already (id 9a000000-0000-4000-8000-000000000005)",
  );
  expect(writes(up.requests)).toEqual([]);
  stack.declare({
    users: { kind: "UserGroup", args: { displayName: "Pilot users", allowDuplicateName: true } },
  });
  await stack.up();
});

test("a resource that is renamed with an alias keeps its object", async () => {
  stack.declare(only("users"));
  await stack.up();
  const [entry] = (await stack.state()).resources;
  stack.declare({
    people: {
      kind: "UserGroup",
      args: { displayName: "Users" },
      opts: { aliases: [{ name: "users" }] },
    },
  });
  const { requests } = await stack.up();
  expect(writes(requests)).toEqual([]);
  expect((await stack.state()).resources.map(({ id }) => id)).toEqual([entry?.id]);
});

test("a look-up by id reads and never changes; one of a missing id fails", async () => {
  const id = "9a000000-0000-4000-8000-000000000005";
  stack.declare({ pilots: { kind: "UserGroup", get: id } });
  await stack.up();
  expect(await stack.ids()).toEqual({ pilots: id });
  await stack.pulumi("destroy", "--yes", "--skip-preview");
  expect(await tenant.group(stack.sandbox, id)).toMatchObject({ displayName: "Pilot users" });

  stack.declare({ gone: { kind: "UserGroup", get: "9a000000-0000-4000-8000-00000000dead" } });
  const up = await stack.pulumi("up", "--yes", "--skip-preview");
  expect(up.code).not.toBe(0);
  expect(up.text).toContain(
    "There is no user group with the id 9a000000-0000-4000-8000-00000000dead",
  );
});

test("a slow directory and a slow Intune are waited for, and no longer", async () => {
  Object.assign(stack.sandbox.tenant.lag, {
    directoryMs: 1500,
    indexMs: 1500,
    intuneGroupVisibleMs: 4000,
  });
  stack.declare(PROGRAM);
  await stack.up();
  Object.assign(stack.sandbox.tenant.lag, { directoryMs: 0, indexMs: 0, intuneGroupVisibleMs: 0 });
  await expectAllGood();
});

test("a changed priority is no drift", async () => {
  stack.declare(PROGRAM);
  await stack.up();
  const { policy = "" } = await stack.ids();
  const path = "/beta/deviceManagement/configurationPolicies";
  for (const name of ["Other 1", "Other 2"]) {
    const body = await tenant.policy(stack.sandbox, policy);
    const { platforms, technologies, settings, templateReference } = body;
    await tenant.ask(stack.sandbox, "POST", path, {
      name,
      platforms,
      technologies,
      templateReference: { templateId: (templateReference as tenant.Json)["templateId"] },
      settings: (settings as tenant.Json[]).map(({ settingInstance }) => ({ settingInstance })),
    });
  }
  await tenant.ask(stack.sandbox, "POST", `${path}/${policy}/reorder`, { priority: 3 });
  expect(await stack.pulumi("preview", "--refresh", "--expect-no-changes")).toMatchObject({
    code: 0,
  });
});
