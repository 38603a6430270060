import type { Graph } from "./client";
import { listAll } from "./groups";

/** How a template refers to a setting, and to its value where it does. */
export interface TemplateIds {
  instance: string;
  value?: string;
}

interface SettingTemplate {
  settingInstanceTemplate?: {
    settingInstanceTemplateId?: string;
    settingDefinitionId?: string;
    choiceSettingValueTemplate?: ValueTemplate | null;
    simpleSettingValueTemplate?: ValueTemplate | null;
  };
}

interface ValueTemplate {
  settingValueTemplateId?: string | null;
}

const templates = new WeakMap<Graph, Map<string, Promise<ReadonlyMap<string, TemplateIds>>>>();

/**
 * The settings of a policy template by their definition ids. Templates don't change while a program runs, so each is asked
 * for once for each connection. Permission: DeviceManagementConfiguration.Read.All.
 */
export function getTemplate(
  graph: Graph,
  templateId: string,
): Promise<ReadonlyMap<string, TemplateIds>> {
  const known =
    templates.get(graph) ?? new Map<string, Promise<ReadonlyMap<string, TemplateIds>>>();
  templates.set(graph, known);
  let template = known.get(templateId);
  if (template === undefined) {
    template = readTemplate(graph, templateId);
    known.set(templateId, template);
    template.catch(() => known.delete(templateId));
  }
  return template;
}

async function readTemplate(
  graph: Graph,
  templateId: string,
): Promise<ReadonlyMap<string, TemplateIds>> {
  const rows = await listAll<SettingTemplate>(
    graph,
    `/deviceManagement/configurationPolicyTemplates/${templateId}/settingTemplates`,
  );
  return new Map(
    rows.flatMap(({ settingInstanceTemplate: row }) => {
      const { settingDefinitionId, settingInstanceTemplateId: instance } = row ?? {};
      if (settingDefinitionId === undefined || instance === undefined) return [];
      const value = (row?.choiceSettingValueTemplate ?? row?.simpleSettingValueTemplate)
        ?.settingValueTemplateId;
      return [[settingDefinitionId, { instance, ...(value ? { value } : {}) }] as const];
    }),
  );
}
