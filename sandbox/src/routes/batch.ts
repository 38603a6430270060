/** `POST /$batch`: up to 20 requests in one, in the order their `dependsOn` allows, each answered as if it had come alone. */
import type { Context, Hono } from "hono";
import { badRequest, envelope, GraphFault } from "../errors";
import { graphVersion, isJson, markPart, originOf, readBody, stateOf } from "../request-context";
import type { RecordedPart } from "../request-log";
import type { Json } from "../tenant";

type Send = (request: Request, env: unknown) => Response | Promise<Response>;

interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Json;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

interface PartAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

export function batch(app: Hono, send: Send): void {
  app.post("/$batch", async (c) => {
    const parts = checked(await readBody(c));
    const answers = new Map<string, PartAnswer>();
    const recorded: RecordedPart[] = [];
    // One after the other: with the same seed the same ids come out, whatever the parts are.
    for (const part of parts) {
      const answer = await serve(c, part, answers, send);
      if (answer instanceof Response) return answer;
      answers.set(part.id, answer);
      recorded.push({ method: part.method, path: partUrl(c, part), status: answer.status });
    }
    const state = stateOf(c);
    if (state !== undefined) state.parts = recorded;
    return c.json({ responses: [...answers.values()] });
  });
}

async function serve(
  c: Context,
  part: Part,
  before: ReadonlyMap<string, PartAnswer>,
  send: Send,
): Promise<PartAnswer | Response> {
  const failed = part.dependsOn.some((id) => (before.get(id)?.status ?? 500) >= 400);
  if (failed) {
    const fault = new GraphFault(
      424,
      "FailedDependency",
      "The request failed because one of the requests that it depends on failed.",
    );
    const state = stateOf(c);
    const ids = {
      requestId: state?.requestId ?? "",
      clientRequestId: state?.clientRequestId ?? "",
      date: state?.date ?? new Date(),
    };
    return {
      id: part.id,
      status: 424,
      headers: { "Content-Type": "application/json" },
      body: envelope(fault, ids),
    };
  }
  const headers = new Headers();
  for (const name of ["authorization", "accept", "user-agent", "host"]) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  for (const [name, value] of Object.entries(part.headers)) headers.set(name, String(value));
  const text =
    part.body === undefined
      ? undefined
      : typeof part.body === "string"
        ? part.body
        : JSON.stringify(part.body);
  const request = new Request(`${originOf(c)}${partUrl(c, part)}`, {
    method: part.method,
    headers,
    ...(text === undefined ? {} : { body: text }),
  });
  const response = await send(markPart(request), c.env);
  // A scripted fault cut the connection of the whole batch.
  if (response.headers.has("x-hono-already-sent")) return response;
  const answer = { id: part.id, status: response.status, headers: shown(response.headers) };
  const content = await response.text();
  if (content === "") return answer;
  const json = (response.headers.get("content-type") ?? "").includes("json");
  // The service hands bodies that aren't JSON over in base64.
  return {
    ...answer,
    body: json ? (JSON.parse(content) as unknown) : Buffer.from(content).toString("base64"),
  };
}

/** Headers of a part: what the client needs of it, in the service's writing. */
function shown(headers: Headers): Record<string, string> {
  const result: Record<string, string> = {};
  const names = [
    "Cache-Control",
    "Content-Type",
    "Location",
    "OData-Version",
    "Retry-After",
    "request-id",
    "client-request-id",
  ];
  for (const [name, value] of headers) {
    const known = names.find((each) => each.toLowerCase() === name);
    if (known !== undefined || name.startsWith("x-ms-")) result[known ?? name] = value;
  }
  return result;
}

function partUrl(c: Context, part: Part): string {
  return `/${graphVersion(c)}${part.url.startsWith("/") ? "" : "/"}${part.url}`;
}

/** Everything that makes the whole batch fail (learn: graph/json-batching). */
function checked(body: Json): Part[] {
  const { requests } = body;
  if (!Array.isArray(requests)) throw badRequest("Invalid batch payload format.");
  if (requests.length === 0) throw badRequest("sandbox: a batch needs at least one request");
  if (requests.length > 20) {
    throw badRequest("Number of batch request steps exceeds the maximum value of 20.");
  }
  const seen = new Set<string>();
  return requests.map((request: unknown, index) => {
    if (!isJson(request)) throw badRequest("Invalid batch payload format.");
    const { id, method, url, headers = {}, body: content, dependsOn = [] } = request;
    if (typeof id !== "string" || id === "")
      throw badRequest("Batch request 'id' property is missing or empty.");
    if (seen.has(id.toLowerCase()))
      throw badRequest(`Invalid batch: the request id '${id}' is not unique.`);
    if (typeof method !== "string" || !/^(GET|POST|PATCH|PUT|DELETE|HEAD)$/i.test(method)) {
      throw badRequest(`sandbox: requests[${index}].method is missing or not an HTTP method`);
    }
    if (typeof url !== "string" || url === "")
      throw badRequest(`sandbox: requests[${index}].url is missing`);
    if (/^https?:/i.test(url))
      throw badRequest(
        `sandbox: requests[${index}].url must be relative to the version, such as /groups`,
      );
    if (!isJson(headers)) throw badRequest(`sandbox: requests[${index}].headers must be an object`);
    if (
      !Array.isArray(dependsOn) ||
      !dependsOn.every((each): each is string => typeof each === "string")
    ) {
      throw badRequest(`sandbox: requests[${index}].dependsOn must be a list of ids`);
    }
    const unknown = dependsOn.find((each) => !seen.has(each.toLowerCase()));
    if (unknown !== undefined)
      throw badRequest(
        `Invalid batch: request '${id}' depends on '${unknown}', which is not an earlier request.`,
      );
    if (
      content !== undefined &&
      content !== null &&
      !Object.keys(headers).some((name) => name.toLowerCase() === "content-type")
    ) {
      throw badRequest(
        `Invalid batch: the request '${id}' has a body, so its headers need a Content-Type.`,
      );
    }
    seen.add(id.toLowerCase());
    return {
      id,
      method: method.toUpperCase(),
      url,
      headers,
      body: content ?? undefined,
      dependsOn,
    };
  });
}
