/**
 * Access tokens: JWTs as clients take them apart (they read `oid`, `tid`, `appid`, `roles`, `scp`),
 * but unsigned; nothing but this sandbox would take one. Microsoft Graph's own tokens are opaque to clients.
 */
import { guidOf, type Entity, type Json, type Tenant } from "./tenant";

export interface TokenRequest {
  readonly tenantId: string;
  readonly audience: string;
  readonly clientId: string;
  readonly issuer: string;
  readonly lifetimeSeconds: number;
  /** Set for a delegated token. */
  readonly user?: Entity;
  readonly scopes?: string;
}

/** Application permissions that this provider's work needs (docs/graph-facts.md 8.1). */
const roles = [
  "Application.ReadWrite.All",
  "DeviceManagementApps.Read.All",
  "DeviceManagementConfiguration.ReadWrite.All",
  "DeviceManagementScripts.Read.All",
  "Directory.Read.All",
  "Group.ReadWrite.All",
];

export function accessToken(tenant: Tenant, request: TokenRequest): string {
  const { user } = request;
  const now = Math.floor(tenant.now().getTime() / 1000);
  const common = {
    aud: request.audience,
    iss: request.issuer,
    iat: now,
    nbf: now,
    exp: now + request.lifetimeSeconds,
    appid: request.clientId,
    tid: request.tenantId,
    ver: "1.0",
    uti: guidOf(`${request.clientId}:${now}`).slice(0, 22),
  };
  const app = callerPrincipal(tenant, request.clientId);
  const claims: Json =
    user === undefined
      ? { ...common, idtyp: "app", oid: app.id, sub: app.id, roles, appidacr: "1" }
      : {
          ...common,
          idtyp: "user",
          oid: user.id,
          sub: user.id,
          scp: request.scopes ?? roles.join(" "),
          upn: user["userPrincipalName"],
          unique_name: user["userPrincipalName"],
          name: user["displayName"],
          wids: ["62e90394-69f5-4237-9190-012177145e10"],
        };
  return jwt(claims);
}

export function idToken(tenant: Tenant, request: TokenRequest, user: Entity): string {
  const now = Math.floor(tenant.now().getTime() / 1000);
  return jwt({
    aud: request.clientId,
    iss: request.issuer,
    iat: now,
    nbf: now,
    exp: now + request.lifetimeSeconds,
    oid: user.id,
    sub: user.id,
    tid: request.tenantId,
    name: user["displayName"],
    preferred_username: user["userPrincipalName"],
    ver: "2.0",
  });
}

/**
 * The service principal of the client that asks: whoever gets a token from a tenant is registered
 * there, and tools look themselves up by `oid` or by application id. Its id depends on the
 * application id only, so that asking for a token moves no other id.
 */
export function callerPrincipal(tenant: Tenant, clientId: string): Entity {
  const appId = clientId.toLowerCase();
  for (const existing of tenant.servicePrincipals.values()) {
    if (String(existing["appId"]).toLowerCase() === appId) return existing;
  }
  const principal: Entity = {
    id: guidOf(`caller:${appId}`),
    appId,
    appDisplayName: "Sandbox client",
    displayName: "Sandbox client",
    servicePrincipalType: "Application",
    accountEnabled: true,
    appOwnerOrganizationId: tenant.organization.id,
    servicePrincipalNames: [appId],
  };
  tenant.servicePrincipals.set(principal.id, principal);
  return principal;
}

function jwt(claims: Json): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  // Three parts, as clients demand; the last one says what it is worth.
  return `${part({ typ: "JWT", alg: "none", kid: "sandbox" })}.${part(claims)}.${Buffer.from("unsigned sandbox token").toString("base64url")}`;
}
