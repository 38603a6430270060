/** `/users` and `/me`, for reading. */
import type { Hono } from "hono";
import { mixedShape, mixedWire, shapes, wire } from "../directory";
import { badRequest, notFound } from "../errors";
import { collection, entity } from "../odata";
import { claimsOf, isAppOnly } from "../request-context";
import type { Tenant } from "../tenant";
import { findObject } from "./directory-objects";
import { textOf } from "../text";

export function users(app: Hono, tenant: Tenant): void {
  app.get("/users", (c) => {
    const items = [...tenant.users.values()].map((user) => wire("user", user));
    return collection(c, items, { ...shapes.user, advancedQueries: true, operators: ["ge", "le"] });
  });
  app.get("/users/:id", (c) => {
    const found = findObject(tenant, c.req.param("id"));
    if (found.kind !== "user") throw notFound(found.entity.id);
    return entity(c, wire("user", found.entity), shapes.user);
  });
  app.get("/users/:id/manager", (c) => {
    const { kind, entity: user } = findObject(tenant, c.req.param("id"));
    const manager = kind === "user" ? tenant.users.get(textOf(user["managerId"])) : undefined;
    if (manager === undefined) throw notFound("manager");
    return entity(c, mixedWire(c, "user", manager), mixedShape);
  });
  app.get("/me", (c) => {
    if (isAppOnly(c))
      throw badRequest("/me request is only valid with delegated authentication flow.");
    const oid = textOf(claimsOf(c)["oid"]);
    // Any bearer is taken; one that isn't ours speaks for the first user.
    const user = tenant.users.get(oid) ?? tenant.users.values().next().value;
    if (user === undefined) throw notFound(oid);
    return entity(c, wire("user", user), shapes.user);
  });
}
