import fc from "fast-check";
import { devicePreparationPolicy } from "../../../../provider/src/kinds/device-preparation-policy";
import { changedKeys, type Difference } from "../../../../provider/src/lifecycle/diff";
import { engineProvider } from "../../../../provider/src/lifecycle/engine-provider";
import { type Fields, normalForm } from "../../../../provider/src/lifecycle/field";
import { type Props, sameValue } from "../../../../provider/src/lifecycle/props";
import type { decode, encode, WireSetting } from "../../../../provider/src/policy/codec";
import { type Mode, MODES, type Setting, SETTINGS } from "../../../../provider/src/policy/settings";
import { FOREIGN } from "../policy/wire";
import { changed, changeOf } from "./change";
import { argsOf, propertiesOf } from "./generate";
import { diceOf, NOISE_NAMES, NOISES } from "./noise";
import { appTypes, contextOf, ID, TEMPLATE, type Tenant, tenantOf } from "./tenant";

/** The parts under test. One of them is broken on purpose where the checks themselves are tested. */
export interface World {
  encode: typeof encode;
  decode: typeof decode;
  /** The rows that are compared. */
  fields: Fields;
}

export interface Check {
  name: string;
  /** The property of the policy that it is about, if it is about one. */
  about?: string;
  mode: Mode;
  /** How many of all cases are its own. */
  share: number;
  property(world: World): fc.IAsyncProperty<unknown>;
}

const ROWS: [string, Setting][] = Object.entries(SETTINGS);
const TARGETS = MODES.flatMap((mode) => propertiesOf(mode).map((name) => ({ mode, name })));

/** The inputs that check makes of the arguments. */
function inputsOf(args: Props, olds: Props = {}): Props {
  const provider = engineProvider(devicePreparationPolicy, unused);
  const { inputs, failures } = provider.check(olds, args);
  if (failures.length > 0) throw new Error(`not accepted: ${JSON.stringify(failures)}`);
  return inputs;
}

function unused(): never {
  throw new Error("check and diff contact nothing");
}

/** What a refresh and the preview after it find, by way of the engine's provider. */
async function preview(
  { fields }: World,
  tenant: Tenant,
  args: Props,
  inputs: Props,
): Promise<{ keys: string[]; difference: Difference }> {
  const state = { ...inputs, templateId: "x", priority: 3, schemaVersion: 1 };
  const kind = { ...devicePreparationPolicy, fields };
  const provider = engineProvider(kind, () => contextOf(tenant));
  const { props } = await provider.read(ID, state);
  if (props === undefined) throw new Error("read found nothing");
  const news = inputsOf(args, props);
  return { keys: changedKeys(fields, props, news), difference: provider.diff(ID, props, news) };
}

async function assertShows(
  world: World,
  tenant: Tenant,
  { args, inputs }: Record<"args" | "inputs", Props>,
  keys: string[],
) {
  const shown = await preview(world, tenant, args, inputs);
  const same = sameValue(shown.keys, keys);
  const told = sameValue(shown.difference, keys.length === 0 ? { changes: false } : {});
  if (!same || !told) {
    throw new Error(`shows ${JSON.stringify(shown)} instead of ${JSON.stringify(keys)}`);
  }
}

const roundTrip = (mode: Mode): Check => ({
  name: `${mode}: what was written is read back the same`,
  mode,
  share: 0.2 / MODES.length,
  property: (world) =>
    fc.asyncProperty(argsOf(mode), fc.nat(), async (args, seed) => {
      const inputs = inputsOf(args);
      const types = appTypes(inputs);
      const written = world.encode(inputs, TEMPLATE[mode], types);
      const settings = JSON.parse(JSON.stringify(written)) as WireSetting[];
      const dice = diceOf(seed);
      settings.sort(() => dice(3) - 1);
      const values = world.decode(settings, mode);
      const wanted = Object.fromEntries(
        ROWS.filter(([, row]) => row.modes.includes(mode)).map(([name, { kind }]) => [
          name,
          inputs[name] ?? (kind === "idSet" ? [] : undefined),
        ]),
      );
      if (!sameValue(values, wanted)) expect(values).toEqual(wanted);
    }),
});

const noise = (mode: Mode): Check => ({
  name: `${mode}: nothing that the service does by itself shows`,
  mode,
  share: 0.35 / MODES.length,
  property: (world) =>
    fc.asyncProperty(
      argsOf(mode),
      fc.oneof(
        fc.constantFrom(...NOISE_NAMES).map((one) => [one]),
        fc.subarray(NOISE_NAMES),
      ),
      fc.nat(),
      async (args, noises, seed) => {
        const inputs = inputsOf(args);
        const tenant = tenantOf(inputs, world.encode);
        const dice = diceOf(seed);
        for (const one of noises) NOISES[one]!(tenant, dice, inputs);
        await assertShows(world, tenant, { args, inputs }, []);
      },
    ),
});

