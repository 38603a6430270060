import { setTimeout as sleep } from "node:timers/promises";

/** Time as the operations see it; tests put their own in its place. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => sleep(milliseconds),
};

/** Waits between looks, in milliseconds: short first, since most objects are there at once. */
const PAUSES = [250, 500, 1000, 2000, 4000, 8000, 10_000];

/** How long a replica may show an old object after a write, in milliseconds, before that is an error. */
const SETTLE = 60_000;

/** The options of `poll` for reading back what was just written. */
export function settling(ctx: { clock: Clock; deadline: number }): {
  clock: Clock;
  deadline: number;
} {
  return { clock: ctx.clock, deadline: Math.min(ctx.deadline, ctx.clock.now() + SETTLE) };
}

/**
 * Looks until the answer is good or the deadline has passed, and gives the last answer. The first look is
 * at once: a consistent tenant costs no wait.
 */
export async function poll<T>(
  look: () => Promise<T>,
  good: (answer: T) => boolean,
  { clock, deadline, waiting }: { clock: Clock; deadline: number; waiting?: (answer: T) => void },
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await look();
    if (good(answer)) return answer;
    const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)] ?? 0;
    if (clock.now() + pause > deadline) return answer;
    waiting?.(answer);
    await clock.sleep(pause);
  }
}
