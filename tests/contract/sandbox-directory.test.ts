import { client, deviceGroup, ids, link, values, type Json } from "./sandbox-client";

const appIdKey = `/v1.0/servicePrincipals(appId='${ids.intuneAppId}')`;

test.each([
  ["by id", `/v1.0/servicePrincipals/${ids.intune}`],
  ["by quoted id", `/v1.0/servicePrincipals('${ids.intune}')`],
  ["by app id", appIdKey],
  ["by app id with encoded quotes", appIdKey.replaceAll("'", "%27")],
  [
    "in other case",
    appIdKey.replace("servicePrincipals", "serviceprincipals").replace("appId", "appid"),
  ],
  ["on beta", appIdKey.replace("v1.0", "beta")],
])("the Intune service principal is found %s", async (_, path) => {
  const { body } = await client().send("GET", path);
  expect(body).toMatchObject({
    id: ids.intune,
    appDisplayName: "Intune Provisioning Client",
    displayName: "Intune Autopilot ConfidentialClient",
  });
});

test("a service principal is found by a filter on its app id", async () => {
  const answer = await client().send(
    "GET",
    `/v1.0/servicePrincipals?$filter=appId eq '${ids.intuneAppId}'&$select=id`,
  );
  expect(values(answer)).toEqual([{ id: ids.intune }]);
});

const refusals: readonly {
  fact: string;
  method: string;
  path: string;
  body?: Json;
  switches?: Json;
  status: number;
  code: string;
  message: RegExp;
}[] = [
  {
    fact: "docs/graph-facts.md 8.3: service principal is there",
    method: "POST",
    path: "/v1.0/servicePrincipals",
    body: { appId: ids.intuneAppId },
    status: 409,
    code: "Request_MultipleObjectsWithSameKeyValue",
    message:
      /^The service principal cannot be created, updated, or restored because the service principal name f1346770-5b25-470b-88bd-d5744ab7952c is already in use\.$/,
  },
  {
    fact: "docs/graph-facts.md 8.3: service principal denied",
    method: "POST",
    path: "/v1.0/servicePrincipals",
    body: { appId: ids.intuneAppId },
    switches: { servicePrincipalCreate: "denied" },
    status: 403,
    code: "Authorization_RequestDenied",
    message: /^Insufficient privileges to complete the operation\.$/,
  },
  {
    fact: "an app id is required",
    method: "POST",
    path: "/v1.0/servicePrincipals",
    body: {},
    status: 400,
    code: "Request_BadRequest",
    message: /property 'appId'/,
  },
  {
    fact: "an app id needs an application",
    method: "POST",
    path: "/v1.0/servicePrincipals",
    body: { appId: ids.nobody },
    status: 400,
    code: "Request_BadRequest",
    message: /valid application object/,
  },
  {
    fact: "404 in the directory's words",
    method: "GET",
    path: `/v1.0/directoryObjects/${ids.nobody}`,
    status: 404,
    code: "Request_ResourceNotFound",
    message: new RegExp(
      `^Resource '${ids.nobody}' does not exist or one of its queried reference-property objects are not present\\.$`,
    ),
  },
  {
    fact: "an unknown segment",
    method: "GET",
    path: "/v1.0/grupos",
    status: 400,
    code: "BadRequest",
    message: /segment 'grupos'/,
  },
  {
    fact: "a known path with another method",
    method: "PUT",
    path: `/v1.0/groups/${ids.admins}`,
    body: {},
    status: 405,
    code: "Request_BadRequest",
    message: /method is not allowed/,
  },
  {
    fact: "the virtual group of all users is not in the directory",
    method: "GET",
    path: "/v1.0/groups/acacacac-9df4-4c7d-9d50-4ef0226f57a9",
    status: 404,
    code: "Request_ResourceNotFound",
    message: /does not exist/,
  },
  {
    fact: "an unknown cast",
    method: "GET",
    path: `/v1.0/groups/${ids.admins}/owners/microsoft.graph.printer`,
    status: 400,
    code: "BadRequest",
    message: /segment/,
  },
  {
    fact: "a question without its list",
    method: "POST",
    path: `/v1.0/users/${ids.user}/checkMemberGroups`,
    body: {},
    status: 400,
    code: "Request_BadRequest",
    message: /groupIds/,
  },
  {
    fact: "a user under /devices",
    method: "GET",
    path: `/v1.0/devices/${ids.user}`,
    status: 404,
    code: "Request_ResourceNotFound",
    message: /does not exist/,
  },
];

test.each(refusals)(
  "refused: $fact",
  async ({ method, path, body, switches, status, code, message }) => {
    const answer = await client({ switches: switches ?? {} }).send(method, path, body);
    expect(answer).toMatchObject({
      status,
      code,
      message: expect.stringMatching(message) as string,
    });
    const error = answer.body["error"] as Json;
    expect(error["innerError"]).toEqual({
      date: expect.any(String) as string,
      "request-id": answer.headers.get("request-id"),
      "client-request-id": answer.headers.get("client-request-id"),
    });
  },
);

test("a deleted service principal can be made again by app id, and Intune's gets its two names", async () => {
  const { send } = client();
  expect((await send("DELETE", `/v1.0/servicePrincipals/${ids.intune}`)).status).toBe(204);
  const made = await send("POST", "/v1.0/servicePrincipals", { appId: ids.intuneAppId });
  expect(made).toMatchObject({
    status: 201,
    body: {
      appId: ids.intuneAppId,
      displayName: "Intune Autopilot ConfidentialClient",
      appOwnerOrganizationId: "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
    },
  });
  expect((await send("POST", `/v1.0/directory/deletedItems/${ids.intune}/restore`)).status).toBe(
    409,
  );
});

