/** A small tenant for the policy contract tests, asked in process: no port, no default seed. */
import { buildApp, type Tenant } from "pulumi-autopilot-sandbox";
import type { Json } from "./sandbox-policies-bodies";

export interface Answer {
  readonly status: number;
  readonly body: Json;
  /** `error.code` and `error.message` of a refusal. */
  readonly code: string;
  readonly message: string;
}

export interface Client {
  readonly tenant: Tenant;
  send(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  /** Makes a policy and answers its id. */
  made(body: unknown): Promise<string>;
}

export const policies = "/beta/deviceManagement/configurationPolicies";
export const userGroup = "11111111-1111-4111-8111-111111111111";
export const otherUserGroup = "22222222-2222-4222-8222-222222222222";
export const deviceGroup = "33333333-3333-4333-8333-333333333333";
export const ownerPrincipal = "44444444-4444-4444-8444-444444444444";

type Options = NonNullable<Parameters<typeof buildApp>[0]>;

const group = (id: string, name: string, more: Json = {}): Json & { id: string } => ({
  id,
  displayName: name,
  mailNickname: name,
  mailEnabled: false,
  securityEnabled: true,
  groupTypes: [],
  ...more,
});

export function client(options: Options = {}): Client {
  const seed = {
    organization: { id: "99999999-9999-4999-8999-999999999999", displayName: "Contoso" },
    servicePrincipals: [
      {
        id: ownerPrincipal,
        appId: "f1346770-5b25-470b-88bd-d5744ab7952c",
        displayName: "Intune Provisioning Client",
      },
    ],
    groups: [
      group(userGroup, "users"),
      group(otherUserGroup, "others"),
      group(deviceGroup, "devices", { ownerIds: [ownerPrincipal] }),
    ],
    roleScopeTags: [
      { id: "0", displayName: "Default", isBuiltIn: true },
      { id: "7", displayName: "Berlin", isBuiltIn: false },
    ],
  };
  const { app, tenant } = buildApp({ seed, clock: "2026-11-20T08:00:00.503Z", ...options });

  const send = async (
    method: string,
    path: string,
    body?: unknown,
    token = "any",
  ): Promise<Answer> => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    const init =
      body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await app.request(path, init);
    const text = await response.text();
    const parsed = (text === "" ? {} : JSON.parse(text)) as Json;
    const error = (parsed["error"] ?? {}) as { code?: string; message?: string };
    return {
      status: response.status,
      body: parsed,
      code: error.code ?? "",
      message: error.message ?? "",
    };
  };

  return {
    tenant,
    send,
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, body),
    made: async (body) => {
      const answer = await send("POST", policies, body);
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.message}`);
      return String(answer.body["id"]);
    },
  };
}

/** An unsigned access token with these claims. */
export function token(claims: Json): string {
  const part = (value: Json): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.x`;
}
