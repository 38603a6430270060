/** What clients read before they ask for a token: cloud metadata, OpenID configuration, instance discovery. Every address in it is the origin that was asked. */
import type { Context, Hono } from "hono";
import type { Surroundings } from "../graph-middleware";
import { originOf } from "../request-context";
import type { Json } from "../tenant";

export function metadata(app: Hono, { tenant }: Surroundings): void {
  // Up to 2019-05-01 a list of clouds, which the Azure CLI reads (ARM_CLOUD_METADATA_URL); later one object.
  app.get("/metadata/endpoints", (c) => {
    const old = (c.req.query("api-version") ?? "2022-09-01") <= "2019-05-01";
    return c.json(old ? [cloud(c)] : cloud(c));
  });
  // Command lines ask the resource manager after signing in: this tenant, and no subscriptions.
  app.get("/subscriptions", (c) => c.json({ value: [], count: { type: "Total", value: 0 } }));
  app.get("/tenants", (c) => {
    const { id, displayName } = tenant.organization;
    return c.json({ value: [{ id: `/tenants/${id}`, tenantId: id, displayName }] });
  });
  app.get("/:tenant/v2.0/.well-known/openid-configuration", (c) =>
    c.json(openId(c, tenant.organization.id, "/v2.0")),
  );
  app.get("/:tenant/.well-known/openid-configuration", (c) =>
    c.json(openId(c, tenant.organization.id, "")),
  );
  app.get("/:tenant/discovery/v2.0/keys", (c) => c.json({ keys: [] }));
  app.get("/common/discovery/keys", (c) => c.json({ keys: [] }));
  app.get("/common/discovery/instance", (c) => {
    const host = new URL(originOf(c)).host;
    return c.json({
      tenant_discovery_endpoint: `${originOf(c)}/common/v2.0/.well-known/openid-configuration`,
      "api-version": "1.1",
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    });
  });
  // Asked before a password grant: every account lives here, nothing is federated.
  app.get("/common/userrealm/:user", (c) =>
    c.json({
      ver: "1.0",
      account_type: "Managed",
      domain_name: c.req.param("user").split("@")[1] ?? "",
      cloud_instance_name: new URL(originOf(c)).host,
      cloud_audience_urn: "urn:federation:MicrosoftOnline",
    }),
  );
}

/** Version 2022-09-01: one object. Go clients read `name`, `authentication` and `microsoftGraphResourceId` from it. */
function cloud(c: Context): Json {
  const origin = originOf(c);
  return {
    name: "AzureCloud",
    portal: origin,
    authentication: {
      loginEndpoint: origin,
      audiences: [origin, "https://management.core.windows.net/", "https://management.azure.com/"],
      tenant: "common",
      identityProvider: "AAD",
    },
    graph: origin,
    graphAudience: origin,
    microsoftGraphResourceId: origin,
    resourceManager: origin,
    activeDirectoryDataLake: origin,
    batch: origin,
    gallery: origin,
    media: origin,
    sqlManagement: origin,
    vmImageAliasDoc: `${origin}/aliases.json`,
    appInsightsResourceId: origin,
    appInsightsTelemetryChannelResourceId: origin,
    attestationResourceId: origin,
    logAnalyticsResourceId: origin,
    ossrDbmsResourceId: origin,
    synapseAnalyticsResourceId: origin,
    suffixes: {
      acrLoginServer: "azurecr.sandbox.invalid",
      attestationEndpoint: "attest.sandbox.invalid",
      azureDataLakeAnalyticsCatalogAndJob: "azuredatalakeanalytics.sandbox.invalid",
      azureDataLakeStoreFileSystem: "azuredatalakestore.sandbox.invalid",
      azureFrontDoorEndpointSuffix: "azurefd.sandbox.invalid",
      keyVaultDns: "vault.sandbox.invalid",
      mariadbServerEndpoint: "mariadb.sandbox.invalid",
      mhsmDns: "managedhsm.sandbox.invalid",
      mysqlServerEndpoint: "mysql.sandbox.invalid",
      postgresqlServerEndpoint: "postgres.sandbox.invalid",
      sqlServerHostname: "database.sandbox.invalid",
      storage: "core.sandbox.invalid",
      storageSyncEndpointSuffix: "afs.sandbox.invalid",
      synapseAnalytics: "synapse.sandbox.invalid",
    },
  };
}

function openId(c: Context, own: string, version: string): Json {
  const origin = originOf(c);
  const named = c.req.param("tenant") ?? "";
  const authority = `${origin}/${named}`;
  const id = /^[0-9a-f-]{36}$/i.test(named) ? named : own;
  const host = new URL(origin).host;
  return {
    issuer: `${origin}/${id}${version}`,
    authorization_endpoint: `${authority}/oauth2${version}/authorize`,
    token_endpoint: `${authority}/oauth2${version}/token`,
    device_authorization_endpoint: `${authority}/oauth2${version}/devicecode`,
    end_session_endpoint: `${authority}/oauth2${version}/logout`,
    userinfo_endpoint: `${origin}/oidc/userinfo`,
    jwks_uri: `${authority}/discovery${version === "" ? "" : version}/keys`,
    token_endpoint_auth_methods_supported: [
      "client_secret_post",
      "private_key_jwt",
      "client_secret_basic",
    ],
    response_modes_supported: ["query", "fragment", "form_post"],
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    claims_supported: [
      "sub",
      "iss",
      "aud",
      "exp",
      "iat",
      "oid",
      "tid",
      "name",
      "preferred_username",
    ],
    tenant_region_scope: "EU",
    cloud_instance_name: host,
    cloud_graph_host_name: host,
    msgraph_host: host,
    rbac_url: origin,
  };
}
