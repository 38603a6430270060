/** What the service said when it refused a request. */
export interface Refusal {
  method: string;
  path: string;
  status: number;
  code: string;
  message: string;
  requestId?: string;
  activityId?: string;
  retryAfterSeconds?: number;
}

/** The service answered with an error. Decide by `status` and `code`, never by the text. */
export class GraphError extends Error implements Refusal {
  override readonly name = "GraphError";
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly code: string;
  readonly requestId?: string;
  readonly activityId?: string;
  readonly retryAfterSeconds?: number;

  constructor(refusal: Refusal) {
    const { method, path, status, code, message, requestId, activityId, retryAfterSeconds } =
      refusal;
    super(`${message.trim()} (${status} ${code})`);
    this.method = method;
    this.path = path;
    this.status = status;
    this.code = code;
    if (requestId !== undefined) this.requestId = requestId;
    if (activityId !== undefined) this.activityId = activityId;
    if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
  }

  /** What to do, and what support asks for. */
  get advice(): string[] {
    const ids = [
      this.requestId === undefined ? undefined : `request id ${this.requestId}`,
      this.activityId === undefined ? undefined : `activity id ${this.activityId}`,
    ].filter((id) => id !== undefined);
    const path = this.path.replace(/\?.*$/, "");
    return [
      ...adviceFor(this.status),
      `${this.method} ${path}${ids.length > 0 ? `, ${ids.join(", ")}` : ""}`,
    ];
  }
}

/** No answer came, or one that is not the service's: the network, a proxy, a time limit. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  readonly advice: string[];

  constructor(
    readonly method: string,
    readonly path: string,
    why: string,
    options?: ErrorOptions,
  ) {
    super(`Microsoft Graph gave no answer: ${why}`, options);
    this.advice = [`${method} ${path.replace(/\?.*$/, "")}`];
  }
}

/**
 * True only if the service itself says that the object does not exist. Intune has been recorded to say so of a deleted policy
 * with status 400 and this code.
 */
export function isGone(error: unknown): error is GraphError {
  if (!(error instanceof GraphError)) return false;
  return error.status === 404 || (error.status === 400 && error.code === "ResourceNotFound");
}

/** No answer, or one after which the service may have acted all the same. */
export function isUnclear(error: unknown): boolean {
  return (
    error instanceof NoAnswer ||
    (error instanceof GraphError && [500, 502, 504].includes(error.status))
  );
}

/** Entra ID has not caught up with a reference to an object that was made a moment ago. */
export function isNotYetVisible(error: unknown): boolean {
  return (
    error instanceof GraphError &&
    (error.status === 404 ||
      (error.status === 400 && /queried reference-property objects/i.test(error.message)))
  );
}

/**
 * Reads an error body. Intune puts a second JSON text into `message`, and ends it with ids and an address: the
 * sentence and the activity id are what a person needs (docs/graph-facts.md 8.3).
 */
export function refusalOf(
  method: string,
  path: string,
  status: number,
  body: unknown,
  headers: { get(name: string): string | null },
): Refusal | undefined {
  const error = (body as { error?: unknown } | undefined)?.error as
    { code?: unknown; message?: unknown; innerError?: unknown; innererror?: unknown } | undefined;
  if (typeof error !== "object" || (error as unknown) === null) return undefined;
  const raw = typeof error.message === "string" ? error.message : "";
  const { sentence, activityId } = readMessage(raw);
  const inner = (error.innerError ?? error.innererror) as Record<string, unknown> | undefined;
  const requestId = headers.get("request-id") ?? inner?.["request-id"];
  const retryAfter = headers.get("retry-after");
  const refusal: Refusal = {
    method,
    path,
    status,
    code: typeof error.code === "string" && error.code !== "" ? error.code : "unknown",
    message: sentence === "" ? "The service gave no reason." : sentence,
  };
  if (typeof requestId === "string") refusal.requestId = requestId;
  if (activityId !== undefined) refusal.activityId = activityId;
  const seconds = retryAfter === null ? undefined : secondsOf(retryAfter);
  if (seconds !== undefined) refusal.retryAfterSeconds = seconds;
  return refusal;
}

function readMessage(raw: string): { sentence: string; activityId?: string } {
  let text = raw;
  if (raw.trimStart().startsWith("{")) {
    try {
      const inner = JSON.parse(raw) as { Message?: unknown };
      if (typeof inner.Message === "string") text = inner.Message;
    } catch {
      // Not JSON after all: the text stays as it came.
    }
  }
  const activityId = /Activity ID: ([0-9a-f-]{36})/i.exec(text)?.[1];
  const sentence = text.replace(/ - Operation ID \(for customer support\):.*$/s, "").trim();
  return activityId === undefined ? { sentence } : { sentence, activityId };
}

/** `Retry-After` is a number of seconds or a date. */
export function secondsOf(retryAfter: string, now = Date.now()): number | undefined {
  if (/^\d+(\.\d+)?$/.test(retryAfter.trim())) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}

function adviceFor(status: number): string[] {
  if (status === 401) return ["Sign in again, or check the credential: the token was refused."];
  if (status === 403) {
    return [
      "The identity lacks a permission; docs/permissions.md lists what each operation needs.",
    ];
  }
  if (status === 429) return ["The tenant is throttled. Run again, or lower --parallel."];
  return [];
}
