import { v1 } from "pulumi-autopilot/runtime";
import { deviceGroup } from "../../../../provider/src/kinds/device-group";
import { userGroup } from "../../../../provider/src/kinds/user-group";
import { changedKeys } from "../../../../provider/src/lifecycle/diff";
import type { Kind } from "../../../../provider/src/lifecycle/kind";
import type { Graph } from "../../../../provider/src/graph/client";
import { id } from "../values";
import { reading } from "./fake-graph";

const APP_ID = "f1346770-5b25-470b-88bd-d5744ab7952c";
const ID = id(1);
const RULE = '(user.department -eq "Sales")';

const GROUP = {
  id: ID,
  displayName: "Group",
  description: "d",
  mailNickname: "group",
  mailEnabled: false,
  securityEnabled: true,
  isAssignableToRole: null,
  groupTypes: [],
  membershipRule: null,
  membershipRuleProcessingState: null,
};
const DYNAMIC = {
  groupTypes: ["DynamicMembership"],
  membershipRule: RULE,
  membershipRuleProcessingState: "On",
};
const GIVEN = { displayName: "Group", description: "d", mailNickname: "group" };

const INTUNE = { "@odata.type": "#microsoft.graph.servicePrincipal", id: id(50), appId: APP_ID };
const HIDDEN = { ...INTUNE, appId: null };

/** The properties in which a live group differs from what the program declared. */
async function drift(
  kind: Kind<Graph>,
  declared: object,
  { group = {}, owners = [INTUNE], members = [] }: Tenant,
): Promise<string[] | undefined> {
  const { inputs } = v1(kind.name).check({}, { ...GIVEN, ...declared });
  const context = reading({
    [`/groups/${ID}`]: { ...GROUP, ...group },
    [`/groups/${ID}/owners`]: { value: owners },
    [`/groups/${ID}/members`]: { value: members },
    [`/servicePrincipals(appId='${APP_ID}')`]: { id: INTUNE.id },
  });
  const live = await kind.read(context, ID, inputs);
  const local = Object.entries(kind.fields).filter(([, field]) => field.local);
  const kept = Object.fromEntries(local.map(([key]) => [key, inputs[key]]));
  return live && changedKeys(kind.fields, { ...kept, ...live.inputs }, inputs);
}

interface Tenant {
  group?: object;
  owners?: object[];
  members?: { id: string }[];
}

describe("of a device group", () => {
  test.each<[string, object, Tenant, string[]]>([
    ["nothing that is as declared shows", {}, {}, []],
    ["another name shows", {}, { group: { displayName: "x" } }, ["displayName"]],
    ["another description shows", {}, { group: { description: null } }, ["description"]],
    ["another nickname shows", {}, { group: { mailNickname: "x" } }, ["mailNickname"]],
    ["a removed owner shows as ownedByIntune", {}, { owners: [] }, ["ownedByIntune"]],
    [
      "an owner of the same name and another app is not Intune",
      {},
      { owners: [{ ...INTUNE, id: id(51), appId: id(9) }] },
      ["ownedByIntune"],
    ],
    ["an owner whose app id is hidden is known by its own id", {}, { owners: [HIDDEN] }, []],
    [
      "another owner whose app id is hidden is not Intune",
      {},
      { owners: [{ ...HIDDEN, id: id(51) }] },
      ["ownedByIntune"],
    ],
    ["a dynamic group shows as membershipType", {}, { group: DYNAMIC }, ["membershipType"]],
    ["others' owners do not show", {}, { owners: [INTUNE, { id: id(7) }] }, []],
    [
      "a named owner that is there does not show",
      { additionalOwnerIds: [id(7)] },
      { owners: [INTUNE, { id: id(7) }, { id: id(8) }] },
      [],
    ],
    [
      "a named owner that is missing shows",
      { additionalOwnerIds: [id(7)] },
      {},
      ["additionalOwnerIds"],
    ],
    ["members do not show", {}, { members: [{ id: id(7) }] }, []],
  ])("%s", async (_fact, declared, tenant, keys) => {
    expect(await drift(deviceGroup, declared, tenant)).toEqual(keys);
  });
});

describe("of a user group", () => {
  const rule = { membershipRule: RULE };

  test.each<[string, object, Tenant, string[]]>([
    ["nothing that is as declared shows", {}, {}, []],
    ["nothing of a dynamic group that is as declared shows", rule, { group: DYNAMIC }, []],
    ["another name shows", {}, { group: { displayName: "x" } }, ["displayName"]],
    ["members that are left alone do not show", {}, { members: [{ id: id(7) }] }, []],
    [
      "members in another order and case do not show",
      { memberIds: [id(10), id(11)] },
      { members: [{ id: id(11) }, { id: id(10).toUpperCase() }] },
      [],
    ],
    ["a missing member shows", { memberIds: [id(7)] }, {}, ["memberIds"]],
    ["a surplus member shows", { memberIds: [] }, { members: [{ id: id(7) }] }, ["memberIds"]],
    [
      "another rule shows",
      rule,
      { group: { ...DYNAMIC, membershipRule: "(x)" } },
      ["membershipRule"],
    ],
    [
      "paused processing shows",
      rule,
      { group: { ...DYNAMIC, membershipRuleProcessingState: "Paused" } },
      ["ruleProcessing"],
    ],
    [
      "a dynamic group that was made assigned shows",
      rule,
      {},
      ["membershipRule", "ruleProcessing", "membershipType"],
    ],
    [
      "an assigned group that was made dynamic shows",
      {},
      { group: DYNAMIC },
      ["membershipRule", "ruleProcessing", "membershipType"],
    ],
  ])("%s", async (_fact, declared, tenant, keys) => {
    expect(await drift(userGroup, declared, tenant)).toEqual(keys);
  });
});

describe.each([deviceGroup, userGroup])("$noun:", (kind) => {
  test("a deleted group is read as nothing", async () => {
    expect(await kind.read(reading({}), ID, {})).toBeUndefined();
  });

  test.each([
    ["mail-enabled", { mailEnabled: true }],
    ["no security group", { securityEnabled: false }],
    ["assignable to roles", { isAssignableToRole: true }],
  ])("a group that is %s is an error, as that can't be mended", async (text, group) => {
    await expect(drift(kind, {}, { group })).rejects.toThrow(
      `group "Group" (id ${ID}) is ${text}, which was fixed when it was made.`,
    );
  });
});
