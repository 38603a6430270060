/** What surrounds every Graph answer: the token, faults, latency, headers, metadata levels, the log. */
import type { Context, MiddlewareHandler } from "hono";
import { envelope, GraphFault, unauthenticated } from "./errors";
import type { FaultAction, Faults } from "./faults";
import { claimsOf, isAside, isJson, isPart, rawBody, setState, stateOf } from "./request-context";
import { recordable, type RequestKind, type RequestLog } from "./request-log";
import type { Tenant } from "./tenant";

export interface Surroundings {
  readonly tenant: Tenant;
  readonly log: RequestLog;
  readonly faults: Faults;
  /** Changed by the control route. */
  readonly latency: { ms: number };
  /** Only tokens that this sandbox issued, and only until they expire. */
  readonly strictTokens: boolean;
  readonly issuedTokens: Set<string>;
}

/** Ids, clock and log for every request of any kind. */
export function observe(around: Surroundings): MiddlewareHandler {
  return async (c, next) => {
    const { tenant, log } = around;
    const started = performance.now();
    const part = isPart(c.req.raw);
    const aside = isAside(c.req.raw);
    if (!part && !aside) tenant.advance(1000);
    // Not from the tenant's id sequence: asking must not change the ids that come after it.
    const requestId = crypto.randomUUID();
    const clientRequestId = c.req.header("client-request-id") ?? requestId;
    setState(c, { requestId, clientRequestId, date: tenant.now(), part });
    await next();
    c.res.headers.set("request-id", requestId);
    c.res.headers.set("client-request-id", clientRequestId);
    c.res.headers.set("date", tenant.now().toUTCString());
    const done = c.res.status < 400;
    const kind = kindOf(c.req.path);
    if (part) return;
    if (done && c.req.method !== "GET" && kind !== "metadata") tenant.save();
    if (aside) return;
    const url = new URL(c.req.url);
    const parts = stateOf(c)?.parts;
    const body = kind === "graph" ? await recordedBody(c) : undefined;
    log.add({
      time: (stateOf(c)?.date ?? tenant.now()).toISOString(),
      method: c.req.method,
      path: `${url.pathname}${url.search}`,
      status: c.res.headers.has("x-hono-already-sent") ? 0 : c.res.status,
      durationMs: Math.round(performance.now() - started),
      kind,
      userAgent: c.req.header("user-agent") ?? "",
      ...(parts === undefined ? {} : { batch: parts }),
      ...(body === undefined ? {} : { requestBody: body }),
    });
  };
}

/** Token, faults and latency of one Graph request; the shape of its answer. */
export function serveGraph(around: Surroundings): MiddlewareHandler {
  return async (c, next) => {
    const part = isPart(c.req.raw);
    const aside = isAside(c.req.raw);
    const url = new URL(c.req.url);
    const actions = aside ? [] : around.faults.meet(c.req.method, `${url.pathname}${url.search}`);
    // The service runs the parts of a batch side by side: latency counts once.
    if (!part && !aside && around.latency.ms > 0) await sleep(around.latency.ms);
    for (const action of actions) {
      if ("delayMs" in action) await sleep(action.delayMs);
      else if ("status" in action) return statusFault(c, action);
      else if ("reset" in action && action.reset === "before") return cut(c);
    }
    authenticate(c, around);
    await next();
    answerHeaders(c);
    await metadataLevel(c);
    for (const action of actions) {
      if ("reset" in action) return cut(c);
      if ("truncate" in action) return await truncate(c);
      if ("stall" in action) return unanswered(c);
    }
    return undefined;
  };
}

/** Any error as the service's envelope. An error that isn't a refusal is a defect of the sandbox: 500. */
export function answerError(error: unknown, c: Context, tenant: Tenant): Response {
  const fault =
    error instanceof GraphFault
      ? error
      : new GraphFault(
          500,
          "InternalServerError",
          `sandbox: ${String(error instanceof Error ? (error.stack ?? error) : error)}`,
        );
  const state = stateOf(c);
  const requestId = state?.requestId ?? "";
  const ids = {
    requestId,
    clientRequestId: state?.clientRequestId ?? requestId,
    date: tenant.now(),
  };
  return Response.json(envelope(fault, ids), {
    status: fault.status,
    headers: { ...fault.headers },
  });
}

function kindOf(path: string): RequestKind {
  if (/^\/(v1\.0|beta)(\/|$)/.test(path)) return "graph";
  if (/^\/sandbox(\/|$)/.test(path)) return "control";
  return /\/(token|devicecode)$/.test(path) ? "token" : "metadata";
}

