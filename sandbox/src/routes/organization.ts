/** `/organization` and `/domains`: the tenant itself, for reading. */
import type { Hono } from "hono";
import { notFound } from "../errors";
import { collection, entity, type EntityShape } from "../odata";
import type { Json, Tenant } from "../tenant";
import { textOf } from "../text";

/** As the CSDL of both versions has it; what the seed keeps for itself (`defaultDomain`) isn't answered. */
const organization: EntityShape = {
  type: "organization",
  context: "organization",
  properties: `id deletedDateTime assignedPlans businessPhones city country countryLetterCode
    createdDateTime defaultUsageLocation displayName marketingNotificationEmails
    mobileDeviceManagementAuthority onPremisesLastSyncDateTime onPremisesSyncEnabled
    partnerTenantType postalCode preferredLanguage privacyProfile provisionedPlans
    securityComplianceNotificationMails securityComplianceNotificationPhones state street
    technicalNotificationMails tenantType verifiedDomains`.split(/\s+/),
};

export function organizations(app: Hono, tenant: Tenant): void {
  const wire = (): Json =>
    Object.fromEntries(
      organization.properties.map((name) => [name, tenant.organization[name] ?? null]),
    );
  app.get("/organization", (c) => collection(c, [wire()], organization));
  app.get("/organization/:id", (c) => {
    if (c.req.param("id") !== tenant.organization.id) throw notFound(c.req.param("id"));
    return entity(c, wire(), organization);
  });
  app.get("/domains", (c) => {
    const items = [
      {
        id: textOf(tenant.organization["defaultDomain"]),
        authenticationType: "Managed",
        isAdminManaged: true,
        isDefault: true,
        isInitial: true,
        isRoot: true,
        isVerified: true,
        supportedServices: [],
      },
    ];
    return collection(c, items, {
      type: "domain",
      context: "domains",
      properties: Object.keys(items[0] ?? {}),
    });
  });
}
