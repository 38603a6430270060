/** The look-ups against the sandbox tenant over HTTP, through the same connection as a program's. */
import * as pulumi from "@pulumi/pulumi";
import {
  getGroup,
  getGroupOutput,
  getMobileApp,
  getMobileAppOutput,
  getPolicy,
  getPolicyOutput,
  getScript,
  getScriptOutput,
} from "pulumi-autopilot";
import { startSandbox, type RecordedRequest, type Sandbox } from "pulumi-autopilot-sandbox";
import { ask } from "../support/tenant";
import { automatic, automaticTemplate, userDriven } from "./sandbox-policies-bodies";

const POLICIES = "/beta/deviceManagement/configurationPolicies";
const TIME_ZONE = { displayName: "Set time zone" };

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
  pulumi.runtime.setAllConfig({ "autopilot:endpoint": sandbox.url });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const sent = (): RecordedRequest[] => sandbox.requests.filter(({ kind }) => kind === "graph");

const makePolicy = async (body: unknown): Promise<string> =>
  String((await ask(sandbox, "POST", POLICIES, body))["id"]);

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

test("a mobile app is found", async () => {
  expect(await getMobileApp({ displayName: "Company Portal" })).toEqual({
    id: "ab000000-0000-4000-8000-000000000003",
    displayName: "Company Portal",
    type: "winGetApp",
    publisher: "Microsoft Corporation",
  });
});

test("a script is found", async () => {
  expect(await getScript(TIME_ZONE)).toEqual({
    id: "5c000000-0000-4000-8000-000000000001",
    displayName: "Set time zone",
    fileName: "Set-TimeZone.ps1",
  });
});

test("an assigned group and a dynamic group are found", async () => {
  expect(await getGroup({ displayName: "Pilot users" })).toEqual({
    id: "9a000000-0000-4000-8000-000000000005",
    displayName: "Pilot users",
    description: "First to get what is new",
    membershipType: "assigned",
  });
  expect(await getGroup({ displayName: "All sales staff" })).toMatchObject({
    membershipType: "dynamic",
    membershipRule: '(user.department -eq "Sales")',
  });
});

test("a policy is found with its template and place", async () => {
  await makePolicy(userDriven({ name: "First" }));
  const id = await makePolicy(automatic({ name: "Cloud PCs" }));
  expect(await getPolicy({ displayName: "Cloud PCs" })).toEqual({
    id,
    displayName: "Cloud PCs",
    mode: "automatic",
    templateId: automaticTemplate,
    priority: 2,
  });
});

test("look-ups of the same moment share one request, of whatever kind and form", async () => {
  const id = await makePolicy(userDriven({ name: "Laptops" }));
  const found = await Promise.all([
    getMobileApp({ displayName: "Company Portal" }),
    valueOf(getMobileAppOutput({ displayName: "Microsoft Teams" })),
    valueOf(getScriptOutput({ displayName: pulumi.output("Map drives") })),
    valueOf(getGroupOutput({ displayName: Promise.resolve("Pilot users") })),
    valueOf(getPolicyOutput({ displayName: "Laptops" })),
  ]);
  expect(found.map((one) => one.id)).toEqual([
    "ab000000-0000-4000-8000-000000000003",
    "ab000000-0000-4000-8000-000000000004",
    "5c000000-0000-4000-8000-000000000003",
    "9a000000-0000-4000-8000-000000000005",
    id,
  ]);
  const [batch, ...others] = sent();
  expect(others).toEqual([]);
  expect(batch?.batch).toHaveLength(5);
});

test.each([
  ["a mobile app", getMobileApp, "Northwind VPN", '"Northwind VPN client" (win32LobApp, id ab'],
  ["a script", getScript, "Map drive", '"Map drives" (Map-Drives.ps1, id 5c'],
  ["a group", getGroup, "Pilot user", '"Pilot users" (assigned security group, id 9a'],
  ["a policy", getPolicy, "Laptop", '"Laptops" (template 80d33118-'],
])("a prefix finds nothing, and the error names what is there: %s", async (_, call, name, line) => {
  await makePolicy(userDriven({ name: "Laptops" }));
  await expect(call({ displayName: name })).rejects.toThrow(line);
});

