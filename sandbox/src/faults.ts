/**
 * Faults as data: what should go wrong, at which request, and how. Each says afterwards how often it
 * was met and whether it fired, so that a test can't pass because its fault never happened.
 */
import type { Json } from "./tenant";

export type FaultAction =
  /** An answer instead of the service's. Nothing is changed in the tenant. */
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** The answer comes later. */
  | { readonly delayMs: number }
  /** The connection is cut: before anything was done, or after the tenant was changed. */
  | { readonly reset: "before" | "after" }
  /** Done, but the answer stops in the middle of its body. */
  | { readonly truncate: true }
  /** Done, but no answer ever comes. */
  | { readonly stall: true };

export interface Fault {
  readonly match: {
    readonly method?: string;
    /** A regular expression, tested against path and query. */ readonly path: string;
  };
  /** The n-th matching request from now (default 1), or every one. */
  readonly occurrence?: number | "every";
  readonly action: FaultAction;
}

export interface FaultRecord extends Fault {
  met: number;
  fired: number;
}

export class Faults {
  records: FaultRecord[] = [];

  /** Replaces the list. A list that can't mean anything is an error. */
  set(faults: readonly unknown[]): void {
    this.records = faults.map((fault, index) => ({ ...checked(fault, index), met: 0, fired: 0 }));
  }

  /** The actions that this request meets, in the order of the list. */
  meet(method: string, path: string): FaultAction[] {
    const actions: FaultAction[] = [];
    for (const record of this.records) {
      const { match, occurrence = 1 } = record;
      if (match.method !== undefined && match.method.toUpperCase() !== method) continue;
      if (!new RegExp(match.path, "i").test(path)) continue;
      record.met += 1;
      if (occurrence !== "every" && record.met !== occurrence) continue;
      record.fired += 1;
      actions.push(record.action);
    }
    return actions;
  }
}

function checked(fault: unknown, index: number): Fault {
  const { match, occurrence, action } = (fault ?? {}) as Json & { match?: Json; action?: Json };
  const wrong = (what: string): Error => new Error(`faults[${index}]: ${what}`);
  if (typeof match?.["path"] !== "string") throw wrong("match.path must be a regular expression");
  try {
    new RegExp(match["path"]);
  } catch {
    throw wrong(`match.path is not a regular expression: ${match["path"]}`);
  }
  const counted = typeof occurrence === "number" && Number.isInteger(occurrence) && occurrence >= 1;
  if (occurrence !== undefined && occurrence !== "every" && !counted) {
    throw wrong('occurrence must be 1, 2, … or "every"');
  }
  const known =
    action !== undefined &&
    (isStatus(action["status"]) ||
      (typeof action["delayMs"] === "number" && action["delayMs"] >= 0) ||
      action["reset"] === "before" ||
      action["reset"] === "after" ||
      action["truncate"] === true ||
      action["stall"] === true);
  if (!known) throw wrong("action must be {status}, {delayMs}, {reset}, {truncate} or {stall}");
  return fault as Fault;
}

function isStatus(status: unknown): boolean {
  return typeof status === "number" && status >= 200 && status <= 599;
}
