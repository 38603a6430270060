/** Directory objects as they are answered: properties per kind, what comes without `$select`, and the `@odata.type` that typed SDKs decide by. */
import type { Context } from "hono";
import { directoryBadRequest, missingReference, notFound } from "./errors";
import {
  applicationProperties,
  deviceBetaProperties,
  deviceProperties,
  groupBetaProperties,
  groupCollections,
  groupDefaults,
  groupProperties,
  servicePrincipalBetaProperties,
  servicePrincipalProperties,
  userBetaProperties,
  userDefaults,
  userProperties,
} from "./directory-properties";
import type { EntityShape } from "./odata";
import { isJson } from "./request-context";
import type { DirectoryKind, Entity, Group, Json, Tenant } from "./tenant";
import { evaluateMembership, isDynamic } from "./membership";

/** Type, properties and context of each kind of object. */
export const shapes: Readonly<Record<DirectoryKind, EntityShape>> = {
  group: {
    type: "group",
    properties: groupProperties,
    betaProperties: groupBetaProperties,
    context: "groups",
    defaultSelect: groupDefaults,
  },
  user: {
    type: "user",
    properties: userProperties,
    betaProperties: userBetaProperties,
    context: "users",
    defaultSelect: userDefaults,
  },
  servicePrincipal: {
    type: "servicePrincipal",
    properties: servicePrincipalProperties,
    betaProperties: servicePrincipalBetaProperties,
    context: "servicePrincipals",
  },
  device: {
    type: "device",
    properties: deviceProperties,
    betaProperties: deviceBetaProperties,
    context: "devices",
  },
  application: { type: "application", properties: applicationProperties, context: "applications" },
};

/** Of collections that mix kinds: every property of any of them may be selected. */
export const mixedShape: EntityShape = {
  type: "directoryObject",
  context: "directoryObjects",
  properties: [...new Set(Object.values(shapes).flatMap((shape) => shape.properties))],
  betaProperties: [
    ...new Set(Object.values(shapes).flatMap((shape) => shape.betaProperties ?? [])),
  ],
};

/** All properties of an object, with null or an empty list for what it doesn't have. */
export function wire(kind: DirectoryKind, entity: Entity): Json {
  const result: Json = {};
  const { properties, betaProperties = [] } = shapes[kind];
  for (const name of [...properties, ...betaProperties]) {
    const none = kind === "group" && groupCollections.includes(name) ? [] : null;
    result[name] = entity[name] ?? none;
  }
  if (kind === "group")
    result["securityIdentifier"] = entity["securityIdentifier"] ?? sidOf(entity.id);
  return result;
}

/** The same with its type, by which typed SDKs choose the class. */
export function typedWire(kind: DirectoryKind, entity: Entity): Json {
  return { "@odata.type": `#microsoft.graph.${kind}`, ...wire(kind, entity) };
}

/** The same where kinds are mixed: what wasn't asked for by name is left to the defaults of the kind. */
export function mixedWire(c: Context, kind: DirectoryKind, entity: Entity): Json {
  const full = typedWire(kind, entity);
  const defaults = shapes[kind].defaultSelect;
  if (defaults === undefined || new URL(c.req.url).search.includes("select=")) return full;
  const shown = Object.entries(full).filter(
    ([name]) => name.startsWith("@") || defaults.includes(name),
  );
  return Object.fromEntries(shown);
}

/** The group with that key, as far as replication lets it be seen. */
export function findGroup(
  tenant: Tenant,
  key: { id: string } | { name: string; value: string },
): Group {
  if ("name" in key) {
    if (key.name.toLowerCase() !== "uniquename")
      throw directoryBadRequest(`sandbox: '${key.name}' is not an alternate key of a group`);
    const found = [...tenant.groups.values()].find((group) => group["uniqueName"] === key.value);
    if (found === undefined || tenant.isFresh(found.createdAt, tenant.lag.directoryMs))
      throw notFound(key.value);
    return found;
  }
  const group = tenant.groups.get(key.id);
  if (group === undefined || tenant.isFresh(group.createdAt, tenant.lag.directoryMs))
    throw notFound(key.id);
  return group;
}

export function ownersOf(tenant: Tenant, group: Group): { kind: DirectoryKind; entity: Entity }[] {
  return existing(tenant, group.ownerIds);
}

export function membersOf(tenant: Tenant, group: Group): { kind: DirectoryKind; entity: Entity }[] {
  return existing(tenant, isDynamic(group) ? evaluateMembership(group, tenant) : group.memberIds);
}

