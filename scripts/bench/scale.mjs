// @ts-check
/** What many policies cost, against as many resources that do nothing. */
import { Failure, note } from "../lib/output.mjs";
import { makePair } from "./multiply.mjs";
import { median, ratio, seconds, spread, whole } from "./numbers.mjs";

/** @typedef {import("./numbers.mjs").Row} Row */
/** @typedef {import("./stack.mjs").Stack} Stack */

const LIMIT = 1.15;
/** The number of policies that the limit is promised for. */
const SIZE_OF_LIMIT = 200;

/** @type {Record<string, string[]>} */
const commands = {
  preview: ["preview"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  up: ["up", "--yes", "--skip-preview"],
};

/** @typedef {{ ours: number[], passThrough: number[] }} Times in milliseconds */
/** @typedef {Record<string, Times>} OfCommand */

/** @type {import("./numbers.mjs").Step} */
export const scale = {
  name: "scale",
  title: "Many policies",
  about:
    "Policies like that of `examples/user-driven`, against as many pass-through dynamic resources with the inputs that a policy " +
    "has in state: their provider gives back what it gets and does no I/O. The whole `pulumi` command is timed, nothing has " +
    "changed, both take turns, and the median counts. The sandbox tenant answers the refreshes on the same machine. Growth: what " +
    "a further policy costs at the upper end, against what it costs below.",
  measure: async (tenant, sizes) => {
    await tenant.reset();
    const pair = await makePair(tenant, "scale");
    /** @type {Map<number, OfCommand>} */
    const times = new Map();
    for (const { count, rounds } of sizes.scale) {
      await pair.multiply(count);
      /** @type {OfCommand} */
      const ofSize = {};
      for (const name of Object.keys(commands)) ofSize[name] = { ours: [], passThrough: [] };
      for (let round = 0; round < rounds; round++) {
        for (const [name, list] of Object.entries(ofSize)) {
          /** @type {(keyof Times)[]} */
          const order = round % 2 === 0 ? ["ours", "passThrough"] : ["passThrough", "ours"];
          for (const side of order) list[side].push(await timed(pair[side], name, count));
        }
      }
      for (const [name, { ours, passThrough }] of Object.entries(ofSize)) {
        note(`${name}, ${whole(count)}: ${shown(ours)} against ${shown(passThrough)}`);
      }
      times.set(count, ofSize);
      await tenant.forget();
    }
    pair.remove();
    return [...ratios(times), ...growths(times)];
  },
};

/** Milliseconds of a command that must find everything as it is. @param {Stack} stack @param {string} name @param {number} count */
async function timed(stack, name, count) {
  const { milliseconds, stdout } = await stack.pulumi([
    ...(commands[name] ?? []),
    "--expect-no-changes",
  ]);
  const unchanged = Number(/^\s+(\d+) unchanged/m.exec(stdout)?.[1]);
  if (unchanged >= count) return milliseconds;
  throw new Failure(`\`pulumi ${name}\` saw ${unchanged} of ${count} resources:\n${stdout}`);
}

/** @param {number[]} values */
const shown = (values) => `${seconds(median(values))} (${spread(values, seconds)})`;

/** @param {Map<number, OfCommand>} times @returns {Row[]} */
function ratios(times) {
  return [...times].flatMap(([count, ofSize]) =>
    Object.entries(ofSize).map(([name, { ours, passThrough }]) => {
      const value = median(ours) / median(passThrough);
      const promised = count === SIZE_OF_LIMIT;
      return {
        what: `${titles[name] ?? name}, ${whole(count)} ${count === 1 ? "policy" : "policies"}`,
        goal: promised ? `≤ ${ratio(LIMIT)}` : "",
        measured: `${ratio(value)}: ${seconds(median(ours))} against ${seconds(median(passThrough))}`,
        ...(promised && { reached: value <= LIMIT }),
        note: `${spread(ours, seconds)} against ${spread(passThrough, seconds)}`,
      };
    }),
  );
}

/** @type {Record<string, string>} */
const titles = { preview: "`preview`", refresh: "`refresh`", up: "`up` without a change" };

/**
 * Linear means that a further policy costs the same among many as among few. What grows in the engine itself grows for the
 * pass-through resources too, and is no fault of the provider.
 * @param {Map<number, OfCommand>} times
 * @returns {Row[]}
 */
function growths(times) {
  const counts = [...times.keys()];
  const [first = NaN, middle = NaN, last = NaN] = [counts[0], counts.at(-2), counts.at(-1)].map(
    Number,
  );
  /** @param {string} name @param {keyof Times} side @param {number} from @param {number} to */
  const further = (name, side, from, to) => {
    const at = (/** @type {number} */ count) => median(times.get(count)?.[name]?.[side] ?? []);
    return (at(to) - at(from)) / (to - from);
  };
  return Object.keys(commands).map((name) => {
    const [ours, passThrough] = /** @type {const} */ (["ours", "passThrough"]).map((side) => {
      const few = further(name, side, first, middle);
      const many = further(name, side, middle, last);
      return { few, many, growth: many / few };
    });
    if (ours === undefined || passThrough === undefined) throw new Failure("Nothing was timed.");
    const each = (/** @type {{ few: number, many: number }} */ { few, many }) =>
      `${many.toFixed(1)} ms against ${few.toFixed(1)} ms`;
    return {
      what: `growth of ${titles[name] ?? name}: ${whole(middle)} to ${whole(last)} against ${whole(first)} to ${whole(middle)}`,
      goal: `linear: ≤ ${ratio(LIMIT)}, or of the pass-through's`,
      measured: `${ratio(ours.growth)}: ${each(ours)} a policy`,
      // Among few resources the noise is more than what they cost.
      ...(middle >= SIZE_OF_LIMIT && {
        reached: ours.growth <= LIMIT * Math.max(1, passThrough.growth),
      }),
      note: `pass-through: ${ratio(passThrough.growth)}, ${each(passThrough)}`,
    };
  });
}
