/** Refusals of Intune's configuration service, in its words; docs/graph-facts.md 8.3 has the recorded bodies. */
import type { Context } from "hono";
import { badRequest, GraphFault, unknownSegment } from "../errors";
import { graphVersion, stateOf } from "../request-context";
import type { Tenant } from "../tenant";
import type { Refusal } from "./refusal";

/** Where the service runs inside; seen in every recorded body. The tenant's part is not the tenant id. */
const service = "/DeviceConfigV2/DCV2GraphService/de147310-ffff-7537-0568-062415390465";
const nobody = "00000000-0000-0000-0000-000000000000";

/** Path of the request as the service writes it: keys in parentheses, without the version. */
export function servicePath(c: Context): string {
  const segments = c.req.path.split("/").slice(2);
  return segments.reduce((path, segment, index) => {
    const afterCollection = collections.has((segments[index - 1] ?? "").toLowerCase());
    return afterCollection ? `${path}('${decodeURIComponent(segment)}')` : `${path}/${segment}`;
  }, "");
}

const collections = new Set([
  "configurationpolicies",
  "settings",
  "assignments",
  "devicemanagementscripts",
]);

/** `message` is itself a JSON string: docs/graph-facts.md 8.3, line breaks included. */
export function intuneMessage(c: Context, text: string): string {
  const activity = stateOf(c)?.requestId ?? nobody;
  const url = `https://fef.amsub0102.manage.microsoft.com${service}${servicePath(c)}?api-version=5026-05-26`;
  const message = {
    _version: 3,
    Message: `${text} - Operation ID (for customer support): ${nobody} - Activity ID: ${activity} - Url: ${url}`,
    CustomApiErrorPhrase: "",
    RetryAfter: null,
    ErrorSourceService: "",
    HttpHeaders: "{}",
  };
  return JSON.stringify(message, null, 2).replaceAll("\n", "\r\n");
}

/**
 * A policy that isn't there. Code and message: Microsoft365DSC#3958 shows `ResourceNotFound` with this text for a
 * deleted configuration policy; the status is disputed, see the switch.
 */
export function policyNotFound(c: Context, tenant: Tenant): GraphFault {
  const status = tenant.switches.missingPolicy === "400" ? 400 : 404;
  return new GraphFault(status, "ResourceNotFound", intuneMessage(c, "An error has occurred"));
}

/** The same for the other objects of Intune, whose 404 nobody disputes. */
export function intuneNotFound(c: Context): GraphFault {
  return new GraphFault(404, "ResourceNotFound", intuneMessage(c, "An error has occurred"));
}

/** A refused body: in the service's words where they are recorded, else marked as ours. */
export function refusedBody(c: Context, refusal: Refusal): GraphFault {
  return badRequest(
    refusal.recorded ? intuneMessage(c, refusal.message) : `sandbox: ${refusal.message}`,
  );
}

/** Recorded: docs/graph-facts.md 8.3, "PATCH of one setting". */
export function noRoute(c: Context, template: string): GraphFault {
  return new GraphFault(
    400,
    "No method match route template",
    `No OData route exists that match template ${template} with http verb ${c.req.method} for request ` +
      `${service}${servicePath(c)}.`,
  );
}

/** Recorded, but for its code: docs/graph-facts.md 8.3, "PATCH of settings". */
export function patchOfNavigation(property: string): GraphFault {
  return badRequest(
    `Cannot apply PATCH to navigation property '${property}' on entity type ` +
      "'microsoft.management.services.api.deviceManagementConfigurationPolicy'",
  );
}

/** 500 of the configuration service for an app-only caller: docs/graph-facts.md 2.2. */
export function appOnlyFailure(c: Context): GraphFault {
  return new GraphFault(500, "InternalError", intuneMessage(c, "An error has occurred"));
}

/** The whole configuration service is on beta only (docs/graph-facts.md 1). */
export function betaOnly(c: Context, segment: string): void {
  if (graphVersion(c) !== "beta") throw unknownSegment(segment);
}
