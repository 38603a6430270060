import {
  client,
  deviceGroup,
  ids,
  link,
  userGroup,
  values,
  type Client,
  type Json,
} from "./sandbox-client";

interface Row {
  readonly fact: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly status?: number;
  readonly says: RegExp;
}

const many = (count: number): string[] =>
  Array.from({ length: count }, (_, n) =>
    link(`a1ce0000-0000-4000-8000-0000000000${String((n % 12) + 1).padStart(2, "0")}`),
  );
const without = (name: string): Json =>
  Object.fromEntries(Object.entries(deviceGroup()).filter(([each]) => each !== name));
const group = (id: string): string => `/v1.0/groups/${id}`;

const rejected: readonly Row[] = [
  ...["displayName", "mailEnabled", "mailNickname", "securityEnabled"].map((name) => ({
    fact: `docs/graph-facts.md 7: ${name} is required`,
    body: without(name),
    says: new RegExp(`value is required for property '${name}'`),
  })),
  {
    fact: "displayName: 256 at most",
    body: deviceGroup({ displayName: "x".repeat(257) }),
    says: /property 'displayName'/,
  },
  {
    fact: "displayName: not empty",
    body: deviceGroup({ displayName: "" }),
    says: /property 'displayName'/,
  },
  {
    fact: "mailNickname: 64 at most",
    body: deviceGroup({ mailNickname: "x".repeat(65) }),
    says: /property 'mailNickname'/,
  },
  ...[
    "a@b",
    "a(b",
    "a)b",
    "a\\b",
    "a[b",
    "a]b",
    'a"b',
    "a;b",
    "a:b",
    "a<b",
    "a>b",
    "a,b",
    "a b",
    "ä",
  ].map((mailNickname) => ({
    fact: `mailNickname: ASCII except @()\\[]";:<>, and space: ${mailNickname}`,
    body: deviceGroup({ mailNickname }),
    says: /property 'mailNickname'/,
  })),
  {
    fact: "docs/graph-facts.md 7: description up to 1024",
    body: deviceGroup({ description: "x".repeat(1025) }),
    says: /property 'description'/,
  },
  {
    fact: "docs/graph-facts.md 7: membershipRule up to 3072",
    body: userGroup({ membershipRule: `(user.city -eq "${"x".repeat(3072)}")` }),
    says: /property 'membershipRule'/,
  },
  {
    fact: "a dynamic group needs a rule",
    body: userGroup({ membershipRule: null }),
    says: /value is required for property 'membershipRule'/,
  },
  {
    fact: "a rule needs DynamicMembership",
    body: deviceGroup({ membershipRule: "(user.accountEnabled -eq true)" }),
    says: /DynamicMembership/,
  },
  {
    fact: 'processing state is "On" or "Paused"',
    body: userGroup({ membershipRuleProcessingState: "on" }),
    says: /membershipRuleProcessingState/,
  },
  {
    fact: "a rule that isn't one",
    body: userGroup({ membershipRule: '(user.city -eq "x"' }),
    says: /property 'membershipRule'/,
  },
  {
    fact: "groupTypes holds DynamicMembership and Unified only",
    body: deviceGroup({ groupTypes: ["Assigned"] }),
    says: /groupTypes/,
  },
  {
    fact: "mail-enabled security groups are read-only in Graph",
    body: deviceGroup({ mailEnabled: true }),
    says: /does not currently support writes of mail-enabled groups/,
  },
  {
    fact: "a group is for security or for Microsoft 365",
    body: deviceGroup({ securityEnabled: false }),
    says: /security-enablement/,
  },
  {
    fact: "isAssignableToRole: not for dynamic groups",
    body: userGroup({ isAssignableToRole: true }),
    says: /not dynamic/,
  },
  {
    fact: "20 owners and members per create",
    body: deviceGroup({ "owners@odata.bind": many(10), "members@odata.bind": many(11) }),
    says: /more than 20 link changes/,
  },
  {
    fact: "a bound object must exist",
    body: deviceGroup({ "owners@odata.bind": [link(ids.nobody)] }),
    says: /queried reference-property objects are not present/,
  },
  {
    fact: "a bound object must be of the collection named",
    body: deviceGroup({ "owners@odata.bind": [link(ids.user, "servicePrincipals")] }),
    says: /queried reference-property/,
  },
  {
    fact: "users and service principals own groups",
    body: deviceGroup({ "owners@odata.bind": [link(ids.device)] }),
    says: /can't own a group/,
  },
  {
    fact: "binds are a list",
    body: deviceGroup({ "owners@odata.bind": link(ids.user) }),
    says: /must be a list/,
  },
  {
    fact: "links end with a collection and an id",
    body: deviceGroup({ "owners@odata.bind": [ids.user] }),
    says: /Invalid URL/,
  },
  {
    fact: "an unknown property",
    body: deviceGroup({ displayname2: "x" }),
    says: /Invalid property 'displayname2'/,
  },
  {
    fact: "an unknown navigation property",
    body: deviceGroup({ "bosses@odata.bind": [] }),
    says: /Invalid property 'bosses@odata.bind'/,
  },
  {
    fact: "a read-only property",
    body: deviceGroup({ createdDateTime: "2026-01-01T00:00:00Z" }),
    says: /read-only/,
  },
  {
    fact: "a text where a boolean belongs",
    body: deviceGroup({ mailEnabled: "false" }),
    says: /Edm.Boolean/,
  },
  { fact: "a body that isn't JSON", body: "{", says: /Unable to read JSON/ },
  {
    fact: "a body that isn't called JSON",
    body: deviceGroup(),
    headers: { "content-type": "text/plain" },
    says: /Content-Type/,
  },
  {
    fact: "isAssignableToRole is immutable",
    method: "PATCH",
    path: group(ids.admins),
    body: { isAssignableToRole: true },
    says: /can't be changed/,
  },
  {
    fact: "mailEnabled is fixed at creation",
    method: "PATCH",
    path: group(ids.admins),
    body: { mailEnabled: true },
    says: /can't be changed/,
  },
  {
    fact: "uniqueName is immutable",
    method: "PATCH",
    path: group(ids.admins),
    body: { uniqueName: "x" },
    says: /can't be changed/,
  },
  {
    fact: "Exchange's properties need a Microsoft 365 group",
    method: "PATCH",
    path: group(ids.admins),
    body: { hideFromOutlookClients: true },
    says: /Microsoft 365/,
  },
  {
    fact: "a group's links need to be new",
    method: "PATCH",
    path: group(ids.admins),
    body: { "owners@odata.bind": [link(ids.user)] },
    says: /already exist/,
  },
  {
    fact: "owner already there: 400",
    method: "POST",
    path: `${group(ids.admins)}/owners/$ref`,
    body: { "@odata.id": link(ids.user) },
    says: /One or more added object references already exist for the following modified properties: 'owners'\./,
  },
  {
    fact: "owner's object missing: 404",
    method: "POST",
    path: `${group(ids.admins)}/owners/$ref`,
    body: { "@odata.id": link(ids.nobody) },
    status: 404,
    says: /does not exist/,
  },
  {
    fact: "members of a dynamic group can't be added",
    method: "POST",
    path: `${group(ids.dynamicGroup)}/members/$ref`,
    body: { "@odata.id": link(ids.user) },
    says: /dynamic group/,
  },
  {
    fact: "members of a dynamic group can't be removed",
    method: "DELETE",
    path: `${group(ids.dynamicGroup)}/members/${ids.user}/$ref`,
    says: /dynamic group/,
  },
  {
    fact: "the last owner, a user, can't be removed",
    method: "DELETE",
    path: `${group(ids.admins)}/owners/${ids.user}/$ref`,
    says: /must have at least one owner/,
  },
  {
    fact: "a link that isn't there",
    method: "DELETE",
    path: `${group(ids.admins)}/members/${ids.guest}/$ref`,
    status: 404,
    says: /does not exist/,
  },
  {
    fact: "without create-if-missing the upsert is a plain update",
    method: "PATCH",
    path: "/v1.0/groups(uniqueName='new')",
    body: deviceGroup(),
    status: 404,
    says: /does not exist/,
  },
  {
    fact: "an unknown property in $select",
    method: "GET",
    path: "/v1.0/groups?$select=nickname",
    says: /Could not find a property named 'nickname'/,
  },
  {
    fact: "an unknown property in $filter",
    method: "GET",
    path: "/v1.0/groups?$filter=nickname eq 'x'",
    says: /Could not find a property named 'nickname'/,
  },
  {
    fact: "a filter that can't be parsed",
    method: "GET",
    path: "/v1.0/groups?$filter=displayName eq",
    says: /Syntax error/,
  },
  {
    fact: "ne is an advanced query",
    method: "GET",
    path: "/v1.0/groups?$filter=displayName ne 'x'",
    says: /ConsistencyLevel/,
  },
  {
    fact: "contains isn't served by the directory",
    method: "GET",
    path: "/v1.0/groups?$filter=contains(displayName,'x')",
    says: /contains/,
  },
  {
    fact: "$top: 1 to 999",
    method: "GET",
    path: "/v1.0/groups?$top=1000",
    says: /between 1 and 999/,
  },
  {
    fact: "an unknown query option",
    method: "GET",
    path: "/v1.0/groups?$foo=1",
    says: /'\$foo' is not supported/,
  },
  {
    fact: "/$count needs the header",
    method: "GET",
    path: `${group(ids.admins)}/members/$count`,
    says: /\$count is not currently supported/,
  },
];

