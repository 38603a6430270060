/** `/servicePrincipals` and, for reading, `/applications`. */
import type { Context, Hono } from "hono";
import { bindLinks, resolveLink, shapes, wire } from "../directory";
import { servicePrincipalProperties } from "../directory-properties";
import { denied, directoryBadRequest, GraphFault, notFound } from "../errors";
import { collection, entity } from "../odata";
import { entityKey } from "../paths";
import { canonicalBody, readBody } from "../request-context";
import type { Entity, Tenant } from "../tenant";
import { remove } from "./groups";
import { listed } from "./group-links";

/**
 * Microsoft's own applications that a tenant may lack: a create by application id gives them these
 * names (two different names, so it is matched by app id: docs/graph-facts.md 7).
 */
const firstParty: Readonly<
  Record<string, { displayName: string; appDisplayName: string } | undefined>
> = {
  "f1346770-5b25-470b-88bd-d5744ab7952c": {
    displayName: "Intune Autopilot ConfidentialClient",
    appDisplayName: "Intune Provisioning Client",
  },
};

const microsoftTenant = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

const changeable = [
  "accountEnabled",
  "alternativeNames",
  "appRoleAssignmentRequired",
  "description",
  "loginUrl",
  "notes",
  "notificationEmailAddresses",
  "preferredSingleSignOnMode",
  "samlSingleSignOnSettings",
  "tags",
];

export function servicePrincipals(app: Hono, tenant: Tenant): void {
  const find = (c: Context): Entity => byKey(tenant, tenant.servicePrincipals, c.req.param("id"));
  const shape = shapes.servicePrincipal;

  app.get("/servicePrincipals", (c) => {
    const visible = [...tenant.servicePrincipals.values()].filter(
      (each) => !tenant.isFresh(each["createdAt"], tenant.lag.indexMs),
    );
    return collection(
      c,
      visible.map((each) => wire("servicePrincipal", each)),
      { ...shape, advancedQueries: true },
    );
  });
  app.get("/servicePrincipals/:id", (c) => entity(c, wire("servicePrincipal", find(c)), shape));
  app.get("/servicePrincipals/:id/owners", (c) => {
    return listed(
      c,
      ownerIds(find(c)).flatMap((id) => tenant.directoryObject(id) ?? []),
    );
  });
  app.delete("/servicePrincipals/:id/owners/:object/$ref", (c) => {
    const principal = find(c);
    const id = c.req.param("object").toLowerCase();
    if (!ownerIds(principal).includes(id)) throw notFound(id);
    principal["ownerIds"] = ownerIds(principal).filter((each) => each !== id);
    return c.body(null, 204);
  });
  app.post("/servicePrincipals", async (c) => {
    if (tenant.switches.servicePrincipalCreate === "denied") throw denied();
    const named = canonicalBody(await readBody(c), servicePrincipalProperties, ["owners"]);
    // The caller as owner, from the first: azuread_service_principal binds it in the same request.
    const owners = bindLinks(named, "owners").map((link) => resolveLink(tenant, link).entity.id);
    const { "owners@odata.bind": _, ...body } = named;
    const appId = typeof body["appId"] === "string" ? body["appId"].toLowerCase() : undefined;
    if (appId === undefined)
      throw directoryBadRequest(
        "A value is required for property 'appId' of resource 'ServicePrincipal'.",
        "appId",
      );
    refuseSecond(tenant, appId);
    const application = [...tenant.applications.values()].find((each) => each["appId"] === appId);
    const names =
      firstParty[appId] ??
      (application === undefined
        ? undefined
        : {
            displayName: String(application["displayName"]),
            appDisplayName: String(application["displayName"]),
          });
    if (names === undefined) {
      throw new GraphFault(
        400,
        "Request_BadRequest",
        `The appId '${appId}' of the service principal does not reference a valid application object.`,
        {
          details: [
            {
              code: "NoBackingApplicationObject",
              message: "No backing application",
              target: "appId",
            },
          ],
        },
      );
    }
    const principal: Entity = {
      ...body,
      ...names,
      id: tenant.newId(),
      ownerIds: owners,
      appId,
      accountEnabled: body["accountEnabled"] ?? true,
      appOwnerOrganizationId:
        firstParty[appId] === undefined ? tenant.organization.id : microsoftTenant,
      servicePrincipalType: "Application",
      servicePrincipalNames: [appId],
      signInAudience: "AzureADMultipleOrgs",
      createdDateTime: `${tenant.now().toISOString().slice(0, 19)}Z`,
      createdAt: tenant.now().getTime(),
    };
    tenant.servicePrincipals.set(principal.id, principal);
    return entity(c, wire("servicePrincipal", principal), shape, 201);
  });
  app.patch("/servicePrincipals/:id", async (c) => {
    const principal = find(c);
    const body = canonicalBody(await readBody(c), servicePrincipalProperties);
    const fixed = Object.keys(body).find(
      (name) => !changeable.includes(name) && body[name] !== principal[name],
    );
    if (fixed !== undefined)
      throw directoryBadRequest(
        `sandbox: property '${fixed}' of a service principal is not changed here`,
        fixed,
      );
    Object.assign(principal, body);
    return c.body(null, 204);
  });
  app.delete("/servicePrincipals/:id", (c) => {
    remove(tenant, "servicePrincipal", find(c));
    return c.body(null, 204);
  });

  app.get("/applications", (c) => {
    const items = [...tenant.applications.values()].map((each) => wire("application", each));
    return collection(c, items, { ...shapes.application, advancedQueries: true });
  });
  const application = (c: Context): Entity => byKey(tenant, tenant.applications, c.req.param("id"));
  app.get("/applications/:id", (c) =>
    entity(c, wire("application", application(c)), shapes.application),
  );
  app.get("/applications/:id/owners", (c) => {
    application(c);
    return listed(c, []);
  });
}

function ownerIds(principal: Entity): string[] {
  const ids = principal["ownerIds"];
  return Array.isArray(ids) ? (ids as string[]) : [];
}

/** 409, recorded: docs/graph-facts.md 8.3, "service principal is there". */
export function refuseSecond(tenant: Tenant, appId: string): void {
  const used = [...tenant.servicePrincipals.values()].some(
    (each) => String(each["appId"]).toLowerCase() === appId,
  );
  if (!used) return;
  throw new GraphFault(
    409,
    "Request_MultipleObjectsWithSameKeyValue",
    `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
  );
}

function byKey(
  tenant: Tenant,
  store: ReadonlyMap<string, Entity>,
  parameter: string | undefined,
): Entity {
  const key = entityKey(parameter);
  const found =
    "id" in key
      ? store.get(key.id)
      : [...store.values()].find(
          (each) =>
            key.name.toLowerCase() === "appid" &&
            String(each["appId"]).toLowerCase() === key.value.toLowerCase(),
        );
  if (found === undefined || tenant.isFresh(found["createdAt"], tenant.lag.directoryMs)) {
    throw notFound("id" in key ? key.id : key.value);
  }
  return found;
}