function existing(
  tenant: Tenant,
  ids: readonly string[],
): { kind: DirectoryKind; entity: Entity }[] {
  return ids.flatMap((id) => tenant.directoryObject(id) ?? []);
}

const segments: Readonly<Record<string, DirectoryKind | undefined>> = {
  users: "user",
  serviceprincipals: "servicePrincipal",
  groups: "group",
  devices: "device",
  applications: "application",
};

/**
 * The object that a link names. Clients write any host, v1.0 or beta, a tenant id in between, and
 * `directoryObjects/`, `users/`, …; `/x('{id}')` too (docs/graph-clients.md). `status` is 400 in a
 * `…@odata.bind` and 404 in a `$ref` (docs/graph-facts.md 7).
 */
export function resolveLink(
  tenant: Tenant,
  link: unknown,
  status: 400 | 404 = 400,
): { kind: DirectoryKind; entity: Entity } {
  const match =
    typeof link === "string"
      ? /(?:^|\/)(directoryObjects|users|servicePrincipals|groups|devices|applications)(?:\/([^/?()]+)|\('([^']+)'\))\/?$/i.exec(
          link,
        )
      : null;
  const segment = match?.[1]?.toLowerCase();
  const id = decodeURIComponent(match?.[2] ?? match?.[3] ?? "").toLowerCase();
  if (segment === undefined) {
    throw directoryBadRequest(
      "Invalid URL format specified in the reference: it must end with the collection and the id of a directory object.",
    );
  }
  const missing = status === 400 ? missingReference : notFound;
  const byName =
    segment === "users" && !tenant.users.has(id) ? userByName(tenant, id)?.id : undefined;
  const found = tenant.directoryObject(byName ?? id);
  const wanted = segments[segment];
  const fresh = tenant.isFresh(found?.entity["createdAt"], tenant.lag.directoryMs);
  if (found === undefined || fresh || (wanted !== undefined && wanted !== found.kind))
    throw missing(id);
  return found;
}

export function userByName(tenant: Tenant, name: string): Entity | undefined {
  return [...tenant.users.values()].find(
    (user) => String(user["userPrincipalName"]).toLowerCase() === name.toLowerCase(),
  );
}

/** The list behind `owners@odata.bind`; anything but a list of strings is 400. */
export function bindLinks(body: Json, navigation: string): string[] {
  const entry = Object.entries(body).find(
    ([name]) => name.toLowerCase() === `${navigation}@odata.bind`,
  );
  if (entry === undefined) return [];
  const links: unknown = entry[1];
  if (!Array.isArray(links) || !links.every((link): link is string => typeof link === "string")) {
    throw directoryBadRequest(`sandbox: '${entry[0]}' must be a list of links`);
  }
  return links;
}

/** `@odata.id` of a `$ref` body. */
export function referenceOf(body: Json): unknown {
  const link = body["@odata.id"];
  if (typeof link !== "string" || Object.keys(body).some((name) => !name.startsWith("@odata."))) {
    throw directoryBadRequest('sandbox: a reference is {"@odata.id": "…/directoryObjects/<id>"}');
  }
  return link;
}

/** The `eventual` header that `/$count` segments of the directory need. */
export function requireEventual(c: Context): void {
  if ((c.req.header("consistencylevel") ?? "").toLowerCase() !== "eventual") {
    throw directoryBadRequest("$count is not currently supported.");
  }
}

/** Strings of a JSON list in an action's body. */
export function stringList(body: Json, name: string): string[] {
  const list = Object.entries(body).find(
    ([each]) => each.toLowerCase() === name.toLowerCase(),
  )?.[1];
  if (
    !Array.isArray(list) ||
    !list.every((each): each is string => typeof each === "string") ||
    isJson(list)
  ) {
    throw directoryBadRequest(`sandbox: '${name}' must be a list of strings`);
  }
  return list;
}

/** The security identifier that belongs to an object id: S-1-12-1 and its four 32-bit numbers. */
function sidOf(id: string): string {
  const hex = id.replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/i.test(hex)) return "S-1-12-1-0-0-0-0";
  const bytes = Buffer.from(hex, "hex");
  const mixed = Buffer.concat([
    bytes.subarray(0, 4).reverse(),
    bytes.subarray(4, 6).reverse(),
    bytes.subarray(6, 8).reverse(),
    bytes.subarray(8),
  ]);
  return `S-1-12-1-${[0, 4, 8, 12].map((at) => mixed.readUInt32LE(at)).join("-")}`;
}