test.each(rejected)(
  "rejected: $fact",
  async ({ method = "POST", path = "/v1.0/groups", body, headers, status = 400, says }) => {
    const { send, tenant } = client();
    const before = JSON.stringify({ ...tenant.toJSON(), clockMs: 0 });
    const answer = await send(method, path, body, headers);
    expect({ status: answer.status, message: answer.message }).toEqual({
      status,
      message: expect.stringMatching(says) as string,
    });
    expect(JSON.stringify({ ...tenant.toJSON(), clockMs: 0 })).toBe(before);
  },
);

test("at least 35 requests are rejected", () => {
  expect(rejected.length).toBeGreaterThanOrEqual(35);
});

const accepted: readonly (Omit<Row, "says"> & { readonly shows?: Json })[] = [
  {
    fact: "the body of a device group",
    body: deviceGroup({
      description: "d",
      "owners@odata.bind": [link(ids.intune, "servicePrincipals")],
    }),
    shows: { membershipRuleProcessingState: null, groupTypes: [] },
  },
  {
    fact: "any host and beta in a bind",
    body: deviceGroup({
      "owners@odata.bind": [`http://127.0.0.1:1/beta/directoryObjects/${ids.intune}`],
    }),
  },
  {
    fact: "a tenant id in a bind",
    body: deviceGroup({
      "owners@odata.bind": [`https://h/v1.0/${ids.nobody}/directoryObjects/${ids.intune}`],
    }),
  },
  {
    fact: "a quoted key in a bind",
    body: deviceGroup({ "owners@odata.bind": [`https://h/v1.0/users('${ids.user}')`] }),
  },
  {
    fact: "names in other case",
    body: { displayname: "x", mailEnabled: false, mailNickName: "x", securityEnabled: true },
    shows: { displayName: "x", mailNickname: "x" },
  },
  {
    fact: "@odata.type on the top object",
    body: deviceGroup({ "@odata.type": "#microsoft.graph.group" }),
  },
  {
    fact: "membershipRule null for an assigned group",
    body: deviceGroup({
      membershipRule: null,
      isAssignableToRole: false,
      resourceBehaviorOptions: [],
      resourceProvisioningOptions: [],
      groupTypes: [],
    }),
  },
  {
    fact: "a dynamic user group",
    body: userGroup(),
    shows: { membershipRuleProcessingState: "On" },
  },
  {
    fact: "a paused dynamic user group",
    body: userGroup({ membershipRuleProcessingState: "Paused" }),
    shows: { membershipRuleProcessingState: "Paused" },
  },
  {
    fact: "a duplicate displayName",
    body: deviceGroup({ displayName: "Sales laptops", mailNickname: "sales-laptops" }),
  },
  {
    fact: "mailNickname: 64 characters and a dot",
    body: deviceGroup({ mailNickname: `a.${"x".repeat(62)}` }),
  },
  { fact: "displayName: 256 characters", body: deviceGroup({ displayName: "x".repeat(256) }) },
  {
    fact: "20 links",
    body: deviceGroup({ "members@odata.bind": many(12), "owners@odata.bind": many(8) }),
  },
  {
    fact: "a Microsoft 365 group",
    body: deviceGroup({ groupTypes: ["Unified"], mailEnabled: true, mailNickname: "team" }),
    shows: { mail: "team@northwind.example" },
  },
  {
    fact: "a role-assignable group",
    body: deviceGroup({ isAssignableToRole: true }),
    shows: { isAssignableToRole: true },
  },
  { fact: "beta", path: "/beta/groups", body: deviceGroup() },
  {
    fact: "a group under the tenant's id",
    path: `/v1.0/${ids.nobody}/groups`,
    body: deviceGroup(),
  },
  {
    fact: "PATCH: 204 without a body",
    method: "PATCH",
    path: group(ids.admins),
    body: { displayName: "New" },
    status: 204,
  },
  {
    fact: "PATCH: membershipRule null of an assigned group",
    method: "PATCH",
    path: group(ids.admins),
    body: { membershipRule: null },
    status: 204,
  },
  {
    fact: "PATCH: binds add",
    method: "PATCH",
    path: group(ids.admins),
    body: { "owners@odata.bind": [link(ids.intune)] },
    status: 204,
  },
  {
    fact: "PATCH: an immutable property with its own value",
    method: "PATCH",
    path: group(ids.admins),
    body: { mailEnabled: false, isAssignableToRole: false },
    status: 204,
  },
  {
    fact: "a filter with and, eq, startswith",
    method: "GET",
    path: "/v1.0/groups?$filter=startswith(displayName,'sales') and mailEnabled eq false",
    status: 200,
  },
  {
    fact: "advanced: ne with header and $count",
    method: "GET",
    path: "/v1.0/groups?$count=true&$filter=displayName ne 'x'",
    headers: { ConsistencyLevel: "eventual" },
    status: 200,
    shows: { "@odata.count": 5 },
  },
  {
    fact: "$count=true without the header is ignored",
    method: "GET",
    path: "/v1.0/groups?$count=true",
    status: 200,
  },
  {
    fact: "groupTypes/any(…)",
    method: "GET",
    path: "/v1.0/groups?$filter=groupTypes/any(c:c eq 'Unified')",
    status: 200,
  },
  {
    fact: "in (…) and doubled quotes",
    method: "GET",
    path: "/v1.0/groups?$filter=displayName in ('a','it''s')",
    status: 200,
  },
];

