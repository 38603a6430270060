/** A policy is replaced, renamed, ordered, deleted. */
import { type Json, omit, simple, userDriven } from "./sandbox-policies-bodies";
import { client, deviceGroup, policies, userGroup } from "./sandbox-policies-client";

const values = (answer: { body: Json }): Json[] => answer.body["value"] as Json[];
const names = (answer: { body: Json }): unknown[] => values(answer).map((each) => each["name"]);

describe("PUT", () => {
  it("answers 204, replaces settings and texts, keeps assignments, membership target, order and creation date", async () => {
    const { made, send, get, post, tenant } = client();
    const id = await made(userDriven());
    await post(`${policies}/${id}/assign`, {
      assignments: [
        { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: userGroup } },
      ],
    });
    await post(`${policies}/${id}/setEnrollmentTimeDeviceMembershipTarget`, {
      enrollmentTimeDeviceMembershipTargets: [
        { targetType: "staticSecurityGroup", targetId: deviceGroup },
      ],
    });
    const before = (await get(`${policies}/${id}`)).body;
    const answer = await send(
      "PUT",
      `${policies}('${id}')`,
      userDriven({
        name: "renamed",
        description: "d",
        settings: [simple("timeout", "Integer", 90)],
        roleScopeTagIds: ["7"],
      }),
    );
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 204, body: {} });
    const after = (await get(`${policies}/${id}?$expand=settings,assignments`)).body;
    expect(after).toMatchObject({
      name: "renamed",
      description: "d",
      settingCount: 1,
      roleScopeTagIds: ["7"],
      createdDateTime: before["createdDateTime"],
      priorityMetaData: { priority: 1 },
    });
    expect(after["lastModifiedDateTime"]).not.toBe(before["lastModifiedDateTime"]);
    expect(after["assignments"]).toHaveLength(1);
    expect(tenant.policies.get(id)?.membershipTarget).toEqual({
      targetType: "staticSecurityGroup",
      targetId: deviceGroup,
    });
  });

  it.each([
    ["kept", ["0", "7"]],
    ["reset", ["0"]],
  ] as const)(
    "left-out scope tags are %s (switch roleScopeTagsOmitted)",
    async (roleScopeTagsOmitted, expected) => {
      const { made, send, get } = client({ switches: { roleScopeTagsOmitted } });
      const id = await made(userDriven({ roleScopeTagIds: ["0", "7"] }));
      await send("PUT", `${policies}/${id}`, omit(userDriven(), "roleScopeTagIds"));
      expect((await get(`${policies}/${id}`)).body["roleScopeTagIds"]).toEqual(expected);
    },
  );

  it.each([
    ["kept", "text"],
    ["reset", null],
  ] as const)(
    "a left-out description is %s (switch descriptionOmitted)",
    async (descriptionOmitted, expected) => {
      const { made, send, get } = client({ switches: { descriptionOmitted } });
      const id = await made(userDriven({ description: "text" }));
      await send("PUT", `${policies}/${id}`, omit(userDriven(), "description"));
      expect((await get(`${policies}/${id}`)).body["description"]).toBe(expected);
    },
  );
});

describe("PATCH, reorder, DELETE", () => {
  it("PATCH of texts and scope tags answers 200 with the object (facts 5)", async () => {
    const { made, send, get } = client();
    const id = await made(userDriven());
    const answer = await send("PATCH", `${policies}/${id}`, {
      name: "new",
      description: null,
      roleScopeTagIds: ["7"],
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id,
      name: "new",
      description: null,
      roleScopeTagIds: ["7"],
      settingCount: 11,
    });
    expect((await get(`${policies}/${id}`)).body["name"]).toBe("new");
  });

  it("reorder answers 204 and shifts the others", async () => {
    const { made, post, get } = client();
    const made4: string[] = [];
    for (const name of ["a", "b", "c", "d"]) made4.push(await made(userDriven({ name })));
    const answer = await post(`${policies}('${made4[3]}')/reorder`, { priority: 2 });
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 204, body: {} });
    expect(names(await get(policies))).toEqual(["a", "d", "b", "c"]);
    await post(`${policies}/${made4[0]}/reorder`, { priority: 500 });
    const listed = await get(policies);
    expect(names(listed)).toEqual(["d", "b", "c", "a"]);
    expect(values(listed).map((each) => (each["priorityMetaData"] as Json)["priority"])).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it("DELETE answers 204 without unassigning first; the rest closes up", async () => {
    const { made, send, get, post } = client();
    const first = await made(userDriven({ name: "a" }));
    await made(userDriven({ name: "b" }));
    await post(`${policies}/${first}/assign`, {
      assignments: [
        { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: userGroup } },
      ],
    });
    expect((await send("DELETE", `${policies}/${first}`)).status).toBe(204);
    expect((await get(`${policies}/${first}`)).status).toBe(404);
    expect(values(await get(policies))[0]).toMatchObject({
      name: "b",
      priorityMetaData: { priority: 1 },
    });
  });
});
