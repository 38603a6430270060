/**
 * The examples as complete projects, each by the steps of its README: preview, up, an edit of the program, a change in the
 * tenant that shows and is repaired, destroy. The tests of an example share its stack and run in their order.
 */
import { join } from "node:path";
import { freePort } from "../../scripts/lib/run.mjs";
import { changedLines } from "../support/preview-text";
import { nameOf, type Outcome, Stack, writes } from "../support/stack";
import * as tenant from "../support/tenant";

jest.setTimeout(300_000);

const ROOT = join(__dirname, "..", "..");
const POLICIES = "/deviceManagement/configurationPolicies";

let stack: Stack;

/** Starts the tenant and the stack of an example for the tests around it. */
function uses(example: string): void {
  beforeAll(async () => {
    stack = await Stack.startProject(example);
  });
  afterAll(() => stack.close());
}

/** The ids of the stack's resources, by Pulumi name. */
async function ids(): Promise<Record<string, string>> {
  const { resources } = await stack.state();
  return Object.fromEntries(resources.map(({ urn, id }) => [nameOf(urn), id]));
}

/** A policy's settings on the wire, by the short names of their definitions. */
function settingsOf(policy: tenant.Json): Record<string, unknown> {
  const settings = policy["settings"] as { settingInstance: { settingDefinitionId: string } }[];
  const names = settings.map(({ settingInstance }) =>
    settingInstance.settingDefinitionId.replace("enrollment_autopilot_dpp_", ""),
  );
  return Object.fromEntries(names.map((name) => [name, tenant.setting(policy, name)]));
}

const owners = async (id: string) => {
  const { owners } = await tenant.group(stack.sandbox, id);
  return (owners as { appId?: string }[]).map(({ appId }) => appId);
};

const memberNames = async (id: string) => {
  const { value } = await tenant.ask(stack.sandbox, "GET", `/v1.0/groups/${id}/members`);
  return (value as { displayName: string }[]).map(({ displayName }) => displayName).sort();
};

const driftPreview = () => stack.pulumi("preview", "--refresh", "--diff", "--expect-no-changes");

/** Holds if program, state and tenant say the same. */
async function expectNothingToDo(): Promise<void> {
  const { code, text } = await driftPreview();
  expect({ code, changes: [...changedLines(text)] }).toEqual({ code: 0, changes: [] });
}

/** Holds if a preview shows these lines by resource, and nothing else. */
function expectChanges({ code, text }: Outcome, exit: number, lines: Record<string, string[]>) {
  expect({ code, lines: Object.fromEntries(changedLines(text)) }).toEqual({ code: exit, lines });
}

/** Holds without a tenant: nothing listens where the requests would go. */
async function expectOfflinePreview(creates: number): Promise<void> {
  const closed = `http://127.0.0.1:${await freePort()}`;
  const preview = await stack.pulumiWith({ AUTOPILOT_ENDPOINT: closed }, "preview");
  expect(preview).toMatchObject({ code: 0, requests: [] });
  expect(preview.stdout).toContain(`+ ${creates} to create`);
}

