/** Seed data: a JSON file with one list per kind of object. Ids are given, so that texts and tests may name them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Entity, Group, Json, Tenant } from "./tenant";

/** Groups name owners and members by id; apps and scripts are Intune's wire objects. */
export interface Seed {
  readonly organization?: Entity;
  readonly users?: readonly Entity[];
  readonly servicePrincipals?: readonly Entity[];
  readonly applications?: readonly Entity[];
  readonly devices?: readonly Entity[];
  readonly groups?: readonly Entity[];
  readonly mobileApps?: readonly Entity[];
  readonly scripts?: readonly Entity[];
  readonly roleScopeTags?: readonly Entity[];
  readonly policies?: readonly Entity[];
}

/** Adds the data to the tenant. Without data: the company in `seeds/default.json`. */
export function loadSeed(tenant: Tenant, data: Seed = defaultSeed()): void {
  if (data.organization !== undefined) tenant.organization = { ...data.organization };
  put(tenant.users, data.users);
  put(tenant.servicePrincipals, data.servicePrincipals);
  put(tenant.applications, data.applications);
  put(tenant.devices, data.devices);
  put(tenant.mobileApps, data.mobileApps);
  put(tenant.scripts, data.scripts);
  put(tenant.roleScopeTags, data.roleScopeTags);
  put(tenant.policies, data.policies);
  for (const group of data.groups ?? []) {
    // Seeded groups are old: no lag hides them.
    const complete: Group = {
      ownerIds: [],
      memberIds: [],
      createdAt: 0,
      ...structuredClone(group),
    };
    tenant.groups.set(group.id.toLowerCase(), complete);
  }
}

/** Reads a seed file; a file that isn't one is an error that says so. */
export function readSeed(file: string): Seed {
  return checkedSeed(JSON.parse(readFileSync(file, "utf8")), file);
}

/** @param source named in the error */
export function checkedSeed(data: unknown, source: string): Seed {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw new Error(`${source}: a seed is a JSON object with lists such as "users" and "groups"`);
  }
  for (const [name, list] of Object.entries(data as Json)) {
    if (name === "organization" || name.startsWith("$")) continue;
    if (!kinds.includes(name))
      throw new Error(`${source}: "${name}" is not a seed list (${kinds.join(", ")})`);
    const valid =
      Array.isArray(list) &&
      list.every((item: unknown) => typeof (item as Json | null)?.["id"] === "string");
    if (!valid) throw new Error(`${source}: "${name}" must be a list of objects with an id`);
  }
  return data;
}

/** The file lies beside `src` and `dist`, so that both find it. */
export function defaultSeed(): Seed {
  return readSeed(join(__dirname, "..", "seeds", "default.json"));
}

const kinds = [
  "users",
  "servicePrincipals",
  "applications",
  "devices",
  "groups",
  "mobileApps",
  "scripts",
  "roleScopeTags",
  "policies",
];

function put(store: Map<string, Entity>, entities: readonly Entity[] = []): void {
  for (const entity of entities) store.set(entity.id.toLowerCase(), structuredClone(entity));
}
