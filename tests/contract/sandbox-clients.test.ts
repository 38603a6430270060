/** What unmodified clients stumbled over: rows from real runs, each with the fact that it is right to serve. */
import { client, ids, values, type Json } from "./sandbox-client";
import { userDriven } from "./sandbox-policies-bodies";
import { client as policyClient, policies } from "./sandbox-policies-client";

const owned = async (): Promise<{ send: ReturnType<typeof client>["send"]; path: string }> => {
  const { send } = client();
  const path = `/v1.0/groups/${ids.admins}`;
  await send("POST", `${path}/owners/$ref`, {
    "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${ids.intune}`,
  });
  return { send, path };
};

test.each([
  ["owners", "graph.servicePrincipal", [ids.intune]],
  ["owners", "Graph.ServicePrincipal", [ids.intune]],
  ["owners", "graph.user", [ids.user]],
  ["members", "graph.device", []],
])(
  "fact: CSDL gives microsoft.graph the alias graph; typed SDKs write /%s/%s",
  async (navigation, cast, expected) => {
    const { send, path } = await owned();
    const answer = await send("GET", `${path}/${navigation}/${cast}?$select=id`);
    expect(values(answer).map((each) => each["id"])).toEqual(expected);
  },
);

test("fact: the alias graph works for /directory/deletedItems too", async () => {
  const { send } = client();
  await send("DELETE", `/v1.0/groups/${ids.admins}`);
  const answer = await send("GET", "/v1.0/directory/deletedItems/graph.group?$select=id");
  expect(values(answer)).toEqual([{ id: ids.admins }]);
});

test.each(["administrativeUnit", "directoryRole"])(
  "fact: %s is a directory type; a cast to a type without objects is an empty list",
  async (type) => {
    const path = `/v1.0/groups/${ids.admins}/memberOf/microsoft.graph.${type}`;
    expect(values(await client().send("GET", path))).toEqual([]);
  },
);

const betaOnly: readonly { fact: string; path: string; name: string }[] = [
  {
    fact: "azuread's data source selects samlMetadataUrl of a service principal on beta",
    path: `/servicePrincipals/${ids.intune}`,
    name: "samlMetadataUrl",
  },
  {
    fact: "beta CSDL: writebackConfiguration of a group",
    path: `/groups/${ids.admins}`,
    name: "writebackConfiguration",
  },
  { fact: "beta CSDL: deviceKeys of a user", path: `/users/${ids.user}`, name: "deviceKeys" },
  { fact: "beta CSDL: hostnames of a device", path: `/devices/${ids.device}`, name: "hostnames" },
];

test.each(betaOnly)("fact: $fact; v1.0 doesn't know it", async ({ path, name }) => {
  const { send } = client();
  const beta = await send("GET", `/beta${path}?$select=${name}`);
  expect(beta.body).toEqual({ "@odata.context": expect.any(String) as string, [name]: null });
  const stable = await send("GET", `/v1.0${path}?$select=${name}`);
  expect(stable).toMatchObject({
    status: 400,
    message: expect.stringContaining(`'${name}'`) as string,
  });
  expect((await send("GET", `/v1.0${path}`)).body).not.toHaveProperty(name);
});

test("fact: a user without a manager gives 404 'manager' (recorded by several tools)", async () => {
  const { send, tenant } = client();
  const path = `/v1.0/users/${ids.user}/manager`;
  expect(await send("GET", path)).toMatchObject({
    status: 404,
    code: "Request_ResourceNotFound",
    message:
      "Resource 'manager' does not exist or one of its queried reference-property objects are not present.",
  });
  const user = tenant.users.get(ids.user);
  if (user !== undefined) user["managerId"] = ids.otherUser;
  expect((await send("GET", path)).body).toMatchObject({
    "@odata.type": "#microsoft.graph.user",
    id: ids.otherUser,
  });
});

test("fact: an object of a mixed collection has the default properties of its kind", async () => {
  const { send } = client();
  const keys = async (path: string): Promise<string[]> =>
    Object.keys((await send("GET", path)).body).filter((name) => !name.startsWith("@"));
  const user = await keys(`/v1.0/users/${ids.user}`);
  expect((await keys(`/v1.0/directoryObjects/${ids.user}`)).sort()).toEqual(user.sort());
  const group = await keys(`/v1.0/groups/${ids.admins}`);
  await send("DELETE", `/v1.0/groups/${ids.admins}`);
  expect((await keys(`/v1.0/directory/deletedItems/${ids.admins}`)).sort()).toEqual(group.sort());
});

test("fact: a segment that isn't known is named, not the id before it", async () => {
  const path = `/v1.0/groups/${ids.admins}/threads`;
  expect((await client().send("GET", path)).message).toMatch(/segment 'threads'/);
});

test("fact: with odata.metadata=full an object says its type (OData JSON format 3.1.3)", async () => {
  const { send } = client();
  const headers = { accept: "application/json;odata.metadata=full" };
  const one = await send("GET", `/v1.0/groups/${ids.admins}`, undefined, headers);
  expect(one.body["@odata.type"]).toBe("#microsoft.graph.group");
  const apps = await send("GET", "/beta/deviceAppManagement/mobileApps", undefined, headers);
  const types = values(apps).map((app) => String(app["@odata.type"]));
  expect(types).toContain("#microsoft.graph.win32LobApp");
});

