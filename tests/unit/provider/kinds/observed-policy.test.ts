import type {
  ConfigurationPolicy,
  MembershipTarget,
} from "../../../../provider/src/graph/configuration-policies";
import { live } from "../../../../provider/src/kinds/observed-policy";
import { POLICY_FIELDS } from "../../../../provider/src/kinds/policy-fields";
import { changedKeys } from "../../../../provider/src/lifecycle/diff";
import { failureText } from "../../../../provider/src/lifecycle/failure";
import type { Props } from "../../../../provider/src/lifecycle/props";
import { MODES, TEMPLATES } from "../../../../provider/src/policy/settings";
import { id } from "../values";

const GROUP = id(10);
const OTHER = id(11);
const CODE = "firstPartyAppNotAnOwner";

const POLICY = {
  id: id(1),
  name: "P",
  description: "d",
  roleScopeTagIds: ["0"],
  templateReference: { templateId: TEMPLATES.userDriven },
  settings: [],
  assignments: [],
} satisfies ConfigurationPolicy;

/** What is read of the device group, where the state says that. */
function group(target: MembershipTarget | undefined, state: Props | undefined): Props {
  const { inputs } = live({ policy: POLICY, target }, state);
  const { deviceGroupId, deviceGroupStatus } = inputs;
  return {
    ...("deviceGroupId" in inputs && { deviceGroupId }),
    ...("deviceGroupStatus" in inputs && { deviceGroupStatus }),
  };
}

const DECLARED = { deviceGroupId: GROUP, deviceGroupStatus: "bound" };
const UNDECLARED = {};
const none = { status: "none" };
const bound = (groupId: string) => ({ groupId, status: "bound" });
const rejected = (groupId: string) => ({ groupId, status: CODE });

describe("the device group of a policy that declares one is", () => {
  test.each<[string, MembershipTarget | undefined, Props, string[]]>([
    ["bound, as declared", bound(GROUP), DECLARED, []],
    ["not known: state stays", undefined, DECLARED, []],
    ["none", none, { deviceGroupStatus: "bound" }, ["deviceGroupId"]],
    [
      "another",
      bound(OTHER),
      { deviceGroupId: OTHER, deviceGroupStatus: "bound" },
      ["deviceGroupId"],
    ],
    [
      "rejected",
      rejected(GROUP),
      { deviceGroupId: GROUP, deviceGroupStatus: CODE },
      ["deviceGroupStatus"],
    ],
  ])("%s", (_fact, target, found, keys) => {
    const read = group(target, DECLARED);
    expect(read).toEqual(found);
    expect(changedKeys(POLICY_FIELDS, read, DECLARED)).toEqual(keys);
  });

  test("the same when the state says that it was rejected before", () => {
    const state = { ...DECLARED, deviceGroupStatus: CODE };
    expect(group(bound(GROUP), state)).toEqual(DECLARED);
    expect(group(undefined, state)).toEqual(state);
  });
});

describe("the device group of a policy that declares none is", () => {
  test.each<[string, MembershipTarget | undefined, Props, string[]]>([
    ["none, as declared", none, {}, []],
    ["not known: state stays", undefined, {}, []],
    ["bound, in the id alone", bound(GROUP), { deviceGroupId: GROUP }, ["deviceGroupId"]],
    [
      "rejected: both, as both are wrong",
      rejected(GROUP),
      { deviceGroupId: GROUP, deviceGroupStatus: CODE },
      ["deviceGroupId", "deviceGroupStatus"],
    ],
  ])("%s", (_fact, target, found, keys) => {
    const read = group(target, UNDECLARED);
    expect(read).toEqual(found);
    expect(changedKeys(POLICY_FIELDS, read, UNDECLARED)).toEqual(keys);
  });
});

describe("the device group of a policy that is read for the first time is", () => {
  test.each<[string, MembershipTarget | undefined, Props]>([
    ["none", none, {}],
    ["not known", undefined, {}],
    ["bound, with its status", bound(GROUP), DECLARED],
    ["rejected, with the code", rejected(GROUP), { ...DECLARED, deviceGroupStatus: CODE }],
  ])("%s", (_fact, target, found) => {
    expect(group(target, undefined)).toEqual(found);
  });
});

