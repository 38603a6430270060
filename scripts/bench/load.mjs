// @ts-check
/** What our code costs the provider process: time to load, and memory. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { engineEnv } from "../lib/engine.mjs";
import { node24 } from "../lib/node24.mjs";
import { Failure, note, tail } from "../lib/output.mjs";
import { inRoot, root } from "../lib/paths.mjs";
import { run } from "../lib/run.mjs";
import { makePair } from "./multiply.mjs";
import { atMost, median, megabytes, ms, spread, whole } from "./numbers.mjs";

/** @typedef {import("./numbers.mjs").Row} Row */

/** @type {import("./numbers.mjs").Step} */
export const load = {
  name: "load",
  title: "The provider process",
  about:
    "Load: `require` of `provider/dist/runtime.js` in a fresh process that has loaded `@pulumi/pulumi`. `@azure/identity` is " +
    "watched through load and check and diff, and then through a read that has to sign in. Memory: the peak of the engine's " +
    "provider process in a refresh, with policies and with as many of the pass-through resources.",
  measure: async (tenant, sizes) => [
    await loadTime(sizes.loads),
    await identityIsLazy(),
    ...(await memory(tenant, sizes.memory)),
  ],
};

/** @param {number} times @returns {Promise<Row>} */
async function loadTime(times) {
  /** @type {number[]} */
  const values = [];
  await probe("time"); // The first brings the files into the system's cache.
  for (let n = 0; n < times; n++) values.push((await probe("time")).milliseconds);
  note(`load of our own code: ${ms(median(values))} (${spread(values, ms)})`);
  return { ...atMost("load of our own code", median(values), 100, ms), note: spread(values, ms) };
}

/** @returns {Promise<Row>} */
async function identityIsLazy() {
  const { before, after, milliseconds, refused } = await probe("identity");
  if (!after) throw new Failure(`A read that has to sign in did not load it: ${refused}`);
  note(`@azure/identity: ${before ? "loaded at once" : "loaded with the first token"}`);
  return {
    what: "`@azure/identity`",
    goal: "only when a token is asked for",
    measured: before ? "at once" : "only then",
    reached: !before,
    note: `the first token costs ${ms(milliseconds)} more, sign-in apart`,
  };
}

/** @param {import("./tenant.mjs").Tenant} tenant @param {{ count: number, rounds: number }} size @returns {Promise<Row[]>} */
async function memory(tenant, { count, rounds }) {
  await tenant.reset();
  const pair = await makePair(tenant, "memory");
  await pair.multiply(count);
  const peaks = { ours: /** @type {number[]} */ ([]), passThrough: /** @type {number[]} */ ([]) };
  for (let round = 0; round < rounds; round++) {
    for (const side of /** @type {const} */ (["ours", "passThrough"])) {
      const { folder } = pair[side];
      const file = join(folder, `peak-${round}`);
      await pair[side].pulumi(["refresh", "--yes", "--skip-preview", "--expect-no-changes"], {
        NODE_OPTIONS: `--require ${JSON.stringify(join(folder, "peak.cjs"))}`,
        BENCH_PEAK_FILE: file,
      });
      peaks[side].push(Number(readFileSync(file, "utf8")) * 1024);
    }
  }
  pair.remove();
  const [ours, passThrough] = [median(peaks.ours), median(peaks.passThrough)];
  note(`memory with ${count}: ${megabytes(ours)} against ${megabytes(passThrough)}`);
  return [
    {
      what: `peak memory, refresh of ${whole(count)} policies`,
      goal: "",
      measured: `${megabytes(ours)} against ${megabytes(passThrough)}`,
      note: `${spread(peaks.ours, megabytes)} against ${spread(peaks.passThrough, megabytes)}`,
    },
  ];
}

/** @param {string} mode @returns {Promise<any>} */
async function probe(mode) {
  const { code, stdout, text } = await run(node24(), [inRoot("scripts/bench/probe.mjs"), mode], {
    cwd: root,
    env: engineEnv(),
    timeout: 60_000,
  });
  if (code !== 0) throw new Failure(`The probe failed:\n${tail(text)}`);
  return JSON.parse(stdout);
}
