/** The whole matrix. `npm run faults`; `npm test` runs a sample of it. AUTOPILOT_FAULT_STEP=n takes every n-th cell. */
import { startSandbox, type Sandbox } from "pulumi-autopilot-sandbox";
import { FAULTS } from "./faults";
import { cells, PHASES, record, runCell, type Verdict } from "./matrix";

jest.setTimeout(3_600_000);

// Waiting is not what this is about: pauses are a hundred times shorter.
jest.mock("node:timers/promises", () => ({
  ...jest.requireActual<object>("node:timers/promises"),
  setTimeout: (milliseconds: number) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds / 100)),
}));

const step = Number(process.env["AUTOPILOT_FAULT_STEP"] ?? 13);

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(() => sandbox.close());

test("whatever fails, the next run makes the tenant what the program says", async () => {
  const all = cells(await record(sandbox));
  const chosen = all.filter((_, index) => index % step === 0);
  const verdicts: Verdict[] = [];
  for (const cell of chosen) verdicts.push(await runCell(sandbox, cell));

  const violated = verdicts.filter(({ violations }) => violations.length > 0);
  const survived = verdicts.filter((verdict) => verdict.survived).length;
  console.log(
    `fault matrix: ${chosen.length} of ${all.length} cells tried, ${survived} survived at once, ${violated.length} violated`,
  );
  expect(violated.map(({ cell, violations }) => ({ ...cell, violations }))).toEqual([]);
  expect(new Set(chosen.map(({ fault }) => fault))).toEqual(new Set(Object.keys(FAULTS)));
  expect(new Set(chosen.map(({ phase }) => phase))).toEqual(new Set(PHASES));
});
