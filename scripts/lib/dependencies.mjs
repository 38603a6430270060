// @ts-check
/** npm packages, exactly as package-lock.json says. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Failure, note, say, tail } from "./output.mjs";
import { inRoot, readJson, root } from "./paths.mjs";
import { npm } from "./run.mjs";

const stamp = inRoot("node_modules/.setup-stamp");

/** @param {(pid: number) => void} started */
export async function ensureDependencies(started) {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  // Someone ran npm by hand: as good, when what is installed is what the lock file says.
  if (installedAsLocked()) return writeFileSync(stamp, wanted);

  say("Installing dependencies (about a minute the first time)...");
  const result = await npm(["ci", "--include=dev", "--loglevel=error"], {
    cwd: root,
    heartbeat: "Still installing",
    started,
  });
  if (result.code !== 0) throw new Failure(explain(result.code, result.text));
  // Written last: an interrupted installation leaves no stamp and is done again.
  writeFileSync(stamp, wanted);
  note("Dependencies are installed.");
}

/** What an installation depends on: the lock file, and the system that the binaries are for. */
function fingerprint() {
  const hash = createHash("sha256").update(readFileSync(inRoot("package-lock.json")));
  return `${hash.digest("hex")} ${process.platform}-${process.arch}\n`;
}

/** npm notes what it has installed, at the very end of an installation. */
function installedAsLocked() {
  const notes = inRoot("node_modules/.package-lock.json");
  if (!existsSync(notes)) return false;
  const installed = readJson(notes).packages;
  const locked = Object.entries(readJson(inRoot("package-lock.json")).packages);
  return locked.every(([path, entry]) => {
    if (!path.startsWith("node_modules/") || entry.optional || entry.peer) return true;
    return installed[path]?.version === entry.version && existsSync(inRoot(path));
  });
}

/**
 * @param {number} code
 * @param {string} text
 */
function explain(code, text) {
  const hint = /E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT)|network/.test(text)
    ? "The npm registry was not reached: check the network, or the proxy and registry settings of npm."
    : "Run the command again; if it fails in the same way, the lines above say why.";
  return `${tail(text)}\n\nInstalling dependencies failed (npm ci, exit code ${code}). ${hint}`;
}
