/** What a client can learn at run time, and whether our data still is what the service says. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import {
  associationTemplate,
  automaticIds,
  automaticTemplate,
  ids,
  type Json,
  prefix,
  userDrivenTemplate,
} from "./sandbox-policies-bodies";
import { client } from "./sandbox-policies-client";

const templates = "/beta/deviceManagement/configurationPolicyTemplates";
const values = (answer: { body: Json }): Json[] => answer.body["value"] as Json[];
const repository = join(__dirname, "..", "..");
const read = (...path: string[]): unknown =>
  JSON.parse(readFileSync(join(repository, ...path), "utf8"));

describe("templates", () => {
  it("lists the three, with filters that tools use", async () => {
    const { get } = client();
    expect(
      values(await get(templates)).map((each) => [each["id"], each["settingTemplateCount"]]),
    ).toEqual([
      [userDrivenTemplate, 12],
      [automaticTemplate, 3],
      [associationTemplate, 18],
    ]);
    expect(
      values(
        await get(`${templates}?$filter=templateFamily eq 'enrollmentConfiguration'&$select=id`),
      ),
    ).toHaveLength(3);
    expect((await get(`${templates}('${automaticTemplate}')`)).body).toMatchObject({
      displayName: "Win365 Device Preparation",
      disableEntraGroupPolicyAssignment: true,
    });
    expect((await get(`${templates}/00000000-0000-4000-8000-000000000001_1`)).status).toBe(404);
  });

  it.each([
    [userDrivenTemplate, 12],
    [automaticTemplate, 3],
    [associationTemplate, 18],
  ])("%s holds as many settings as its header says: %i", async (id, count) => {
    const { get } = client();
    expect(values(await get(`${templates}('${id}')/settingTemplates`))).toHaveLength(count);
    expect(
      (await get(`${templates}/${id}?$expand=settingTemplates`)).body["settingTemplates"] as Json[],
    ).toHaveLength(count);
  });

  it("holds all 20 candidates when associationTemplateMembers is all", async () => {
    const { get } = client({ switches: { associationTemplateMembers: "all" } });
    expect(values(await get(`${templates}/${associationTemplate}/settingTemplates`))).toHaveLength(
      20,
    );
  });

  it("gives setting templates in the schema's shape, with the ids that captures show", async () => {
    const { get } = client();
    const rows = values(
      await get(
        `${templates}('${userDrivenTemplate}')/settingTemplates?$expand=settingDefinitions`,
      ),
    );
    const byName = new Map(
      rows.map((row) => [
        String((row["settingInstanceTemplate"] as Json)["settingDefinitionId"]).slice(
          prefix.length,
        ),
        row,
      ]),
    );
    for (const [name, [instance, value]] of Object.entries(ids)) {
      const template = byName.get(name)?.["settingInstanceTemplate"] as Json;
      expect(template["settingInstanceTemplateId"]).toBe(instance);
      const inner = (template["choiceSettingValueTemplate"] ??
        template["simpleSettingValueTemplate"] ??
        {}) as Json;
      expect(inner["settingValueTemplateId"] ?? null).toBe(value);
    }
    expect(byName.get("accountype")).toMatchObject({
      settingInstanceTemplate: {
        "@odata.type":
          "#microsoft.graph.deviceManagementConfigurationChoiceSettingInstanceTemplate",
        isRequired: true,
        choiceSettingValueTemplate: {
          defaultValue: { settingDefinitionOptionId: `${prefix}accountype_1` },
        },
      },
      settingDefinitions: [
        {
          id: `${prefix}accountype`,
          options: [
            { itemId: `${prefix}accountype_0`, name: "Administrator" },
            { itemId: `${prefix}accountype_1` },
          ],
        },
      ],
    });
    const automatic = values(
      await get(`${templates}('${automaticTemplate}')/settingTemplates`),
    ).map((each) => each["settingInstanceTemplate"] as Json);
    expect(automatic[0]?.["settingInstanceTemplateId"]).toBe(automaticIds.allowedappids);
    expect(automatic[1]?.["settingInstanceTemplateId"]).toBe(automaticIds.allowedscriptids);
  });

  it("brings the child's definition with the choice that has it", async () => {
    const { get } = client();
    const rows = values(
      await get(`${templates}/${associationTemplate}/settingTemplates?$expand=settingDefinitions`),
    );
    const row = rows.find(
      (each) =>
        (each["settingInstanceTemplate"] as Json)["settingDefinitionId"] ===
        `${prefix}applydevicerenametemplate`,
    );
    expect((row?.["settingDefinitions"] as Json[]).map((each) => each["id"])).toEqual([
      `${prefix}applydevicerenametemplate`,
      `${prefix}devicerenametemplate`,
    ]);
  });

  it("serves setting definitions by id, language with its 208 options", async () => {
    const { get } = client();
    const language = await get(`/beta/deviceManagement/configurationSettings/${prefix}language`);
    expect(language.body["options"]).toHaveLength(208);
    expect(
      (await get(`/beta/deviceManagement/configurationSettings/${prefix}devicegroup`)).status,
    ).toBe(404);
    expect(
      (await get(`/v1.0/deviceManagement/configurationSettings/${prefix}language`)).status,
    ).toBe(400);
  });
});

describe("the data", () => {
  const rows = read("sandbox", "data", "templates.json") as (Json & { settings: Json[] })[];

  it("has every instance template id once, and only definitions that exist", () => {
    const known = new Set(
      (read("sandbox", "data", "definitions.json") as Json[]).map((row) => row["id"]),
    );
    const all = rows.flatMap((row) => row.settings);
    expect(all.filter((row) => !known.has(row["settingId"]))).toEqual([]);
    expect(new Set(all.map((row) => row["instanceTemplateId"])).size).toBe(all.length);
  });

  it("marks what is invented: all of 70d256b3, the twelfth of 80d33118, the third of a6157a7f", () => {
    const invented = rows.map(
      (row) => row.settings.filter((each) => each["idsAreInvented"] === true).length,
    );
    expect(invented).toEqual([1, 1, 20]);
  });

  const shared = join(repository, "..", "shared", "graph");
  const withSource = existsSync(join(shared, "setting-definitions")) ? it : it.skip;

  withSource(
    "definitions.json is what the generator makes of the service's dump (skipped where ../shared/graph is missing)",
    () => {
      const script = `import { reduceFolder } from ${JSON.stringify(join(repository, "sandbox", "scripts", "generate-settings.mjs"))};
      console.log(JSON.stringify(reduceFolder(${JSON.stringify(join(shared, "setting-definitions"))})));`;
      const made: unknown = JSON.parse(
        execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }),
      );
      expect(read("sandbox", "data", "definitions.json")).toEqual(made);
    },
  );

  withSource(
    "template headers are the service's (skipped where ../shared/graph is missing)",
    () => {
      const folder = join(shared, "policy-templates");
      for (const file of readdirSync(folder)) {
        const { description: _, ...header } = JSON.parse(
          readFileSync(join(folder, file), "utf8"),
        ) as Json;
        expect(rows.find((row) => row["id"] === header["id"])).toMatchObject(header);
      }
    },
  );
});
