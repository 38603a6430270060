import type { Answer, Request } from "./client";
import { GraphError, isGone, NoAnswer, refusalOf } from "./errors";

/** Microsoft Graph takes no more parts in one `$batch` (JSON batching documentation). */
export const MAX_BATCH = 20;

type Send = <T>(request: Request, failure?: unknown) => Promise<Answer<T>>;

interface Waiting {
  path: string;
  resolve: (body: unknown) => void;
  reject: (error: unknown) => void;
}

interface BatchPart {
  id: string;
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/**
 * Gives a `get` that gathers: reads asked for in the same turn of the event loop, by whichever resource, go out as
 * one `$batch`. A single read goes out as itself. Nothing waits for company.
 */
export function gather(send: Send): <T>(path: string) => Promise<T> {
  let waiting: Waiting[] = [];

  function flush(): void {
    const all = waiting;
    waiting = [];
    for (let start = 0; start < all.length; start += MAX_BATCH) {
      const some = all.slice(start, start + MAX_BATCH);
      const [first, ...others] = some;
      if (first !== undefined && others.length === 0) void alone(send, first);
      else void together(send, some);
    }
  }

  return <T>(path: string) =>
    new Promise<T>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ path, resolve: resolve as (body: unknown) => void, reject });
    });
}

async function alone(
  send: Send,
  { path, resolve, reject }: Waiting,
  failure?: unknown,
): Promise<void> {
  await send({ method: "GET", version: "beta", path }, failure).then(({ body }) => {
    resolve(body);
  }, reject);
}

async function together(send: Send, some: Waiting[]): Promise<void> {
  const requests = some.map(({ path }, index) => ({
    id: String(index),
    method: "GET",
    url: path,
  }));
  try {
    const { body } = await send<{ responses?: BatchPart[] } | undefined>({
      method: "POST",
      version: "beta",
      path: "/$batch",
      body: { requests },
      repeatable: true,
    });
    const parts = new Map((body?.responses ?? []).map((part) => [part.id, part]));
    await Promise.all(some.map((one, index) => settle(send, one, parts.get(String(index)))));
  } catch (error) {
    for (const { path, reject } of some) {
      // What is missing then is the batch endpoint, not what was asked for.
      reject(isGone(error) ? new NoAnswer("GET", path, error.message, { cause: error }) : error);
    }
  }
}

/** A part has its own status. One that was throttled or failed in passing is asked again by itself, when its own answer says so. */
async function settle(send: Send, one: Waiting, part: BatchPart | undefined): Promise<void> {
  const { path, resolve, reject } = one;
  if (part === undefined) {
    reject(new NoAnswer("GET", path, "the batch came back without this part"));
  } else if (part.status < 300 && typeof part.body === "object") {
    resolve(part.body);
  } else {
    const headers = new Headers(part.headers);
    const refusal = refusalOf("GET", path, part.status, part.body, headers);
    const bare = new NoAnswer("GET", path, `status ${part.status} without the service's error`);
    const failure = refusal === undefined ? bare : new GraphError(refusal);
    const passing = part.status === 429 || part.status >= 500;
    if (passing) await alone(send, one, failure);
    else reject(failure);
  }
}
