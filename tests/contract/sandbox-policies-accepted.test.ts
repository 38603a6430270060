/** What the service accepts is accepted here, in every freedom that clients take. */
import { acceptedBodies as rows } from "./sandbox-policies-accepted-rows";
import {
  associationTemplate,
  changed,
  changedValue,
  choice,
  collection,
  type Json,
  prefix,
  script,
  simple,
  userDriven,
} from "./sandbox-policies-bodies";
import { client, policies } from "./sandbox-policies-client";

describe("a policy body is accepted:", () => {
  it.each(rows)("$title ($fact)", async ({ body, settings }) => {
    const { send, tenant } = client();
    const answer = await send("POST", policies, body);
    expect(answer.message).toBe("");
    expect(answer.status).toBe(201);
    expect(answer.body["settingCount"]).toBe(settings);
    expect(tenant.policies.size).toBe(1);
  });

  it("at least 20 of them, each with its fact", () => {
    expect(rows.length).toBeGreaterThanOrEqual(20);
    expect(rows.filter((row) => row.fact.length < 4)).toEqual([]);
  });
});

describe("the newer template", () => {
  /** Its ids are in no public source: a client reads them from the tenant. */
  async function discovered(): Promise<{
    settings: Json[];
    send: ReturnType<typeof client>["send"];
  }> {
    const { get, send } = client();
    const path = `/beta/deviceManagement/configurationPolicyTemplates('${associationTemplate}')/settingTemplates`;
    const answer = await get(`${path}?$expand=settingDefinitions`);
    const settings = (answer.body["value"] as Json[]).map((each) => {
      const template = each["settingInstanceTemplate"] as Json;
      const reference = {
        settingInstanceTemplateReference: {
          settingInstanceTemplateId: template["settingInstanceTemplateId"],
        },
      };
      const definition = (each["settingDefinitions"] as Json[])[0] ?? {};
      const name = String(template["settingDefinitionId"]).slice(prefix.length);
      const value = (property: string): Json => ({
        settingValueTemplateReference: {
          settingValueTemplateId: (template[property] as Json)["settingValueTemplateId"],
        },
      });
      if (definition["defaultOptionId"] !== undefined) {
        const setting = choice(name, definition["defaultOptionId"]);
        return changed(changedValue(setting, value("choiceSettingValueTemplate")), reference);
      }
      if (definition["maximumCount"] !== undefined)
        return changed(collection(name, [script(1)]), reference);
      const integer = String((definition["valueDefinition"] as Json)["@odata.type"]).includes(
        "Integer",
      );
      const setting = simple(name, integer ? "Integer" : "String", integer ? 30 : "text");
      return changed(changedValue(setting, value("simpleSettingValueTemplate")), reference);
    });
    return { settings, send };
  }

  it("takes all its settings with the ids that the tenant names", async () => {
    const { settings, send } = await discovered();
    expect(settings).toHaveLength(18);
    const answer = await send(
      "POST",
      policies,
      userDriven({ settings, templateReference: { templateId: associationTemplate } }),
    );
    expect(answer.message).toBe("");
    expect(answer.body["settingCount"]).toBe(18);
  });

  it("takes a device name template as child of the choice (PL4 dependentOn)", async () => {
    const { settings, send } = await discovered();
    const child = {
      "@odata.type": "#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance",
      settingDefinitionId: `${prefix}devicerenametemplate`,
      simpleSettingValue: {
        "@odata.type": "#microsoft.graph.deviceManagementConfigurationStringSettingValue",
        value: "MyCompany-%RAND:4%",
      },
    };
    const own =
      settings.find((each) => JSON.stringify(each).includes("applydevicerenametemplate")) ?? {};
    const renamed = changedValue(own, {
      value: `${prefix}applydevicerenametemplate_1`,
      children: [child],
    });
    const answer = await send(
      "POST",
      policies,
      userDriven({ settings: [renamed], templateReference: { templateId: associationTemplate } }),
    );
    expect(answer.status).toBe(201);
  });
});
