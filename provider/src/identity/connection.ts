import { type Cloud, type CloudName, cloudNamed, CLOUDS } from "./clouds";

/** How a token is obtained. Secrets stay in here for the length of a run; none is ever stored or printed. */
export type CredentialChoice =
  | { kind: "sandbox" }
  | { kind: "accessToken"; token: string }
  | ({ kind: "githubOidc"; requestUrl: string; requestToken: string } & Application)
  | ({ kind: "azurePipelines"; serviceConnectionId: string; accessToken: string } & Application)
  | ({ kind: "oidcToken"; token?: string; tokenFile?: string } & Application)
  | ({ kind: "workloadIdentity"; tokenFile: string } & Application)
  | ({ kind: "certificate"; file?: string; base64?: string; password?: string } & Application)
  | ({ kind: "secret"; secret?: string; secretFile?: string } & Application)
  | { kind: "managedIdentity"; clientId?: string }
  | { kind: "azureCli"; tenantId?: string };

interface Application {
  tenantId: string;
  clientId: string;
}

/** Where Microsoft Graph is, and who asks. */
export interface Connection {
  /** Base address without a version and without a slash at the end. */
  endpoint: string;
  cloud: Cloud;
  /** The endpoint is a sandbox tenant on this machine, which has none of the service's limits. */
  local: boolean;
  credential: CredentialChoice;
  /** How long one operation may wait for the service, in minutes. */
  operationMinutes: number;
  /** Look-ups in programs send nothing. */
  offline: boolean;
}

/** All mistakes in the configuration, each a sentence. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly advice: string[];

  constructor(readonly problems: string[]) {
    super(problems[0] ?? "the configuration is wrong.");
    this.advice = problems.slice(1);
  }
}

type Get = (key: string) => string | undefined;
type Env = Readonly<Record<string, string | undefined>>;

const DEFAULT_OPERATION_MINUTES = 15;

/**
 * Decides endpoint, cloud and credential from the stack's configuration and the environment, and from nothing else: no
 * request, no file. Provider, look-ups and commands share it. `autopilot:` wins over `azuread:`, that over `ARM_*`
 * and `AZURE_*`, so that who uses `@pulumi/azuread` configures nothing twice.
 *
 * @throws ConfigurationError with every mistake at once
 */
export function connection(get: Get, env: Env): Connection {
  const problems: string[] = [];
  const setting = reader(get, env);

  const environment = setting("environment", "ARM_ENVIRONMENT") ?? "public";
  const cloudName: CloudName | undefined = cloudNamed(environment);
  if (cloudName === undefined) {
    problems.push(
      `autopilot:environment is "${environment}"; it is one of ${Object.keys(CLOUDS).join(", ")}.`,
    );
  }
  const cloud = CLOUDS[cloudName ?? "public"];
  const endpoint = (setting("endpoint", "AUTOPILOT_ENDPOINT") ?? cloud.graph).replace(/\/+$/, "");
  const local = isLoopback(endpoint);
  if (!local && endpoint !== cloud.graph) {
    problems.push(
      `autopilot:endpoint is "${endpoint.replace(/\/\/[^/]*@/, "//...@")}"; tokens go only to ${cloud.graph} or to a sandbox tenant on this machine (http://127.0.0.1:...).`,
    );
  }
  const operationMinutes = Number(
    setting("operationMinutes", "AUTOPILOT_OPERATION_MINUTES") ?? DEFAULT_OPERATION_MINUTES,
  );
  if (!(operationMinutes > 0 && operationMinutes <= 24 * 60)) {
    problems.push(
      "autopilot:operationMinutes is a number of minutes, more than 0 and at most 1440.",
    );
  }
  const credential = chooseCredential(setting, local, problems);
  if (problems.length > 0 || credential === undefined) throw new ConfigurationError(problems);
  const offline = isTrue(setting("offline", "AUTOPILOT_OFFLINE"));
  return { endpoint, cloud, local, credential, operationMinutes, offline };
}

type Setting = (key: string | undefined, ...variables: string[]) => string | undefined;

function reader(get: Get, env: Env): Setting {
  return (key, ...variables) => {
    const configured = key && (given(get(`autopilot:${key}`)) ?? given(get(`azuread:${key}`)));
    if (configured) return configured;
    return variables.map((name) => given(env[name])).find((value) => value !== undefined);
  };
}

