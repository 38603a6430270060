import { client, ids, type Answer, type Client } from "./sandbox-client";

const appId = "c0ffee00-0000-4000-8000-000000000001";
const credentials = {
  client_id: appId,
  grant_type: "client_credentials",
  scope: "https://graph.microsoft.com/.default",
  client_secret: "s3cret",
};

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const assertion = (claims: object): string =>
  `${part({ alg: "RS256", x5t: "x" })}.${part(claims)}.c2ln`;
const claims = {
  aud: "http://localhost/contoso/oauth2/v2.0/token",
  iss: appId,
  sub: appId,
  exp: 1_800_000_000,
};
const asserted = (value: string): Record<string, string | undefined> => ({
  ...credentials,
  client_secret: undefined,
  client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
  client_assertion: value,
});

function token(
  sandbox: Client,
  fields: Record<string, string | undefined>,
  path = "/contoso/oauth2/v2.0/token",
): Promise<Answer> {
  const given = Object.entries(fields).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return sandbox.send("POST", path, new URLSearchParams(given).toString(), {
    "content-type": "application/x-www-form-urlencoded",
    authorization: "",
  });
}

function claimsIn(answer: Answer): Record<string, unknown> {
  const parts = String(answer.body["access_token"]).split(".");
  expect(parts).toHaveLength(3);
  return JSON.parse(Buffer.from(parts[1] ?? "", "base64url").toString()) as Record<string, unknown>;
}

test.each([
  ["a secret", credentials],
  [
    "a secret and extra scopes",
    { ...credentials, scope: "https://graph.microsoft.com/.default openid offline_access profile" },
  ],
  ["a certificate assertion", asserted(assertion(claims))],
  [
    "a federated assertion",
    asserted(
      assertion({
        ...claims,
        iss: "https://token.actions.githubusercontent.com",
        sub: "repo:x/y:ref:refs/heads/main",
      }),
    ),
  ],
  ["claims with CP1", { ...credentials, claims: '{"access_token":{"xms_cc":{"values":["CP1"]}}}' }],
])("client credentials with %s give an app-only token", async (_, fields) => {
  const answer = await token(client(), fields);
  expect(answer).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 3599 } });
  const found = claimsIn(answer);
  expect(found).toMatchObject({
    aud: "https://graph.microsoft.com",
    appid: appId,
    oid: "5e000000-0000-4000-8000-000000000004",
    idtyp: "app",
  });
  expect(found["roles"]).toContain("Group.ReadWrite.All");
  expect(found).not.toHaveProperty("scp");
});

test("the v1 endpoint takes a resource", async () => {
  const { scope: _, ...rest } = credentials;
  const answer = await token(
    client(),
    { ...rest, resource: "https://graph.microsoft.com" },
    "/contoso/oauth2/token",
  );
  expect(answer).toMatchObject({ status: 200, body: { resource: "https://graph.microsoft.com" } });
});

test("a delegated token has a user and scopes, and can be refreshed", async () => {
  const sandbox = client();
  const user = { client_id: appId, scope: "https://graph.microsoft.com/.default offline_access" };
  const first = await token(sandbox, {
    ...user,
    grant_type: "password",
    username: "bao.tran@northwind.example",
    password: "x",
  });
  expect(claimsIn(first)).toMatchObject({ oid: ids.otherUser, scp: expect.any(String) as string });
  const again = await token(sandbox, {
    ...user,
    grant_type: "refresh_token",
    refresh_token: String(first.body["refresh_token"]),
  });
  expect(claimsIn(again)["oid"]).toBe(ids.otherUser);
  const me = await sandbox.send("GET", "/v1.0/me", undefined, {
    authorization: `Bearer ${String(again.body["access_token"])}`,
  });
  expect(me.body["id"]).toBe(ids.otherUser);
});

