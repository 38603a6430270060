// @ts-check
/**
 * Everything that must be there before something runs. Each step is skipped when it is done already;
 * after an interruption running it again repairs what was left. Plain Node, no dependency.
 */
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilds } from "./builds.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { ensureEngine } from "./engine-install.mjs";
import { withLock } from "./lock.mjs";
import { ensureNode24 } from "./node24.mjs";
import { Failure } from "./output.mjs";
import { atLeast, root } from "./paths.mjs";

/** The oldest host Node that the set-up itself runs on: the first with `parentPath` of folder entries. */
const oldestNode = "20.12";

/**
 * @param {object} [options]
 * @param {boolean} [options.engine] whether the Pulumi engine is needed; default true
 */
export async function setup({ engine = true } = {}) {
  if (!atLeast(process.versions.node, oldestNode)) {
    throw new Failure(
      `Node ${oldestNode} or later is needed to start; this is ${process.versions.node}.`,
    );
  }
  // Not inside the checkout: npm ci empties node_modules, and everything else is the user's.
  const checkout = createHash("sha256").update(root).digest("hex").slice(0, 16);
  await withLock(join(tmpdir(), `autopilot-setup-${checkout}.lock`), async (started) => {
    await ensureDependencies(started);
    await ensureNode24(started);
    await ensureBuilds(started);
  });
  if (engine) await ensureEngine();
}
