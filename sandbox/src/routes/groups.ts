/** `/groups`: create, read, list, change, upsert, delete (docs/graph-facts.md 7). Owners and members: group-links.ts. */
import type { Context, Hono } from "hono";
import {
  bindLinks,
  findGroup,
  membersOf,
  mixedShape,
  ownersOf,
  requireEventual,
  resolveLink,
  shapes,
  typedWire,
  wire,
} from "../directory";
import { groupDefaults } from "../directory-properties";
import { directoryBadRequest, GraphFault, missingReference } from "../errors";
import {
  checkGroup,
  checkImmutable,
  checkUniqueName,
  exchangeProperties,
  groupBody,
} from "../group-rules";
import { evaluateMembership, isDynamic } from "../membership";
import { collection, entity, type CollectionOptions, type ExpandItem } from "../odata";
import { entityKey } from "../paths";
import { claimsOf, isAppOnly, isJson, readBody } from "../request-context";
import type { DirectoryKind, Entity, Group, Json, Tenant } from "../tenant";
import { addMembers, addOwners } from "./group-links";
import { textOf } from "../text";

const filterable =
  `id displayName mailNickname mail mailEnabled securityEnabled groupTypes description
  uniqueName createdDateTime isAssignableToRole membershipRule membershipRuleProcessingState
  onPremisesSyncEnabled proxyAddresses classification preferredLanguage renewedDateTime
  securityIdentifier resourceProvisioningOptions infoCatalogs assignedLabels`.split(/\s+/);

export function groups(app: Hono, tenant: Tenant): void {
  const shape = { ...shapes.group, expand: expansions(tenant) };
  const list: CollectionOptions = {
    ...shape,
    filterable,
    advancedQueries: true,
    operators: ["ge", "le"],
  };

  app.get("/groups", (c) => {
    const filtered = new URL(c.req.url).searchParams.has("$filter");
    const lag = filtered
      ? Math.max(tenant.lag.indexMs, tenant.lag.directoryMs)
      : tenant.lag.directoryMs;
    const visible = [...tenant.groups.values()].filter(
      (group) => !tenant.isFresh(group.createdAt, lag),
    );
    return collection(
      c,
      visible.map((group) => wire("group", group)),
      list,
    );
  });

  app.get("/groups/$count", (c) => {
    requireEventual(c);
    return c.text(String(tenant.groups.size));
  });

  app.post("/groups", async (c) =>
    entity(c, wire("group", create(c, tenant, await readBody(c))), shape, 201),
  );

  app.get("/groups/:id", (c) =>
    entity(c, wire("group", findGroup(tenant, entityKey(c.req.param("id")))), shape),
  );

  app.patch("/groups/:id", async (c) => {
    const key = entityKey(c.req.param("id"));
    const body = await readBody(c);
    if ("name" in key && /\bcreate-if-missing\b/i.test(c.req.header("prefer") ?? "")) {
      const exists = [...tenant.groups.values()].some((group) => group["uniqueName"] === key.value);
      if (!exists) {
        refuseFirstLinks(tenant, key.value, body);
        const group = create(c, tenant, { ...body, uniqueName: key.value });
        return entity(c, wire("group", group), shape, 201);
      }
    }
    change(tenant, findGroup(tenant, key), body);
    return c.body(null, 204);
  });

  app.delete("/groups/:id", (c) => {
    remove(tenant, "group", findGroup(tenant, entityKey(c.req.param("id"))));
    return c.body(null, 204);
  });
}

/** Deletes a directory object: kept in `/directory/deletedItems`, unless a switch says that groups aren't. */
export function remove(tenant: Tenant, kind: "group" | "servicePrincipal", object: Entity): void {
  if (kind === "group") tenant.groups.delete(object.id);
  else tenant.servicePrincipals.delete(object.id);
  if (kind === "group" && tenant.switches.groupDelete === "hard" && object["mailEnabled"] !== true)
    return;
  const deletedDateTime = seconds(tenant.now());
  tenant.deletedItems.set(object.id, { id: object.id, kind, deletedDateTime, entity: object });
}

function create(c: Context, tenant: Tenant, body: Json): Group {
  const named = groupBody(body, tenant);
  const owners = bindLinks(named, "owners");
  const members = bindLinks(named, "members");
  const now = tenant.now();
  const wanted: Json = { groupTypes: [], ...properties(named) };
  checkGroup(wanted, tenant);
  if (owners.length + members.length > 20)
    throw directoryBadRequest("A resource cannot contain more than 20 link changes");
  checkUniqueName(wanted["uniqueName"], tenant);
  const dynamic = isDynamic(wanted as Entity);
  if (dynamic && members.length > 0)
    throw directoryBadRequest("sandbox: members of a dynamic group can't be set", "members");
  const group: Group = {
    id: "",
    ...wanted,
    membershipRuleProcessingState: dynamic
      ? (wanted["membershipRuleProcessingState"] ?? "On")
      : null,
    createdDateTime: seconds(now),
    renewedDateTime: seconds(now),
    createdAt: now.getTime(),
    ownerIds: [],
    memberIds: [],
  };
  // Nothing is made when a link is wrong, so links come before the id and the store.
  addOwners(
    group,
    owners.map((link) => resolveLink(tenant, link)),
  );
  addMembers(
    group,
    members.map((link) => resolveLink(tenant, link)),
  );
  group.id = tenant.newId();
  if (wanted["mailEnabled"] === true)
    group["mail"] =
      `${String(wanted["mailNickname"])}@${textOf(tenant.organization["defaultDomain"], "sandbox.invalid")}`;
  appendCaller(c, tenant, group);
  tenant.groups.set(group.id, group);
  return group;
}

