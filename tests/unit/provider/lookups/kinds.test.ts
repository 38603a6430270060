import { findOne } from "../../../../provider/src/lookups/find-one";
import { groups } from "../../../../provider/src/lookups/group";
import { mobileApps } from "../../../../provider/src/lookups/mobile-app";
import { policies } from "../../../../provider/src/lookups/policy";
import { scripts } from "../../../../provider/src/lookups/script";
import { byName, listing } from "./fake-graph";

const GROUPS = "/groups";
const APPS = "/deviceAppManagement/mobileApps";
const SCRIPTS = "/deviceManagement/deviceManagementScripts";
const POLICIES = "/deviceManagement/configurationPolicies";
const TEMPLATE = "80d33118-b7b4-40d8-b15f-81be745e053f_1";
const FAMILY = "enrollmentConfiguration";

const group = (id: string, displayName: string, more: object = {}) => ({
  id,
  displayName,
  description: null,
  groupTypes: [],
  membershipRule: null,
  securityEnabled: true,
  ...more,
});

const policy = (id: string, name: string, templateFamily?: string, priority?: number) => ({
  id,
  name,
  templateReference: { templateId: templateFamily === FAMILY ? TEMPLATE : "", templateFamily },
  ...(priority !== undefined && { priorityMetaData: { priority } }),
});

const RULE = '(user.department -eq "Sales")';

const { graph, read } = listing({
  [APPS]: byName(
    [
      {
        "@odata.type": "#microsoft.graph.winGetApp",
        id: "1",
        displayName: "Company Portal",
        publisher: "Microsoft Corporation",
      },
      { id: "2", displayName: "Bare", publisher: null },
    ],
    "displayName",
  ),
  [SCRIPTS]: () => [
    { id: "1", displayName: "Set time zone", fileName: "Set-TimeZone.ps1" },
    { id: "2", displayName: "Set time", fileName: null },
    { id: "3", displayName: "Twice", fileName: "a.ps1" },
    { id: "4", displayName: "Twice", fileName: "b.ps1" },
  ],
  [GROUPS]: byName(
    [
      group("1", "Pilots", { description: "First" }),
      group("2", "Sales", { groupTypes: ["DynamicMembership"], membershipRule: RULE }),
      group("3", "Berlin"),
      group("4", "Berlin", { groupTypes: ["Unified", "DynamicMembership"] }),
      group("5", "Berlin", { securityEnabled: false }),
    ],
    "displayName",
  ),
  [POLICIES]: byName(
    [
      policy("1", "Laptops", FAMILY, 2),
      policy("2", "Laptops", "baseline"),
      policy("3", "Firewall", "endpointSecurityFirewall"),
      policy("4", "Kiosks", FAMILY),
      policy("5", "Wi-Fi"),
    ],
    "name",
  ),
});

beforeEach(() => (read.length = 0));

test("a mobile app has its type without the namespace, and its publisher", async () => {
  expect(await findOne(graph, mobileApps, "Company Portal")).toEqual({
    id: "1",
    displayName: "Company Portal",
    type: "winGetApp",
    publisher: "Microsoft Corporation",
  });
});

test("a mobile app without a type and a publisher is just an app", async () => {
  const bare = { id: "2", displayName: "Bare", type: "mobileApp" };
  expect(await findOne(graph, mobileApps, "Bare")).toEqual(bare);
});

test("a script has its file name, and is found in the list without a filter", async () => {
  expect(await findOne(graph, scripts, "Set time zone")).toEqual({
    id: "1",
    displayName: "Set time zone",
    fileName: "Set-TimeZone.ps1",
  });
  expect(read).toEqual([SCRIPTS]);
});

test("a script whose name only begins another's is found", async () => {
  expect(await findOne(graph, scripts, "Set time")).toMatchObject({ id: "2", fileName: "" });
});

test("a script that is not there costs no second request, and names similar ones", async () => {
  await expect(findOne(graph, scripts, "Set timezone")).rejects.toThrow(
    '"Set time zone" (Set-TimeZone.ps1, id 1)',
  );
  expect(read).toEqual([SCRIPTS]);
});

test("two scripts of a name are told apart by their files", async () => {
  await expect(findOne(graph, scripts, "Twice")).rejects.toThrow(/3 \(a\.ps1\)\n {2}4 \(b\.ps1\)/);
});

test("an assigned group has no rule", async () => {
  expect(await findOne(graph, groups, "Pilots")).toEqual({
    id: "1",
    displayName: "Pilots",
    description: "First",
    membershipType: "assigned",
  });
});

test("a dynamic group has its rule", async () => {
  expect(await findOne(graph, groups, "Sales")).toEqual({
    id: "2",
    displayName: "Sales",
    description: "",
    membershipType: "dynamic",
    membershipRule: RULE,
  });
});

test("groups of one name are listed with their kinds", async () => {
  await expect(findOne(graph, groups, "Berlin")).rejects.toThrow(
    [
      'getGroup: 3 objects are named "Berlin":',
      "  3 (assigned security group)",
      "  4 (dynamic Microsoft 365 group)",
      "  5 (assigned distribution group)",
      "  Write the id of the right one instead: in userGroupIds or deviceGroupId of a DevicePreparationPolicy.",
    ].join("\n"),
  );
});

test("a policy has its template and its priority; one of another kind and the same name doesn't count", async () => {
  expect(await findOne(graph, policies, "Laptops")).toEqual({
    id: "1",
    displayName: "Laptops",
    mode: "userDriven",
    templateId: TEMPLATE,
    priority: 2,
  });
});

test("a policy of which the service tells no priority has none", async () => {
  expect(await findOne(graph, policies, "Kiosks")).toEqual({
    id: "4",
    displayName: "Kiosks",
    mode: "userDriven",
    templateId: TEMPLATE,
  });
});

test.each([
  ["Firewall", "endpointSecurityFirewall"],
  ["Wi-Fi", "none"],
])("a policy of another kind is never the answer, but is named: %s", async (name, family) => {
  await expect(findOne(graph, policies, name)).rejects.toThrow(
    `"${name}" (another kind of policy, family ${family}, id `,
  );
});