test.each(accepted)(
  "accepted: $fact",
  async ({ method = "POST", path = "/v1.0/groups", body, headers, status = 201, shows = {} }) => {
    const answer = await client().send(method, path, body, headers);
    expect(answer).toMatchObject({ status, message: "" });
    expect(answer.body).toMatchObject(shows);
  },
);

async function made(sandbox: Client, body: Json): Promise<string> {
  return String((await sandbox.send("POST", "/v1.0/groups", body)).body["id"]);
}

test("a new group answers with its default properties and without its links", async () => {
  const { body } = await client().send(
    "POST",
    "/v1.0/groups",
    deviceGroup({ "owners@odata.bind": [link(ids.intune)] }),
  );
  expect(Object.keys(body)).toEqual(
    expect.arrayContaining([
      "@odata.context",
      "id",
      "createdDateTime",
      "securityIdentifier",
      "uniqueName",
      "visibility",
    ]),
  );
  expect(Object.keys(body).filter((name) => /owner|member[^s]*s$/i.test(name))).toEqual([]);
});

test("owners and members carry the type that typed clients decide by", async () => {
  const sandbox = client();
  const id = await made(
    sandbox,
    deviceGroup({
      "owners@odata.bind": [link(ids.intune), link(ids.user)],
      "members@odata.bind": [link(ids.device)],
    }),
  );
  const owners = values(await sandbox.send("GET", `/v1.0/groups('${id}')/owners?$select=id,appId`));
  expect(owners).toMatchObject([
    { "@odata.type": "#microsoft.graph.servicePrincipal", appId: ids.intuneAppId },
    { "@odata.type": "#microsoft.graph.user" },
  ]);
  const expanded = (
    await sandbox.send("GET", `/v1.0/groups/${id}?$select=id&$expand=owners($select=id,appId)`)
  ).body["owners"] as Json[];
  expect(expanded[0]).toEqual({
    "@odata.type": "#microsoft.graph.servicePrincipal",
    id: ids.intune,
    appId: ids.intuneAppId,
  });
  expect(
    values(await sandbox.send("GET", `/v1.0/groups/${id}/owners/microsoft.graph.servicePrincipal`)),
  ).toHaveLength(1);
  expect(values(await sandbox.send("GET", `/v1.0/groups/${id}/members`))).toMatchObject([
    { "@odata.type": "#microsoft.graph.device" },
  ]);
});

