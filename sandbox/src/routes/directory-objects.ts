/** `/directoryObjects`, `/devices`, and membership questions of any object. */
import type { Context, Hono } from "hono";
import { mixedShape, mixedWire, shapes, stringList, userByName, wire } from "../directory";
import { directoryBadRequest, notFound } from "../errors";
import { groupsOf } from "../membership";
import { collection, entity } from "../odata";
import { entityKey } from "../paths";
import { contextUrl, readBody } from "../request-context";
import type { DirectoryKind, Tenant } from "../tenant";
import { casted, listed, type Found } from "./group-links";

export function directoryObjects(app: Hono, tenant: Tenant): void {
  const find = (c: Context): Found => findObject(tenant, c.req.param("id"));

  app.post("/directoryObjects/getByIds", async (c) => {
    const body = await readBody(c);
    const ids = stringList(body, "ids");
    if (ids.length > 1000) throw directoryBadRequest("sandbox: at most 1000 ids");
    const types =
      body["types"] === undefined || body["types"] === null ? undefined : stringList(body, "types");
    const found = ids.flatMap((id) => tenant.directoryObject(id) ?? []);
    return listed(
      c,
      found.filter(
        ({ kind }) =>
          types === undefined || types.some((type) => type.toLowerCase() === kind.toLowerCase()),
      ),
    );
  });
  app.get("/directoryObjects/:id", (c) => {
    const { kind, entity: object } = find(c);
    return entity(c, mixedWire(c, kind, object), mixedShape);
  });

  // The same questions may be asked of the object under each of its names.
  for (const segment of ["directoryObjects", "users", "groups", "devices", "servicePrincipals"]) {
    const groupIds = (c: Context, securityOnly: boolean): string[] =>
      groupsOf(tenant, find(c).entity.id, true)
        .filter((group) => !securityOnly || group["securityEnabled"] === true)
        .map((group) => group.id);
    const strings = (c: Context, value: string[]): Response =>
      c.json({ "@odata.context": contextUrl(c, "Collection(Edm.String)"), value });
    for (const [action, name] of [
      ["checkMemberGroups", "groupIds"],
      ["checkMemberObjects", "ids"],
    ] as const) {
      app.post(`/${segment}/:id/${action}`, async (c) => {
        const asked = stringList(await readBody(c), name).map((id) => id.toLowerCase());
        if (asked.length > 20)
          throw directoryBadRequest(`sandbox: '${name}' can hold at most 20 ids`);
        const member = groupIds(c, false);
        return strings(
          c,
          asked.filter((id) => member.includes(id)),
        );
      });
    }
    for (const action of ["getMemberGroups", "getMemberObjects"]) {
      app.post(`/${segment}/:id/${action}`, async (c) => {
        const { securityEnabledOnly } = await readBody(c);
        if (typeof securityEnabledOnly !== "boolean")
          throw directoryBadRequest("sandbox: 'securityEnabledOnly' must be true or false");
        return strings(c, groupIds(c, securityEnabledOnly));
      });
    }
    if (segment === "groups") continue;
    for (const [navigation, transitive] of [
      ["memberOf", false],
      ["transitiveMemberOf", true],
    ] as const) {
      const read = (c: Context): Found[] =>
        groupsOf(tenant, find(c).entity.id, transitive).map((group) => ({
          kind: "group",
          entity: group,
        }));
      app.get(`/${segment}/:id/${navigation}`, (c) => listed(c, read(c)));
      app.get(`/${segment}/:id/${navigation}/:cast`, (c) =>
        casted(c, read(c), c.req.param("cast")),
      );
    }
  }

  app.get("/devices", (c) => {
    const items = [...tenant.devices.values()].map((device) => wire("device", device));
    return collection(c, items, { ...shapes.device, advancedQueries: true });
  });
  app.get("/devices/:id", (c) =>
    entity(c, wire("device", only(find(c), "device", c)), shapes.device),
  );
}

/** An object by id, or a user by name; hidden as long as replication hides it. */
export function findObject(tenant: Tenant, parameter: string | undefined): Found {
  const key = entityKey(parameter);
  const id = "id" in key ? key.id : key.value;
  const user = id.includes("@") ? userByName(tenant, id) : undefined;
  const found =
    user === undefined ? tenant.directoryObject(id) : ({ kind: "user", entity: user } as const);
  if (found === undefined || tenant.isFresh(found.entity["createdAt"], tenant.lag.directoryMs))
    throw notFound(id);
  return found;
}

function only(found: Found, kind: DirectoryKind, c: Context): Found["entity"] {
  if (found.kind !== kind) throw notFound(c.req.param("id") ?? "");
  return found.entity;
}
