import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection, CredentialChoice } from "../../../../provider/src/identity/connection";
import { tokenSource } from "../../../../provider/src/identity/token";

const getToken = jest.fn<Promise<{ token: string; expiresOnTimestamp: number } | null>, [string]>();
const made = jest.fn<undefined, [string, ...unknown[]]>();

jest.mock("@azure/identity", () => {
  const credential = (name: string) =>
    class {
      constructor(...parts: unknown[]) {
        made(name, ...parts);
      }
      getToken = (scope: string) => getToken(scope);
    };
  const names = [
    "AzureCliCredential",
    "AzurePipelinesCredential",
    "ClientAssertionCredential",
    "ClientCertificateCredential",
    "ClientSecretCredential",
    "ManagedIdentityCredential",
    "WorkloadIdentityCredential",
  ];
  return Object.fromEntries(names.map((name) => [name, credential(name)]));
});

const MINUTE = 60_000;
const NOW = Date.parse("2026-11-20T12:00:00Z");

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] });
  jest.resetAllMocks();
  let number = 0;
  getToken.mockImplementation(async () => ({
    token: `token ${++number}`,
    expiresOnTimestamp: Date.now() + 60 * MINUTE,
  }));
});
afterEach(() => {
  jest.useRealTimers();
});

const app = { tenantId: "tenant", clientId: "client" };

function source(credential: CredentialChoice = { kind: "secret", ...app, secret: "s" }) {
  const connection: Connection = {
    endpoint: "https://graph.microsoft.com",
    cloud: { authority: "https://login.microsoftonline.com", graph: "https://graph.microsoft.com" },
    credential,
    local: false,
    operationMinutes: 15,
    offline: false,
  };
  return tokenSource(connection);
}

test.each<[string, CredentialChoice, string]>([
  ["the sandbox tenant", { kind: "sandbox" }, "sandbox"],
  ["a token that is given", { kind: "accessToken", token: "given" }, "given"],
])("%s needs no sign-in", async (_fact, credential, token) => {
  expect(await source(credential)()).toBe(token);
  expect(made).not.toHaveBeenCalled();
});

test("nothing is asked for before the first token", () => {
  source();
  expect(made).not.toHaveBeenCalled();
});

test("the token is for the endpoint", async () => {
  await source()();
  expect(getToken).toHaveBeenCalledWith("https://graph.microsoft.com/.default");
});

test("all who ask at the same time share one request", async () => {
  const token = source();
  const tokens = await Promise.all([token(), token(), token()]);
  expect(tokens).toEqual(["token 1", "token 1", "token 1"]);
  expect(getToken).toHaveBeenCalledTimes(1);
});

test("a token is used again while it lasts", async () => {
  const token = source();
  await token();
  jest.setSystemTime(NOW + 54 * MINUTE);
  expect(await token()).toBe("token 1");
});

test("a token that ends soon is renewed, by one request for all", async () => {
  const token = source();
  await token();
  jest.setSystemTime(NOW + 55 * MINUTE);
  expect(await Promise.all([token(), token(), token()])).toEqual(Array(3).fill("token 2"));
  expect(getToken).toHaveBeenCalledTimes(2);
});

