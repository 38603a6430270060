import { Client, HTTPMessageHandler, ResponseType } from "@microsoft/microsoft-graph-client";
import type { Context, GraphRequest, Middleware } from "@microsoft/microsoft-graph-client";
import { gather } from "./batch";
import { GraphError, NoAnswer, refusalOf } from "./errors";
import { limitWrites, type WriteLimit } from "./limiter";
import { pauseBeforeRetry } from "./retry";

export type Version = "v1.0" | "beta";
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One request as an endpoint's function writes it. */
export interface Request {
  method: Method;
  version: Version;
  /** Begins with `/`; query values are encoded. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Sending it twice leaves the tenant as sending it once. Default: everything but POST. */
  repeatable?: boolean;
}

/** An answer that is no error. */
export interface Answer<T> {
  status: number;
  body: T;
}

/** The connection to one tenant's Microsoft Graph: sends, repeats what is safe, gathers concurrent reads. */
export interface Graph {
  /** `failure`: the request has failed so already, as a part of a batch; it is tried again as usual. */
  send<T>(request: Request, failure?: unknown): Promise<Answer<T>>;
  /** Reads on the beta endpoint. Reads that are asked for at the same time share one `$batch` request. */
  get<T>(path: string): Promise<T>;
}

/** A connection, and whether one of its requests is under way. */
export interface ConnectedGraph extends Graph {
  busy(): boolean;
}

export interface GraphOptions {
  /** Base address without a version, for example `https://graph.microsoft.com`. */
  endpoint: string;
  /** Gives a token for that endpoint; called for every request, so it keeps its own cache. */
  token: () => Promise<string>;
  clock: { now(): number; sleep(milliseconds: number): Promise<void> };
  /** How long one request may be tried again, in milliseconds; a longer `Retry-After` ends it at once. Default: for ever. */
  patience?: number;
  /** How much the service takes. Default: what it documents. */
  limits?: readonly WriteLimit[];
  random?: () => number;
  /** How long one request may take, in milliseconds. */
  requestTimeout?: number;
}

const REQUEST_TIMEOUT = 100_000;

/** Connects. No request is sent before the first `send` or `get`. */
export function connectGraph(options: GraphOptions): ConnectedGraph {
  const { clock, random = Math.random, requestTimeout = REQUEST_TIMEOUT } = options;
  const { patience = Infinity } = options;
  const mayWrite = limitWrites(clock, options.limits);
  let underWay = 0;
  const client = Client.initWithMiddleware({
    baseUrl: options.endpoint,
    defaultVersion: "v1.0",
    middleware: new Transport(),
  });

  async function once<T>(request: Request): Promise<Answer<T>> {
    const { method, version, path, body, headers = {} } = request;
    const token = await options.token();
    const prepared = client
      .api(path)
      .version(version)
      // On loopback over http as well, where the library's own handler sends no token.
      .headers({ ...headers, Authorization: `Bearer ${token}` })
      .responseType(ResponseType.RAW)
      .option("redirect", "error")
      .option("signal", AbortSignal.timeout(requestTimeout));
    let response: Response;
    let text: string;
    try {
      response = await sendWith(prepared, method, body);
      text = await response.text();
    } catch (error) {
      throw new NoAnswer(method, path, reasonOf(error), { cause: error });
    }
    return readAnswer<T>(request, response, text);
  }

  const send = async <T>(request: Request, failure?: unknown): Promise<Answer<T>> => {
    const repeatable = request.repeatable ?? request.method !== "POST";
    const until = clock.now() + patience;
    let failed = failure;
    for (let attempt = failed === undefined ? 0 : 1; ; attempt++) {
      if (attempt > 0) {
        const pause = pauseBeforeRetry(failed, attempt, repeatable, random);
        if (pause === undefined || clock.now() + pause > until) throw failed;
        await clock.sleep(pause);
      }
      await mayWrite(request);
      underWay += 1;
      try {
        return await once<T>(request);
      } catch (error) {
        failed = error;
      } finally {
        underWay -= 1;
      }
    }
  };

  return { send, get: gather(send), busy: () => underWay > 0 };
}

/** Sends. The library keeps nothing but the message of what is thrown here, so that holds the whole reason. */
class Transport implements Middleware {
  private readonly http = new HTTPMessageHandler();

  async execute(context: Context): Promise<void> {
    try {
      await this.http.execute(context);
    } catch (error) {
      throw new Error(reasonOf(error), { cause: error });
    }
  }
}

function sendWith(request: GraphRequest, method: Method, body: unknown): Promise<Response> {
  switch (method) {
    case "GET":
      return request.get() as Promise<Response>;
    case "POST":
      return request.post(body) as Promise<Response>;
    case "PUT":
      return request.put(body) as Promise<Response>;
    case "PATCH":
      return request.patch(body) as Promise<Response>;
    case "DELETE":
      return request.delete() as Promise<Response>;
  }
}

function readAnswer<T>(request: Request, response: Response, text: string): Answer<T> {
  const { method, path } = request;
  let body: unknown;
  try {
    body = text === "" ? undefined : JSON.parse(text);
  } catch {
    // A page of a proxy, or a truncated answer: not the service's word, so not even a 404 counts.
    throw new NoAnswer(method, path, `status ${response.status} with a body that is not JSON`);
  }
  if (response.ok) return { status: response.status, body: body as T };
  const refusal = refusalOf(method, path, response.status, body, response.headers);
  if (refusal === undefined) {
    throw new NoAnswer(method, path, `status ${response.status} without the service's error body`);
  }
  throw new GraphError(refusal);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "the time limit of the request has passed";
  const cause = error.cause instanceof Error ? error.cause.message : "";
  return cause === "" ? error.message : `${error.message} (${cause})`;
}