const single = ({ mode, name }: { mode: Mode; name: string }): Check => {
  const required = name === "deviceGroupStatus" ? ["deviceGroupId"] : [];
  const invariant = devicePreparationPolicy.fields[name]!.invariant === true;
  const args = argsOf(mode, ...required, ...(isUnmanaged(name) && !invariant ? [name] : []));
  return {
    name: `${mode}: a change of ${name} shows as ${name} alone`,
    about: name,
    mode,
    share: 0.35 / TARGETS.length,
    property: (world) =>
      fc.asyncProperty(args, changeOf(name), async (given, change) => {
        const inputs = inputsOf(given);
        const field = devicePreparationPolicy.fields[name]!;
        const same = (value: unknown) =>
          sameValue(normalForm(field, value), normalForm(field, inputs[name]));
        fc.pre(change.kind !== "value" || !same(change.value));
        const tenant = changed(inputs, name, change, world.encode);
        fc.pre(tenant !== undefined);
        await assertShows(world, tenant, { args: given, inputs }, [name]);
      }),
  };
};

const isUnmanaged = (name: string) => devicePreparationPolicy.fields[name]!.unmanagedWhenAbsent;

/** The program's own change of the mode, which no policy can follow in place. */
const replacing = (mode: Mode): Check => ({
  name: `${mode}: another mode replaces the policy`,
  about: "mode",
  mode,
  share: 0.02 / MODES.length,
  property: ({ fields }) =>
    fc.asyncProperty(
      argsOf(mode),
      fc.constantFrom(...MODES.filter((other) => other !== mode)).chain((other) => argsOf(other)),
      async (before, after) => {
        const provider = engineProvider({ ...devicePreparationPolicy, fields }, unused);
        expect(provider.diff(ID, inputsOf(before), inputsOf(after))).toEqual({
          replaces: ["mode"],
        });
      },
    ),
});

/** Settings that no row speaks of: well formed, or anything. */
const foreign = fc.array(
  fc.oneof(
    fc.jsonValue(),
    fc.nat().map((number) => ({ ...FOREIGN, id: String(number) })),
    fc.record({ settingInstance: fc.jsonValue() }),
    fc.record({
      id: fc.nat().map(String),
      settingInstance: fc.record({
        settingDefinitionId: fc.nat(99).map((number) => `enrollment_autopilot_dpp_new${number}`),
        choiceSettingValue: fc.jsonValue(),
      }),
    }),
  ),
  { maxLength: 6 },
) as fc.Arbitrary<WireSetting[]>;

const keeping = (mode: Mode): Check => ({
  name: `${mode}: writing over a policy keeps what is not known, and leaves no trace of the rest`,
  mode,
  share: 0.1 / MODES.length,
  property: ({ encode: write }) =>
    fc.asyncProperty(
      argsOf(mode),
      argsOf(mode),
      foreign,
      fc.nat(),
      async (old, now, unknown, seed) => {
        const [before, after] = [inputsOf(old), inputsOf(now)];
        const template = TEMPLATE[mode];
        const existing = write(before, template, appTypes(before));
        const dice = diceOf(seed);
        for (const one of unknown) existing.splice(dice(existing.length + 1), 0, one);
        const leftAlone = ROWS.filter(
          ([name, row]) => row.unmanagedWhenAbsent && after[name] === undefined,
        ).map(([name]) => [name, before[name]] as const);

        const written = write(after, template, appTypes(after), existing);
        const kept = written.filter((one) => unknown.includes(one));
        expect(kept).toEqual(existing.filter((one) => unknown.includes(one)));
        const ours = written.filter((one) => !unknown.includes(one));
        const merged = { ...after, ...Object.fromEntries(leftAlone) };
        const fresh = write(merged, template, appTypes(after));
        expect(byText(ours)).toEqual(byText(fresh));
      },
    ),
});

const byText = (settings: WireSetting[]) => settings.map((one) => JSON.stringify(one)).sort();

/** Everything that must hold of every policy. */
export const CHECKS: Check[] = [
  ...MODES.map(roundTrip),
  ...MODES.map(noise),
  ...TARGETS.map(single),
  ...MODES.map(replacing),
  ...MODES.map(keeping),
];