describe("a failure", () => {
  test("reaches all who asked", async () => {
    getToken.mockRejectedValueOnce(new Error("expired secret"));
    const token = source();
    const results = await Promise.allSettled([token(), token()]);
    expect(results).toMatchObject([
      { reason: { message: "expired secret" } },
      { reason: { message: "expired secret" } },
    ]);
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  test("is not kept: the next asks again", async () => {
    getToken.mockRejectedValueOnce(new Error("network"));
    const token = source();
    await expect(token()).rejects.toThrow("network");
    expect(await token()).toBe("token 1");
  });

  test("is not kept where a file was missing", async () => {
    const folder = await mkdtemp(join(tmpdir(), "token-"));
    const secretFile = join(folder, "secret");
    const token = source({ kind: "secret", ...app, secretFile });
    await expect(token()).rejects.toThrow("ENOENT");
    writeFileSync(secretFile, " hidden\n");
    expect(await token()).toBe("token 1");
    expect(made).toHaveBeenCalledWith(
      "ClientSecretCredential",
      "tenant",
      "client",
      "hidden",
      expect.anything(),
    );
    await rm(folder, { recursive: true });
  });

  test("is also an answer without a token", async () => {
    getToken.mockResolvedValueOnce(null);
    await expect(source()()).rejects.toThrow('the credential "secret" gave no token.');
  });
});

const authority = { authorityHost: "https://login.microsoftonline.com" };

describe("the credential", () => {
  test.each<[CredentialChoice, unknown[]]>([
    [
      { kind: "secret", ...app, secret: "s" },
      ["ClientSecretCredential", "tenant", "client", "s", authority],
    ],
    [
      { kind: "certificate", ...app, file: "/c", password: "p" },
      [
        "ClientCertificateCredential",
        "tenant",
        "client",
        { certificatePath: "/c", certificatePassword: "p" },
        authority,
      ],
    ],
    [
      { kind: "certificate", ...app, base64: Buffer.from("pem").toString("base64") },
      ["ClientCertificateCredential", "tenant", "client", { certificate: "pem" }, authority],
    ],
    [
      { kind: "workloadIdentity", ...app, tokenFile: "/f" },
      ["WorkloadIdentityCredential", { ...authority, ...app, tokenFilePath: "/f" }],
    ],
    [
      { kind: "azurePipelines", ...app, serviceConnectionId: "sc", accessToken: "ado" },
      ["AzurePipelinesCredential", "tenant", "client", "sc", "ado", authority],
    ],
    [{ kind: "managedIdentity" }, ["ManagedIdentityCredential"]],
    [
      { kind: "managedIdentity", clientId: "client" },
      ["ManagedIdentityCredential", { clientId: "client" }],
    ],
    [{ kind: "azureCli" }, ["AzureCliCredential", {}]],
    [{ kind: "azureCli", tenantId: "tenant" }, ["AzureCliCredential", { tenantId: "tenant" }]],
  ])("of %j is made once", async (credential, parts) => {
    const token = source(credential);
    await token();
    jest.setSystemTime(NOW + 56 * MINUTE);
    await token();
    expect(made.mock.calls).toEqual([parts]);
  });

  test("of an OIDC token signs in with that token", async () => {
    await source({ kind: "oidcToken", ...app, token: "assertion" })();
    const assertion = made.mock.calls[0]![3] as () => Promise<string>;
    expect(await assertion()).toBe("assertion");
  });
});

describe("GitHub's token", () => {
  const realFetch = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = realFetch;
  });

  async function assertion(reply: Response) {
    const asked: { url: string; init: RequestInit | undefined }[] = [];
    globalThis.fetch = async (url, init) => {
      asked.push({ url: new Request(url).url, init });
      return reply;
    };
    const requestUrl = "https://github.example/oidc?api=2";
    await source({ kind: "githubOidc", ...app, requestUrl, requestToken: "gh" })();
    const ask = made.mock.calls[0]![3] as () => Promise<string>;
    return { asked, answer: ask() };
  }

  test("is asked for with Entra ID's audience", async () => {
    const { asked, answer } = await assertion(Response.json({ value: "jwt" }));
    expect(await answer).toBe("jwt");
    expect(asked).toMatchObject([
      {
        url: "https://github.example/oidc?api=2&audience=api%3A%2F%2FAzureADTokenExchange",
        init: { headers: { Authorization: "Bearer gh" }, redirect: "error" },
      },
    ]);
  });

  test.each<[string, () => Response, string]>([
    ["a refusal", () => new Response("", { status: 403 }), "GitHub gave no id token (status 403)."],
    ["an empty answer", () => Response.json({}), "GitHub's answer holds no id token."],
  ])("is missing after %s", async (_fact, reply, message) => {
    const { answer } = await assertion(reply());
    await expect(answer).rejects.toThrow(message);
  });
});