/** The first configured kind wins; there is no falling through to another when it fails. */
function chooseCredential(
  setting: Setting,
  local: boolean,
  problems: string[],
): CredentialChoice | undefined {
  const asked = setting("authMethod", "AUTOPILOT_AUTH_METHOD");
  const tenantId = setting("tenantId", "ARM_TENANT_ID", "AZURE_TENANT_ID");
  const clientId = setting("clientId", "ARM_CLIENT_ID", "AZURE_CLIENT_ID");
  const useOidc = isTrue(setting("useOidc", "ARM_USE_OIDC"));

  const candidates: Partial<Record<CredentialChoice["kind"], () => object | undefined>> = {
    sandbox: () => (local ? {} : undefined),
    accessToken: () => all({ token: setting("accessToken", "AUTOPILOT_ACCESS_TOKEN") }),
    azurePipelines: () =>
      useOidc || asked === "azurePipelines"
        ? all({
            serviceConnectionId: setting(
              "adoPipelineServiceConnectionId",
              "ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID",
              "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID",
            ),
            accessToken: setting(undefined, "SYSTEM_ACCESSTOKEN"),
          })
        : undefined,
    oidcToken: () =>
      useOidc || asked === "oidcToken"
        ? some({
            token: setting("oidcToken", "ARM_OIDC_TOKEN"),
            tokenFile: setting("oidcTokenFilePath", "ARM_OIDC_TOKEN_FILE_PATH"),
          })
        : undefined,
    githubOidc: () =>
      useOidc || asked === "githubOidc"
        ? all({
            requestUrl: setting(
              "oidcRequestUrl",
              "ARM_OIDC_REQUEST_URL",
              "ACTIONS_ID_TOKEN_REQUEST_URL",
            ),
            requestToken: setting(
              "oidcRequestToken",
              "ARM_OIDC_REQUEST_TOKEN",
              "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            ),
          })
        : undefined,
    workloadIdentity: () => all({ tokenFile: setting(undefined, "AZURE_FEDERATED_TOKEN_FILE") }),
    certificate: () => {
      const from = some({
        file: setting(
          "clientCertificatePath",
          "ARM_CLIENT_CERTIFICATE_PATH",
          "AZURE_CLIENT_CERTIFICATE_PATH",
        ),
        base64: setting("clientCertificate", "ARM_CLIENT_CERTIFICATE"),
      });
      const password = setting(
        "clientCertificatePassword",
        "ARM_CLIENT_CERTIFICATE_PASSWORD",
        "AZURE_CLIENT_CERTIFICATE_PASSWORD",
      );
      return from && { ...from, ...(password !== undefined && { password }) };
    },
    secret: () =>
      some({
        secret: setting("clientSecret", "ARM_CLIENT_SECRET", "AZURE_CLIENT_SECRET"),
        secretFile: setting("clientSecretFilePath", "ARM_CLIENT_SECRET_FILE_PATH"),
      }),
    managedIdentity: () =>
      isTrue(setting("useMsi", "ARM_USE_MSI")) || asked === "managedIdentity"
        ? { ...(clientId !== undefined && { clientId }) }
        : undefined,
    azureCli: () => ({ ...(tenantId !== undefined && { tenantId }) }),
  };

  const kinds = Object.keys(candidates) as CredentialChoice["kind"][];
  if (asked !== undefined && !kinds.some((kind) => kind === asked)) {
    problems.push(`autopilot:authMethod is "${asked}"; it is one of ${kinds.join(", ")}.`);
    return undefined;
  }
  for (const kind of asked === undefined ? kinds : [asked as CredentialChoice["kind"]]) {
    const parts = candidates[kind]?.();
    if (parts === undefined) continue;
    if (!NEEDS_APPLICATION.has(kind)) return { kind, ...parts } as CredentialChoice;
    if (tenantId === undefined || clientId === undefined) {
      const missing = [tenantId ?? "autopilot:tenantId", clientId ?? "autopilot:clientId"].filter(
        (name) => name.startsWith("autopilot:"),
      );
      problems.push(`the credential "${kind}" is configured, but ${missing.join(" and ")} is not.`);
      return undefined;
    }
    return { kind, tenantId, clientId, ...parts } as CredentialChoice;
  }
  problems.push(`autopilot:authMethod is "${String(asked)}", but what it needs is not configured.`);
  return undefined;
}

const NEEDS_APPLICATION = new Set<CredentialChoice["kind"]>([
  "githubOidc",
  "azurePipelines",
  "oidcToken",
  "workloadIdentity",
  "certificate",
  "secret",
]);

/** Only an address of this machine itself: there a sandbox tenant may stand in for the service. */
export function isLoopback(endpoint: string): boolean {
  try {
    const { protocol, hostname } = new URL(endpoint);
    const web = protocol === "http:" || protocol === "https:";
    return web && (/^127(\.\d+){3}$/.test(hostname) || ["localhost", "[::1]"].includes(hostname));
  } catch {
    return false;
  }
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value;
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(1|true|yes)$/i.test(value);
}

/** The parts if every one is there. */
function all(parts: Record<string, string | undefined>): object | undefined {
  return Object.values(parts).every((part) => part !== undefined) ? parts : undefined;
}

/** The parts that are there, if any is. */
function some(parts: Record<string, string | undefined>): object | undefined {
  const entries = Object.entries(parts).filter(([, part]) => part !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
