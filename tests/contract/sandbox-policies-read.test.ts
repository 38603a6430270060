/** One policy and its settings, as the service shows them. */
import {
  app,
  automatic,
  collection,
  type Json,
  prefix,
  userDriven,
} from "./sandbox-policies-bodies";
import { client, policies } from "./sandbox-policies-client";

const values = (answer: { body: Json }): Json[] => answer.body["value"] as Json[];

describe("reading one", () => {
  it("gives settings with index ids in the form of the service", async () => {
    const { made, get } = client();
    const id = await made(userDriven());
    const answer = await get(`${policies}('${id}')?$expand=settings`);
    const settings = answer.body["settings"] as Json[];
    expect(settings.map((each) => each["id"])).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
      "8",
      "9",
      "10",
    ]);
    expect(settings[0]).toEqual({
      id: "0",
      settingInstance: {
        "@odata.type": "#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance",
        settingDefinitionId: `${prefix}deploymentmode`,
        settingInstanceTemplateReference: {
          settingInstanceTemplateId: "5180aeab-886e-4589-97d4-40855c646315",
        },
        choiceSettingValue: {
          settingValueTemplateReference: {
            settingValueTemplateId: "5874c2f6-bcf1-463b-a9eb-bee64e2f2d82",
            useTemplateDefault: false,
          },
          value: `${prefix}deploymentmode_0`,
          children: [],
        },
      },
    });
    // The stray "@odata." key of the portal is gone, the app string is as it came.
    expect((settings[9]?.["settingInstance"] as Json)["simpleSettingCollectionValue"]).toEqual([
      {
        "@odata.type": "#microsoft.graph.deviceManagementConfigurationStringSettingValue",
        settingValueTemplateReference: null,
        value: app(1),
      },
      {
        "@odata.type": "#microsoft.graph.deviceManagementConfigurationStringSettingValue",
        settingValueTemplateReference: null,
        value: app(2, "winGetApp"),
      },
    ]);
  });

  it("gives definitions with the settings (Microsoft365DSC)", async () => {
    const { made, get } = client();
    const id = await made(userDriven());
    const answer = await get(`${policies}('${id}')?$expand=settings($expand=settingDefinitions)`);
    const timeout = (answer.body["settings"] as Json[])[4];
    expect((timeout?.["settingDefinitions"] as Json[])[0]).toMatchObject({
      id: `${prefix}timeout`,
      valueDefinition: { minimumValue: 15, maximumValue: 720 },
    });
    const listed = await get(`${policies}/${id}/settings?$expand=settingDefinitions&$top=1000`);
    expect(values(listed)[4]).toEqual(timeout);
  });

  it.each([
    ["kept", [app(1), app(2)]],
    ["reversed", [app(2), app(1)]],
  ] as const)("order is %s (switch settingOrder)", async (settingOrder, expected) => {
    const { made, get } = client({ switches: { settingOrder } });
    const id = await made(
      automatic({
        settings: [
          collection("allowedappids", [app(1), app(2)], "a9dedfd6-c3b2-46d9-ae39-91fd0dcb7a20"),
        ],
      }),
    );
    const [setting] = values(await get(`${policies}/${id}/settings`));
    const items = (setting?.["settingInstance"] as Json)["simpleSettingCollectionValue"] as Json[];
    expect(items.map((item) => item["value"])).toEqual(expected);
  });

  it.each([
    ["absent", undefined],
    ["present", false],
  ] as const)(
    "isAssigned without $select is %s (switch isAssignedUnselected)",
    async (isAssignedUnselected, expected) => {
      const { made, get } = client({ switches: { isAssignedUnselected } });
      const id = await made(userDriven());
      expect((await get(`${policies}/${id}`)).body["isAssigned"]).toBe(expected);
      expect((await get(`${policies}/${id}?$select=id,isAssigned`)).body).toMatchObject({
        id,
        isAssigned: false,
      });
    },
  );

  it("pages settings by 25 without $top (facts 1.5)", async () => {
    const { made, get, tenant } = client();
    const id = await made(userDriven());
    const policy = tenant.policies.get(id);
    // No template of these holds so many; another kind of policy may.
    if (policy !== undefined)
      policy.settings = Array.from({ length: 27 }, () => policy.settings[0]);
    const page = await get(`${policies}/${id}/settings`);
    expect(values(page)).toHaveLength(25);
    const next = new URL(String(page.body["@odata.nextLink"]));
    expect(values(await get(`${next.pathname}${next.search}`)).map((each) => each["id"])).toEqual([
      "25",
      "26",
    ]);
    expect(values(await get(`${policies}/${id}/settings?$top=100`))).toHaveLength(27);
  });

  it.each([
    ["404", 404],
    ["400", 400],
  ] as const)(
    "a policy that isn't there answers %s in Intune's words (switch missingPolicy)",
    async (missingPolicy, status) => {
      const { send } = client({ switches: { missingPolicy } });
      const path = `${policies}('00000000-0000-4000-8000-00000000e2e1')`;
      for (const [method, tail, body] of [
        ["GET", "", undefined],
        ["GET", "/settings", undefined],
        ["DELETE", "", undefined],
        ["PUT", "", userDriven()],
        ["POST", "/assign", { assignments: [] }],
      ] as const) {
        const answer = await send(method, `${path}${tail}`, body);
        expect([method, tail, answer.status, answer.code]).toEqual([
          method,
          tail,
          status,
          "ResourceNotFound",
        ]);
        expect((JSON.parse(answer.message) as Json)["Message"]).toMatch(
          /^An error has occurred - Operation ID \(for customer support\): 0{8}-/,
        );
      }
    },
  );
});
