/**
 * A stack without the engine: the real provider objects, called in the engine's order over HTTP against a sandbox tenant. Fast
 * enough to run hundreds of times; what it can't show is shown through the engine.
 */
import { hasUnknown } from "../../provider/src/lifecycle/props";
import { v1 } from "../../provider/src/runtime";
import type { Declared, Program } from "./stack";

type Props = Record<string, unknown>;

/** What state keeps of a resource. */
interface Entry {
  kind: Declared["kind"];
  id: string;
  inputs: Props;
  outputs: Props;
  /** The last operation left it half-made. */
  half?: true;
}

/** What an operation did to each resource. */
export type Done = Record<string, "create" | "update" | "replace" | "same" | "delete">;

export class InProcessStack {
  readonly state = new Map<string, Entry>();

  constructor(
    private readonly config: Readonly<Record<string, string>>,
    private readonly name = "test",
  ) {}

  /** Makes the tenant what the program says, as `pulumi up` does; a failed resource stops what depends on it. */
  async up(program: Program): Promise<Done> {
    const done: Done = {};
    for (const name of [...this.state.keys()].reverse()) {
      if (name in program) continue;
      await this.remove(name);
      done[name] = "delete";
    }
    for (const [name, declared] of Object.entries(program)) {
      done[name] = await this.one(name, declared);
    }
    return done;
  }

  /** Reads every object, as `pulumi refresh` does. */
  async refresh(): Promise<void> {
    const entries = [...this.state];
    const read = await Promise.all(
      entries.map(async ([name, entry]) => {
        const result = await this.provider(entry.kind).read(entry.id, entry.outputs);
        return [name, entry, result] as const;
      }),
    );
    for (const [name, entry, { id, props, inputs }] of read) {
      if (id === undefined) this.state.delete(name);
      else {
        const text = { __provider: "text" };
        this.state.set(name, {
          ...entry,
          outputs: { ...props, ...text },
          inputs: { ...inputs, ...text },
        });
      }
    }
  }

  /** The properties that `pulumi preview` would show for each resource; nothing for those that are as declared. */
  preview(program: Program): Record<string, string[]> {
    const changes: Record<string, string[]> = {};
    for (const [name, declared] of Object.entries(program)) {
      const entry = this.state.get(name);
      if (entry === undefined) changes[name] = ["(create)"];
      else {
        const inputs = this.check(name, declared, entry);
        const { changes: none } = this.provider(entry.kind).diff(entry.id, entry.outputs, inputs);
        const keys = new Set([...Object.keys(inputs), ...Object.keys(entry.inputs)]);
        const differing = [...keys].filter(
          (key) => JSON.stringify(inputs[key]) !== JSON.stringify(entry.inputs[key]),
        );
        if (none !== false) changes[name] = differing.sort();
      }
    }
    return changes;
  }

  async destroy(): Promise<void> {
    for (const name of [...this.state.keys()].reverse()) await this.remove(name);
  }

  private async one(name: string, declared: Declared): Promise<Done[string]> {
    const entry = this.state.get(name);
    if (entry === undefined) return this.create(name, declared);
    const inputs = this.check(name, declared, entry);
    const provider = this.provider(entry.kind);
    const { changes, replaces = [] } = provider.diff(entry.id, entry.outputs, inputs);
    if (changes === false && !entry.half) return "same";
    if (replaces.length > 0) {
      await this.remove(name);
      await this.create(name, declared);
      return "replace";
    }
    try {
      const { outs } = await provider.update(entry.id, entry.outputs, inputs);
      this.state.set(name, { kind: entry.kind, id: entry.id, inputs, outputs: outs });
    } catch (error) {
      const partial = halfMade(error);
      if (partial)
        this.state.set(name, { ...entry, inputs, outputs: partial.properties, half: true });
      throw error;
    }
    return "update";
  }

  private async create(name: string, declared: Declared): Promise<"create"> {
    const { kind } = declared;
    const inputs = this.check(name, declared);
    try {
      const { id, outs } = await this.provider(kind).create(inputs);
      this.state.set(name, { kind, id, inputs, outputs: outs });
    } catch (error) {
      const partial = halfMade(error);
      if (partial) {
        this.state.set(name, {
          kind,
          id: partial.id,
          inputs,
          outputs: partial.properties,
          half: true,
        });
      }
      throw error;
    }
    return "create";
  }

  private async remove(name: string): Promise<void> {
    const entry = this.state.get(name);
    if (entry === undefined) return;
    await this.provider(entry.kind).delete(entry.id, entry.outputs);
    this.state.delete(name);
  }

  private check(name: string, { kind, args = {} }: Declared, entry?: Entry): Props {
    const named =
      kind === "PolicyOrder" ? {} : { displayName: name, __origin: `o/p/${this.name}/${name}` };
    const news = { ...named, ...(this.fill(args) as Props), __provider: "text" };
    const { inputs, failures } = this.provider(kind).check(entry?.inputs ?? {}, news);
    if (failures.length > 0) throw new Error(JSON.stringify(failures));
    if (hasUnknown(inputs)) throw new Error(`${name} depends on what does not exist`);
    return inputs;
  }

  private fill(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.fill(one));
    if (typeof value !== "object" || value === null) return value;
    if ("$id" in value) return this.state.get(String(value.$id))?.id;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.fill(one)]));
  }

  private provider(kind: Declared["kind"]): ReturnType<typeof v1> {
    const provider = v1(kind);
    provider.configure({ config: { get: (key) => this.config[key] } });
    return provider;
  }
}

interface HalfMade {
  id: string;
  properties: Props;
}

function halfMade(error: unknown): HalfMade | undefined {
  const { id, properties } = error as Partial<HalfMade>;
  return id !== undefined && properties !== undefined ? { id, properties } : undefined;
}
