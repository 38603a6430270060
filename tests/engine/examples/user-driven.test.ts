/** examples/user-driven: the steps of its README, in their order. */
import { join } from "node:path";
import * as known from "../../support/example";
import { Example, NOTHING_LEFT, NOTHING_TO_DO, POLICIES } from "../../support/example";
import * as tenant from "../../support/tenant";

jest.setTimeout(300_000);

const ROOT = join(__dirname, "..", "..", "..");

let example: Example;
let ids: Record<string, string>;
let devices: string;
let pilots: string;
let policy: string;

beforeAll(async () => {
  example = await Example.start("user-driven");
});

afterAll(() => example.stack.close());

test("the preview needs no tenant", async () => {
  const preview = await example.previewOffline();
  expect(preview).toMatchObject({ code: 0, requests: [] });
  expect(preview.stdout).toContain("+ 4 to create");
});

test("the preview needs no credential, for a real cloud neither", async () => {
  const preview = await example.stack.pulumiWith({ AUTOPILOT_ENDPOINT: undefined }, "preview");
  expect(preview).toMatchObject({ code: 0, requests: [] });
});

test("up makes everything in at most 11 requests", async () => {
  const { requests } = await example.stack.up();
  expect(requests.length).toBeLessThanOrEqual(11);
  ids = await example.ids();
  expect(Object.keys(ids).sort()).toEqual([
    "autopilot-devices",
    "autopilot-pilots",
    "standard-laptops",
  ]);
  devices = ids["autopilot-devices"]!;
  pilots = ids["autopilot-pilots"]!;
  policy = ids["standard-laptops"]!;
});

test("the device group is an assigned security group of the Intune Provisioning Client", async () => {
  expect(await tenant.group(example.sandbox, devices)).toMatchObject({
    displayName: "Autopilot devices",
    description: "Devices prepared by Windows Autopilot",
    securityEnabled: true,
    mailEnabled: false,
    groupTypes: [],
  });
  expect(await example.owners(devices)).toEqual([known.PROVISIONING_CLIENT]);
});

test("the user group is assigned", async () => {
  expect(await tenant.group(example.sandbox, pilots)).toMatchObject({
    displayName: "Autopilot pilots",
    description: "Users whose new devices are prepared by Windows Autopilot",
    groupTypes: [],
  });
});

test("the policy has the settings of the program, and the defaults", async () => {
  expect(await tenant.policy(example.sandbox, policy)).toMatchObject({
    name: "Standard laptops",
    description: "Company laptops, prepared while the user signs in",
    roleScopeTagIds: ["0"],
    templateReference: { templateId: "80d33118-b7b4-40d8-b15f-81be745e053f_1" },
  });
  const { allowedappids, ...settings } = await example.settings(policy);
  expect(settings).toEqual({
    deploymentmode: "deploymentmode_0",
    deploymenttype: "deploymenttype_0",
    jointype: "jointype_0",
    accountype: "accountype_1",
    timeout: 90,
    customerrormessage: "Call the service desk: extension 4000.",
    allowskip: "allowskip_0",
    allowdiagnostics: "allowdiagnostics_1",
    allowedscriptids: [known.SET_TIME_ZONE],
    // The device group is bound by an action; here the service keeps nothing.
    devicesecuritygroupids: "",
  });
  expect((allowedappids as string[]).map((app) => JSON.parse(app) as unknown)).toEqual([
    { id: known.COMPANY_PORTAL, type: "#microsoft.graph.winGetApp" },
  ]);
});

test("the policy is for the user group, and Intune accepts its device group", async () => {
  expect(await tenant.assignedTo(example.sandbox, policy)).toEqual([pilots]);
  expect(await tenant.boundGroup(example.sandbox, policy)).toEqual({
    id: devices,
    code: "unknown",
  });
});

test("then nothing is left to do", async () => {
  expect(await example.drift()).toEqual(NOTHING_TO_DO);
});

test("the repository's own project file runs the same program", async () => {
  const config = join(example.stack.folder, "Pulumi.test.yaml");
  const inRoot = ["--cwd", ROOT, "--stack", "test", "--config-file", config];
  const preview = await example.stack.pulumi("preview", "--expect-no-changes", ...inRoot);
  expect(preview).toMatchObject({ code: 0, requests: [] });
  expect(preview.stdout).toContain("4 unchanged");
});

test("an edited timeout is one line and one write", async () => {
  expect(await example.change("timeoutMinutes: 90", "timeoutMinutes: 120")).toEqual({
    lines: { "standard-laptops": ["~ timeoutMinutes: 90 => 120"] },
    sent: [`PUT ${POLICIES}/${policy}`],
  });
  expect(await example.settings(policy)).toMatchObject({ timeout: 120 });
});

test("a timeout out of range fails in the preview", async () => {
  const preview = await example.mistake("timeoutMinutes: 120", "timeoutMinutes: 900");
  expect(preview).toMatchObject({ code: 1, requests: [] });
  expect(preview.text).toContain(
    "timeoutMinutes must be a whole number from 15 to 720 (minutes), but is 900",
  );
});

test("a lost owner and a changed description show, with Intune's verdict", async () => {
  const client = "5e000000-0000-4000-8000-000000000001";
  const owner = `/v1.0/groups/${devices}/owners/${client}/$ref`;
  await tenant.ask(example.sandbox, "DELETE", owner);
  await tenant.ask(example.sandbox, "PATCH", `/beta${POLICIES}/${policy}`, {
    description: "Changed by hand",
  });
  expect(await example.drift()).toEqual({
    code: 7,
    lines: {
      "autopilot-devices": ["~ ownedByIntune: false => true"],
      "standard-laptops": [
        '~ description: "Changed by hand" => "Company laptops, prepared while the user signs in"',
        '~ deviceGroupStatus: "firstPartyAppNotAnOwner" => "bound"',
      ],
    },
  });
});

test("up repairs both, and keeps the objects", async () => {
  await example.stack.up("--refresh");
  expect(await example.owners(devices)).toEqual([known.PROVISIONING_CLIENT]);
  expect(await tenant.boundGroup(example.sandbox, policy)).toEqual({
    id: devices,
    code: "unknown",
  });
  expect(await tenant.policy(example.sandbox, policy)).toMatchObject({
    description: "Company laptops, prepared while the user signs in",
  });
  expect(await example.ids()).toEqual(ids);
  expect(await example.drift()).toEqual(NOTHING_TO_DO);
});

test("destroy leaves nothing", async () => {
  expect(await example.destroy()).toEqual(NOTHING_LEFT);
});
