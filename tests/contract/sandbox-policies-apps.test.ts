/** Apps, scripts and scope tags: read as the clients that check ids before they use them read them. */
import type { Json } from "./sandbox-policies-bodies";
import { client } from "./sandbox-policies-client";

const apps = "/beta/deviceAppManagement/mobileApps";
const scripts = "/beta/deviceManagement/deviceManagementScripts";
const values = (answer: { body: Json }): Json[] => answer.body["value"] as Json[];
const assignment = {
  id: "x_1",
  intent: "required",
  target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "g" },
};

const seed = {
  mobileApps: [
    {
      id: "aaaaaaaa-0000-4000-8000-000000000001",
      "@odata.type": "#microsoft.graph.win32LobApp",
      displayName: "Reader",
      assignments: [assignment],
    },
    {
      id: "aaaaaaaa-0000-4000-8000-000000000002",
      "@odata.type": "#microsoft.graph.winGetApp",
      displayName: "Company Portal",
    },
    {
      id: "aaaaaaaa-0000-4000-8000-000000000003",
      "@odata.type": "#microsoft.graph.iosStoreApp",
      displayName: "Phone",
    },
  ],
  scripts: [
    { id: "bbbbbbbb-0000-4000-8000-000000000001", displayName: "Setup", runAsAccount: "system" },
  ],
  roleScopeTags: [{ id: "0", displayName: "Default" }],
};

it("lists apps with their class, whatever is selected", async () => {
  const { get } = client({ seed });
  const answer = await get(`${apps}?$select=id,displayName&$orderby=displayName`);
  expect(values(answer).map((each) => [each["displayName"], each["@odata.type"]])).toEqual([
    ["Company Portal", "#microsoft.graph.winGetApp"],
    ["Phone", "#microsoft.graph.iosStoreApp"],
    ["Reader", "#microsoft.graph.win32LobApp"],
  ]);
  expect(
    values(await get(`/v1.0/deviceAppManagement/mobileApps?$filter=displayName eq 'Reader'`)),
  ).toHaveLength(1);
});

it("finds apps of several classes (Terraform validate.go)", async () => {
  const { get } = client({ seed });
  const filter =
    "isof('microsoft.graph.windowsAppX') or isof('microsoft.graph.winGetApp') or isof('microsoft.graph.win32LobApp')";
  const answer = await get(
    `${apps}?$filter=${encodeURIComponent(filter)}&$orderby=displayName&$select=id,displayName`,
  );
  expect(values(answer).map((each) => each["displayName"])).toEqual(["Company Portal", "Reader"]);
});

it("gives one app, its assignments apart or expanded", async () => {
  const { get } = client({ seed });
  const id = "aaaaaaaa-0000-4000-8000-000000000001";
  const one = await get(`${apps}/${id}`);
  expect(one.body).toMatchObject({
    id,
    displayName: "Reader",
    "@odata.type": "#microsoft.graph.win32LobApp",
  });
  expect(one.body["assignments"]).toBeUndefined();
  expect(values(await get(`${apps}('${id}')/assignments`))).toEqual([assignment]);
  expect((await get(`${apps}/${id}?$expand=assignments`)).body["assignments"]).toEqual([
    assignment,
  ]);
});

it("lists scripts as Terraform asks for them, on beta only", async () => {
  const { get } = client({ seed });
  expect(values(await get(`${scripts}?$select=id,displayName,description`))[0]).toMatchObject({
    displayName: "Setup",
  });
  expect((await get(`${scripts}/bbbbbbbb-0000-4000-8000-000000000001`)).body["runAsAccount"]).toBe(
    "system",
  );
  expect(values(await get(`${scripts}/bbbbbbbb-0000-4000-8000-000000000001/assignments`))).toEqual(
    [],
  );
  expect((await get("/v1.0/deviceManagement/deviceManagementScripts")).status).toBe(400);
  expect(values(await get("/beta/deviceManagement/roleScopeTags"))[0]).toMatchObject({ id: "0" });
});

it("answers 404 in Intune's words for what isn't there", async () => {
  const { get } = client({ seed });
  for (const path of [`${apps}/x`, `${scripts}/x`, `${apps}/x/assignments`]) {
    const answer = await get(path);
    expect([answer.status, answer.code]).toEqual([404, "ResourceNotFound"]);
  }
});
