import { GraphError, NoAnswer } from "./errors";

/**
 * What is tried again. A request is `repeatable` if sending it twice leaves the tenant as sending it once does: reads,
 * replacements of a whole, deletions. Anything else is only repeated when the service said that it did not act.
 */
export const RETRY = {
  /** The service says that it did not act. */
  always: [429, 503],
  /** It may have acted. */
  whenRepeatable: [500, 502, 504],
  /** Attempts after the first. */
  attempts: 4,
  /** First pause in milliseconds when the service names none; doubles each time, with jitter. */
  pause: 500,
  longestPause: 30_000,
} as const;

/** The pause before the next attempt in milliseconds, or nothing if the error is final. */
export function pauseBeforeRetry(
  error: unknown,
  attempt: number,
  repeatable: boolean,
  random: () => number,
): number | undefined {
  if (attempt > RETRY.attempts) return undefined;
  const computed = Math.min(RETRY.pause * 2 ** (attempt - 1), RETRY.longestPause);
  const pause = computed * (0.5 + random() / 2);
  if (error instanceof NoAnswer) return repeatable ? pause : undefined;
  if (!(error instanceof GraphError)) return undefined;
  const statuses: readonly number[] = repeatable
    ? [...RETRY.always, ...RETRY.whenRepeatable]
    : RETRY.always;
  if (!statuses.includes(error.status)) return undefined;
  return error.retryAfterSeconds === undefined ? pause : error.retryAfterSeconds * 1000;
}
