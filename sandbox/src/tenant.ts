/**
 * The tenant: everything that is in it, its ids and its clock. Routes read and write these maps
 * directly; nothing here knows HTTP. The whole of it is plain data, so that it can be saved,
 * loaded, reset and looked at.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { loadSeed, type Seed } from "./seed";
import { defaultSwitches, setSwitches, type Switches } from "./switches";

export type Json = Record<string, unknown>;

export interface Entity {
  id: string;
  [property: string]: unknown;
}

export type DirectoryKind = "group" | "user" | "servicePrincipal" | "device" | "application";

export interface Group extends Entity {
  /** When it was made, in ms of the tenant's clock: what replication lag is measured from. */
  createdAt: number;
  ownerIds: string[];
  /** Of an assigned group. Members of a dynamic group come from its rule. */
  memberIds: string[];
}

export interface DeletedItem extends Entity {
  kind: DirectoryKind;
  deletedDateTime: string;
  entity: Entity;
}

export interface PolicyAssignment {
  id: string;
  source: string;
  sourceId: string;
  target: Json;
}

export interface Policy extends Entity {
  name: string;
  description: string | null;
  platforms: string;
  technologies: string;
  roleScopeTagIds: string[];
  templateId: string;
  createdDateTime: string;
  lastModifiedDateTime: string;
  creationSource: string | null;
  priority: number;
  settings: unknown[];
  assignments: PolicyAssignment[];
  membershipTarget: { targetType: string; targetId: string } | null;
}

export interface Lag {
  /** By id: GET, PATCH, `$ref` of a fresh directory object give 404 for so long. */
  directoryMs: number;
  /** `$filter`: a fresh group is missing from the results for so long. */
  indexMs: number;
  /** Intune's membership target calls a fresh group `securityGroupNotFound` for so long. */
  intuneGroupVisibleMs: number;
}

export interface TenantOptions {
  /** What it is filled with. Default: `seeds/default.json`. */
  readonly seed?: Seed | undefined;
  /** The start of the id sequence: the same text, the same ids. Default "sandbox". */
  readonly idSeed?: string | undefined;
  /** An ISO time: a clock that starts there and moves one second per request. Default: the real one. */
  readonly clock?: string | undefined;
  readonly switches?: Partial<Switches> | undefined;
  readonly lag?: Partial<Lag> | undefined;
  /** Saved there after every write, and loaded from there at the start when it exists. */
  readonly stateFile?: string | undefined;
}

export class Tenant {
  readonly groups = new Map<string, Group>();
  readonly users = new Map<string, Entity>();
  readonly servicePrincipals = new Map<string, Entity>();
  readonly applications = new Map<string, Entity>();
  readonly devices = new Map<string, Entity>();
  readonly deletedItems = new Map<string, DeletedItem>();
  readonly policies = new Map<string, Policy>();
  readonly mobileApps = new Map<string, Entity>();
  readonly scripts = new Map<string, Entity>();
  readonly roleScopeTags = new Map<string, Entity>();
  /** `id`, `displayName` and `domains` of the tenant itself. */
  organization: Entity = { id: "", displayName: "" };
  readonly switches: Switches = defaultSwitches();
  readonly lag: Lag = { directoryMs: 0, indexMs: 0, intuneGroupVisibleMs: 0 };
  /** Names whose first upsert was refused (switch `upsertOwners`). */
  readonly refusedOnce = new Set<string>();
  private readonly options: TenantOptions;
  private idCount = 0;
  private clockMs: number | undefined;

  constructor(options: TenantOptions = {}) {
    this.options = options;
    this.reset();
    if (options.stateFile !== undefined && existsSync(options.stateFile)) {
      this.load(JSON.parse(readFileSync(options.stateFile, "utf8")) as Json);
    }
  }

  /** The next id of the sequence, a version 4 guid. */
  newId(): string {
    this.idCount += 1;
    return guidOf(`${this.options.idSeed ?? "sandbox"}:${this.idCount}`);
  }