function authenticate(c: Context, around: Surroundings): void {
  const token = /^bearer\s+(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (token === undefined) throw unauthenticated("Access token is empty.");
  if (!around.strictTokens) return;
  if (!around.issuedTokens.has(token))
    throw unauthenticated("Access token validation failure. Invalid audience.");
  const expires = Number(claimsOf(c)["exp"] ?? 0);
  if (expires * 1000 <= around.tenant.now().getTime()) {
    throw unauthenticated("Lifetime validation failed, the token is expired.");
  }
}

function answerHeaders(c: Context): void {
  c.res.headers.set("OData-Version", "4.0");
  if (!(c.res.headers.get("content-type") ?? "").startsWith("application/json")) return;
  const level = /odata\.metadata=(none|full)/i.exec(c.req.header("accept") ?? "")?.[1] ?? "minimal";
  const type = `application/json;odata.metadata=${level.toLowerCase()};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`;
  c.res.headers.set("content-type", type);
}

/** `odata.metadata=none`: no annotations but the next link and the count. */
async function metadataLevel(c: Context): Promise<void> {
  if (!/odata\.metadata=none/i.test(c.req.header("accept") ?? "")) return;
  if (!(c.res.headers.get("content-type") ?? "").startsWith("application/json")) return;
  const body: unknown = await c.res.json();
  c.res = new Response(JSON.stringify(withoutAnnotations(body)), {
    status: c.res.status,
    headers: c.res.headers,
  });
}

function withoutAnnotations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAnnotations);
  if (!isJson(value)) return value;
  const kept = Object.entries(value).filter(
    ([name]) => !name.includes("@odata.") || /@odata\.(nextLink|count|deltaLink)$/.test(name),
  );
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutAnnotations(each)]));
}

function statusFault(c: Context, action: Extract<FaultAction, { status: number }>): Response {
  const { status, headers = {}, body } = action;
  if (status === 204 || status === 304) return new Response(null, { status, headers });
  if (typeof body === "string") return new Response(body, { status, headers });
  const state = stateOf(c);
  const ids = {
    requestId: state?.requestId ?? "",
    clientRequestId: state?.clientRequestId ?? "",
    date: state?.date ?? new Date(),
  };
  const fault = new GraphFault(
    status,
    faultCodes[status] ?? "UnknownError",
    `sandbox: scripted fault ${status}`,
  );
  return Response.json(body ?? envelope(fault, ids), { status, headers });
}

const faultCodes: Readonly<Record<number, string>> = {
  401: "InvalidAuthenticationToken",
  403: "Authorization_RequestDenied",
  404: "Request_ResourceNotFound",
  429: "TooManyRequests",
  500: "InternalServerError",
  503: "ServiceUnavailable",
  504: "GatewayTimeout",
};

interface NodeBindings {
  readonly outgoing?: {
    socket?: { destroy(): void } | null;
    writeHead(status: number, headers: Record<string, string>): void;
    write(data: Buffer, done: () => void): void;
  };
}

/** Tells the Node server that the connection needs no answer any more. */
const alreadySent = { headers: { "x-hono-already-sent": "true" } };

/** Left open: the client waits until it gives up or the sandbox closes. Of a batch, the whole. */
function unanswered(c: Context): Response {
  const { outgoing } = (c.env ?? {}) as NodeBindings;
  if (outgoing === undefined) throw needsConnection();
  c.res = new Response(null, alreadySent);
  return c.res;
}

function needsConnection(): GraphFault {
  return new GraphFault(502, "BadGateway", "sandbox: connection faults need a real connection");
}

function cut(c: Context): Response {
  const { outgoing } = (c.env ?? {}) as NodeBindings;
  if (outgoing === undefined) throw needsConnection();
  outgoing.socket?.destroy();
  c.res = new Response(null, alreadySent);
  return c.res;
}

async function truncate(c: Context): Promise<Response> {
  const { outgoing } = (c.env ?? {}) as NodeBindings;
  if (outgoing === undefined) throw needsConnection();
  const body = Buffer.from(await c.res.arrayBuffer());
  const headers = {
    ...Object.fromEntries(c.res.headers),
    "content-length": String(Math.max(body.length, 2)),
  };
  outgoing.writeHead(c.res.status, headers);
  await new Promise<void>((done) => {
    outgoing.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))), done);
  });
  return cut(c);
}

async function recordedBody(c: Context): Promise<unknown> {
  if (c.req.method === "GET" || c.req.method === "DELETE") return undefined;
  try {
    const bytes = await rawBody(c);
    return bytes.length === 0 ? undefined : recordable(JSON.parse(bytes.toString("utf8")));
  } catch {
    return "(not JSON)";
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}
