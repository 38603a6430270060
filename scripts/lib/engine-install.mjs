// @ts-check
/**
 * Puts the Pulumi engine where `npx pulumi` looks for it. It is always completed beside its place and
 * then moved there, so that an interrupted set-up leaves nothing that looks like an engine.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { buildEngine, goProblem, neededGo } from "./engine-build.mjs";
import { copyInstalledEngine, downloadEngine } from "./engine-official.mjs";
import { engineEnv, engineFiles, engineFolder } from "./engine.mjs";
import { withLock } from "./lock.mjs";
import { Failure, note, say } from "./output.mjs";
import { engineVersion } from "./paths.mjs";

export async function ensureEngine() {
  const target = engineFolder();
  if (complete(target)) return;
  await withLock(`${target}.lock`, async (started) => {
    if (complete(target)) return; // another set-up has done it meanwhile
    removeLeftovers(target);
    const fresh = `${target}.new-${process.pid}`;
    mkdirSync(join(fresh, "bin"), { recursive: true });
    try {
      await fill(fresh, started);
      if (!complete(fresh)) throw new Failure(`The Pulumi engine in ${fresh} does not start.`);
      // What is there but incomplete stays usable for nobody; it makes room in one step.
      if (existsSync(target)) renameSync(target, `${target}.old-${process.pid}`);
      renameSync(fresh, target);
    } finally {
      removeLeftovers(target);
    }
    note(`The Pulumi engine ${engineVersion} is ready in ${target}.`);
  });
}

/**
 * The ways to an engine, the quickest first.
 * @param {string} folder
 * @param {(pid: number) => void} started
 */
async function fill(folder, started) {
  if (copyInstalledEngine(join(folder, "bin"))) return;
  say(`Getting the Pulumi engine ${engineVersion} (once on this machine)...`);
  const refused = await downloadEngine(folder, started);
  if (refused === undefined) return;
  const problem = goProblem();
  if (problem === undefined) {
    note(`${refused} Building it from its Go modules instead.`);
    return buildEngine(join(folder, "bin"), started);
  }
  throw new Failure(
    `The Pulumi engine ${engineVersion} is missing. ${refused}\n${problem}\n` +
      `Either install the official Pulumi CLI ${engineVersion} so that it is on PATH, ` +
      `or install Go ${neededGo()} or later; then run the command again.`,
  );
}

/** Whether the folder holds an engine that starts. @param {string} folder */
function complete(folder) {
  const bin = join(folder, "bin");
  const there = engineFiles.every((file) => {
    const stats = statSync(join(bin, file), { throwIfNoEntry: false });
    return stats !== undefined && stats.size > 0;
  });
  if (!there) return false;
  const [pulumi = ""] = engineFiles;
  const { stdout } = spawnSync(join(bin, pulumi), ["version"], {
    encoding: "utf8",
    env: engineEnv(),
  });
  return stdout?.trim() === `v${engineVersion}`;
}

/** Whatever interrupted set-ups have left beside the engine. @param {string} target */
function removeLeftovers(target) {
  const parent = dirname(target);
  for (const name of readdirSync(parent)) {
    if (
      !name.startsWith(`${basename(target)}.new-`) &&
      !name.startsWith(`${basename(target)}.old-`)
    ) {
      continue;
    }
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}
