import {
  connection,
  ConfigurationError,
  type CredentialChoice,
} from "../../../../provider/src/identity/connection";

type Strings = Record<string, string>;

const connect = (config: Strings, env: Strings = {}) => connection((key) => config[key], env);

function problems(config: Strings, env: Strings = {}): string[] {
  try {
    connect(config, env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

const APP = { ARM_TENANT_ID: "tenant", ARM_CLIENT_ID: "client" };
const AZURE_APP = { AZURE_TENANT_ID: "tenant", AZURE_CLIENT_ID: "client" };
const app = { tenantId: "tenant", clientId: "client" };
const GITHUB = {
  ACTIONS_ID_TOKEN_REQUEST_URL: "https://github.example/oidc",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "gh",
};
const github = { requestUrl: "https://github.example/oidc", requestToken: "gh" };
const LOCAL = { AUTOPILOT_ENDPOINT: "http://127.0.0.1:8080" };
const PIPELINE = { ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID: "sc", SYSTEM_ACCESSTOKEN: "ado" };

describe("the environment decides the credential", () => {
  test.each<[string, Strings, CredentialChoice]>([
    ["nothing at all", {}, { kind: "azureCli" }],
    ["a tenant alone", { ARM_TENANT_ID: "tenant" }, { kind: "azureCli", tenantId: "tenant" }],
    ["an application without a credential", APP, { kind: "azureCli", tenantId: "tenant" }],
    ["a sandbox tenant", LOCAL, { kind: "sandbox" }],
    [
      "a sandbox tenant beside a secret: the secret stays at home",
      { ...LOCAL, ...APP, ARM_CLIENT_SECRET: "s" },
      { kind: "sandbox" },
    ],
    ["a token", { AUTOPILOT_ACCESS_TOKEN: "t" }, { kind: "accessToken", token: "t" }],
    [
      "a token beside a secret",
      { ...APP, ARM_CLIENT_SECRET: "s", AUTOPILOT_ACCESS_TOKEN: "t" },
      { kind: "accessToken", token: "t" },
    ],
    ["a secret", { ...APP, ARM_CLIENT_SECRET: "s" }, { kind: "secret", ...app, secret: "s" }],
    [
      "a secret in Azure's names",
      { ...AZURE_APP, AZURE_CLIENT_SECRET: "s" },
      { kind: "secret", ...app, secret: "s" },
    ],
    [
      "a secret in both names: ARM_ wins",
      { ...APP, ARM_CLIENT_SECRET: "arm", AZURE_CLIENT_SECRET: "azure" },
      { kind: "secret", ...app, secret: "arm" },
    ],
    [
      "a secret in a file",
      { ...APP, ARM_CLIENT_SECRET_FILE_PATH: "/s" },
      { kind: "secret", ...app, secretFile: "/s" },
    ],
    [
      "a certificate in a file",
      { ...APP, ARM_CLIENT_CERTIFICATE_PATH: "/c" },
      { kind: "certificate", ...app, file: "/c" },
    ],
    [
      "a certificate in Azure's names, with a password",
      {
        ...AZURE_APP,
        AZURE_CLIENT_CERTIFICATE_PATH: "/c",
        AZURE_CLIENT_CERTIFICATE_PASSWORD: "p",
      },
      { kind: "certificate", ...app, file: "/c", password: "p" },
    ],
    [
      "a certificate as text",
      { ...APP, ARM_CLIENT_CERTIFICATE: "YQ==" },
      { kind: "certificate", ...app, base64: "YQ==" },
    ],
    [
      "a certificate beside a secret",
      { ...APP, ARM_CLIENT_CERTIFICATE_PATH: "/c", ARM_CLIENT_SECRET: "s" },
      { kind: "certificate", ...app, file: "/c" },
    ],
    [
      "a federated token of Kubernetes",
      { ...AZURE_APP, AZURE_FEDERATED_TOKEN_FILE: "/f" },
      { kind: "workloadIdentity", ...app, tokenFile: "/f" },
    ],
    [
      "OIDC in GitHub",
      { ...APP, ...GITHUB, ARM_USE_OIDC: "true" },
      { kind: "githubOidc", ...app, ...github },
    ],
    [
      "GitHub without OIDC switched on",
      { ...APP, ...GITHUB },
      { kind: "azureCli", tenantId: "tenant" },
    ],
    [
      "OIDC in GitHub beside a secret",
      { ...APP, ...GITHUB, ARM_USE_OIDC: "1", ARM_CLIENT_SECRET: "s" },
      { kind: "githubOidc", ...app, ...github },
    ],
    [
      "OIDC in Azure Pipelines",
      { ...APP, ...PIPELINE, ARM_USE_OIDC: "true" },
      { kind: "azurePipelines", ...app, serviceConnectionId: "sc", accessToken: "ado" },
    ],
    [
      "OIDC with a token",
      { ...APP, ARM_USE_OIDC: "TRUE", ARM_OIDC_TOKEN: "o" },
      { kind: "oidcToken", ...app, token: "o" },
    ],
    [
      "OIDC with a token in a file",
      { ...APP, ARM_USE_OIDC: "yes", ARM_OIDC_TOKEN_FILE_PATH: "/o" },
      { kind: "oidcToken", ...app, tokenFile: "/o" },
    ],
    [
      "OIDC switched off beside a secret",
      { ...APP, ...GITHUB, ARM_USE_OIDC: "false", ARM_CLIENT_SECRET: "s" },
      { kind: "secret", ...app, secret: "s" },
    ],
    ["a managed identity", { ARM_USE_MSI: "true" }, { kind: "managedIdentity" }],
    [
      "a managed identity of the user's own",
      { ARM_USE_MSI: "true", ARM_CLIENT_ID: "client" },
      { kind: "managedIdentity", clientId: "client" },
    ],
    [
      "blank variables are none",
      { ...APP, ARM_CLIENT_SECRET: "", ARM_CLIENT_CERTIFICATE_PATH: "  " },
      { kind: "azureCli", tenantId: "tenant" },
    ],
    [
      "a method that is asked for, over one that would win",
      {
        ...APP,
        AUTOPILOT_ACCESS_TOKEN: "t",
        ARM_CLIENT_SECRET: "s",
        AUTOPILOT_AUTH_METHOD: "secret",
      },
      { kind: "secret", ...app, secret: "s" },
    ],
    [
      "a method of OIDC that is asked for",
      { ...APP, ...GITHUB, AUTOPILOT_AUTH_METHOD: "githubOidc" },
      { kind: "githubOidc", ...app, ...github },
    ],
    [
      "the Azure CLI that is asked for",
      { ...APP, ARM_CLIENT_SECRET: "s", AUTOPILOT_AUTH_METHOD: "azureCli" },
      { kind: "azureCli", tenantId: "tenant" },
    ],
    [
      "a managed identity that is asked for",
      { AUTOPILOT_AUTH_METHOD: "managedIdentity" },
      { kind: "managedIdentity" },
    ],
  ])("%s", (_fact, env, credential) => {
    expect(connect({}, env).credential).toEqual(credential);
  });
});

describe("the stack's configuration", () => {
  test.each<[string, Strings, Strings, string]>([
    [
      "wins over the environment",
      { "autopilot:clientSecret": "a" },
      { ARM_CLIENT_SECRET: "e" },
      "a",
    ],
    [
      "of autopilot wins over that of azuread",
      { "autopilot:clientSecret": "a", "azuread:clientSecret": "b" },
      {},
      "a",
    ],
    [
      "of azuread wins over the environment",
      { "azuread:clientSecret": "b" },
      { ARM_CLIENT_SECRET: "e" },
      "b",
    ],
    ["may be blank", { "autopilot:clientSecret": " " }, { ARM_CLIENT_SECRET: "e" }, "e"],
  ])("%s", (_fact, config, env, secret) => {
    expect(connect(config, { ...APP, ...env }).credential).toMatchObject({
      kind: "secret",
      secret,
    });
  });
});

describe("a mistake", () => {
  test.each<[string, Strings, string]>([
    [
      "a secret without an application",
      { ARM_CLIENT_SECRET: "s" },
      'the credential "secret" is configured, but autopilot:tenantId and autopilot:clientId is not.',
    ],
    [
      "a secret without a client",
      { ARM_CLIENT_SECRET: "s", ARM_TENANT_ID: "tenant" },
      'the credential "secret" is configured, but autopilot:clientId is not.',
    ],
    [
      "a federated token without a tenant",
      { AZURE_FEDERATED_TOKEN_FILE: "/f", AZURE_CLIENT_ID: "client" },
      'the credential "workloadIdentity" is configured, but autopilot:tenantId is not.',
    ],
    [
      "a method that does not exist",
      { AUTOPILOT_AUTH_METHOD: "password" },
      'autopilot:authMethod is "password"; it is one of sandbox, accessToken, azurePipelines, oidcToken, githubOidc, workloadIdentity, certificate, secret, managedIdentity, azureCli.',
    ],
    [
      "a method without what it needs",
      { ...APP, AUTOPILOT_AUTH_METHOD: "secret" },
      'autopilot:authMethod is "secret", but what it needs is not configured.',
    ],
    [
      "the sandbox's method with the real service",
      { AUTOPILOT_AUTH_METHOD: "sandbox" },
      'autopilot:authMethod is "sandbox", but what it needs is not configured.',
    ],
  ])("is %s", (_fact, env, problem) => {
    expect(problems({}, env)).toEqual([problem]);
  });

  test("comes with all others", () => {
    const config = { "autopilot:environment": "moon", "autopilot:operationMinutes": "x" };
    expect(problems(config, { ARM_CLIENT_SECRET: "s" })).toHaveLength(3);
  });
});

test("no secret stands in the text of an error", () => {
  const secrets = {
    AUTOPILOT_ACCESS_TOKEN: "hush1",
    ARM_CLIENT_SECRET: "hush2",
    ARM_OIDC_TOKEN: "hush3",
    ARM_CLIENT_CERTIFICATE: "hush4",
    ARM_CLIENT_CERTIFICATE_PASSWORD: "hush5",
    SYSTEM_ACCESSTOKEN: "hush6",
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "hush7",
    AUTOPILOT_ENDPOINT: "https://me:hush8@graph.example",
    AUTOPILOT_AUTH_METHOD: "none",
    ARM_ENVIRONMENT: "moon",
  };
  expect(problems({}, secrets).length).toBeGreaterThan(2);
  expect(problems({}, secrets).join("\n")).not.toContain("hush");
});
