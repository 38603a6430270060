// @ts-check
/** What scripts say to a person: short lines, colour only on a terminal that wants it. */
import * as util from "node:util";

/** An error whose message is all that a person needs: it is shown without a stack. */
export class Failure extends Error {}

/** @param {NodeJS.WriteStream} [stream] */
export function wantsColour(stream = process.stdout) {
  if (process.env["NO_COLOR"]) return false;
  const forced = process.env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0";
  return stream.isTTY === true;
}

/** @typedef {"bold" | "dim" | "red" | "green" | "yellow" | "cyan"} Style */

/**
 * @param {Style} style
 * @param {string} text
 */
export function styled(style, text) {
  // styleText came with Node 20.12; without it the text is as good.
  if (!wantsColour() || typeof util.styleText !== "function") return text;
  return util.styleText(style, text, { validateStream: false });
}

/** @param {string} text */
export const say = (text) => console.log(text);

/** A blank line and a title. @param {string} text */
export const heading = (text) => console.log(`\n${styled("bold", text)}`);

/** Something that is known or done. @param {string} text */
export const note = (text) => console.log(styled("dim", `  ${text}`));

/** Something that needs attention. @param {string} text */
export const warn = (text) => console.log(styled("yellow", `  ${text}`));

/** `8.4 s`, `1 min 40 s`. @param {number} milliseconds */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** The last lines of a command's output, for an error message. @param {string} text @param {number} [lines] */
export const tail = (text, lines = 15) => text.trimEnd().split(/\r?\n/).slice(-lines).join("\n");

/**
 * Runs a script's work and turns its end into the exit code.
 * @param {() => Promise<number | void>} work returns the exit code, nothing for 0
 */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    const known = error instanceof Failure;
    const text = error instanceof Error ? (known ? error.message : error.stack) : String(error);
    console.error(`\n${styled("red", text ?? "")}`);
    process.exitCode = 1;
  }
}