/** An app-only create may append the calling principal as owner: docs/graph-facts.md 7. */
function appendCaller(c: Context, tenant: Tenant, group: Group): void {
  if (tenant.switches.callerOwner !== "added" || !isAppOnly(c)) return;
  const caller = textOf(claimsOf(c)["oid"]);
  if (tenant.servicePrincipals.has(caller) && !group.ownerIds.includes(caller))
    group.ownerIds.push(caller);
}

function change(tenant: Tenant, group: Group, body: Json): void {
  const named = groupBody(body, tenant);
  const owners = bindLinks(named, "owners").map((link) => resolveLink(tenant, link));
  const members = bindLinks(named, "members").map((link) => resolveLink(tenant, link));
  if (owners.length + members.length > 20)
    throw directoryBadRequest("A resource cannot contain more than 20 link changes");
  const wanted = properties(named);
  checkImmutable(group, wanted);
  checkExchange(group, wanted);
  const after: Json = { ...group, ...wanted };
  const [was, is] = [isDynamic(group), isDynamic(after as Entity)];
  // Dynamic -> assigned keeps the members that the rule found; its rule goes with it.
  if (was && !is && wanted["membershipRule"] === undefined) after["membershipRule"] = null;
  checkGroup(after, tenant);
  if (is && members.length > 0)
    throw directoryBadRequest("sandbox: members of a dynamic group can't be set", "members");
  const copy: Group = { ...group, ownerIds: [...group.ownerIds], memberIds: [...group.memberIds] };
  if (was && !is) copy.memberIds = evaluateMembership(group, tenant);
  // learn entra/identity/users/groups-change-type: static -> dynamic removes all members first.
  if (!was && is) copy.memberIds = [];
  addOwners(copy, owners);
  addMembers(copy, members);
  Object.assign(group, after, { ownerIds: copy.ownerIds, memberIds: copy.memberIds });
  group["membershipRuleProcessingState"] = is
    ? (after["membershipRuleProcessingState"] ?? "On")
    : null;
}

function checkExchange(group: Group, wanted: Json): void {
  const names = Object.keys(wanted);
  const exchange = names.filter(
    (name) => exchangeProperties.includes(name) && wanted[name] !== null,
  );
  if (exchange.length === 0) return;
  const unified = Array.isArray(group["groupTypes"]) && group["groupTypes"].includes("Unified");
  if (!unified || exchange.length !== names.length) {
    throw directoryBadRequest(
      `sandbox: '${exchange.join("', '")}' can be set only for a Microsoft 365 group and only in a request without other properties`,
    );
  }
}

/** The first upsert that creates with links fails, the second passes (msgraph-bicep-types#273, #276). */
function refuseFirstLinks(tenant: Tenant, uniqueName: string, body: Json): void {
  const links = [...bindLinks(body, "owners"), ...bindLinks(body, "members")];
  const first = links[0];
  if (tenant.switches.upsertOwners !== "failFirst" || first === undefined) return;
  if (tenant.refusedOnce.has(uniqueName)) return;
  tenant.refusedOnce.add(uniqueName);
  throw missingReference(first.split("/").at(-1) ?? first);
}

/** Without the links, which are dealt with apart. */
function properties(named: Json): Json {
  return Object.fromEntries(Object.entries(named).filter(([name]) => !name.includes("@")));
}

function expansions(tenant: Tenant): Record<string, (item: Json, nested: ExpandItem) => unknown> {
  const bring =
    (read: (group: Group) => readonly { kind: DirectoryKind; entity: Entity }[]) =>
    (item: Json, nested: ExpandItem): unknown => {
      const group = tenant.groups.get(String(item["id"]));
      if (group === undefined) return [];
      // The directory gives 20 objects at most in an expansion.
      return read(group)
        .slice(0, Math.min(nested.top ?? 20, 20))
        .map((each) => expandedObject(each, nested));
    };
  return {
    owners: bring((group) => ownersOf(tenant, group)),
    members: bring((group) => membersOf(tenant, group)),
  };
}

function expandedObject(object: { kind: DirectoryKind; entity: Entity }, nested: ExpandItem): Json {
  const full = typedWire(object.kind, object.entity);
  const names = nested.select?.map((name) => {
    const all = [...mixedShape.properties, ...(mixedShape.betaProperties ?? [])];
    const known = all.find((each) => each.toLowerCase() === name.toLowerCase());
    if (known === undefined)
      throw new GraphFault(
        400,
        "BadRequest",
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.directoryObject'.`,
      );
    return known;
  });
  const shown = names ?? shapes[object.kind].defaultSelect ?? groupDefaults;
  const entries = Object.entries(full).filter(
    ([name]) =>
      name.startsWith("@") ||
      (names === undefined &&
        object.kind !== "group" &&
        object.kind !== "user" &&
        shapes[object.kind].properties.includes(name)) ||
      shown.includes(name),
  );
  return isJson(full) ? Object.fromEntries(entries) : {};
}

function seconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
