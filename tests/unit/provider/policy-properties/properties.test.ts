import fc from "fast-check";
import { POLICY_FIELDS } from "../../../../provider/src/kinds/policy-fields";
import { decode, encode } from "../../../../provider/src/policy/codec";
import { MODES } from "../../../../provider/src/policy/settings";
import { CHECKS } from "./checks";
import { argsOf } from "./generate";
import { diceOf, NOISE_NAMES, NOISES } from "./noise";
import { tenantOf } from "./tenant";

/** How many cases are tried in all. `npm run properties` asks for more. */
const WANTED = Number(process.env["AUTOPILOT_PROPERTY_RUNS"] ?? 10_000);
const TIME_LIMIT = 60_000 + WANTED * 20;

const world = { encode, decode, fields: POLICY_FIELDS };
let cases = 0;

test.each(CHECKS.map((check) => [check.name, check] as const))(
  "%s",
  async (_name, { share, property }) => {
    const numRuns = Math.ceil(WANTED * share);
    const details = await fc.check(property(world), { numRuns });
    cases += details.numRuns;
    const report = await fc.asyncDefaultReportMessage(details);
    if (report !== undefined) throw new Error(report, { cause: details.errorInstance });
    expect(details.numRuns).toBe(numRuns);
  },
  TIME_LIMIT,
);

test("those were as many cases as wanted", () => {
  process.stderr.write(`  ${cases} cases of policies, ${CHECKS.length} properties\n`);
  expect(cases).toBeGreaterThanOrEqual(WANTED);
});

test.each(NOISE_NAMES)("there really is noise: %s", (name) => {
  const seen = MODES.flatMap((mode) =>
    fc.sample(argsOf(mode), { numRuns: 40, seed: 1 }).map((args, seed) => {
      const inputs = { description: "", roleScopeTagIds: [], ...args };
      const tenant = tenantOf(inputs, encode);
      const before = JSON.stringify(tenant);
      NOISES[name]!(tenant, diceOf(seed), inputs);
      return JSON.stringify(tenant) !== before;
    }),
  );
  expect(seen.filter(Boolean).length).toBeGreaterThan(2);
});