describe("what comes in another shape is read:", () => {
  const read = (changes: object) =>
    live({ policy: { ...POLICY, ...changes }, target: none }, undefined);

  test.each<[string, object, object]>([
    ["no description", { description: undefined }, { description: "" }],
    ["a description of null", { description: null }, { description: "" }],
    ["no scope tags", { roleScopeTagIds: undefined }, { roleScopeTagIds: [] }],
    ["scope tags of null", { roleScopeTagIds: null }, { roleScopeTagIds: [] }],
    [
      "scope tags that are no texts, as their JSON",
      { roleScopeTagIds: ["0", 7, null, { toString: 1 }] },
      { roleScopeTagIds: ["0", "7", "null", '{"toString":1}'] },
    ],
    ["no settings", { settings: undefined }, { appIds: [], scriptIds: [] }],
    ["settings of null", { settings: null }, { appIds: [], scriptIds: [] }],
    ["no assignments", { assignments: undefined }, { userGroupIds: [], otherAssignments: [] }],
    ["assignments of null", { assignments: null }, { userGroupIds: [], otherAssignments: [] }],
    [
      "assignments that are none",
      { assignments: [null, 5, [], { target: "x" }, { target: { groupId: 5 } }] },
      { userGroupIds: [], otherAssignments: Array(5).fill("unknown target") },
    ],
    [
      "a target whose kind is no text",
      { assignments: [{ target: { "@odata.type": 1, groupId: GROUP } }] },
      { otherAssignments: [`unknown target ${GROUP}`] },
    ],
  ])("%s", (_fact, changes, found) => {
    expect(read(changes).inputs).toMatchObject(found);
  });

  test.each<[unknown, object]>([
    [undefined, {}],
    [null, {}],
    [{}, {}],
    [{ priority: "3" }, {}],
    [{ priority: 3 }, { priority: 3 }],
  ])("a priority of %j", (priorityMetaData, found) => {
    expect(read({ priorityMetaData }).outputs).toEqual({
      templateId: TEMPLATES.userDriven,
      ...found,
    });
  });
});

describe("what can't be read is an error that names the policy and the place:", () => {
  test.each<[string, object, string]>([
    ["no name", { name: undefined }, `policy ${id(1)} can't be read: name is missing.`],
    ["a name of another kind", { name: 5 }, `policy ${id(1)} can't be read: name is 5.`],
    [
      "a description of another kind",
      { description: ["d"] },
      `policy "P" can't be read: description is a list.`,
    ],
    [
      "no template",
      { templateReference: undefined },
      `policy "P" can't be read: templateReference.templateId is missing.`,
    ],
    [
      "a template of null",
      { templateReference: null },
      `policy "P" can't be read: templateReference.templateId is missing.`,
    ],
    [
      "a template of another kind",
      { templateReference: { templateId: { toString: 1 } } },
      `policy "P" can't be read: templateReference.templateId is an object.`,
    ],
    [
      "settings that are no list",
      { settings: {} },
      `policy "P" can't be read: settings is an object.`,
    ],
    [
      "settings that are a text",
      { settings: "@{}" },
      `policy "P" can't be read: settings is "@{}".`,
    ],
    [
      "several at once",
      { assignments: 0, roleScopeTagIds: "0" },
      `policy "P" can't be read: roleScopeTagIds is "0", assignments is 0.`,
    ],
    [
      "a template of a later version",
      { templateReference: { templateId: "other_1" } },
      `policy "P" was made from the template other_1, which this version does not know.`,
    ],
  ])("%s", (_fact, changes, message) => {
    const read = () => live({ policy: { ...POLICY, ...changes }, target: none }, undefined);
    expect(read).toThrow(expect.objectContaining({ name: "Failure", message }) as Error);
  });

  test("an unknown template comes with those that are known", () => {
    let text = "";
    try {
      live({ policy: { ...POLICY, templateReference: { templateId: "x" } }, target: none }, {});
    } catch (error) {
      text = failureText(error);
    }
    for (const mode of MODES) expect(text).toContain(TEMPLATES[mode]);
  });
});
