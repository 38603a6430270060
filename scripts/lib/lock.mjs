// @ts-check
/** One set-up at a time: a second one waits, and a lock whose owner has died doesn't count. */
import { randomUUID } from "node:crypto";
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { note } from "./output.mjs";

/** The owner touches its lock this often; three times without a touch is too long. */
const touchEvery = 20_000;

/** @typedef {{ owner: string, host: string, pids: number[] }} Holder */

/**
 * Does the work while holding the lock.
 * @template T
 * @param {string} file
 * @param {(alsoWaitFor: (pid: number) => void) => Promise<T>} work tells the processes that it
 *   starts: should we be killed, the next set-up waits for what we left running
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  /** @type {Holder} */
  const mine = { owner: randomUUID(), host: hostname(), pids: [process.pid] };
  await take(file, mine);
  const release = () => {
    if (read(file)?.owner === mine.owner) rmSync(file, { force: true });
  };
  const touch = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // Somebody removed the lock: the work goes on, the end has nothing to remove.
    }
  }, touchEvery);
  touch.unref();
  process.once("exit", release);
  try {
    return await work((pid) => {
      mine.pids.push(pid);
      writeFileSync(file, JSON.stringify(mine));
    });
  } finally {
    clearInterval(touch);
    process.removeListener("exit", release);
    release();
  }
}

/**
 * @param {string} file
 * @param {Holder} mine
 */
async function take(file, mine) {
  let said = false;
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: "wx" });
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    const seen = read(file);
    if (abandoned(file, seen)) {
      discard(file, seen);
      continue;
    }
    if (!said) note("Another set-up is at work; waiting for it.");
    said = true;
    await sleep(500);
  }
}

/** @param {string} file @returns {Holder | undefined} */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} file
 * @param {Holder | undefined} holder
 */
function abandoned(file, holder) {
  let age;
  try {
    age = Date.now() - statSync(file).mtimeMs;
  } catch {
    return false; // released meanwhile
  }
  // Being written just now, or written by a process that was killed in that moment.
  if (!holder) return age > 5000;
  // Process ids of another machine or container say nothing here; only the time does.
  if (holder.host !== hostname()) return age > 3 * touchEvery;
  // After a restart another process may bear the number.
  return !holder.pids.some(alive) || age > 30 * touchEvery;
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return !ended(pid);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * Whether the process has ended and only its entry is left: some containers never clear that away.
 * @param {number} pid
 */
function ended(pid) {
  if (process.platform !== "linux") return false;
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/**
 * Removes an abandoned lock. Of two who see it only one removes it, and neither the other's new one.
 * @param {string} file
 * @param {Holder | undefined} seen
 */
function discard(file, seen) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside)?.owner === seen?.owner) rmSync(aside, { force: true });
    else renameSync(aside, file);
  } catch {
    // The other one was first.
  }
}