test.each([
  ["a mobile app", getMobileApp, "company portal"],
  ["a script", getScript, "Set Time Zone"],
  ["a group", getGroup, "PILOT USERS"],
])("a name in other case finds nothing: %s", async (_, call, displayName) => {
  await expect(call({ displayName })).rejects.toThrow("Similar names, of which none");
});

test("a name that nothing resembles is an error too", async () => {
  for (const call of [getMobileApp, getScript, getGroup, getPolicy]) {
    await expect(call({ displayName: "Zanzibar" })).rejects.toThrow(/there is no .* "Zanzibar"/);
  }
});

test("two groups of a name are an error that lists both, and the one that is left is found", async () => {
  const double = { displayName: "Pilot users", mailNickname: "x", mailEnabled: false };
  const { id } = await ask(sandbox, "POST", "/v1.0/groups", { ...double, securityEnabled: true });
  await expect(getGroup({ displayName: "Pilot users" })).rejects.toThrow(
    /2 objects are named "Pilot users":\n {2}.* \(assigned security group\)\n {2}.* \(assigned security group\)/,
  );
  await expect(getGroup({ displayName: "Pilot users" })).rejects.toThrow(String(id));
  await ask(sandbox, "DELETE", `/v1.0/groups/${String(id)}`);
  expect(await getGroup({ displayName: "Pilot users" })).toMatchObject({
    id: "9a000000-0000-4000-8000-000000000005",
  });
});

test.each(["O'Hara's & Co. #1 + 50%", "Größe „neu“", "a/b?c=d"])(
  "any character may stand in a name: %s",
  async (displayName) => {
    const id = await makePolicy(userDriven({ name: displayName }));
    const [policy] = await Promise.all([getPolicy({ displayName }), getScript(TIME_ZONE)]);
    expect(policy).toMatchObject({ id, displayName });
    expect(await getPolicy({ displayName })).toMatchObject({ id, displayName });
  },
);

test("a script on a later page is found", async () => {
  const [first] = sandbox.tenant.scripts.values();
  for (let at = 0; at < 250; at++) {
    const id = `5c000000-0000-4000-8000-0000000a${String(at).padStart(4, "0")}`;
    sandbox.tenant.scripts.set(id, { ...first, id, displayName: `Script ${at}` });
  }
  expect(await getScript({ displayName: "Script 249" })).toMatchObject({
    id: "5c000000-0000-4000-8000-0000000a0249",
  });
});

test("a missing permission is named", async () => {
  const error = { code: "Authorization_RequestDenied", message: "Insufficient privileges." };
  const action = { status: 403, body: { error } };
  sandbox.faults.set([{ match: { path: "mobileApps" }, action }]);
  await expect(getMobileApp({ displayName: "Company Portal" })).rejects.toThrow(
    /^getMobileApp: "Company Portal" could not be looked up: Insufficient privileges.*\n {2}This look-up needs DeviceManagementApps\.Read\.All\./,
  );
});

test("a failure in passing is tried again", async () => {
  const error = { code: "ServiceUnavailable", message: "Try again." };
  const action = { status: 503, headers: { "retry-after": "0" }, body: { error } };
  sandbox.faults.set([{ match: { path: "mobileApps" }, action }]);
  expect(await getMobileApp({ displayName: "Company Portal" })).toMatchObject({
    type: "winGetApp",
  });
  expect(sandbox.faults.records[0]?.fired).toBe(1);
});

test("nothing but reads is ever sent", async () => {
  await getGroup({ displayName: "Nobody" }).catch(() => undefined);
  await getScript(TIME_ZONE);
  expect(new Set(sent().map(({ method }) => method))).toEqual(new Set(["GET"]));
});
