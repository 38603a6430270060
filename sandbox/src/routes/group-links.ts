/** Owners and members of a group: lists, casts, `$ref`, and membership questions. */
import type { Context, Hono } from "hono";
import {
  findGroup,
  membersOf,
  mixedShape,
  mixedWire,
  ownersOf,
  referenceOf,
  requireEventual,
  resolveLink,
  shapes,
  wire,
} from "../directory";
import { directoryBadRequest, notFound, unknownSegment } from "../errors";
import { groupsOf, isDynamic } from "../membership";
import { collection } from "../odata";
import { entityKey } from "../paths";
import { contextUrl, graphVersion, originOf, readBody } from "../request-context";
import type { DirectoryKind, Entity, Group, Tenant } from "../tenant";

export interface Found {
  readonly kind: DirectoryKind;
  readonly entity: Entity;
}

export function groupLinks(app: Hono, tenant: Tenant): void {
  const reads: Readonly<Record<string, (group: Group, c: Context) => Found[]>> = {
    owners: (group, c) => {
      const all = ownersOf(tenant, group);
      const omitted =
        tenant.switches.v1OwnersServicePrincipals === "omitted" && graphVersion(c) === "v1.0";
      return omitted ? all.filter(({ kind }) => kind !== "servicePrincipal") : all;
    },
    members: (group) => membersOf(tenant, group),
    transitiveMembers: (group) => transitiveMembers(tenant, group),
    memberOf: (group) => groupsOf(tenant, group.id, false).map(asGroup),
    transitiveMemberOf: (group) => groupsOf(tenant, group.id, true).map(asGroup),
  };
  const group = (c: Context): Group => findGroup(tenant, entityKey(c.req.param("id")));
  for (const [navigation, read] of Object.entries(reads)) {
    app.get(`/groups/:id/${navigation}`, (c) => listed(c, read(group(c), c)));
    app.get(`/groups/:id/${navigation}/$count`, (c) => {
      requireEventual(c);
      return c.text(String(read(group(c), c).length));
    });
    app.get(`/groups/:id/${navigation}/$ref`, (c) => {
      const value = read(group(c), c).map(({ entity }) => ({
        "@odata.id": `${originOf(c)}/${graphVersion(c)}/directoryObjects/${entity.id}`,
      }));
      return c.json({ "@odata.context": contextUrl(c, "Collection($ref)"), value });
    });
    app.get(`/groups/:id/${navigation}/:cast`, (c) => {
      // The cast reads the whole list: it is the way around the v1.0 limitation (docs/graph-facts.md 7).
      const all = navigation === "owners" ? ownersOf(tenant, group(c)) : read(group(c), c);
      return casted(c, all, c.req.param("cast"));
    });
  }

  const add = async (
    c: Context,
    change: (target: Group, found: Found[]) => void,
  ): Promise<Response> => {
    const target = group(c);
    change(target, [resolveLink(tenant, referenceOf(await readBody(c)), 404)]);
    return c.body(null, 204);
  };
  app.post("/groups/:id/owners/$ref", (c) => add(c, addOwners));
  app.post("/groups/:id/members/$ref", (c) =>
    add(c, (target, found) => {
      refuseDynamic(target);
      addMembers(target, found);
    }),
  );
  app.delete("/groups/:id/owners/:object/$ref", (c) => {
    const target = group(c);
    const id = linkedId(c, target.ownerIds);
    // The last owner (a user object) can't be removed: docs/graph-facts.md 7.
    if (target.ownerIds.length === 1 && tenant.users.has(id)) {
      throw directoryBadRequest(
        "The group must have at least one owner, hence this owner cannot be removed.",
      );
    }
    target.ownerIds = target.ownerIds.filter((each) => each !== id);
    return c.body(null, 204);
  });
  app.delete("/groups/:id/members/:object/$ref", (c) => {
    const target = group(c);
    refuseDynamic(target);
    const id = linkedId(c, target.memberIds);
    target.memberIds = target.memberIds.filter((each) => each !== id);
    return c.body(null, 204);
  });
}

/** A list of objects of several kinds, each with its `@odata.type`. */
export function listed(c: Context, found: readonly Found[]): Response {
  const items = found.map(({ kind, entity }) => mixedWire(c, kind, entity));
  return collection(c, items, { ...mixedShape, advancedQueries: true });
}

/** `…/microsoft.graph.user` and so on: the objects of one kind, typed by the context. */
export function casted(c: Context, found: readonly Found[], cast: string): Response {
  const kind = (Object.keys(shapes) as DirectoryKind[]).find(
    (each) => `microsoft.graph.${each}`.toLowerCase() === cast.toLowerCase(),
  );
  if (kind === undefined) {
    // A type of the directory that this tenant has no objects of: nothing is found, which is no error.
    if (!/^microsoft\.graph\.(administrativeUnit|directoryRole|orgContact)$/i.test(cast))
      throw unknownSegment(cast);
    return collection(c, [], { ...mixedShape, advancedQueries: true });
  }
  const items = found.filter((each) => each.kind === kind).map(({ entity }) => wire(kind, entity));
  return collection(c, items, { ...shapes[kind], advancedQueries: true });
}

/** Users and service principals; no more than 100; once each: docs/graph-facts.md 7. */
export function addOwners(group: Group, found: readonly Found[]): void {
  const next = [...group.ownerIds];
  for (const { kind, entity } of found) {
    if (kind !== "user" && kind !== "servicePrincipal") {
      throw directoryBadRequest(
        `sandbox: a ${kind} can't own a group; users and service principals can`,
        "owners",
      );
    }
    if (next.includes(entity.id)) throw alreadyThere("owners");
    next.push(entity.id);
  }
  // microsoft-graph-docs#6016: at most 100 owners.
  if (next.length > 100)
    throw directoryBadRequest("sandbox: a group can have at most 100 owners", "owners");
  group.ownerIds = next;
}

export function addMembers(group: Group, found: readonly Found[]): void {
  const next = [...group.memberIds];
  for (const { kind, entity } of found) {
    if (kind === "application" || entity.id === group.id) {
      throw directoryBadRequest(`sandbox: this ${kind} can't be a member of the group`, "members");
    }
    if (next.includes(entity.id)) throw alreadyThere("members");
    next.push(entity.id);
  }
  group.memberIds = next;
}

function alreadyThere(navigation: string): Error {
  return directoryBadRequest(
    `One or more added object references already exist for the following modified properties: '${navigation}'.`,
  );
}

function refuseDynamic(group: Group): void {
  if (isDynamic(group))
    throw directoryBadRequest(
      "sandbox: members of a dynamic group follow its rule and can't be added or removed",
      "members",
    );
}

function linkedId(c: Context, ids: readonly string[]): string {
  const id = (c.req.param("object") ?? "").toLowerCase();
  if (!ids.includes(id)) throw notFound(id);
  return id;
}

function transitiveMembers(tenant: Tenant, group: Group): Found[] {
  const found = new Map<string, Found>();
  const waiting = [group];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    for (const member of membersOf(tenant, current)) {
      if (found.has(member.entity.id)) continue;
      found.set(member.entity.id, member);
      if (member.kind === "group") waiting.push(member.entity as Group);
    }
  }
  return [...found.values()];
}

function asGroup(group: Group): Found {
  return { kind: "group", entity: group };
}
