/** `/configurationPolicies/{id}/settings`: for reading. They are replaced with their policy by PUT only (docs/graph-facts.md 5). */
import type { Context, Hono } from "hono";
import { collection, entity, type EntityShape } from "../odata";
import type { Json, Policy, Tenant } from "../tenant";
import { definitionShape } from "./policy-templates";
import { betaOnly, noRoute, policyNotFound } from "../settings/intune-faults";
import { settingsOnTheWire } from "../settings/policies";
import { definitionsIn, policyOf } from "./configuration-policies";

const root = "/deviceManagement/configurationPolicies/:id/settings";

export function policySettings(app: Hono, tenant: Tenant): void {
  const setting = (c: Context, policy: Policy): Json => {
    const index = c.req.param("index");
    const found = settingsOnTheWire(tenant, policy).find((each) => each["id"] === index);
    if (found === undefined) throw policyNotFound(c, tenant);
    return found;
  };
  const policy = (c: Context): Policy => {
    betaOnly(c, "configurationPolicies");
    return policyOf(c, tenant);
  };

  app.get(root, (c) => {
    const found = policy(c);
    return collection(c, settingsOnTheWire(tenant, found), {
      ...shapeOf(found),
      // Counted unasked, and only 25 without `$top`: docs/graph-facts.md 1.5.
      alwaysCounted: true,
      pageSize: 25,
      maxTop: 1000,
    });
  });

  app.get(`${root}/:index`, (c) => {
    const found = policy(c);
    return entity(c, setting(c, found), shapeOf(found));
  });

  // CIPP asks this for each setting of a policy, in a batch.
  app.get(`${root}/:index/settingDefinitions`, (c) => {
    const found = policy(c);
    const item = setting(c, found);
    return collection(c, definitionsIn(item), {
      ...definitionShape,
      context: `${shapeOf(found).context}('${String(item["id"])}')/settingDefinitions`,
    });
  });

  app.on(["POST", "PUT", "PATCH", "DELETE"], root, (c) => {
    throw noRoute(c, "~/singleton/navigation/key/navigation");
  });

  app.on(["PUT", "PATCH", "DELETE"], `${root}/:index`, (c) => {
    throw noRoute(c, "~/singleton/navigation/key/navigation/key");
  });
}

function shapeOf(policy: Policy): EntityShape {
  return {
    type: "deviceManagementConfigurationSetting",
    properties: ["id", "settingInstance"],
    context: `deviceManagement/configurationPolicies('${policy.id}')/settings`,
    expand: { settingDefinitions: definitionsIn },
  };
}
