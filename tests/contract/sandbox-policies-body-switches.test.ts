/** Where the sources about bodies are silent: the other position of each switch. */
import {
  associationTemplate,
  collection,
  type Json,
  omit,
  option,
  prefix,
  scalars,
  script,
  simple,
  userDriven,
  withSetting,
} from "./sandbox-policies-bodies";
import { client, policies } from "./sandbox-policies-client";

const values = (answer: { body: Json }): Json[] => answer.body["value"] as Json[];

describe("switches of the body, the other position", () => {
  it.each([
    [
      "requiredSettings",
      "required",
      userDriven({ settings: scalars().slice(1) }),
      /required settings are missing: enrollment_autopilot_dpp_deploymentmode$/,
    ],
    [
      "emptyCollection",
      "refused",
      withSetting(collection("allowedappids", []), "allowedappids"),
      /collection without values/,
    ],
    [
      "valueTemplateReference",
      "required",
      withSetting(
        option("allowskip", 1, { settingValueTemplateReference: undefined }),
        "allowskip",
      ),
      /settingValueTemplateReference: is missing/,
    ],
  ] as const)("%s = %s refuses what the default accepts", async (name, position, body, says) => {
    expect((await client().post(policies, body)).status).toBe(201);
    const answer = await client({ switches: { [name]: position } }).post(policies, body);
    expect(answer.status).toBe(400);
    expect(answer.message).toMatch(says);
    expect(
      (await client({ switches: { [name]: position } }).post(policies, userDriven())).status,
    ).toBe(201);
  });

  it("unpublishedTemplateIds = any takes real ids that nobody published, but none that belong elsewhere", async () => {
    const at = (id: string): Json =>
      userDriven({
        settings: [collection("allowedscriptids", [script(1)], id)],
        templateReference: { templateId: associationTemplate },
      });
    const fresh = "abcdefab-1111-4222-8333-444444444444";
    const seeded = client();
    const any = client({ switches: { unpublishedTemplateIds: "any" } });
    expect((await seeded.post(policies, at(fresh))).status).toBe(400);
    expect((await any.post(policies, at(fresh))).status).toBe(201);
    expect((await any.post(policies, at("1bc67702-800c-4271-8fd9-609351cc19cf"))).status).toBe(400);
    // The ids of the older template are published and stay strict.
    expect(
      (
        await any.post(
          policies,
          withSetting(collection("allowedscriptids", [script(1)], fresh), "allowedscriptids"),
        )
      ).status,
    ).toBe(400);
  });

  it("deviceNameTemplateLimit = 15 refuses what expands to more", async () => {
    const path = `/beta/deviceManagement/configurationPolicyTemplates/${associationTemplate}/settingTemplates`;
    for (const [limit, status] of [
      ["63", 201],
      ["15", 400],
    ] as const) {
      const { get, post } = client({ switches: { deviceNameTemplateLimit: limit } });
      const own = values(await get(path))
        .map((each) => each["settingInstanceTemplate"] as Json)
        .find((each) => each["settingDefinitionId"] === `${prefix}applydevicerenametemplate`);
      const setting = option("applydevicerenametemplate", 1, {
        children: [
          omit(
            simple("devicerenametemplate", "String", "MyCompany-%RAND:6%")[
              "settingInstance"
            ] as Json,
            "settingInstanceTemplateReference",
          ),
        ],
      });
      (setting["settingInstance"] as Json)["settingInstanceTemplateReference"] = {
        settingInstanceTemplateId: own?.["settingInstanceTemplateId"],
      };
      const answer = await post(
        policies,
        userDriven({ settings: [setting], templateReference: { templateId: associationTemplate } }),
      );
      expect([limit, answer.status]).toEqual([limit, status]);
    }
  });
});
