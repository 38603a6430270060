// @ts-check
/** The official engine: one that is on this machine already, or the download of the npm package `pulumi`. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, sep } from "node:path";
import { engineEnv, engineFiles } from "./engine.mjs";
import { node24 } from "./node24.mjs";
import { note } from "./output.mjs";
import { engineVersion, jsCommand, pathEntries, root } from "./paths.mjs";
import { run } from "./run.mjs";

/** The host that the npm package `pulumi` downloads from. */
const downloadHost = "https://get.pulumi.com";

/**
 * Copies an engine of the right version that the user has installed.
 * @param {string} bin where to
 * @returns {boolean} whether there was one
 */
export function copyInstalledEngine(bin) {
  const from = installedEngine();
  if (from === undefined) return false;
  for (const file of readdirSync(from)) {
    if (
      /^pulumi(-language-nodejs|-resource-pulumi-nodejs|-analyzer-policy.*)?(\.exe|\.cmd)?$/.test(
        file,
      )
    ) {
      copyFileSync(join(from, file), join(bin, file));
    }
  }
  note(`Using the Pulumi CLI ${engineVersion} that is installed on this machine.`);
  return true;
}

/** The folder of an installed engine of the right version. */
function installedEngine() {
  const [pulumi = ""] = engineFiles;
  const folders = [...pathEntries(process.env["PATH"]), join(homedir(), ".pulumi", "bin")];
  for (const folder of new Set(folders)) {
    if (!existsSync(join(folder, pulumi))) continue;
    // A package manager may link single files into a common folder.
    const file = realpathSync(join(folder, pulumi));
    // npm's command of that name is not the engine: it would download one.
    if (file.includes(`${sep}node_modules${sep}`)) continue;
    if (!engineFiles.every((name) => existsSync(join(dirname(file), name)))) continue;
    const { stdout } = spawnSync(file, ["version"], {
      encoding: "utf8",
      env: engineEnv(),
      timeout: 20_000,
    });
    if (stdout?.trim() === `v${engineVersion}`) return dirname(file);
  }
  return undefined;
}

/**
 * Lets the npm package `pulumi` download the engine, into a folder of ours instead of its usual one.
 * @param {string} folder
 * @param {(pid: number) => void} started
 * @returns {Promise<string | undefined>} why that failed
 */
export async function downloadEngine(folder, started) {
  const home = join(folder, "download");
  // Node 24 can use the proxy that the environment names, but only when asked to.
  const env = engineEnv({ home, env: { NODE_USE_ENV_PROXY: "1" } });
  const probe = `fetch("${downloadHost}", { method: "HEAD" }).then(() => process.exit(0), () => process.exit(1))`;
  if ((await run(node24(), ["-e", probe], { env, timeout: 10_000 })).code !== 0) {
    return `Its download (${new URL(downloadHost).host}) can't be reached from here.`;
  }
  const result = await run(node24(), [jsCommand.pulumi, "version"], {
    cwd: root,
    env,
    heartbeat: "Still downloading the engine",
    timeout: 15 * 60_000,
    started,
  });
  const downloaded = join(home, "versions", engineVersion, "bin");
  if (result.code === 0 && existsSync(downloaded)) {
    rmSync(join(folder, "bin"), { recursive: true, force: true });
    renameSync(downloaded, join(folder, "bin"));
  }
  rmSync(home, { recursive: true, force: true });
  return result.code === 0 ? undefined : "Its download failed.";
}
