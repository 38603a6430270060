import fc from "fast-check";
import { devicePreparationPolicy } from "../../../../provider/src/kinds/device-preparation-policy";
import type { Graph, Request } from "../../../../provider/src/graph/client";
import { NoAnswer } from "../../../../provider/src/graph/errors";
import { engineProvider } from "../../../../provider/src/lifecycle/engine-provider";
import { Failure, failureText } from "../../../../provider/src/lifecycle/failure";
import type { Context } from "../../../../provider/src/lifecycle/kind";
import { type Props, sameValue } from "../../../../provider/src/lifecycle/props";
import { encode, type WireSetting } from "../../../../provider/src/policy/codec";
import { TEMPLATES } from "../../../../provider/src/policy/settings";
import { anyArgs } from "./generate";
import { type Dice, diceOf } from "./noise";
import { contextOf, ID, type Json, TEMPLATE, type Tenant, tenantOf } from "./tenant";

const RUNS = Number(process.env["AUTOPILOT_FUZZ_RUNS"] ?? 3000);
const TIME_LIMIT = 60_000 + RUNS * 20;
const kind = devicePreparationPolicy;

let values = 0;
let errors = 0;
let updates = 0;

/** A policy as random JSON: parts that are as they should be, so that reading gets far into it. */
const almost = fc.record(
  {
    name: fc.oneof(fc.string(), fc.jsonValue()),
    description: fc.oneof(fc.string(), fc.jsonValue()),
    roleScopeTagIds: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
    templateReference: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...Object.values(TEMPLATES)).map(reference) },
      fc.jsonValue(),
      fc.jsonValue().map(reference),
    ),
    settingCount: fc.oneof(fc.nat(3), fc.jsonValue()),
    priorityMetaData: fc.jsonValue(),
    settings: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue(), fc.constant(undefined)),
    assignments: fc.oneof(
      fc.array(
        fc.oneof(
          fc.jsonValue(),
          fc.jsonValue().map((target) => ({ target })),
        ),
      ),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
);

const verdicts = fc.oneof(
  fc.jsonValue(),
  fc.jsonValue().map((value) => ({ value })),
  fc.record({
    validationSucceeded: fc.jsonValue(),
    enrollmentTimeDeviceMembershipTargetValidationStatuses: fc.oneof(
      fc.jsonValue(),
      fc.array(fc.record({ targetId: fc.jsonValue(), targetValidationErrorCode: fc.jsonValue() })),
    ),
  }),
);

function reference(templateId: unknown) {
  return { templateId };
}

const odd: unknown[] = [
  null,
  undefined,
  0,
  -1.5,
  true,
  "",
  " ",
  "x",
  [],
  {},
  [null],
  [[]],
  { value: null },
  { toString: 1 },
  [{ toString: null, valueOf: 1 }],
  { length: 5 },
  JSON.parse('{"__proto__":{"a":1},"constructor":null}'),
];

/** Changes random places of a real body: values of other kinds, lost and doubled parts, lists where none are. */
function mutate(root: Json, dice: Dice, times: number): void {
  for (let time = 0; time < times; time++) {
    const places: [holder: Json, key: string][] = [];
    collect(root, places);
    const [holder, key] = places[dice(places.length)] ?? [root, "policy"];
    const value = holder[key];
    const forms: (() => unknown)[] = [
      () => structuredClone(odd[dice(odd.length)]),
      () => structuredClone(odd[dice(odd.length)]),
      () => [value],
      () => ({ value }),
      () => JSON.stringify(value),
      () => (Array.isArray(value) ? (value as unknown[])[0] : value),
      () => (Array.isArray(value) ? [...(value as unknown[]), ...(value as unknown[])] : value),
    ];
    holder[key] = forms[dice(forms.length)]!();
    if (dice(6) === 0) Reflect.deleteProperty(holder, key);
  }
}

function collect(holder: Json, places: [Json, string][]): void {
  for (const key of Object.keys(holder)) {
    places.push([holder, key]);
    const value = holder[key];
    if (typeof value === "object" && value !== null) collect(value as Json, places);
  }
}

const checked = (args: Props): Props =>
  engineProvider(kind, () => Promise.reject(new Error("check contacts nothing"))).check({}, args)
    .inputs;