  now(): Date {
    return this.clockMs === undefined ? new Date() : new Date(this.clockMs);
  }

  /** Moves a clock that was given as an option; the real one moves by itself. */
  advance(ms: number): void {
    if (this.clockMs !== undefined) this.clockMs += ms;
  }

  /** Whether a thing made at `createdAt` is still hidden by a lag of so many ms. */
  isFresh(createdAt: unknown, lagMs: number): boolean {
    if (lagMs <= 0 || typeof createdAt !== "number") return false;
    return this.now().getTime() - createdAt < lagMs;
  }

  /** Back to the state at the start: seed, ids, clock, switches and lag. */
  reset(): void {
    this.idCount = 0;
    this.clockMs = this.options.clock === undefined ? undefined : Date.parse(this.options.clock);
    for (const store of Object.values(this.stores())) store.clear();
    this.refusedOnce.clear();
    Object.assign(this.switches, defaultSwitches());
    setSwitches(this.switches, { ...this.options.switches });
    const none: Lag = { directoryMs: 0, indexMs: 0, intuneGroupVisibleMs: 0 };
    Object.assign(this.lag, none, this.options.lag);
    this.seed(this.options.seed);
  }

  /** Adds seed data (objects with a known id are replaced). Without an argument: the default seed. */
  seed(data?: Seed): void {
    loadSeed(this, data);
  }

  /** The whole state as plain data. */
  toJSON(): Json {
    const stores = Object.entries(this.stores());
    return {
      version: 1,
      idCount: this.idCount,
      clockMs: this.clockMs,
      organization: this.organization,
      switches: { ...this.switches },
      lag: { ...this.lag },
      ...Object.fromEntries(stores.map(([name, store]) => [name, [...store.values()]])),
    };
  }

  /** The reverse of `toJSON`. */
  load(state: Json): void {
    if (state["version"] !== 1) throw new Error("not a saved sandbox tenant (version 1)");
    this.idCount = Number(state["idCount"] ?? 0);
    if (typeof state["clockMs"] === "number") this.clockMs = state["clockMs"];
    this.organization = state["organization"] as Entity;
    setSwitches(this.switches, state["switches"] as Json);
    Object.assign(this.lag, state["lag"]);
    for (const [name, store] of Object.entries(this.stores())) {
      store.clear();
      for (const entity of (state[name] ?? []) as Entity[]) store.set(entity.id, entity);
    }
  }

  /** Writes the state file, if there is one. A half-written file can't be left behind. */
  save(): void {
    const file = this.options.stateFile;
    if (file === undefined) return;
    const next = `${file}.${process.pid}.tmp`;
    writeFileSync(next, JSON.stringify(this, null, 1));
    renameSync(next, file);
  }

  /** Any directory object that is not deleted. */
  directoryObject(id: string): { kind: DirectoryKind; entity: Entity } | undefined {
    const stores: readonly [DirectoryKind, Map<string, Entity>][] = [
      ["group", this.groups],
      ["user", this.users],
      ["servicePrincipal", this.servicePrincipals],
      ["device", this.devices],
      ["application", this.applications],
    ];
    for (const [kind, store] of stores) {
      const entity = store.get(id.toLowerCase());
      if (entity !== undefined) return { kind, entity };
    }
    return undefined;
  }

  private stores(): Record<string, Map<string, Entity>> {
    return {
      groups: this.groups,
      users: this.users,
      servicePrincipals: this.servicePrincipals,
      applications: this.applications,
      devices: this.devices,
      deletedItems: this.deletedItems,
      policies: this.policies,
      mobileApps: this.mobileApps,
      scripts: this.scripts,
      roleScopeTags: this.roleScopeTags,
    };
  }
}

/** A version 4 guid that is always the same for the same text. */
export function guidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4] ?? "8";
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
