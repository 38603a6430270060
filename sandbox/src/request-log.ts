/** Every request, so that a test can say "no change, no write". Never a token, a secret or the header that carries one. */
import type { Json } from "./tenant";

export type RequestKind = "graph" | "token" | "metadata" | "control";

export interface RecordedPart {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface RecordedRequest {
  /** Place in the log, from 1. */
  readonly n: number;
  /** When it arrived. */
  readonly time: string;
  readonly method: string;
  /** Path and query as the client wrote them. */
  readonly path: string;
  /** 0 when the connection was cut instead of answered. */
  readonly status: number;
  readonly durationMs: number;
  readonly kind: RequestKind;
  readonly userAgent: string;
  /** Of a `$batch`, which is one request. */
  readonly batch?: readonly RecordedPart[];
  /** Of a Graph request. */
  readonly requestBody?: unknown;
}

/** The requests since the start or the last clearing. */
export class RequestLog {
  readonly entries: RecordedRequest[] = [];
  private count = 0;

  add(entry: Omit<RecordedRequest, "n">): void {
    this.count += 1;
    this.entries.push({ n: this.count, ...entry });
  }

  clear(): void {
    this.entries.length = 0;
    this.count = 0;
  }
}

/** A body as it may be recorded: values of properties that hold secrets are left out. */
export function recordable(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(recordable);
  if (typeof body !== "object" || body === null) return body;
  const entries = Object.entries(body as Json).map(([name, value]) => {
    const secret = /secret|password|authorization|assertion|token$/i.test(name);
    return [name, secret ? "(not recorded)" : recordable(value)];
  });
  return Object.fromEntries(entries);
}