/** Reads it: a value that the engine can keep and compare, or an error for people that says where. */
async function assertAnswers(tenant: Tenant, state: Props | undefined): Promise<void> {
  try {
    const live = await kind.read(contextOf(tenant), ID, state);
    const strange = Object.entries(live?.inputs ?? {}).filter(
      ([key, value]) => kind.fields[key] === undefined || value === undefined,
    );
    if (strange.length > 0 || !sameValue(JSON.parse(JSON.stringify(live)), live)) {
      throw new TypeError(`no plain value: ${JSON.stringify(strange)}`);
    }
    values++;
  } catch (error) {
    const text = failureText(error);
    if (!(error instanceof Failure || error instanceof NoAnswer)) throw error;
    const { name } = (tenant.policy as Json | null | undefined) ?? {};
    expect([name, ID].some((word) => typeof word === "string" && text.includes(word))).toBe(true);
    expect(text).toMatch(
      /can't be read: [\w.]+ is |which this version does not know|what came is no (policy|list)/,
    );
    errors++;
  }
  const provider = engineProvider(kind, () => contextOf(tenant));
  const after = await provider.read(ID, { ...state, schemaVersion: 1 }).catch(() => undefined);
  if (after?.props !== undefined) provider.diff(ID, after.props, state ?? {});
}

test(
  "whatever comes for a policy, reading answers",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 5, arbitrary: almost }, fc.jsonValue()),
        verdicts,
        fc.array(fc.jsonValue(), { maxLength: 2 }),
        async (policy, verdict, pages) => {
          const tenant = { policy: policy as Json, verdict, pages: pages as WireSetting[][] };
          await assertAnswers(tenant, undefined);
        },
      ),
      { numRuns: RUNS / 3 },
    );
  },
  TIME_LIMIT,
);

test(
  "whatever is wrong in a real policy, reading answers",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        anyArgs,
        fc.nat(),
        fc.integer({ min: 1, max: 8 }),
        async (args, seed, times) => {
          const inputs = checked(args);
          const { policy, verdict } = tenantOf(inputs, encode);
          const tenant = JSON.parse(JSON.stringify({ policy, verdict })) as Tenant;
          const dice = diceOf(seed);
          mutate(tenant as unknown as Json, dice, times);
          await assertAnswers(tenant, dice(4) === 0 ? undefined : inputs);
        },
      ),
      { numRuns: (RUNS * 2) / 3 },
    );
  },
  TIME_LIMIT,
);

/** The same tenant, which takes every write and changes nothing. */
function taking(tenant: Tenant): Context<Graph> {
  const context = contextOf(tenant);
  const rows = [...TEMPLATE.userDrivenWithAssociation].map(([settingDefinitionId, ids]) => ({
    settingInstanceTemplate: { settingDefinitionId, settingInstanceTemplateId: ids.instance },
  }));
  return {
    ...context,
    service: {
      get: async <T>(path: string) => {
        if (path.includes("/configurationPolicyTemplates/")) return { value: rows } as T;
        if (path.includes("/mobileApps/")) return { "@odata.type": "#x" } as T;
        return context.service.get<T>(path);
      },
      send: async <T>(request: Request) =>
        request.path.includes("/retrieve")
          ? context.service.send<T>(request)
          : { status: 200, body: undefined as T },
    },
  };
}

test(
  "whatever is wrong in a real policy, an update answers",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        anyArgs,
        fc.nat(),
        fc.integer({ min: 1, max: 8 }),
        async (args, seed, times) => {
          const inputs = checked(args);
          const { policy, verdict } = tenantOf(inputs, encode);
          const tenant = JSON.parse(JSON.stringify({ policy, verdict })) as Tenant;
          mutate(tenant as unknown as Json, diceOf(seed), times);
          try {
            await kind.update(taking(tenant), ID, inputs, inputs);
          } catch (error) {
            if (!(error instanceof Failure || error instanceof NoAnswer)) throw error;
          }
          updates++;
        },
      ),
      { numRuns: RUNS / 3 },
    );
  },
  TIME_LIMIT,
);

test("both ends were met", () => {
  process.stderr.write(
    `  ${values + errors} bodies read: ${values} values, ${errors} errors; ${updates} updates\n`,
  );
  expect(values + errors).toBeGreaterThanOrEqual(RUNS);
  expect(Math.min(values, errors)).toBeGreaterThan(RUNS / 10);
});
