/**
 * A stack of the real Pulumi engine against a sandbox tenant of its own: real processes, a file backend, and a program that
 * is a list of resources. Tests change the list, run a command and ask the tenant.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import {
  startSandbox,
  type RecordedRequest,
  type Sandbox,
  type SandboxOptions,
} from "pulumi-autopilot-sandbox";
import { engineEnv, pulumiBinary } from "../../scripts/lib/engine.mjs";
import { run } from "../../scripts/lib/run.mjs";

const root = join(__dirname, "..", "..");

/** One resource of the program. `{ $id: "name" }` in an argument stands for the id of another resource. */
export interface Declared {
  kind: "DeviceGroup" | "UserGroup" | "DevicePreparationPolicy" | "PolicyOrder";
  args?: Record<string, unknown>;
  opts?: Record<string, unknown>;
  /** Look up by id instead of declaring. */
  get?: string;
}

export type Program = Record<string, Declared>;

/** What a command did. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
  /** Both, for messages. */
  text: string;
  /** The Graph requests that it sent; parts of a `$batch` stand in `batch`. */
  requests: RecordedRequest[];
}

/** A step of a JSON preview. */
export interface Step {
  op: string;
  urn: string;
  detailedDiff?: Record<string, { kind: string }> | null;
  replaceReasons?: string[];
  diffReasons?: string[];
  oldState?: { inputs?: Record<string, unknown> };
  newState?: { inputs?: Record<string, unknown> };
}

const PROGRAM = `
const { readFileSync } = require("node:fs");
const autopilot = require("pulumi-autopilot");
const declared = JSON.parse(readFileSync("program.json", "utf8"));
const made = {};
const fill = (value) =>
  Array.isArray(value) ? value.map(fill)
  : value && typeof value === "object"
    ? "$id" in value ? made[value.$id].id
    : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one)]))
  : value;
for (const [name, { kind, args, opts, get }] of Object.entries(declared)) {
  made[name] = get ? autopilot[kind].get(name, get) : new autopilot[kind](name, fill(args ?? {}), opts);
}
exports.ids = Object.fromEntries(Object.entries(made).map(([name, one]) => [name, one.id]));
`;

