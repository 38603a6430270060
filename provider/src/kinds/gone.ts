import { isGone } from "../graph/errors";
import type { Context } from "../lifecycle/kind";

/** The pause before a second look, in milliseconds: time for another replica to answer. */
const SECOND_LOOK = 1000;

/**
 * What a look finds, or nothing if the object is gone. A replica that lags says "does not exist" of an object that does, so gone
 * is what two looks say.
 */
export async function orGone<T>(
  { clock }: Pick<Context<unknown>, "clock">,
  look: () => Promise<T>,
): Promise<T | undefined> {
  for (const pause of [SECOND_LOOK, 0]) {
    try {
      return await look();
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    if (pause > 0) await clock.sleep(pause);
  }
  return undefined;
}

/** Deletes, and makes sure of it: an answer of "does not exist" is believed when a look says the same. */
export async function deleteForSure(
  ctx: Pick<Context<unknown>, "clock">,
  remove: () => Promise<"deleted" | "gone">,
  look: () => Promise<unknown>,
): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    if ((await remove()) === "deleted") return;
    if ((await orGone(ctx, look)) === undefined) return;
  }
  throw new Error("the service says that it does not exist, and shows it all the same.");
}
