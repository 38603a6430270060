/** What unmodified clients stumbled over: rows from real runs, each with the fact that it is right to serve. */
import { client, ids, values, type Json } from "./sandbox-client";

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