const clouds = async (query: string): Promise<unknown> => {
  const { app } = client();
  return (await app.request(`/metadata/endpoints${query}`)).json();
};

test("fact: metadata up to 2019-05-01 is a list of clouds, as the Azure CLI reads it", async () => {
  const old = (await clouds("?api-version=2019-05-01")) as Json[];
  expect(old).toEqual([await clouds("?api-version=2022-09-01")]);
});

test("fact: az login asks the resource manager for subscriptions and tenants", async () => {
  const { app, tenant } = client();
  const read = async (path: string): Promise<unknown> => (await app.request(path)).json();
  expect(await read("/subscriptions?api-version=2022-12-01")).toMatchObject({ value: [] });
  expect(await read("/tenants?api-version=2022-12-01")).toMatchObject({
    value: [{ tenantId: tenant.organization.id }],
  });
});

test("fact: azuread reads the owners of an application", async () => {
  const { send, tenant } = client();
  const id = [...tenant.applications.keys()][0] ?? "";
  expect(values(await send("GET", `/v1.0/applications/${id}/owners`))).toEqual([]);
  expect((await send("GET", `/v1.0/applications/${ids.nobody}/owners`)).status).toBe(404);
});

test("fact: an organization has the properties of the CSDL and no others", async () => {
  const { send } = client();
  const [organization] = values(await send("GET", "/v1.0/organization"));
  expect(organization).not.toHaveProperty("defaultDomain");
  const selected = await send("GET", "/v1.0/organization?$select=mobileDeviceManagementAuthority");
  expect(values(selected)).toEqual([{ mobileDeviceManagementAuthority: null }]);
});

describe("policies", () => {
  const made = async (): Promise<{ get: (path: string) => Promise<Json>; id: string }> => {
    const { made: make, get } = policyClient();
    const id = await make(userDriven());
    return { get: async (path) => (await get(path)).body, id };
  };

  test("fact: the list is counted unasked (portal capture in TF resource_docs/list_policies.json)", async () => {
    const { get } = await made();
    const page = await get(`${policies}?$select=id,name&$top=100`);
    expect(page["@odata.count"]).toBe(1);
  });

  test("fact: settings are counted unasked (recorded in IntuneCD's tests)", async () => {
    const { get, id } = await made();
    expect((await get(`${policies}/${id}/settings?&top=1000`))["@odata.count"]).toBe(11);
    expect(await get(`${policies}/${id}/assignments`)).not.toHaveProperty(["@odata.count"]);
  });

  test("fact: what is expanded has its own context (exports; importers remove settings@odata.context)", async () => {
    const { get, id } = await made();
    const context = (name: string): string =>
      `http://localhost/beta/$metadata#deviceManagement/configurationPolicies('${id}')/${name}`;
    const expected = {
      "settings@odata.context": context("settings"),
      "assignments@odata.context": context("assignments"),
      assignments: [],
    };
    const query = "?$expand=settings,assignments";
    expect(await get(`${policies}('${id}')${query}`)).toMatchObject(expected);
    expect((await get(`${policies}${query}`))["value"]).toMatchObject([expected]);
  });

  test("fact: an exported policy can be sent back with its annotations", async () => {
    const { get, id } = await made();
    const { id: _, ...exported } = await get(`${policies}('${id}')?$expand=settings,assignments`);
    const { post } = policyClient();
    expect((await post(policies, exported)).status).toBe(201);
  });

  test("fact: CIPP reads the definitions of one setting", async () => {
    const { get, id } = await made();
    const path = `${policies}('${id}')/settings('0')/settingDefinitions`;
    expect((await get(path))["value"]).toMatchObject([
      { id: "enrollment_autopilot_dpp_deploymentmode" },
    ]);
    const beyond = await get(`${policies}('${id}')/settings('99')/settingDefinitions`);
    expect(beyond).toHaveProperty("error");
  });
});

test("fact: azuread binds an owner in the creation of a service principal, and removes it", async () => {
  const { send, tenant } = client();
  const { appId } = [...tenant.applications.values()].find(
    (each) => each["appId"] === "c0ffee00-0000-4000-8000-000000000002",
  ) as Json;
  const body = { appId, "owners@odata.bind": [`http://x/v1.0/directoryObjects/${ids.user}`] };
  const { id } = (await send("POST", "/v1.0/servicePrincipals", body)).body;
  const owners = await send("GET", `/v1.0/servicePrincipals/${String(id)}/owners?$select=id`);
  expect(values(owners)).toEqual([{ "@odata.type": "#microsoft.graph.user", id: ids.user }]);
  const owner = `/v1.0/servicePrincipals/${String(id)}/owners/${ids.user}/$ref`;
  expect((await send("DELETE", owner)).status).toBe(204);
  expect((await send("DELETE", owner)).status).toBe(404);
});
