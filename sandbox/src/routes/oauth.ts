/** The token endpoint, v1 and v2, with the errors of Microsoft Entra ID (AADSTS numbers). Secrets are taken as they come and never kept. */
import type { Context, Hono } from "hono";
import type { Surroundings } from "../graph-middleware";
import { isJson, originOf, rawBody, stateOf } from "../request-context";
import { guidOf, type Entity, type Json } from "../tenant";
import { accessToken, idToken, type TokenRequest } from "../tokens";

/** An error of the identity platform; it has another body than Graph's. */
class TokenFault extends Error {
  constructor(
    readonly number: number,
    readonly error: string,
    message: string,
    readonly status: 400 | 401 = 400,
  ) {
    super(message);
  }
}

export function oauth(app: Hono, around: Surroundings): void {
  const answer = async (c: Context): Promise<Response> => {
    try {
      return c.json(await issue(c, around), 200, { "cache-control": "no-store, no-cache" });
    } catch (error) {
      if (error instanceof TokenFault) return c.json(errorBody(c, error), error.status);
      throw error;
    }
  };
  app.post("/:tenant/oauth2/v2.0/token", answer);
  app.post("/:tenant/oauth2/token", answer);
  const device = (c: Context): Response => c.json(deviceCode(c));
  app.post("/:tenant/oauth2/v2.0/devicecode", device);
  app.post("/:tenant/oauth2/devicecode", device);
}

