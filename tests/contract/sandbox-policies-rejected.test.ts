/** What the service refuses is refused here, in the same words where they are recorded; nothing is changed by it. */
import {
  app,
  associationTemplate,
  automatic,
  changed,
  collection,
  type Json,
  prefix,
  userDriven,
} from "./sandbox-policies-bodies";
import { client, policies } from "./sandbox-policies-client";
import { association, bodies, calls, rename, underRename } from "./sandbox-policies-refused-rows";

describe("a policy body is refused with 400:", () => {
  it.each(bodies)("$title ($fact)", async ({ body, says }) => {
    const { send, tenant } = client();
    const answer = await send("POST", policies, body);
    expect(answer.message).toMatch(says);
    expect({ status: answer.status, code: answer.code }).toEqual({
      status: 400,
      code: "BadRequest",
    });
    expect(tenant.policies.size).toBe(0);
  });

  it.each(underRename)("$title ($fact)", async ({ index, children, says }) => {
    const { send, get } = client();
    const answer = await get(
      `/beta/deviceManagement/configurationPolicyTemplates/${associationTemplate}/settingTemplates`,
    );
    const templates = (answer.body["value"] as Json[]).map(
      (each) => each["settingInstanceTemplate"] as Json,
    );
    const own = templates.find(
      (each) => each["settingDefinitionId"] === `${prefix}applydevicerenametemplate`,
    );
    const setting = changed(rename(index, children), {
      settingInstanceTemplateReference: {
        settingInstanceTemplateId: own?.["settingInstanceTemplateId"],
      },
    });
    const refused = await send("POST", policies, association([setting]));
    expect(refused.message).toMatch(says);
    expect(refused.status).toBe(400);
  });
});

describe("a call on a policy is refused with 400:", () => {
  it.each(calls)("$title ($fact)", async ({ call, body, says, code }) => {
    const { send, made, get } = client();
    const id = await made(userDriven());
    const before = await get(`${policies}/${id}?$expand=settings,assignments`);
    const [method, path] = call ?? ["POST", ""];
    const answer = await send(method, `${policies}('${id}')${path}`, body);
    expect(answer.message).toMatch(says);
    expect({ status: answer.status, code: answer.code }).toEqual({
      status: 400,
      code: code ?? "BadRequest",
    });
    expect((await get(`${policies}/${id}?$expand=settings,assignments`)).body).toEqual(before.body);
  });
});

it("has at least 45 refused bodies, and every row names its fact", () => {
  const rows = [...bodies, ...underRename, ...calls];
  expect(bodies.length + underRename.length).toBeGreaterThanOrEqual(45);
  expect(rows.filter((row) => row.fact.length < 4)).toEqual([]);
  expect(new Set(rows.map((row) => row.title)).size).toBe(rows.length);
});

it("marks its own words and keeps the service's", async () => {
  const { send } = client();
  const own = await send("POST", policies, userDriven({ name: "" }));
  expect(own.message).toBe("sandbox: name: must not be empty");
  const recorded = await send(
    "POST",
    policies,
    automatic({ settings: [collection("allowedappids", [app(1)])] }),
  );
  const message = JSON.parse(recorded.message) as Json;
  expect(Object.keys(message)).toEqual([
    "_version",
    "Message",
    "CustomApiErrorPhrase",
    "RetryAfter",
    "ErrorSourceService",
    "HttpHeaders",
  ]);
  expect(message["Message"]).toMatch(/ - Activity ID: [0-9a-f-]{36} - Url: https:\/\/fef\./);
});