export class Stack {
  private constructor(
    readonly sandbox: Sandbox,
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** A new tenant and a new stack. `program` may be set later. */
  static async start(options: SandboxOptions = {}): Promise<Stack> {
    return Stack.on(await startSandbox(options));
  }

  /** A new stack against a tenant that is there already. */
  static on(sandbox: Sandbox, name = "test"): Promise<Stack> {
    return Stack.startIn(sandbox, name, (folder) => {
      const yaml = [
        "name: engine-test",
        "runtime:",
        "  name: nodejs",
        "  options:",
        "    typescript: false",
        "main: index.js",
        "",
      ];
      writeFileSync(join(folder, "Pulumi.yaml"), yaml.join("\n"));
      writeFileSync(join(folder, "package.json"), '{ "private": true }');
      writeFileSync(join(folder, "index.js"), PROGRAM);
      writeFileSync(join(folder, "program.json"), "{}");
    });
  }

  /** A new tenant and a stack of a copy of a whole project, `examples/automatic` for one. Edit the copy with `edit`. */
  static async startProject(project: string, options: SandboxOptions = {}): Promise<Stack> {
    const filter = (path: string) =>
      !/^(node_modules|\.state|Pulumi\..+\.yaml)$/.test(basename(path));
    return Stack.startIn(await startSandbox(options), "test", (folder) => {
      cpSync(join(root, project), folder, { recursive: true, filter });
    });
  }

  private static async startIn(
    sandbox: Sandbox,
    name: string,
    write: (folder: string) => void,
  ): Promise<Stack> {
    // Inside the checkout, so that the program and the engine's provider process find the packages.
    const parent = join(root, ".state", "engine-tests");
    mkdirSync(parent, { recursive: true });
    const folder = mkdtempSync(join(parent, "stack-"));
    write(folder);
    const backend = join(folder, "backend");
    mkdirSync(backend);
    const env = engineEnv({ backendDir: backend, env: { AUTOPILOT_ENDPOINT: sandbox.url } });
    const stack = new Stack(sandbox, folder, env);
    const { code, text } = await stack.pulumi("stack", "init", name);
    if (code !== 0) throw new Error(text);
    return stack;
  }

  /** Replaces the program. */
  declare(program: Program): void {
    writeFileSync(join(this.folder, "program.json"), JSON.stringify(program));
  }

  /** Runs `pulumi`. The requests are those of this command. */
  async pulumi(...args: string[]): Promise<Outcome> {
    return this.pulumiWith({}, ...args);
  }

  /** Runs `pulumi` with other environment variables. */
  async pulumiWith(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Outcome> {
    return this.pulumiSeen(() => undefined, env, ...args);
  }

  /** Runs `pulumi` and tells the id of its process while it runs. */
  async pulumiSeen(
    started: (pid: number) => void,
    env: NodeJS.ProcessEnv,
    ...args: string[]
  ): Promise<Outcome> {
    const before = this.sandbox.requests.length;
    const { code, stdout, stderr, text } = await run(
      pulumiBinary(),
      [...args, "--non-interactive", "--color", "never"],
      { cwd: this.folder, env: { ...this.env, ...env }, timeout: 240_000, started },
    );
    const requests = this.sandbox.requests.slice(before).filter(({ kind }) => kind === "graph");
    return { code, stdout, stderr, text, requests };
  }

  /** `pulumi up`, which must succeed unless told otherwise. */
  async up(...args: string[]): Promise<Outcome> {
    const outcome = await this.pulumi("up", "--yes", "--skip-preview", ...args);
    if (outcome.code !== 0) throw new Error(`up failed:\n${outcome.text}`);
    return outcome;
  }

  /** `pulumi preview`, as text for people and its exit code. */
  preview(...args: string[]): Promise<Outcome> {
    return this.pulumi("preview", "--diff", ...args);
  }

  /** The steps of `pulumi preview --json` that change something, by resource name; refresh rows are left out. */
  async steps(...args: string[]): Promise<Map<string, Step>> {
    const outcome = await this.pulumi("preview", "--json", ...args);
    let parsed: { steps?: Step[] };
    try {
      parsed = JSON.parse(outcome.stdout) as { steps?: Step[] };
    } catch {
      throw new Error(`preview gave no JSON:\n${outcome.text}`);
    }
    const steps = (parsed.steps ?? []).filter(
      ({ op, urn }) => !["same", "refresh"].includes(op) && !urn.includes("pulumi:pulumi:Stack"),
    );
    return new Map(steps.map((step) => [nameOf(step.urn), step]));
  }

  /** The ids of the program's resources, by name. */
  async ids(): Promise<Record<string, string>> {
    const { stdout } = await this.pulumi("stack", "output", "ids", "--json");
    return JSON.parse(stdout) as Record<string, string>;
  }

  /** The exported state, as text and parsed. */
  async state(): Promise<{ text: string; resources: StateEntry[] }> {
    const { stdout } = await this.pulumi("stack", "export");
    const state = JSON.parse(stdout) as { deployment: { resources?: StateEntry[] } };
    const resources = (state.deployment.resources ?? []).filter(({ type }) =>
      type.startsWith("pulumi-nodejs:dynamic"),
    );
    return { text: stdout, resources };
  }

  /** Ends tenant and folder; nothing is left. */
  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Replaces a text that stands once in a file of the stack's folder. */
  edit(name: string, from: string, to: string): void {
    const parts = this.read(name).split(from);
    if (parts.length !== 2) throw new Error(`${from} stands ${parts.length - 1} times in ${name}`);
    writeFileSync(join(this.folder, name), parts.join(to));
  }

  /** A file of the stack's folder. */
  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }
}

/** A resource as state keeps it. */
export interface StateEntry {
  urn: string;
  type: string;
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  initErrors?: string[];
}

export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** Every single request: parts of a `$batch` one by one. */
export function flat(
  requests: readonly RecordedRequest[],
): { method: string; path: string; status: number }[] {
  return requests.flatMap(({ method, path, status, batch }) => batch ?? [{ method, path, status }]);
}

/** What changed the tenant: everything but reads and the action that reads. */
export function writes(requests: readonly RecordedRequest[]): string[] {
  return flat(requests)
    .filter(({ method, path }) => method !== "GET" && !/retrieveEnrollment|\$batch/.test(path))
    .map(({ method, path }) => `${method} ${path.replace(/^\/(v1\.0|beta)/, "")}`);
}
