import {
  ALL_USERS_GROUP_ID,
  assignmentsOf,
  assignmentTargets,
} from "../../../../provider/src/kinds/assignments";
import { id } from "../values";

const target = (kind: string, groupId?: string | null) => ({
  target: { "@odata.type": `#microsoft.graph.${kind}`, ...(groupId !== undefined && { groupId }) },
});
const group = (groupId: string) => target("groupAssignmentTarget", groupId);
const none = { userGroupIds: [], assignToAllUsers: false, otherAssignments: [] };

describe("written are", () => {
  test("groups as group targets", () => {
    expect(assignmentTargets({ userGroupIds: [id(1), id(2)] })).toEqual([
      group(id(1)),
      group(id(2)),
    ]);
  });

  test("all users as the group that stands for them", () => {
    expect(assignmentTargets({ assignToAllUsers: true })).toEqual([
      group("acacacac-9df4-4c7d-9d50-4ef0226f57a9"),
    ]);
  });

  test("none as an empty set, which clears", () => {
    expect(assignmentTargets({})).toEqual([]);
  });
});

describe("read are", () => {
  test.each<[string, Parameters<typeof assignmentsOf>[0], object]>([
    ["none", [], {}],
    ["groups in order", [group(id(2)), group(id(1))], { userGroupIds: [id(1), id(2)] }],
    ["groups in lower case", [group(id(10).toUpperCase())], { userGroupIds: [id(10)] }],
    ["groups once each", [group(id(1)), group(id(1))], { userGroupIds: [id(1)] }],
    ["all users", [group(ALL_USERS_GROUP_ID)], { assignToAllUsers: true }],
    [
      "all users in upper case",
      [group(ALL_USERS_GROUP_ID.toUpperCase())],
      { assignToAllUsers: true },
    ],
    [
      "all users by the target without effect, as another kind",
      [target("allLicensedUsersAssignmentTarget")],
      { otherAssignments: ["allLicensedUsersAssignmentTarget"] },
    ],
    [
      "excluded groups, as another kind",
      [target("exclusionGroupAssignmentTarget", id(10).toUpperCase())],
      { otherAssignments: [`exclusionGroupAssignmentTarget ${id(10)}`] },
    ],
    [
      "a group target without a group",
      [target("groupAssignmentTarget", null)],
      { otherAssignments: ["groupAssignmentTarget"] },
    ],
    ["an empty assignment", [{}], { otherAssignments: ["unknown target"] }],
  ])("%s", (_fact, assignments, found) => {
    expect(assignmentsOf(assignments)).toEqual({ ...none, ...found });
  });
});

test("what was written is read back the same", () => {
  const inputs = { userGroupIds: [id(1), id(2)], assignToAllUsers: true };
  expect(assignmentsOf(assignmentTargets(inputs))).toEqual({ ...none, ...inputs });
});