test("switch v1OwnersServicePrincipals: v1.0 may omit service principals; beta and the cast show them", async () => {
  const sandbox = client({ switches: { v1OwnersServicePrincipals: "omitted" } });
  const id = await made(sandbox, deviceGroup({ "owners@odata.bind": [link(ids.intune)] }));
  expect(values(await sandbox.send("GET", `/v1.0/groups/${id}/owners`))).toEqual([]);
  expect(values(await sandbox.send("GET", `/beta/groups/${id}/owners`))).toHaveLength(1);
  expect(
    values(await sandbox.send("GET", `/v1.0/groups/${id}/owners/microsoft.graph.servicePrincipal`)),
  ).toHaveLength(1);
});

test("assigned to dynamic removes the members first, dynamic to assigned keeps those of the rule", async () => {
  const sandbox = client();
  const id = await made(sandbox, deviceGroup({ "members@odata.bind": [link(ids.user)] }));
  const rule = {
    groupTypes: ["DynamicMembership"],
    membershipRule: '(user.department -eq "Sales")',
  };
  expect((await sandbox.send("PATCH", group(id), rule)).status).toBe(204);
  expect((await sandbox.send("GET", group(id))).body).toMatchObject({
    id,
    membershipRuleProcessingState: "On",
  });
  expect(values(await sandbox.send("GET", `${group(id)}/members`))).toHaveLength(3);
  expect((await sandbox.send("PATCH", group(id), { groupTypes: [] })).status).toBe(204);
  expect((await sandbox.send("GET", group(id))).body).toMatchObject({
    membershipRule: null,
    membershipRuleProcessingState: null,
  });
  expect(sandbox.tenant.groups.get(id)?.memberIds).toHaveLength(3);
});

