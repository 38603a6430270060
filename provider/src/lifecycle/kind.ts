import type { CheckFailure } from "./check";
import type { Fields } from "./field";
import type { Clock } from "./poll";
import type { Props } from "./props";

/** What an operation works with. `G` is the connection to the service, made when it is first needed. */
export interface Context<G> {
  readonly service: G;
  readonly clock: Clock;
  /** When waiting ends, in the clock's milliseconds. */
  readonly deadline: number;
  /** One line for the person who waits. */
  say(line: string): void;
  /**
   * Tells that the object exists from now on. Whatever fails later keeps it in state, half-made, and the
   * next `up` finishes it with an update.
   */
  made(id: string, live?: Live): void;
}

/** What the tenant holds: the managed properties as inputs, and what only the service decides. */
export interface Live {
  inputs: Props;
  outputs: Props;
}

/**
 * What one kind of resource does. All methods take and give plain data in normal form and know nothing of
 * the engine; `engineProvider` makes an engine's provider of it.
 */
export interface Kind<G> {
  /** The class name, which is also the kind's name in state. */
  readonly name: string;
  /** What a person calls one of these. */
  readonly noun: string;
  /** Every property: arguments and the invariants that check fills in. */
  readonly fields: Fields;
  /**
   * Completes inputs that passed the rows: derived values, rules across properties. Pure. `olds` are the inputs
   * of the last run, empty at creation.
   */
  complete(inputs: Props, olds: Props): { inputs: Props; failures: CheckFailure[] };
  /** The rows that hold for these inputs; all of them by default. */
  fieldsFor?(inputs: Props): Fields;
  /** Why an argument that exists elsewhere does not exist for these inputs. */
  elsewhere?(inputs: Props): Props;
  create(context: Context<G>, inputs: Props): Promise<{ id: string; live: Live }>;
  /** The live object, or nothing if (and only if) the service says that it does not exist. */
  read(context: Context<G>, id: string, state: Props | undefined): Promise<Live | undefined>;
  /** Makes the live object equal to the inputs, whatever it looks like now. */
  update(context: Context<G>, id: string, state: Props, inputs: Props): Promise<Live>;
  /** An object that is gone already is no error. */
  delete(context: Context<G>, id: string, state: Props): Promise<void>;
}
