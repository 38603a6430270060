/**
 * What every route needs to know about the request it serves, apart from its path: where links must
 * point to, which version was asked, who asks, and the body (gzip and other case already dealt with).
 */
import { gunzipSync, inflateSync } from "node:zlib";
import type { Context } from "hono";
import { badRequest, invalidProperty } from "./errors";
import type { RecordedPart } from "./request-log";
import type { Json } from "./tenant";

/** What the server keeps about a request while it is served. */
export interface RequestState {
  readonly requestId: string;
  readonly clientRequestId: string;
  readonly date: Date;
  /** Set for a part of a `$batch`. */
  readonly part: boolean;
  /** Filled by the `$batch` route. */
  parts?: RecordedPart[];
}

const states = new WeakMap<Request, RequestState>();
const partRequests = new WeakSet<Request>();
const asideRequests = new WeakSet<Request>();

export function setState(c: Context, state: RequestState): void {
  states.set(c.req.raw, state);
}

export function stateOf(c: Context): RequestState | undefined {
  return states.get(c.req.raw);
}

/** Marks a request that the `$batch` route made: it is logged with its batch, not by itself. */
export function markPart(request: Request): Request {
  partRequests.add(request);
  return request;
}

export function isPart(request: Request): boolean {
  return partRequests.has(request);
}

/** Marks a request by which a test looks at the tenant: not logged, no faults, no latency, no clock. */
export function markAside(request: Request): Request {
  asideRequests.add(request);
  return request;
}

export function isAside(request: Request): boolean {
  return asideRequests.has(request);
}

export type GraphVersion = "v1.0" | "beta";

/** The version in the path. */
export function graphVersion(c: Context): GraphVersion {
  return c.req.path.startsWith("/beta") ? "beta" : "v1.0";
}

/** Scheme and host as the client asked for them: every link in an answer starts with it. */
export function originOf(c: Context): string {
  const url = new URL(c.req.url);
  const host = c.req.header("host") ?? url.host;
  return `${url.protocol}//${host}`;
}

/** `<origin>/<version>/$metadata#<fragment>`. */
export function contextUrl(c: Context, fragment: string): string {
  return `${originOf(c)}/${graphVersion(c)}/$metadata#${fragment}`;
}

/** Claims of the access token, or nothing when the bearer isn't a JWT. */
export function claimsOf(c: Context): Json {
  const token = (c.req.header("authorization") ?? "").replace(/^bearer\s+/i, "");
  const payload = token.split(".")[1];
  if (payload === undefined) return {};
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return isJson(claims) ? claims : {};
  } catch {
    return {};
  }
}

/** Whether the caller is an application without a user: its token has roles and no scopes. */
export function isAppOnly(c: Context): boolean {
  const claims = claimsOf(c);
  return (
    claims["idtyp"] === "app" || (claims["scp"] === undefined && claims["appid"] !== undefined)
  );
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The body as bytes, unpacked. */
export async function rawBody(c: Context): Promise<Buffer> {
  const bytes = Buffer.from(await c.req.arrayBuffer());
  const encoding = (c.req.header("content-encoding") ?? "identity").toLowerCase();
  if (bytes.length === 0 || encoding === "identity") return bytes;
  try {
    if (encoding === "gzip" || encoding === "x-gzip") return gunzipSync(bytes);
    if (encoding === "deflate") return inflateSync(bytes);
  } catch {
    throw badRequest(unreadable);
  }
  throw badRequest(`sandbox: Content-Encoding '${encoding}' is not known`);
}

/** The body as a JSON object. `optional`: no body is `{}`, as actions without parameters allow. */
export async function readBody(
  c: Context,
  mode: "required" | "optional" = "required",
): Promise<Json> {
  const bytes = await rawBody(c);
  if (bytes.length === 0) {
    if (mode === "optional") return {};
    throw badRequest("Empty Payload. JSON content expected.");
  }
  // Graph reads JSON only; without the header it can't tell what was sent.
  const type = c.req.header("content-type") ?? "";
  if (!/\bjson\b/i.test(type)) throw badRequest(unreadable);
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
  } catch {
    throw badRequest(unreadable);
  }
  if (!isJson(body)) throw badRequest(unreadable);
  return body;
}

/**
 * The body under the type's own property names: clients write `mailNickName`, the service reads
 * property names without regard to case. Instance annotations (`@odata.type`, `@odata.id`,
 * `x@odata.type`) are dropped; a name that isn't in `known` is 400.
 * @param links navigation properties that may come as `…@odata.bind`; they are kept
 */
export function canonicalBody(
  body: Json,
  known: readonly string[],
  links: readonly string[] = [],
): Json {
  const binds = links.map((name) => `${name}@odata.bind`);
  const names = new Map([...known, ...binds].map((name) => [name.toLowerCase(), name]));
  const result: Json = {};
  for (const [written, value] of Object.entries(body)) {
    const name = names.get(written.toLowerCase());
    if (name !== undefined) result[name] = value;
    else if (!written.includes("@") || /@odata\.bind$/i.test(written)) {
      throw invalidProperty(written);
    }
  }
  return result;
}

const unreadable =
  "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.";
