/** The whole sandbox as one Hono app: paths made uniform, routes mounted on both versions, errors in the service's envelope. */
import { Hono } from "hono";
import { unknownSegment, GraphFault } from "./errors";
import { Faults } from "./faults";
import { answerError, observe, serveGraph, type Surroundings } from "./graph-middleware";
import { normalisePath } from "./paths";
import { RequestLog } from "./request-log";
import { appsAndScripts } from "./routes/apps-and-scripts";
import { batch } from "./routes/batch";
import { configurationPolicies } from "./routes/configuration-policies";
import { control } from "./routes/control";
import { deletedItems } from "./routes/deleted-items";
import { directoryObjects } from "./routes/directory-objects";
import { groups } from "./routes/groups";
import { groupLinks } from "./routes/group-links";
import { membershipTarget } from "./routes/membership-target";
import { metadata } from "./routes/metadata";
import { oauth } from "./routes/oauth";
import { organizations } from "./routes/organization";
import { policyAssignments } from "./routes/policy-assignments";
import { policySettings } from "./routes/policy-settings";
import { policyTemplates } from "./routes/policy-templates";
import { servicePrincipals } from "./routes/service-principals";
import { users } from "./routes/users";
import { Tenant, type TenantOptions } from "./tenant";

export interface AppOptions extends TenantOptions {
  /** A tenant to serve instead of a new one. */
  readonly tenant?: Tenant;
  /** Added to every Graph request. Default 0. */
  readonly latencyMs?: number;
  /** Accept only tokens that this sandbox issued and that haven't expired. Default false: any bearer. */
  readonly strictTokens?: boolean;
}

export interface SandboxApp {
  readonly app: Hono;
  readonly tenant: Tenant;
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly latency: { ms: number };
}

/** Routes of the service, mounted on `/v1.0` and `/beta` alike; a route that has one version says so itself. */
const graphRoutes: readonly ((app: Hono, tenant: Tenant) => void)[] = [
  groups,
  groupLinks,
  directoryObjects,
  servicePrincipals,
  users,
  organizations,
  deletedItems,
  configurationPolicies,
  policySettings,
  membershipTarget,
  policyAssignments,
  policyTemplates,
  appsAndScripts,
];

export function buildApp(options: AppOptions = {}): SandboxApp {
  const tenant = options.tenant ?? new Tenant(options);
  const around: Surroundings = {
    tenant,
    log: new RequestLog(),
    faults: new Faults(),
    latency: { ms: options.latencyMs ?? 0 },
    strictTokens: options.strictTokens ?? false,
    issuedTokens: new Set(),
  };
  const known = new Map<string, string>();
  const app = new Hono({
    getPath: (request) => normalisePath(new URL(request.url).pathname, known),
  });
  app.onError((error, c) => answerError(error, c, tenant));
  app.use("*", observe(around));
  oauth(app, around);
  metadata(app, around);
  control(app, around);

  const graph = new Hono();
  graph.use("*", serveGraph(around));
  for (const mount of graphRoutes) mount(graph, tenant);
  batch(graph, (request, env) => app.fetch(request, env));
  app.route("/v1.0", graph);
  app.route("/beta", graph);
  for (const { path } of app.routes) {
    const names = path.split("/").filter((name) => name !== "" && !/^[:*]/.test(name));
    for (const name of names) known.set(name.toLowerCase(), name);
  }

  app.notFound((c) => {
    const path = c.req.path;
    if (!/^\/(v1\.0|beta)\//.test(path)) {
      return answerError(
        new GraphFault(404, "NotFound", `sandbox: nothing is served at ${path}`),
        c,
        tenant,
      );
    }
    const served = app.routes.some(
      (route) => route.method !== "ALL" && new RegExp(pattern(route.path)).test(path),
    );
    const names = path.split("/").slice(2).map(decodeURIComponent);
    // Ids are no segments: the first name that no route has is what the service doesn't know.
    const strange =
      names.find(
        (name) => !known.has(name.toLowerCase()) && !/^[0-9a-f]{8}-[0-9a-f-]+/i.test(name),
      ) ??
      names.at(-1) ??
      "";
    const fault = served
      ? new GraphFault(
          405,
          "Request_BadRequest",
          "Specified HTTP method is not allowed for the request target.",
        )
      : unknownSegment(strange);
    return answerError(fault, c, tenant);
  });
  return { app, tenant, log: around.log, faults: around.faults, latency: around.latency };
}

function pattern(path: string): string {
  const escaped = path.replace(/[$.]/g, "\\$&").replace(/:\w+(\{[^}]*\})?/g, "[^/]+");
  return `^${escaped}$`;
}