async function expectNothingLeftAfterDestroy(): Promise<void> {
  expect(await stack.pulumi("destroy", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
  expect(await tenant.ours(stack.sandbox)).toEqual({ groups: [], policies: [] });
  expect((await stack.state()).resources).toEqual([]);
}

const PROVISIONING_CLIENT = "f1346770-5b25-470b-88bd-d5744ab7952c";
const COMPANY_PORTAL = "ab000000-0000-4000-8000-000000000003";
const OFFICE = "ab000000-0000-4000-8000-000000000005";
const SET_TIME_ZONE = "5c000000-0000-4000-8000-000000000001";

describe("examples/user-driven", () => {
  uses("examples/user-driven");

  test("the preview needs no tenant", () => expectOfflinePreview(4));

  test("the preview needs no credential, for a real cloud neither", async () => {
    const preview = await stack.pulumiWith({ AUTOPILOT_ENDPOINT: undefined }, "preview");
    expect(preview).toMatchObject({ code: 0, requests: [] });
  });

  test("up makes two groups and the policy, bound and assigned, in at most 11 requests", async () => {
    const { requests } = await stack.up();
    expect(requests.length).toBeLessThanOrEqual(11);
    const made = await ids();
    expect(await tenant.group(stack.sandbox, made["autopilot-devices"]!)).toMatchObject({
      displayName: "Autopilot devices",
      description: "Devices prepared by Windows Autopilot",
      securityEnabled: true,
      mailEnabled: false,
      groupTypes: [],
    });
    expect(await owners(made["autopilot-devices"]!)).toEqual([PROVISIONING_CLIENT]);
    expect(await tenant.group(stack.sandbox, made["autopilot-pilots"]!)).toMatchObject({
      displayName: "Autopilot pilots",
      description: "Users whose new devices are prepared by Windows Autopilot",
      groupTypes: [],
    });
    const policy = await tenant.policy(stack.sandbox, made["standard-laptops"]!);
    expect(policy).toMatchObject({
      name: "Standard laptops",
      description: "Company laptops, prepared while the user signs in",
      roleScopeTagIds: ["0"],
      templateReference: { templateId: "80d33118-b7b4-40d8-b15f-81be745e053f_1" },
    });
    expect(settingsOf(policy)).toMatchObject({
      deploymentmode: "deploymentmode_0",
      deploymenttype: "deploymenttype_0",
      jointype: "jointype_0",
      accountype: "accountype_1",
      timeout: 90,
      customerrormessage: "Call the service desk: extension 4000.",
      allowskip: "allowskip_0",
      allowdiagnostics: "allowdiagnostics_1",
      allowedappids: [expect.stringContaining(COMPANY_PORTAL)],
      allowedscriptids: [SET_TIME_ZONE],
    });
    expect(await tenant.boundGroup(stack.sandbox, made["standard-laptops"]!)).toEqual({
      id: made["autopilot-devices"],
      code: "unknown",
    });
    expect(await tenant.assignedTo(stack.sandbox, made["standard-laptops"]!)).toEqual([
      made["autopilot-pilots"],
    ]);
  });

  test("then nothing is left to do", () => expectNothingToDo());

  test("the repository's own project file runs the same program", async () => {
    const config = join(stack.folder, "Pulumi.test.yaml");
    const inRoot = ["--cwd", ROOT, "--stack", "test", "--config-file", config];
    const preview = await stack.pulumi("preview", "--refresh", "--expect-no-changes", ...inRoot);
    expect(preview).toMatchObject({ code: 0 });
    expect(preview.stdout).toContain("4 unchanged");
  });

  test("an edited timeout is one line and one write", async () => {
    stack.edit("index.ts", "timeoutMinutes: 90", "timeoutMinutes: 120");
    const lines = { "standard-laptops": ["~ timeoutMinutes: 90 => 120"] };
    expectChanges(await stack.preview(), 0, lines);
    const made = await ids();
    const { requests } = await stack.up();
    expect(writes(requests)).toEqual([`PUT ${POLICIES}/${made["standard-laptops"]!}`]);
    const policy = await tenant.policy(stack.sandbox, made["standard-laptops"]!);
    expect(tenant.setting(policy, "timeout")).toBe(120);
  });

  test("a timeout out of range fails in the preview", async () => {
    stack.edit("index.ts", "timeoutMinutes: 120", "timeoutMinutes: 900");
    const preview = await stack.preview();
    expect(preview).toMatchObject({ code: 1, requests: [] });
    expect(preview.text).toContain(
      "timeoutMinutes must be a whole number from 15 to 720 (minutes), but is 900",
    );
    stack.edit("index.ts", "timeoutMinutes: 900", "timeoutMinutes: 120");
  });

  test("a lost owner and a changed description show, with Intune's verdict", async () => {
    const made = await ids();
    const client = "5e000000-0000-4000-8000-000000000001";
    const owner = `/v1.0/groups/${made["autopilot-devices"]!}/owners/${client}/$ref`;
    await tenant.ask(stack.sandbox, "DELETE", owner);
    await tenant.ask(stack.sandbox, "PATCH", `/beta${POLICIES}/${made["standard-laptops"]!}`, {
      description: "Changed by hand",
    });
    expectChanges(await driftPreview(), 7, {
      "autopilot-devices": ["~ ownedByIntune: false => true"],
      "standard-laptops": [
        '~ description: "Changed by hand" => "Company laptops, prepared while the user signs in"',
        '~ deviceGroupStatus: "firstPartyAppNotAnOwner" => "bound"',
      ],
    });
  });

  test("up repairs both", async () => {
    const before = await ids();
    await stack.up("--refresh");
    expect(await owners(before["autopilot-devices"]!)).toEqual([PROVISIONING_CLIENT]);
    expect(await tenant.boundGroup(stack.sandbox, before["standard-laptops"]!)).toMatchObject({
      code: "unknown",
    });
    expect(await ids()).toEqual(before);
    await expectNothingToDo();
  });

  test("destroy leaves nothing", () => expectNothingLeftAfterDestroy());
});

describe("examples/dynamic-user-group", () => {
  uses("examples/dynamic-user-group");

  test("the preview needs no tenant", () => expectOfflinePreview(4));

  test("up makes a group whose rule is on, and the policy for it", async () => {
    await stack.up();
    const made = await ids();
    expect(await tenant.group(stack.sandbox, made["sales-users"]!)).toMatchObject({
      displayName: "Sales users",
      groupTypes: ["DynamicMembership"],
      membershipRule: '(user.department -eq "Sales") and (user.accountEnabled -eq true)',
      membershipRuleProcessingState: "On",
    });
    expect(await memberNames(made["sales-users"]!)).toEqual([
      "Dana Petrov",
      "Emil Lund",
      "Fatima Haddad",
    ]);
    expect(await owners(made["sales-devices"]!)).toEqual([PROVISIONING_CLIENT]);
    expect(await tenant.boundGroup(stack.sandbox, made["sales-laptops"]!)).toEqual({
      id: made["sales-devices"],
      code: "unknown",
    });
    expect(await tenant.assignedTo(stack.sandbox, made["sales-laptops"]!)).toEqual([
      made["sales-users"],
    ]);
  });

  test("then nothing is left to do", () => expectNothingToDo());

  test("an edited rule is one line and one write, and brings other members", async () => {
    stack.edit("index.ts", '"Sales")', '"Finance")');
    const { "sales-users": id = "" } = await ids();
    const preview = await stack.preview();
    expect([...changedLines(preview.text).keys()]).toEqual(["sales-users"]);
    expect(preview.text).toMatch(/~ membershipRule: .*Sales.* => .*Finance/);
    const { requests } = await stack.up();
    expect(writes(requests)).toEqual([`PATCH /groups/${id}`]);
    expect(await memberNames(id)).toEqual(["Gita Rao", "Hugo Moreau"]);
  });

  test("a paused rule shows, and up sets it going again", async () => {
    const { "sales-users": id = "" } = await ids();
    await tenant.patchGroup(stack.sandbox, id, { membershipRuleProcessingState: "Paused" });
    const lines = { "sales-users": ['~ ruleProcessing: "paused" => "on"'] };
    expectChanges(await driftPreview(), 7, lines);
    await stack.up("--refresh");
    expect(await tenant.group(stack.sandbox, id)).toMatchObject({
      membershipRuleProcessingState: "On",
    });
    await expectNothingToDo();
  });

  test("destroy leaves nothing", () => expectNothingLeftAfterDestroy());
});

describe("examples/automatic", () => {
  uses("examples/automatic");

  test("the preview needs no tenant", () => expectOfflinePreview(3));

  test("up makes a policy of the template for Windows 365, for nobody", async () => {
    await stack.up();
    const made = await ids();
    const policy = await tenant.policy(stack.sandbox, made["cloud-pc-preparation"]!);
    expect(policy).toMatchObject({
      name: "Cloud PC preparation",
      templateReference: { templateId: "a6157a7f-aa00-42d9-ac82-7d2479f545db_1" },
    });
    expect(settingsOf(policy)).toMatchObject({
      allowedappids: [expect.stringContaining(OFFICE)],
    });
    expect(Object.keys(settingsOf(policy))).not.toContain("timeout");
    expect(await tenant.assignedTo(stack.sandbox, made["cloud-pc-preparation"]!)).toEqual([]);
    expect(await owners(made["cloud-pcs"]!)).toEqual([PROVISIONING_CLIENT]);
    expect(await tenant.boundGroup(stack.sandbox, made["cloud-pc-preparation"]!)).toEqual({
      id: made["cloud-pcs"],
      code: "unknown",
    });
  });

  test("then nothing is left to do", () => expectNothingToDo());

  test("an argument of the other mode fails in the preview", async () => {
    stack.edit("index.ts", 'mode: "automatic",', 'mode: "automatic", timeoutMinutes: 60,');
    const preview = await stack.preview();
    expect(preview).toMatchObject({ code: 1, requests: [] });
    expect(preview.text).toContain("timeoutMinutes exists only in mode userDriven");
    stack.edit("index.ts", " timeoutMinutes: 60,", "");
  });

  test("another app is one line and one write", async () => {
    stack.edit("index.ts", `["${OFFICE}"]`, `["${OFFICE}", "${COMPANY_PORTAL}"]`);
    const { "cloud-pc-preparation": id = "" } = await ids();
    const changed = changedLines((await stack.preview()).text);
    expect([...changed]).toEqual([
      ["cloud-pc-preparation", [expect.stringMatching(/^~ appIds: \[.*\]$/)]],
    ]);
    const { requests } = await stack.up();
    expect(writes(requests)).toEqual([`PUT ${POLICIES}/${id}`]);
    const { allowedappids } = settingsOf(await tenant.policy(stack.sandbox, id));
    expect(allowedappids).toHaveLength(2);
  });

  test("a device group that was taken away shows, and up binds it again", async () => {
    const { "cloud-pc-preparation": id = "", "cloud-pcs": group = "" } = await ids();
    await tenant.bind(stack.sandbox, id);
    expectChanges(await driftPreview(), 7, {
      "cloud-pc-preparation": [`+ deviceGroupId: "${group}"`],
    });
    await stack.up("--refresh");
    expect(await tenant.boundGroup(stack.sandbox, id)).toEqual({ id: group, code: "unknown" });
    await expectNothingToDo();
  });

  test("destroy leaves nothing", () => expectNothingLeftAfterDestroy());
});