test("upsert by uniqueName creates with the header and updates afterwards", async () => {
  const sandbox = client();
  const path = "/v1.0/groups(uniqueName='stack-devices')";
  const prefer = { Prefer: "create-if-missing" };
  expect((await sandbox.send("PATCH", path, deviceGroup(), prefer)).status).toBe(201);
  expect((await sandbox.send("PATCH", path, { displayName: "Renamed" }, prefer)).status).toBe(204);
  expect((await sandbox.send("GET", path)).body).toMatchObject({
    displayName: "Renamed",
    uniqueName: "stack-devices",
  });
});

test.each([
  ["held", 400],
  ["released", 201],
] as const)(
  "switch uniqueNameAfterDelete %s: creating again after a delete answers %d",
  async (position, status) => {
    const sandbox = client({ switches: { uniqueNameAfterDelete: position } });
    const upsert = (): ReturnType<Client["send"]> =>
      sandbox.send("PATCH", "/v1.0/groups(uniqueName='x')", deviceGroup(), {
        Prefer: "create-if-missing",
      });
    const { id } = (await upsert()).body;
    await sandbox.send("DELETE", group(String(id)));
    const again = await upsert();
    expect(again.status).toBe(status);
    if (status === 400)
      expect(again.message).toBe(
        "Another object with the same value for property uniqueName already exists.",
      );
  },
);

test("switch upsertOwners failFirst: links in a creating upsert fail once", async () => {
  const sandbox = client({ switches: { upsertOwners: "failFirst" } });
  const body = deviceGroup({ "owners@odata.bind": [link(ids.intune)] });
  const upsert = (): ReturnType<Client["send"]> =>
    sandbox.send("PATCH", "/v1.0/groups(uniqueName='x')", body, { Prefer: "create-if-missing" });
  expect(await upsert()).toMatchObject({
    status: 400,
    message: expect.stringContaining("queried reference-property") as string,
  });
  expect((await upsert()).status).toBe(201);
});

