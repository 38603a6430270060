import type { Graph } from "../../../../provider/src/graph/client";
import { getTemplate } from "../../../../provider/src/graph/policy-templates";

const ID = "70d256b3-6120-4f88-9e00-0972ec64fc83_1";
const PATH = `/deviceManagement/configurationPolicyTemplates/${ID}/settingTemplates`;

/** A Graph with these answers, one after the other; an error is thrown. */
function answering(...answers: unknown[]): Graph & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    get: async <T>(path: string) => {
      asked.push(path);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer as T;
    },
    send: ({ method, path }) => Promise.reject(new Error(`${method} ${path} while reading`)),
  };
}

const row = (name: string, rest: object = {}) => ({
  id: "0",
  settingInstanceTemplate: {
    "@odata.type": "#microsoft.graph.deviceManagementConfigurationSettingInstanceTemplate",
    settingInstanceTemplateId: `instance-${name}`,
    settingDefinitionId: name,
    isRequired: true,
    ...rest,
  },
  settingDefinitions: [],
});

const choice = { choiceSettingValueTemplate: { settingValueTemplateId: "value" } };
const simple = { simpleSettingValueTemplate: { settingValueTemplateId: "value" } };

describe("a row gives", () => {
  test.each<[string, object, object]>([
    ["instance and value of a choice", choice, { instance: "instance-a", value: "value" }],
    ["instance and value of a text", simple, { instance: "instance-a", value: "value" }],
    [
      "instance and value where the other kind is null",
      { choiceSettingValueTemplate: null, ...simple },
      { instance: "instance-a", value: "value" },
    ],
    [
      "the instance alone of a collection",
      { simpleSettingCollectionValueTemplate: [{ settingValueTemplateId: "value" }] },
      { instance: "instance-a" },
    ],
    [
      "the instance alone where the value has no id",
      { choiceSettingValueTemplate: { settingValueTemplateId: null } },
      { instance: "instance-a" },
    ],
  ])("%s", async (_fact, rest, ids) => {
    const graph = answering({ value: [row("a", rest)] });
    expect([...(await getTemplate(graph, ID))]).toEqual([["a", ids]]);
  });

  test.each<[string, unknown]>([
    ["no instance template", {}],
    ["an instance template of null", { settingInstanceTemplate: null }],
    ["no definition", { settingInstanceTemplate: { settingInstanceTemplateId: "x" } }],
    ["no id", { settingInstanceTemplate: { settingDefinitionId: "x" } }],
  ])("nothing where there is %s", async (_fact, odd) => {
    const graph = answering({ value: [odd, row("a")] });
    expect([...(await getTemplate(graph, ID)).keys()]).toEqual(["a"]);
  });
});

test("a template is asked for at its own address, and read to its last page", async () => {
  const next = `https://graph.microsoft.com/beta${PATH}?$skiptoken=2`;
  const graph = answering(
    { value: [row("a"), row("b")], "@odata.nextLink": next },
    { value: [row("c")] },
  );
  expect([...(await getTemplate(graph, ID)).keys()]).toEqual(["a", "b", "c"]);
  expect(graph.asked.map((path) => path.split("?")[0])).toEqual([PATH, PATH]);
  expect(graph.asked[1]).toBe(`${PATH}?$skiptoken=2`);
});

test("it is asked for once, also by those who ask at the same time", async () => {
  const graph = answering({ value: [row("a")] });
  const [first, second] = await Promise.all([getTemplate(graph, ID), getTemplate(graph, ID)]);
  expect(await getTemplate(graph, ID)).toBe(first);
  expect(second).toBe(first);
  expect(graph.asked).toHaveLength(1);
});

test("another template, and another connection, is asked for by itself", async () => {
  const graph = answering({ value: [row("a")] }, { value: [row("b")] });
  const other = answering({ value: [row("c")] });
  await getTemplate(graph, ID);
  expect([...(await getTemplate(graph, "other")).keys()]).toEqual(["b"]);
  expect([...(await getTemplate(other, ID)).keys()]).toEqual(["c"]);
});

test("a failure is told to all who wait for it, and not kept", async () => {
  const graph = answering(new Error("not now"), { value: [row("a")] });
  const both = await Promise.allSettled([getTemplate(graph, ID), getTemplate(graph, ID)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect([...(await getTemplate(graph, ID)).keys()]).toEqual(["a"]);
  expect(graph.asked).toHaveLength(2);
});

test("a failure of a later page is one of the whole", async () => {
  const graph = answering(
    { value: [row("a")], "@odata.nextLink": `https://x/beta${PATH}?p=2` },
    new Error("not now"),
    { value: [row("a"), row("b")] },
  );
  await expect(getTemplate(graph, ID)).rejects.toThrow("not now");
  expect((await getTemplate(graph, ID)).size).toBe(2);
});

test.each([undefined, null, {}, "text", { value: null }, { value: "text" }])(
  "an answer of %j is an error, not a template",
  async (answer) => {
    await expect(getTemplate(answering(answer), ID)).rejects.toThrow("what came is no list");
  },
);