const refused: readonly [string, Record<string, string | undefined>, number, string, number][] = [
  ["no client id", { ...credentials, client_id: undefined }, 400, "invalid_request", 900144],
  [
    "a client id that isn't one",
    { ...credentials, client_id: "me" },
    400,
    "unauthorized_client",
    700016,
  ],
  ["no scope", { ...credentials, scope: undefined }, 400, "invalid_request", 900144],
  [
    "a scope without /.default",
    { ...credentials, scope: "User.Read" },
    400,
    "invalid_scope",
    1002012,
  ],
  ["no credential", { ...credentials, client_secret: undefined }, 401, "invalid_client", 7000216],
  [
    "an unknown grant",
    { ...credentials, grant_type: "magic" },
    400,
    "unsupported_grant_type",
    70003,
  ],
  ["an assertion of two parts", asserted("a.b"), 401, "invalid_client", 50027],
  [
    "an assertion without sub",
    asserted(assertion({ ...claims, sub: undefined })),
    401,
    "invalid_client",
    50027,
  ],
  [
    "an expired assertion",
    asserted(assertion({ ...claims, exp: 1 })),
    401,
    "invalid_client",
    700024,
  ],
  [
    "another client's assertion",
    asserted(assertion({ ...claims, iss: "x", sub: "x" })),
    401,
    "invalid_client",
    700021,
  ],
  [
    "a user that isn't there",
    {
      client_id: appId,
      grant_type: "password",
      scope: "x/.default",
      username: "nobody",
      password: "x",
    },
    400,
    "invalid_grant",
    50034,
  ],
  [
    "a refresh token from elsewhere",
    { client_id: appId, grant_type: "refresh_token", scope: "x/.default", refresh_token: "x" },
    400,
    "invalid_grant",
    70000,
  ],
];

test.each(refused)("refused: %s", async (_, fields, status, error, number) => {
  const answer = await token(client(), fields);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({
    error,
    error_codes: [number],
    error_description: expect.stringMatching(`^AADSTS${number}: `) as string,
  });
});

test("a client that gets a token is in the directory afterwards, without moving other ids", async () => {
  const sandbox = client();
  const next = client().tenant.newId();
  const answer = await token(sandbox, {
    ...credentials,
    client_id: "12345678-1234-4234-8234-123456789012",
  });
  const found = await sandbox.send(
    "GET",
    `/v1.0/directoryObjects/${String(claimsIn(answer)["oid"])}`,
  );
  expect(found.body["appId"]).toBe("12345678-1234-4234-8234-123456789012");
  expect(sandbox.tenant.newId()).toBe(next);
});

test("Graph wants a bearer; any will do", async () => {
  const sandbox = client();
  expect(await sandbox.send("GET", "/v1.0/users", undefined, { authorization: "" })).toMatchObject({
    status: 401,
    code: "InvalidAuthenticationToken",
  });
  expect(
    (await sandbox.send("GET", "/v1.0/users", undefined, { authorization: "Bearer abc" })).status,
  ).toBe(200);
});

test("strictTokens: only tokens issued here, until they expire", async () => {
  const sandbox = client({ strictTokens: true });
  expect((await sandbox.send("GET", "/v1.0/users")).status).toBe(401);
  const authorization = `Bearer ${String((await token(sandbox, credentials)).body["access_token"])}`;
  expect((await sandbox.send("GET", "/v1.0/users", undefined, { authorization })).status).toBe(200);
  sandbox.tenant.advance(3_600_000);
  expect(await sandbox.send("GET", "/v1.0/users", undefined, { authorization })).toMatchObject({
    status: 401,
    message: expect.stringContaining("expired") as string,
  });
});

test("/me needs a user", async () => {
  const sandbox = client();
  const authorization = `Bearer ${String((await token(sandbox, credentials)).body["access_token"])}`;
  expect((await sandbox.send("GET", "/v1.0/me", undefined, { authorization })).status).toBe(400);
});

test("metadata and OpenID documents point at the origin that was asked", async () => {
  const { app } = client();
  const cloud = (await (
    await app.request("http://localhost:4300/metadata/endpoints?api-version=2022-09-01")
  ).json()) as Record<string, unknown>;
  expect(cloud).toMatchObject({
    name: "AzureCloud",
    microsoftGraphResourceId: "http://localhost:4300",
    resourceManager: "http://localhost:4300",
    authentication: { loginEndpoint: "http://localhost:4300" },
  });
  const openId = (await (
    await app.request("http://localhost:4300/contoso/v2.0/.well-known/openid-configuration")
  ).json()) as Record<string, unknown>;
  expect(openId["token_endpoint"]).toBe("http://localhost:4300/contoso/oauth2/v2.0/token");
});
