/**
 * What a policy points at: apps, scripts, scope tags, with their assignments. Read only; they come from the seed.
 * An entity's own `assignments` are shown under `/assignments` and by `$expand`, not among its properties.
 */
import type { Context, Hono } from "hono";
import { collection, entity, type CollectionOptions } from "../odata";
import type { Entity, Json, Tenant } from "../tenant";
import { betaOnly, intuneNotFound } from "../settings/intune-faults";

interface Kind {
  readonly root: string;
  readonly store: (tenant: Tenant) => Map<string, Entity>;
  readonly type: string;
  readonly context: string;
  readonly betaOnly: boolean;
  /** Named even when no seeded entity has them, so that `$select` of a known property works. */
  readonly properties: readonly string[];
}

const kinds: readonly Kind[] = [
  {
    root: "/deviceAppManagement/mobileApps",
    store: (tenant) => tenant.mobileApps,
    type: "mobileApp",
    context: "deviceAppManagement/mobileApps",
    betaOnly: false,
    properties: [
      "id",
      "displayName",
      "description",
      "publisher",
      "createdDateTime",
      "lastModifiedDateTime",
      "isFeatured",
      "isAssigned",
      "publishingState",
      "roleScopeTagIds",
      "notes",
      "owner",
      "developer",
      "largeIcon",
      "installExperience",
      "informationUrl",
      "privacyInformationUrl",
      "uploadState",
      "dependentAppCount",
      "supersededAppCount",
      "supersedingAppCount",
    ],
  },
  {
    root: "/deviceManagement/deviceManagementScripts",
    store: (tenant) => tenant.scripts,
    type: "deviceManagementScript",
    context: "deviceManagement/deviceManagementScripts",
    betaOnly: true,
    properties: [
      "id",
      "displayName",
      "description",
      "createdDateTime",
      "lastModifiedDateTime",
      "runAsAccount",
      "enforceSignatureCheck",
      "fileName",
      "roleScopeTagIds",
      "runAs32Bit",
      "scriptContent",
    ],
  },
  {
    root: "/deviceManagement/roleScopeTags",
    store: (tenant) => tenant.roleScopeTags,
    type: "roleScopeTag",
    context: "deviceManagement/roleScopeTags",
    betaOnly: true,
    properties: ["id", "displayName", "description", "isBuiltIn"],
  },
];

export function appsAndScripts(app: Hono, tenant: Tenant): void {
  for (const kind of kinds) mount(app, tenant, kind);
}

function mount(app: Hono, tenant: Tenant, kind: Kind): void {
  const { root } = kind;
  const check = (c: Context): void => {
    if (kind.betaOnly) betaOnly(c, root.split("/").at(-1) ?? "");
  };
  const one = (c: Context): Entity => {
    check(c);
    const found = kind.store(tenant).get((c.req.param("id") ?? "").toLowerCase());
    if (found === undefined) throw intuneNotFound(c);
    return found;
  };

  app.get(root, (c) => {
    check(c);
    const items = [...kind.store(tenant).values()].map((each) => shown(each, kind));
    return collection(c, items, options(tenant, kind));
  });
  app.get(`${root}/:id`, (c) => entity(c, shown(one(c), kind), options(tenant, kind)));
  app.get(`${root}/:id/assignments`, (c) => {
    const found = one(c);
    return collection(c, assignmentsOf(found), {
      type: `${kind.type}Assignment`,
      properties: ["id", "intent", "target", "settings", "source", "sourceId"],
      context: `${kind.context}('${found.id}')/assignments`,
    });
  });
}

function options(tenant: Tenant, kind: Kind): CollectionOptions {
  const seeded = [...kind.store(tenant).values()].flatMap((each) => Object.keys(each));
  const names = new Set([...kind.properties, ...seeded]);
  names.delete("assignments");
  // For `isof('…')`, which is a comparison of the type.
  names.add("@odata.type");
  return {
    type: kind.type,
    properties: [...names],
    context: kind.context,
    operators: ["ne", "not", "contains"],
    expand: {
      assignments: (item) =>
        assignmentsOf(kind.store(tenant).get(String(item["id"]).toLowerCase())),
    },
  };
}

/** `@odata.type` stands on every app: typed clients tell the kinds apart by it. */
function shown(item: Entity, kind: Kind): Json {
  const { assignments: _, ...rest } = item;
  return { "@odata.type": `#microsoft.graph.${kind.type}`, ...rest };
}

function assignmentsOf(item: Entity | undefined): Json[] {
  const list = item?.["assignments"];
  return Array.isArray(list) ? (list as Json[]) : [];
}
