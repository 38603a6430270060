/** `/directory/deletedItems`: what was deleted and can be restored (Entra: 30 days; here until the tenant is reset). */
import type { Context, Hono } from "hono";
import { mixedShape, mixedWire, shapes, wire } from "../directory";
import { notFound, unknownSegment } from "../errors";
import { checkUniqueName } from "../group-rules";
import { collection, entity } from "../odata";
import type { DeletedItem, DirectoryKind, Group, Json, Tenant } from "../tenant";
import { refuseSecond } from "./service-principals";

export function deletedItems(app: Hono, tenant: Tenant): void {
  const find = (c: Context, name = "id"): DeletedItem => {
    const id = (c.req.param(name) ?? "").toLowerCase();
    const item = tenant.deletedItems.get(id);
    if (item === undefined) throw notFound(id);
    return item;
  };
  app.get("/directory/deletedItems/:id", (c) => {
    const parameter = c.req.param("id");
    if (!parameter.toLowerCase().startsWith("microsoft.graph.")) {
      const item = find(c);
      return entity(
        c,
        { ...mixedWire(c, item.kind, item.entity), deletedDateTime: item.deletedDateTime },
        mixedShape,
      );
    }
    const kind = kindOf(parameter);
    const items = [...tenant.deletedItems.values()]
      .filter((item) => item.kind === kind)
      .map(untyped);
    return collection(c, items, { ...shapes[kind], advancedQueries: true });
  });
  app.get("/directory/deletedItems/:cast/:id", (c) => {
    const item = find(c);
    if (item.kind !== kindOf(c.req.param("cast"))) throw notFound(item.id);
    return entity(c, untyped(item), shapes[item.kind]);
  });
  app.post("/directory/deletedItems/:id/restore", (c) => {
    const item = find(c);
    tenant.deletedItems.delete(item.id);
    try {
      if (item.kind === "group") checkUniqueName(item.entity["uniqueName"], tenant);
      if (item.kind === "servicePrincipal") refuseSecond(tenant, String(item.entity["appId"]));
    } catch (error) {
      tenant.deletedItems.set(item.id, item);
      throw error;
    }
    if (item.kind === "group") tenant.groups.set(item.id, item.entity as Group);
    else tenant.servicePrincipals.set(item.id, item.entity);
    return entity(c, mixedWire(c, item.kind, item.entity), mixedShape);
  });
  app.delete("/directory/deletedItems/:id", (c) => {
    tenant.deletedItems.delete(find(c).id);
    return c.body(null, 204);
  });
}

function kindOf(cast: string): DirectoryKind {
  const kind = (Object.keys(shapes) as DirectoryKind[]).find(
    (each) => `microsoft.graph.${each}`.toLowerCase() === cast.toLowerCase(),
  );
  if (kind === undefined) throw unknownSegment(cast);
  return kind;
}

function untyped(item: DeletedItem): Json {
  return { ...wire(item.kind, item.entity), deletedDateTime: item.deletedDateTime };
}