test.each([
  ["soft", 200],
  ["hard", 404],
] as const)("switch groupDelete %s: the deleted item answers %d", async (position, status) => {
  const sandbox = client({ switches: { groupDelete: position } });
  expect((await sandbox.send("DELETE", group(ids.admins))).status).toBe(204);
  expect((await sandbox.send("GET", group(ids.admins))).status).toBe(404);
  expect((await sandbox.send("GET", `/v1.0/directory/deletedItems/${ids.admins}`)).status).toBe(
    status,
  );
});

test.each([
  ["1024", 400],
  ["1500", 201],
] as const)(
  "switch groupDescriptionLimit %s: 1500 characters answer %d",
  async (groupDescriptionLimit, status) => {
    const sandbox = client({ switches: { groupDescriptionLimit } });
    expect(
      (await sandbox.send("POST", "/v1.0/groups", deviceGroup({ description: "x".repeat(1500) })))
        .status,
    ).toBe(status);
  },
);

test.each([
  ["allowed", 201],
  ["refused", 400],
] as const)("switch mailNicknameDot %s: a dot answers %d", async (mailNicknameDot, status) => {
  const sandbox = client({ switches: { mailNicknameDot } });
  expect(
    (await sandbox.send("POST", "/v1.0/groups", deviceGroup({ mailNickname: "a.b" }))).status,
  ).toBe(status);
});

test.each([
  ["null", 201],
  ["refused", 400],
] as const)(
  "switch emptyDescription %s: an empty description answers %d",
  async (emptyDescription, status) => {
    const answer = await client({ switches: { emptyDescription } }).send(
      "POST",
      "/v1.0/groups",
      deviceGroup({ description: "" }),
    );
    expect(answer.status).toBe(status);
    if (status === 201) expect(answer.body["description"]).toBeNull();
  },
);

test("a fresh group is hidden by id and by filter for as long as the lags say", async () => {
  const sandbox = client({ lag: { directoryMs: 3000, indexMs: 60_000 } });
  const id = await made(sandbox, deviceGroup({ displayName: "Fresh" }));
  expect(await sandbox.send("GET", group(id))).toMatchObject({
    status: 404,
    code: "Request_ResourceNotFound",
  });
  expect(
    (await sandbox.send("POST", `${group(id)}/owners/$ref`, { "@odata.id": link(ids.user) }))
      .status,
  ).toBe(404);
  sandbox.tenant.advance(3000);
  expect((await sandbox.send("GET", group(id))).status).toBe(200);
  const byName = "/v1.0/groups?$filter=displayName eq 'Fresh'";
  expect(values(await sandbox.send("GET", byName))).toEqual([]);
  sandbox.tenant.advance(60_000);
  expect(values(await sandbox.send("GET", byName))).toHaveLength(1);
});

test("pages follow the next link and keep their query", async () => {
  const sandbox = client();
  const seen: unknown[] = [];
  let next: string | undefined = "/v1.0/groups?$top=2&$select=id";
  while (next !== undefined) {
    const page = await sandbox.send("GET", next);
    expect(values(page).length).toBeLessThanOrEqual(2);
    seen.push(...values(page).map((item) => item["id"]));
    next = page.body["@odata.nextLink"] as string | undefined;
  }
  expect(new Set(seen).size).toBe(5);
});

test.each([
  ["notAdded", 0],
  ["added", 1],
] as const)(
  "switch callerOwner %s: an app-only create has %d owners",
  async (callerOwner, count) => {
    const sandbox = client({ switches: { callerOwner } });
    const claims = { appid: "x", idtyp: "app", oid: "5e000000-0000-4000-8000-000000000004" };
    const token = `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;
    const made = await sandbox.send("POST", "/v1.0/groups", deviceGroup(), {
      authorization: `Bearer ${token}`,
    });
    expect(sandbox.tenant.groups.get(String(made.body["id"]))?.ownerIds).toHaveLength(count);
  },
);
