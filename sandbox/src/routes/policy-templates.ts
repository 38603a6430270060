/**
 * What a client needs to learn template ids instead of knowing them: `configurationPolicyTemplates`, their
 * `settingTemplates`, and the setting definitions under `configurationSettings`. Read only.
 */
import type { Hono } from "hono";
import { collection, entity, type EntityShape } from "../odata";
import type { Json, Tenant } from "../tenant";
import { definitionOnTheWire, definitions } from "../settings/definitions";
import { betaOnly, intuneNotFound } from "../settings/intune-faults";
import {
  definitionsOfSetting,
  settingsOf,
  settingTemplateOnTheWire,
  templateOnTheWire,
  templateProperties,
  templates,
} from "../settings/templates";

const root = "/deviceManagement/configurationPolicyTemplates";
const settingsRoot = "/deviceManagement/configurationSettings";

/** Of a setting definition, wherever it is read. */
export const definitionShape: EntityShape = {
  type: "deviceManagementConfigurationSettingDefinition",
  properties: [
    ...new Set([...definitions.values()].flatMap((row) => Object.keys(definitionOnTheWire(row)))),
  ],
  context: "deviceManagement/configurationSettings",
};

export function policyTemplates(app: Hono, tenant: Tenant): void {
  const settingTemplates = (id: string): Json[] => {
    const template = templates.get(id);
    return template === undefined
      ? []
      : settingsOf(template, tenant.switches).map(settingTemplateOnTheWire);
  };
  const withDefinitions = (item: Json): Json => ({
    ...item,
    settingDefinitions: definitionsIn(item),
  });
  const shape: EntityShape = {
    type: "deviceManagementConfigurationPolicyTemplate",
    properties: templateProperties,
    context: "deviceManagement/configurationPolicyTemplates",
    expand: {
      settingTemplates: (item, nested) => {
        const items = settingTemplates(String(item["id"]));
        return nested.expand === undefined ? items : items.map(withDefinitions);
      },
    },
  };

  app.get(root, (c) => {
    betaOnly(c, "configurationPolicyTemplates");
    const items = [...templates.values()].map(templateOnTheWire);
    return collection(c, items, { ...shape, operators: ["ne", "not", "contains"] });
  });

  app.get(`${root}/:id`, (c) => {
    betaOnly(c, "configurationPolicyTemplates");
    const template = templates.get(c.req.param("id").toLowerCase());
    if (template === undefined) throw intuneNotFound(c);
    return entity(c, templateOnTheWire(template), shape);
  });

  app.get(`${root}/:id/settingTemplates`, (c) => {
    betaOnly(c, "configurationPolicyTemplates");
    const template = templates.get(c.req.param("id").toLowerCase());
    if (template === undefined) throw intuneNotFound(c);
    return collection(c, settingTemplates(template.id), {
      type: "deviceManagementConfigurationSettingTemplate",
      properties: ["id", "settingInstanceTemplate"],
      context: `deviceManagement/configurationPolicyTemplates('${template.id}')/settingTemplates`,
      // As for the settings of a policy: 25 without `$top`.
      pageSize: 25,
      maxTop: 1000,
      expand: { settingDefinitions: definitionsIn },
    });
  });

  app.get(settingsRoot, (c) => {
    betaOnly(c, "configurationSettings");
    const items = [...definitions.values()].map(definitionOnTheWire);
    return collection(c, items, { ...definitionShape, operators: ["ne", "not", "contains"] });
  });

  app.get(`${settingsRoot}/:id`, (c) => {
    betaOnly(c, "configurationSettings");
    const definition = definitions.get(c.req.param("id"));
    if (definition === undefined) throw intuneNotFound(c);
    return entity(c, definitionOnTheWire(definition), definitionShape);
  });
}

function definitionsIn(settingTemplate: Json): Json[] {
  const instance = settingTemplate["settingInstanceTemplate"] as Json;
  return definitionsOfSetting(String(instance["settingDefinitionId"]));
}
