/** The directory half of the sandbox tenant, asked in process: no port. */
import { buildApp, type AppOptions, type SandboxApp } from "pulumi-autopilot-sandbox";

export type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
  /** Names of the error, empty when there is none. */
  readonly code: string;
  readonly message: string;
}

export interface Client extends SandboxApp {
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

/** Ids of `seeds/default.json`. */
export const ids = {
  user: "a1ce0000-0000-4000-8000-000000000001",
  otherUser: "a1ce0000-0000-4000-8000-000000000002",
  guest: "a1ce0000-0000-4000-8000-000000000012",
  device: "de000000-0000-4000-8000-000000000001",
  intune: "5e000000-0000-4000-8000-000000000001",
  intuneAppId: "f1346770-5b25-470b-88bd-d5744ab7952c",
  admins: "9a000000-0000-4000-8000-000000000001",
  dynamicGroup: "9a000000-0000-4000-8000-000000000003",
  unifiedGroup: "9a000000-0000-4000-8000-000000000004",
  ownerless: "9a000000-0000-4000-8000-000000000005",
  nobody: "00000000-0000-4000-8000-00000000dead",
} as const;

export const link = (id: string, collection = "directoryObjects"): string =>
  `https://graph.microsoft.com/v1.0/${collection}/${id}`;

/** The body of a device group (docs/graph-facts.md 7). */
export const deviceGroup = (more: Json = {}): Json => ({
  displayName: "Devices",
  mailEnabled: false,
  mailNickname: "devices",
  securityEnabled: true,
  ...more,
});

export const userGroup = (more: Json = {}): Json => ({
  ...deviceGroup({ displayName: "Users", mailNickname: "users" }),
  groupTypes: ["DynamicMembership"],
  membershipRule: '(user.department -eq "Sales")',
  membershipRuleProcessingState: "On",
  ...more,
});

export function client(options: AppOptions = {}): Client {
  const built = buildApp({ clock: "2026-01-01T00:00:00Z", ...options });
  return {
    ...built,
    send: async (method, path, body, headers = {}) => {
      const response = await built.app.request(path, {
        method,
        headers: { authorization: "Bearer x", "content-type": "application/json", ...headers },
        ...(body === undefined
          ? {}
          : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = (response.headers.get("content-type") ?? "").includes("json");
      const parsed = (json ? JSON.parse(text) : { text }) as Json;
      const error = (typeof parsed["error"] === "object" ? parsed["error"] : {}) as Json;
      return {
        status: response.status,
        headers: response.headers,
        body: parsed,
        code: (error["code"] ?? "") as string,
        message: (error["message"] ?? "") as string,
      };
    },
  };
}

export const values = (answer: Answer): Json[] => answer.body["value"] as Json[];
