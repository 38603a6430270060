// @ts-check
/** The programs that the benchmark runs, as files of a stack's folder. */

/**
 * @typedef {object} Declared
 * @property {"DeviceGroup" | "UserGroup" | "DevicePreparationPolicy" | "PassThrough"} kind
 * @property {Record<string, unknown>} [args] `{ $id: "name" }` stands for the id of another resource (of the same number,
 *   where both are many); `{name}` in a text for the resource's own name
 * @property {number} [count] so many of them, named with `numbered`
 */

/** @typedef {Record<string, Declared>} Program */

/** The name of one of many. @param {string} name @param {number} n from 1 */
export const numbered = (name, n) => `${name}-${String(n).padStart(4, "0")}`;

/** Declares what `program.json` lists. It loads our package only if it needs it. */
const index = `
const { readFileSync } = require("node:fs");
const declared = JSON.parse(readFileSync("program.json", "utf8"));
const load = (kind) =>
  kind === "PassThrough" ? require("bench-pass-through").PassThrough : require("pulumi-autopilot")[kind];
const made = {};
const fill = (value, ending) =>
  Array.isArray(value) ? value.map((one) => fill(one, ending))
  : value && typeof value === "object"
    ? "$id" in value ? (made[value.$id] ?? made[value.$id + ending]).id
    : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, ending)]))
  : value;
for (const [name, { kind, args = {}, count }] of Object.entries(declared)) {
  const Resource = load(kind);
  const text = JSON.stringify(args);
  for (let n = 1; n <= (count ?? 1); n++) {
    const ending = count === undefined ? "" : "-" + String(n).padStart(4, "0");
    const own = JSON.parse(text.replaceAll("{name}", name + ending));
    made[name + ending] = new Resource(name + ending, fill(own, ending));
  }
}
`;

/** The measure for what the engine itself costs: a resource that gives back what it gets, and does nothing else. */
const passThrough = `
const pulumi = require("@pulumi/pulumi");
const text = 'exports.handler = () => require("bench-pass-through/runtime").v1("PassThroughResource")';
exports.PassThrough = class extends pulumi.CustomResource {
  constructor(name, args) {
    super("pulumi-nodejs:dynamic/bench:PassThrough", name, { ...args, __provider: text });
  }
};
`;

const passThroughRuntime = `
const { randomUUID } = require("node:crypto");
exports.v1 = () => ({
  check: (olds, news) => ({ inputs: news, failures: [] }),
  diff: () => ({}),
  create: async (inputs) => ({ id: randomUUID(), outs: inputs }),
  read: async (id, props) => ({ id, props, inputs: { ...props } }),
  update: async (id, olds, news) => ({ outs: news }),
  delete: async () => {},
});
`;

/** Keeps the highest memory of the dynamic-provider process in a file: the engine ends it without an exit event. */
const peak = `
if (/dynamic-provider/.test(process.argv[1] ?? "")) {
  const { writeFileSync } = require("node:fs");
  const keep = () => writeFileSync(process.env.BENCH_PEAK_FILE, String(process.resourceUsage().maxRSS));
  setInterval(keep, 50).unref();
}
`;

/** Every file but `program.json`. @type {Record<string, string>} */
export const programFiles = {
  "index.js": index,
  "package.json": '{ "private": true }\n',
  "peak.cjs": peak,
  "node_modules/bench-pass-through/package.json":
    '{ "name": "bench-pass-through", "main": "index.js" }\n',
  "node_modules/bench-pass-through/index.js": passThrough,
  "node_modules/bench-pass-through/runtime.js": passThroughRuntime,
};
