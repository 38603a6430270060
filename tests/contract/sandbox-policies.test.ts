/** Policies are made and listed. */
import {
  associationTemplate,
  automatic,
  automaticTemplate,
  type Json,
  userDriven,
  userDrivenTemplate,
} from "./sandbox-policies-bodies";
import { client, policies, userGroup } from "./sandbox-policies-client";

const values = (answer: { body: Json }): Json[] => answer.body["value"] as Json[];
const names = (answer: { body: Json }): unknown[] => values(answer).map((each) => each["name"]);

describe("POST", () => {
  it("answers as the portal's capture: no settings, no isAssigned, seven fractional digits", async () => {
    const { post } = client();
    const answer = await post(policies, userDriven());
    const { id, createdDateTime, lastModifiedDateTime, ...rest } = answer.body;
    expect(answer.status).toBe(201);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(createdDateTime).toMatch(/^2026-11-20T08:00:\d\d\.\d{7}Z$/);
    expect(lastModifiedDateTime).toBe(createdDateTime);
    expect(rest).toEqual({
      "@odata.context":
        "http://localhost/beta/$metadata#deviceManagement/configurationPolicies/$entity",
      name: "test",
      description: "",
      platforms: "windows10",
      technologies: "enrollment",
      settingCount: 11,
      creationSource: null,
      roleScopeTagIds: ["0"],
      templateReference: {
        templateId: userDrivenTemplate,
        templateFamily: "enrollmentConfiguration",
        templateDisplayName: "Device Preparation",
        templateDisplayVersion: "Version 1",
      },
      priorityMetaData: { priority: 1 },
    });
  });

  it("puts new policies at the end, and allows two of one name", async () => {
    const { made, get } = client();
    await made(userDriven());
    await made(automatic());
    const answer = await get(policies);
    expect(values(answer).map((each) => each["priorityMetaData"])).toEqual([
      { priority: 1 },
      { priority: 2 },
    ]);
    expect(names(answer)).toEqual(["test", "test"]);
  });

  it("exists on beta only", async () => {
    const { post, get } = client();
    for (const answer of [
      await get("/v1.0/deviceManagement/configurationPolicies"),
      await post("/v1.0/deviceManagement/configurationPolicies", userDriven()),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.message).toBe("Resource not found for the segment 'configurationPolicies'.");
    }
  });

  it.each([
    ["ignored", [1, 2]],
    ["honoured", [2, 1]],
  ] as const)(
    "priorityMetaData in the body is %s (switch priorityInBody)",
    async (priorityInBody, expected) => {
      const { made, tenant } = client({ switches: { priorityInBody } });
      const first = await made(userDriven());
      const second = await made(userDriven({ priorityMetaData: { priority: 1 } }));
      expect([first, second].map((id) => tenant.policies.get(id)?.priority)).toEqual(expected);
    },
  );
});

describe("the list", () => {
  async function three(): Promise<ReturnType<typeof client>> {
    const all = client();
    await all.made(userDriven({ name: "First" }));
    await all.made(automatic({ name: "Second" }));
    await all.made(
      userDriven({
        name: "Third",
        settings: [],
        templateReference: { templateId: associationTemplate },
      }),
    );
    return all;
  }

  it.each([
    ["technologies has 'enrollment'", 3],
    ["platforms eq 'windows10'", 3],
    [`templateReference/templateId eq '${automaticTemplate}'`, 1],
    [
      `(technologies has 'enrollment') and (platforms eq 'windows10') and (TemplateReference/templateId eq '${userDrivenTemplate}') and (Templatereference/templateFamily eq 'enrollmentConfiguration')`,
      1,
    ],
    ["templateReference/templateFamily eq 'enrollmentConfiguration'", 3],
    ["Name eq 'Second'", 1],
    ["name eq 'nobody'", 0],
  ])("$filter=%s finds %i (facts 1.1)", async (filter, count) => {
    const { get } = await three();
    const answer = await get(`${policies}?$filter=${encodeURIComponent(filter)}`);
    expect(answer.message).toBe("");
    expect(values(answer)).toHaveLength(count);
  });

  it("takes the whole query of the WADP sample, isAssigned included", async () => {
    const { get } = await three();
    const select =
      "id,name,description,platforms,lastModifiedDateTime,technologies,settingCount,roleScopeTagIds,isAssigned,templateReference,priorityMetaData";
    const filter = `(technologies has 'enrollment') and (platforms eq 'windows10') and (TemplateReference/templateId eq '${userDrivenTemplate}')`;
    // With the sample's own blanks.
    const answer = await get(
      `${policies}?$select=${select}%20&$top=100%20&$filter=${encodeURIComponent(filter)}%20`,
    );
    expect(answer.message).toBe("");
    expect(values(answer)).toHaveLength(1);
    expect(Object.keys(values(answer)[0] ?? {}).sort()).toEqual(select.split(",").sort());
    expect(values(answer)[0]?.["isAssigned"]).toBe(false);
  });

  it("refuses a property that the type doesn't have", async () => {
    const { get } = await three();
    expect((await get(`${policies}?$filter=displayName eq 'x'`)).status).toBe(400);
    expect((await get(`${policies}?$select=displayName`)).status).toBe(400);
    expect((await get(`${policies}?$expand=members`)).status).toBe(400);
  });

  it("brings settings and assignments of all in one answer (facts 1.5)", async () => {
    const { get, post } = await three();
    const [first] = values(await get(policies));
    await post(`${policies}/${String(first?.["id"])}/assign`, {
      assignments: [
        { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: userGroup } },
      ],
    });
    const answer = await get(
      `${policies}?$expand=settings,assignments&$filter=templateReference/templateFamily eq 'enrollmentConfiguration'`,
    );
    expect(
      values(answer).map((each) => [
        (each["settings"] as Json[]).length,
        (each["assignments"] as Json[]).length,
      ]),
    ).toEqual([
      [11, 1],
      [1, 0],
      [0, 0],
    ]);
  });

  it("pages with $top", async () => {
    const { get } = await three();
    const page = await get(`${policies}?$top=2`);
    expect(names(page)).toEqual(["First", "Second"]);
    const next = new URL(String(page.body["@odata.nextLink"]));
    const rest = await get(`${next.pathname}${next.search}`);
    expect(names(rest)).toEqual(["Third"]);
    expect(rest.body["@odata.nextLink"]).toBeUndefined();
  });
});
