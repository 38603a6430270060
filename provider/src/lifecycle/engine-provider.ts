import { adoptedId } from "./adoption";
import { type CheckFailure, checkFields } from "./check";
import { type Difference, diffFields, unmetKeys } from "./diff";
import { Failure, failureText } from "./failure";
import type { Context, Kind, Live } from "./kind";
import { hasUnknown, type Props, withoutUndefined } from "./props";

/**
 * The layout of what state holds for a resource. Raise it when a property changes its meaning, and translate
 * in `fromState`; every state that was ever written must stay readable.
 */
export const SCHEMA_VERSION = 1;

/** The output that holds it. A look-up by id has none, which tells it apart from a refresh. */
export const SCHEMA_OUTPUT = "schemaVersion";

/** Reads one configuration value, `undefined` if it is not set. */
export type ConfigReader = (key: string) => string | undefined;

/** Makes the context of one operation. The first call connects; nothing is contacted before. */
export type ContextMaker<G> = (
  config: ConfigReader,
  made: Context<G>["made"],
) => Context<G> | Promise<Context<G>>;

/** The methods that the engine's dynamic-provider process calls, with plain data. */
export interface EngineProvider {
  configure(request: { config: { get(key: string): string | undefined } }): void;
  check(olds: Props, news: Props): { inputs: Props; failures: CheckFailure[] };
  diff(id: string, olds: Props, news: Props): Difference;
  create(inputs: Props): Promise<{ id: string; outs: Props }>;
  read(id: string, props: Props): Promise<{ id?: string; props?: Props; inputs?: Props }>;
  update(id: string, olds: Props, news: Props): Promise<{ outs: Props }>;
  delete(id: string, props: Props): Promise<void>;
}

/** Turns a kind into what the engine calls. */
export function engineProvider<G>(kind: Kind<G>, connect: ContextMaker<G>): EngineProvider {
  let config: ConfigReader = () => undefined;
  const context = (made: Context<G>["made"] = () => undefined) => connect(config, made);

  return {
    // Only assigns: the engine's SDK does not wait for it before it calls the rest.
    configure(request) {
      config = (key) => request.config.get(key);
    },

    check(olds, news) {
      const fields = kind.fieldsFor?.(news) ?? kind.fields;
      const checked = checkFields(fields, news, kind.elsewhere?.(news));
      const completed = kind.complete(checked.inputs, olds);
      return {
        inputs: withoutUndefined(completed.inputs),
        failures: [...checked.failures, ...completed.failures],
      };
    },

    diff(_id, olds, news) {
      return diffFields(kind.fields, olds, news);
    },

    async create(inputs) {
      let half: { id: string; live: Live | undefined } | undefined;
      try {
        const ctx = await context((id, live) => (half = { id, live }));
        const { id, live } = await kind.create(ctx, inputs);
        half = { id, live };
        assertKept(kind, inputs, live);
        return { id, outs: stateOf(inputs, live) };
      } catch (error) {
        const adopting = adoptedId(inputs) !== undefined;
        const text = about(kind, adopting ? "adopt" : "create", inputs, error);
        if (half === undefined) throw quiet(text, error);
        // What was there before gets into state only as a whole: giving up must never delete it.
        if (adopting) {
          throw quiet(
            `${text}\n  It (id ${half.id}) is not in the stack's state yet: \`pulumi up\` goes on with it.`,
            error,
          );
        }
        throw halfMade(
          `${text}\n  It exists (id ${half.id}) and is kept: \`pulumi up\` goes on with it.`,
          error,
          half.id,
          stateOf(inputs, half.live ?? { inputs, outputs: {} }),
        );
      }
    },

    async read(id, props) {
      const state = props[SCHEMA_OUTPUT] === undefined ? undefined : props;
      try {
        const live = await kind.read(await context(), id, state);
        if (live === undefined) {
          // A look-up by id has no state; an empty answer would pass as an empty object there.
          if (state === undefined) throw new Failure(`There is no ${kind.noun} with the id ${id}.`);
          return {};
        }
        const inputs = inputsOf(kind, live, state);
        return {
          id,
          props: withoutUndefined({ ...inputs, ...live.outputs, [SCHEMA_OUTPUT]: SCHEMA_VERSION }),
          inputs,
        };
      } catch (error) {
        throw quiet(about(kind, "read", { ...props, id }, error), error);
      }
    },

    async update(id, olds, news) {
      let live: Live | undefined;
      try {
        live = await kind.update(await context(), id, olds, news);
        assertKept(kind, news, live);
        return { outs: stateOf(news, live) };
      } catch (error) {
        const text = about(kind, "update", news, error);
        if (live === undefined) throw quiet(text, error);
        throw halfMade(text, error, id, stateOf(news, live));
      }
    },

    async delete(id, props) {
      try {
        await kind.delete(await context(), id, props);
      } catch (error) {
        throw quiet(about(kind, "delete", props, error), error);
      }
    },
  };
}