test("a fresh service principal can't be bound while replication lags", async () => {
  const { send, tenant } = client({ lag: { directoryMs: 10_000 } });
  await send("DELETE", `/v1.0/servicePrincipals/${ids.intune}`);
  const { id } = (await send("POST", "/v1.0/servicePrincipals", { appId: ids.intuneAppId })).body;
  const body = deviceGroup({ "owners@odata.bind": [link(String(id))] });
  expect(await send("POST", "/v1.0/groups", body)).toMatchObject({
    status: 400,
    message: expect.stringContaining("queried reference-property") as string,
  });
  tenant.advance(10_000);
  expect((await send("POST", "/v1.0/groups", body)).status).toBe(201);
});

test("users are read by id, by name and by filter, with default properties only", async () => {
  const { send } = client();
  const byName = (await send("GET", "/v1.0/users/alva.holm@northwind.example")).body;
  expect(byName).toMatchObject({ id: ids.user, displayName: "Alva Holm" });
  expect(byName).not.toHaveProperty("department");
  expect(
    (await send("GET", `/v1.0/users('${ids.user}')?$select=department`)).body["department"],
  ).toBe("Endpoint Management");
  expect(
    values(await send("GET", "/v1.0/users?$filter=department eq 'Sales'&$select=id")),
  ).toHaveLength(3);
});

test("a directory object says what it is", async () => {
  const { send } = client();
  for (const [id, type] of [
    [ids.user, "user"],
    [ids.intune, "servicePrincipal"],
    [ids.device, "device"],
    [ids.admins, "group"],
  ]) {
    expect((await send("GET", `/v1.0/directoryObjects/${String(id)}`)).body["@odata.type"]).toBe(
      `#microsoft.graph.${String(type)}`,
    );
  }
});

test("membership questions count dynamic and nested groups", async () => {
  const { send } = client();
  const dana = "a1ce0000-0000-4000-8000-000000000004";
  expect(values(await send("GET", `/v1.0/users/${dana}/memberOf?$select=id`))).toMatchObject([
    { id: ids.dynamicGroup },
  ]);
  await send("POST", `/v1.0/groups/${ids.ownerless}/members/$ref`, {
    "@odata.id": link(ids.dynamicGroup),
  });
  const asked = await send("POST", `/v1.0/users/${dana}/checkMemberGroups`, {
    groupIds: [ids.ownerless, ids.admins],
  });
  expect(asked.body["value"]).toEqual([ids.ownerless]);
  expect(
    (await send("POST", `/v1.0/users/${dana}/getMemberGroups`, { securityEnabledOnly: true })).body[
      "value"
    ],
  ).toHaveLength(2);
  expect(values(await send("GET", `/v1.0/groups/${ids.ownerless}/transitiveMembers`))).toHaveLength(
    6,
  );
  const found = await send("POST", "/v1.0/directoryObjects/getByIds", {
    ids: [dana, ids.admins, ids.nobody],
    types: ["user"],
  });
  expect(values(found)).toMatchObject([{ id: dana }]);
});

test("a deleted group is listed, restored with its id and links, and deleted for good", async () => {
  const { send } = client();
  await send("DELETE", `/v1.0/groups/${ids.admins}`);
  const listed = await send(
    "GET",
    "/v1.0/directory/deletedItems/microsoft.graph.group?$select=id,deletedDateTime",
  );
  expect(values(listed)).toEqual([
    { id: ids.admins, deletedDateTime: expect.any(String) as string },
  ]);
  expect((await send("POST", `/v1.0/directory/deletedItems/${ids.admins}/restore`)).status).toBe(
    200,
  );
  expect(values(await send("GET", `/v1.0/groups/${ids.admins}/members`))).toHaveLength(2);
  await send("DELETE", `/v1.0/groups/${ids.admins}`);
  expect((await send("DELETE", `/v1.0/directory/deletedItems/${ids.admins}`)).status).toBe(204);
  expect((await send("GET", `/v1.0/directory/deletedItems/${ids.admins}`)).status).toBe(404);
});

test("organization, domains and applications are readable", async () => {
  const { send } = client();
  expect(values(await send("GET", "/v1.0/organization"))).toMatchObject([
    { displayName: "Northwind Traders" },
  ]);
  expect(values(await send("GET", "/v1.0/domains"))).toMatchObject([{ isDefault: true }]);
  expect(
    (await send("GET", "/v1.0/applications(appId='c0ffee00-0000-4000-8000-000000000001')")).status,
  ).toBe(200);
});

test("metadata=none leaves no annotation but next link and count", async () => {
  const { send } = client();
  const { body, headers } = await send(
    "GET",
    `/v1.0/groups/${ids.admins}/members?$top=1&$count=true`,
    undefined,
    { Accept: "application/json;odata.metadata=none", ConsistencyLevel: "eventual" },
  );
  expect(Object.keys(body)).toEqual(["@odata.count", "@odata.nextLink", "value"]);
  expect(JSON.stringify(body["value"])).not.toContain("@odata");
  expect(headers.get("content-type")).toContain("odata.metadata=none");
});