async function issue(c: Context, around: Surroundings): Promise<Json> {
  const { tenant } = around;
  const form = new URLSearchParams((await rawBody(c)).toString("utf8"));
  const grant = field(form, "grant_type");
  const clientId = clientOf(c, form);
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId)) {
    throw new TokenFault(
      700016,
      "unauthorized_client",
      `Application with identifier '${clientId}' was not found in the directory.`,
    );
  }
  const v2 = c.req.path.endsWith("/v2.0/token");
  const scopes = v2
    ? field(form, "scope")
        .split(/\s+/)
        .filter((each) => each !== "")
    : [`${field(form, "resource")}/.default`];
  const resource = scopes.find((scope) => scope.includes("/"));
  const lifetimeSeconds = 3599;
  const base = {
    tenantId: tenantIdOf(c, tenant.organization.id),
    audience: (resource ?? originOf(c)).replace(/\/[^/]*$/, "") || originOf(c),
    clientId,
    issuer: `${originOf(c)}/${tenantIdOf(c, tenant.organization.id)}/`,
    lifetimeSeconds,
  };
  const answer = (request: TokenRequest): Json => {
    const token = accessToken(tenant, request);
    around.issuedTokens.add(token);
    const expiresOn = String(Math.floor(tenant.now().getTime() / 1000) + lifetimeSeconds);
    const lifetime = v2
      ? { expires_in: lifetimeSeconds, ext_expires_in: lifetimeSeconds }
      : { expires_in: String(lifetimeSeconds), expires_on: expiresOn, resource: request.audience };
    return { token_type: "Bearer", ...lifetime, access_token: token };
  };
  switch (grant) {
    case "client_credentials": {
      checkCredential(form, clientId, tenant.now(), c.req.header("authorization"));
      if (v2 && !scopes.some((scope) => scope.endsWith("/.default"))) {
        throw new TokenFault(
          1002012,
          "invalid_scope",
          `The provided value for scope ${scopes.join(" ")} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
        );
      }
      return answer(base);
    }
    case "password":
    case "refresh_token":
    case "authorization_code":
    case "urn:ietf:params:oauth:grant-type:device_code":
    case "device_code":
    case "urn:ietf:params:oauth:grant-type:jwt-bearer": {
      const user = delegatedUser(form, grant, around);
      const request = { ...base, user };
      const uid = Buffer.from(JSON.stringify({ uid: user.id, utid: base.tenantId })).toString(
        "base64url",
      );
      return {
        ...answer(request),
        scope: scopes.join(" "),
        refresh_token: `sandbox.${Buffer.from(user.id).toString("base64url")}`,
        id_token: idToken(tenant, request, user),
        client_info: uid,
      };
    }
    default:
      throw new TokenFault(
        70003,
        "unsupported_grant_type",
        `The app requested an unsupported grant type '${grant}'.`,
      );
  }
}

function delegatedUser(form: URLSearchParams, grant: string, around: Surroundings): Entity {
  const { users } = around.tenant;
  if (grant === "password") {
    const name = field(form, "username").toLowerCase();
    field(form, "password");
    const user = [...users.values()].find(
      (each) => String(each["userPrincipalName"]).toLowerCase() === name,
    );
    if (user === undefined) {
      throw new TokenFault(
        50034,
        "invalid_grant",
        `The user account ${name} does not exist in the directory.`,
      );
    }
    return user;
  }
  if (grant === "refresh_token") {
    const token = field(form, "refresh_token");
    const id = Buffer.from(token.replace(/^sandbox\./, ""), "base64url").toString("utf8");
    const user = token.startsWith("sandbox.") ? users.get(id) : undefined;
    if (user === undefined)
      throw new TokenFault(70000, "invalid_grant", "Provided grant is invalid or malformed.");
    return user;
  }
  // Nobody signs in here: whoever asks with a code is the first user of the tenant.
  field(
    form,
    grant === "authorization_code"
      ? "code"
      : grant.endsWith("device_code")
        ? "device_code"
        : "assertion",
  );
  const first = users.values().next().value;
  if (first === undefined) throw new TokenFault(50034, "invalid_grant", "The tenant has no user.");
  return first;
}

/** A secret or an assertion. The assertion's shape is checked, its signature can't be. */
function checkCredential(
  form: URLSearchParams,
  clientId: string,
  now: Date,
  header: string | undefined,
): void {
  const assertion = form.get("client_assertion");
  if (assertion === null) {
    const basic = /^basic /i.test(header ?? "");
    if ((form.get("client_secret") ?? "") === "" && !basic) {
      throw new TokenFault(
        7000216,
        "invalid_client",
        "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
        401,
      );
    }
    return;
  }
  const type = field(form, "client_assertion_type");
  if (type !== "urn:ietf:params:oauth:client-assertion-type:jwt-bearer") {
    throw new TokenFault(
      70002,
      "invalid_client",
      `The client_assertion_type '${type}' is not supported.`,
      401,
    );
  }
  const refuse = (why: string): TokenFault =>
    new TokenFault(50027, "invalid_client", `JWT token is invalid or malformed: ${why}.`, 401);
  const parts = assertion.split(".");
  if (parts.length !== 3 || parts.some((part) => part === ""))
    throw refuse("it must have three parts");
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(parts[1] ?? "", "base64url").toString("utf8"));
  } catch {
    throw refuse("its payload is not JSON");
  }
  if (!isJson(claims)) throw refuse("its payload is not an object");
  for (const name of ["aud", "iss", "sub"]) {
    if (typeof claims[name] !== "string" && !Array.isArray(claims[name]))
      throw refuse(`'${name}' is missing`);
  }
  const exp = claims["exp"];
  if (typeof exp !== "number") throw refuse("'exp' is missing");
  if (exp * 1000 < now.getTime()) {
    throw new TokenFault(
      700024,
      "invalid_client",
      "Client assertion is not within its valid time range.",
      401,
    );
  }
  // A certificate assertion is issued by the client itself; a federated one by another issuer.
  const self = claims["iss"] === claims["sub"];
  if (self && String(claims["sub"]).toLowerCase() !== clientId.toLowerCase()) {
    throw new TokenFault(
      700021,
      "invalid_client",
      "Client assertion application identifier doesn't match 'client_id' parameter.",
      401,
    );
  }
}

function clientOf(c: Context, form: URLSearchParams): string {
  const basic = /^basic (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (form.has("client_id") || basic === undefined) return field(form, "client_id");
  return decodeURIComponent(Buffer.from(basic, "base64").toString("utf8").split(":")[0] ?? "");
}

function field(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value !== null && value !== "") return value;
  throw new TokenFault(
    900144,
    "invalid_request",
    `The request body must contain the following parameter: '${name}'.`,
  );
}

/** A tenant may be named by id, by domain or not at all (`common`, `organizations`). */
function tenantIdOf(c: Context, own: string): string {
  const named = c.req.param("tenant") ?? "";
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(named) ? named.toLowerCase() : own;
}

function deviceCode(c: Context): Json {
  const code = guidOf(`device:${stateOf(c)?.requestId ?? ""}`);
  const url = `${originOf(c)}/device`;
  const message = `sandbox: nobody needs to sign in; the code ${code.slice(0, 8)} is approved already.`;
  return {
    user_code: code.slice(0, 8),
    device_code: code,
    verification_uri: url,
    expires_in: 900,
    interval: 1,
    message,
  };
}

function errorBody(c: Context, fault: TokenFault): Json {
  const state = stateOf(c);
  const time = `${(state?.date ?? new Date()).toISOString().slice(0, 19).replace("T", " ")}Z`;
  const trace = state?.requestId ?? "";
  const correlation = state?.clientRequestId ?? trace;
  return {
    error: fault.error,
    error_description: `AADSTS${fault.number}: ${fault.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${time}`,
    error_codes: [fault.number],
    timestamp: time,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `${originOf(c)}/error?code=${fault.number}`,
  };
}