/** A write that the service accepted and did not keep is no success. */
function assertKept<G>(kind: Kind<G>, inputs: Props, live: Live): void {
  const [key] = unmetKeys(kind.fields, live.inputs, inputs);
  if (key === undefined) return;
  const text = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
  throw new Failure(
    `the service accepted the change, but shows ${key} as ${text(live.inputs[key])} instead of ${text(inputs[key])}.`,
  );
}

/** The shape of error that makes the engine keep a half-made object; the user sees the reasons only. */
function halfMade(text: string, cause: unknown, id: string, properties: Props): Error {
  return Object.assign(quiet(text, cause), { id, properties, reasons: [text] });
}

/** State after a write: what was asked for, overlaid with what the service really holds. */
function stateOf(inputs: Props, live: Live): Props {
  const asked = Object.fromEntries(Object.keys(inputs).map((key) => [key, inputs[key]]));
  const kept = Object.fromEntries(Object.entries(live.inputs).filter(([key]) => key in asked));
  return withoutUndefined({
    ...asked,
    ...kept,
    ...live.outputs,
    [SCHEMA_OUTPUT]: SCHEMA_VERSION,
  });
}

/**
 * The live properties as inputs. What check produced is compared; what the program leaves alone, and what
 * has no counterpart in the tenant, is taken over from state.
 */
function inputsOf<G>(kind: Kind<G>, live: Live, state: Props | undefined): Props {
  const inputs: Props = {};
  for (const [key, field] of Object.entries(kind.fields)) {
    const leftAlone = field.unmanagedWhenAbsent && state !== undefined && !(key in state);
    const value = field.local ? state?.[key] : leftAlone ? undefined : live.inputs[key];
    if (value !== undefined) inputs[key] = value;
  }
  for (const [key, value] of Object.entries(state ?? {})) {
    if (key.startsWith("__") && key !== "__provider") inputs[key] = value;
  }
  return inputs;
}

function about<G>(kind: Kind<G>, verb: string, props: Props, error: unknown): string {
  const { displayName, id } = props;
  const name =
    typeof displayName === "string" && !hasUnknown(displayName)
      ? ` "${displayName}"`
      : typeof id === "string"
        ? ` ${id}`
        : "";
  return `Could not ${verb} the ${kind.noun}${name}: ${failureText(error)}`;
}

/**
 * An error as the engine shows it best: its text and nothing else. The process prints the stack of what `read` and
 * `delete` throw, so there is none, unless somebody asks for it.
 */
function quiet(text: string, cause: unknown): Error {
  const error = new Error(text, { cause });
  if (process.env["AUTOPILOT_DEBUG"]) {
    if (cause instanceof Error && cause.stack !== undefined) error.stack = cause.stack;
    return error;
  }
  error.name = "";
  error.stack = "";
  error.toString = () => text.split("\n", 1)[0] ?? text;
  return error;
}
