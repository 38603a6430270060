/** Whom a policy is for: the whole set is replaced, and isAssigned follows. */
import { automatic, type Json, userDriven } from "./sandbox-policies-bodies";
import { client, otherUserGroup, policies, userGroup } from "./sandbox-policies-client";

const allUsers = "acacacac-9df4-4c7d-9d50-4ef0226f57a9";
const allDevices = "adadadad-808e-44e2-905a-0b7873a8a531";
const graph = "#microsoft.graph.";
const target = (groupId: string, more: Json = {}): Json => ({
  target: { "@odata.type": `${graph}groupAssignmentTarget`, groupId, ...more },
});
const typed = (type: string, more: Json = {}): Json => ({
  target: { "@odata.type": `${graph}${type}`, ...more },
});
const groupsOf = (answer: { body: Json }): unknown[] =>
  (answer.body["value"] as Json[]).map((each) => (each["target"] as Json)["groupId"]);

describe("assign", () => {
  it("answers 200 with the set, in the shape that other tools read (facts 3)", async () => {
    const { made, post, get } = client();
    const id = await made(userDriven());
    const answer = await post(`${policies}('${id}')/assign`, { assignments: [target(userGroup)] });
    const expected = [
      {
        id: `${id}_${userGroup}`,
        source: "direct",
        sourceId: id,
        target: {
          "@odata.type": "#microsoft.graph.groupAssignmentTarget",
          deviceAndAppManagementAssignmentFilterId: null,
          deviceAndAppManagementAssignmentFilterType: "none",
          groupId: userGroup,
        },
      },
    ];
    expect(answer.status).toBe(200);
    expect(answer.body["value"]).toEqual(expected);
    expect((await get(`${policies}/${id}/assignments`)).body["value"]).toEqual(expected);
    expect((await get(`${policies}/${id}?$expand=assignments`)).body["assignments"]).toEqual(
      expected,
    );
    expect((await get(`${policies}/${id}/assignments/${id}_${userGroup}`)).body["id"]).toBe(
      `${id}_${userGroup}`,
    );
  });

  it("takes the portal's body: id, source and filter type with it (WADP)", async () => {
    const { made, post } = client();
    const id = await made(userDriven());
    const portal = {
      id: "",
      source: "direct",
      ...target(userGroup, { deviceAndAppManagementAssignmentFilterType: "none" }),
    };
    const answer = await post(`${policies}/${id}/assign`, { assignments: [portal] });
    expect(answer.message).toBe("");
    expect((answer.body["value"] as Json[])[0]?.["id"]).toBe(`${id}_${userGroup}`);
  });

  it("replaces the whole set, merges duplicates, and is cleared by an empty list", async () => {
    const { made, post, get } = client();
    const id = await made(userDriven());
    const assign = (...ids: string[]): ReturnType<typeof post> =>
      post(`${policies}/${id}/assign`, { assignments: ids.map((each) => target(each)) });
    expect(groupsOf(await assign(userGroup, userGroup.toUpperCase(), otherUserGroup))).toEqual([
      userGroup,
      otherUserGroup,
    ]);
    expect(groupsOf(await assign(otherUserGroup))).toEqual([otherUserGroup]);
    expect((await get(`${policies}/${id}?$select=isAssigned`)).body["isAssigned"]).toBe(true);
    expect(groupsOf(await assign())).toEqual([]);
    expect((await get(`${policies}/${id}?$select=isAssigned`)).body["isAssigned"]).toBe(false);
  });

  it("takes the virtual group of all users, which no directory has", async () => {
    const { made, post, tenant } = client();
    const id = await made(userDriven());
    expect(
      groupsOf(await post(`${policies}/${id}/assign`, { assignments: [target(allUsers)] })),
    ).toEqual([allUsers]);
    expect(tenant.groups.has(allUsers)).toBe(false);
  });

  it("leaves the old set alone when one target is refused", async () => {
    const { made, post, get } = client();
    const id = await made(userDriven());
    await post(`${policies}/${id}/assign`, { assignments: [target(userGroup)] });
    const refused = await post(`${policies}/${id}/assign`, {
      assignments: [target(otherUserGroup), target("00000000-0000-4000-8000-000000000001")],
    });
    expect(refused.status).toBe(400);
    expect(groupsOf(await get(`${policies}/${id}/assignments`))).toEqual([userGroup]);
  });

  it("is disabled by the automatic template, but may be told that there is nothing (PL4 disableEntraGroupPolicyAssignment)", async () => {
    const { made, post } = client();
    const id = await made(automatic());
    const refused = await post(`${policies}/${id}/assign`, { assignments: [target(userGroup)] });
    expect(refused.status).toBe(400);
    expect(refused.message).toMatch(/disables assignment/);
    // Terraform sends an empty list for every policy (docs/graph-facts.md, TF: crud.go).
    expect((await post(`${policies}/${id}/assign`, { assignments: [] })).status).toBe(200);
  });
});

describe("switches", () => {
  it.each([
    ["allDevicesTarget", "accepted", typed("allDevicesAssignmentTarget"), `_${allDevices}`],
    ["allDevicesTarget", "accepted", target(allDevices), `_${allDevices}`],
    [
      "exclusionTarget",
      "accepted",
      typed("exclusionGroupAssignmentTarget", { groupId: userGroup }),
      `_${userGroup}`,
    ],
  ] as const)("%s = %s takes what the default refuses", async (name, position, item, suffix) => {
    const refusing = client();
    const first = await refusing.made(userDriven());
    expect(
      (await refusing.post(`${policies}/${first}/assign`, { assignments: [item] })).status,
    ).toBe(400);
    const accepting = client({ switches: { [name]: position } });
    const id = await accepting.made(userDriven());
    const answer = await accepting.post(`${policies}/${id}/assign`, { assignments: [item] });
    expect(answer.message).toBe("");
    expect((answer.body["value"] as Json[])[0]?.["id"]).toBe(`${id}${suffix}`);
  });

  it.each([
    ["allLicensedUsersTarget", "refused", typed("allLicensedUsersAssignmentTarget")],
    [
      "assignmentFilter",
      "refused",
      target(userGroup, {
        deviceAndAppManagementAssignmentFilterId: userGroup,
        deviceAndAppManagementAssignmentFilterType: "include",
      }),
    ],
  ] as const)("%s = %s refuses what the default takes", async (name, position, item) => {
    const accepting = client();
    const first = await accepting.made(userDriven());
    expect(
      (await accepting.post(`${policies}/${first}/assign`, { assignments: [item] })).status,
    ).toBe(200);
    const refusing = client({ switches: { [name]: position } });
    const id = await refusing.made(userDriven());
    expect((await refusing.post(`${policies}/${id}/assign`, { assignments: [item] })).status).toBe(
      400,
    );
  });
});
