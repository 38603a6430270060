import type { Request } from "./client";

/**
 * How much the service takes from one application in one tenant. The figures are the service's and may change.
 *
 * @see https://learn.microsoft.com/graph/throttling-limits
 */
export const LIMITS: readonly WriteLimit[] = [
  { path: /^\/deviceManagement\//, writes: 100, seconds: 20 },
];

/** So many writes to such paths in so many seconds. */
export interface WriteLimit {
  path: RegExp;
  writes: number;
  seconds: number;
}

/** A pause under the limit costs less than an answer that says "too many requests" and its pause. */
const MARGIN = 1.05;

interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Gives a function that waits until a request may be sent. It returns at once while there is room, and for reads. */
export function limitWrites(clock: Clock, limits = LIMITS): (request: Request) => Promise<void> {
  const windows = limits.map((limit) => ({ limit, sent: [] as number[] }));

  return async ({ method, path }) => {
    if (method === "GET") return;
    const window = windows.find(({ limit }) => limit.path.test(path));
    if (window === undefined) return;
    const { limit, sent } = window;
    const now = clock.now();
    // The place in the window is taken before waiting, so that those who wait keep their order.
    const oldest = sent[sent.length - limit.writes];
    const turn = Math.max(now, (oldest ?? -Infinity) + limit.seconds * 1000 * MARGIN);
    sent.push(turn);
    if (sent.length > limit.writes) sent.splice(0, sent.length - limit.writes);
    if (turn > now) await clock.sleep(turn - now);
  };
}
