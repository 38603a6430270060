/**
 * A soak through the real engine: many policies, five requests of a hundred fail somehow, and full cycles of up, drift, up and destroy.
 * `npm run soak`: 200 policies, three cycles. Without the variables it is small.
 */
import { type Program, Stack } from "../support/stack";
import * as tenant from "../support/tenant";
import { FAULTS } from "./faults";

jest.setTimeout(7_200_000);

const POLICIES = Number(process.env["AUTOPILOT_SOAK_POLICIES"] ?? 10);
const CYCLES = Number(process.env["AUTOPILOT_SOAK_CYCLES"] ?? 1);
const SHARE = 0.05;
/** How often a run may be repeated, as somebody would who sees it fail. */
const ATTEMPTS = 12;

const program: Program = {
  devices: { kind: "DeviceGroup" },
  users: { kind: "UserGroup" },
  ...Object.fromEntries(
    Array.from({ length: POLICIES }, (_, index) => [
      `policy-${index}`,
      {
        kind: "DevicePreparationPolicy" as const,
        args: { deviceGroupId: { $id: "devices" }, userGroupIds: [{ $id: "users" }] },
      },
    ]),
  ),
};

/** The same numbers in every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state / 2 ** 31;
  }
}

const random = numbers(7);
const actions = Object.values(FAULTS).map(({ action }) => action);

/** Five of a hundred of the next requests fail, each in its own way. */
function plantFaults({ sandbox }: Stack): void {
  const count = POLICIES * 40;
  const match = { path: "^/(v1\\.0|beta)/" };
  const faults = Array.from({ length: count }, (_, index) => index + 1)
    .filter(() => random.next().value < SHARE)
    .map((occurrence) => ({
      match,
      occurrence,
      action: actions[Math.floor(random.next().value * actions.length)] ?? { status: 503 },
    }));
  sandbox.faults.set(faults);
}

async function repeat(stack: Stack, ...args: string[]): Promise<number> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    plantFaults(stack);
    const { code, text } = await stack.pulumi(...args, "--yes", "--skip-preview");
    stack.sandbox.faults.set([]);
    if (code === 0) return attempt;
    if (attempt === ATTEMPTS) throw new Error(text.slice(-3000));
  }
  return ATTEMPTS;
}

test(`${POLICIES} policies through ${CYCLES} cycles end as declared every time`, async () => {
  const begun = Date.now();
  const stack = await Stack.start();
  const runs: number[] = [];
  try {
    stack.declare(program);
    for (let cycle = 1; cycle <= CYCLES; cycle++) {
      runs.push(await repeat(stack, "up"));
      const good = await stack.pulumi("preview", "--refresh", "--expect-no-changes");
      expect(good).toMatchObject({ code: 0 });
      const ids = await stack.ids();
      for (let index = 0; index < POLICIES; index += 5) {
        await tenant.editPolicy(
          stack.sandbox,
          ids[`policy-${index}`] ?? "",
          tenant.editSetting("timeout", 45),
        );
      }
      runs.push(await repeat(stack, "up", "--refresh"));
      const repaired = await stack.pulumi("preview", "--refresh", "--expect-no-changes");
      expect(repaired).toMatchObject({ code: 0 });
      expect((await tenant.ours(stack.sandbox)).policies).toHaveLength(POLICIES);
      runs.push(await repeat(stack, "destroy"));
      expect(await tenant.ours(stack.sandbox)).toEqual({ groups: [], policies: [] });
    }
    const requests = stack.sandbox.requests.filter(({ kind }) => kind === "graph");
    const failed = requests.filter(({ status }) => status >= 400 || status === 0).length;
    console.log(
      `soak: ${POLICIES} policies, ${CYCLES} cycles, ${Math.round((Date.now() - begun) / 1000)} s, ` +
        `${requests.length} requests, ${failed} of them failed, runs needed ${runs.join(" ")}, 0 violations`,
    );
  } finally {
    await stack.close();
  }
});
