import { getAppType } from "../graph/apps";
import type { Graph } from "../graph/client";
import type { ConfigurationPolicy, PolicyBody } from "../graph/configuration-policies";
import { getTemplate } from "../graph/policy-templates";
import { Failure } from "../lifecycle/failure";
import { type AppTypes, encode, missingIn } from "../policy/codec";
import { publicTemplate, type TemplateMap, TEMPLATES } from "../policy/settings";
import type { PolicyInputs } from "./policy-fields";

/** What the settings of a policy can't be written without. */
export interface Wording {
  appTypes: AppTypes;
  template: TemplateMap;
}

/** Asks for what is not known, in one request. */
export async function wordingFor(
  graph: Graph,
  inputs: PolicyInputs,
  known: AppTypes,
): Promise<Wording> {
  const [appTypes, template] = await Promise.all([
    appTypesFor(graph, inputs, known),
    templateFor(graph, inputs),
  ]);
  return { appTypes, template };
}

/** The whole body of a policy, for a new one or a replacement. */
export function bodyOf(
  inputs: PolicyInputs,
  { appTypes, template }: Wording,
  existing?: ConfigurationPolicy["settings"],
): PolicyBody {
  return {
    name: inputs.displayName,
    description: inputs.description,
    roleScopeTagIds: inputs.roleScopeTagIds,
    templateId: TEMPLATES[inputs.mode],
    settings: encode(inputs, template, appTypes, existing),
  };
}

/** The template of the policy: public, or asked for once in a run. */
async function templateFor(graph: Graph, inputs: PolicyInputs): Promise<TemplateMap> {
  const template =
    publicTemplate(inputs.mode) ?? (await getTemplate(graph, TEMPLATES[inputs.mode]));
  const missing = missingIn(template, inputs);
  if (missing.length === 0) return template;
  throw new Failure(`the template of this tenant has no ${missing.join(", ")}.`, [
    "Leave these arguments out: Microsoft has not given them to every tenant.",
  ]);
}

/** The kinds of all apps of the policy, asking only for those that are not known. */
async function appTypesFor(graph: Graph, inputs: PolicyInputs, known: AppTypes): Promise<AppTypes> {
  const asked = await Promise.all(
    inputs.appIds
      .filter((id) => !known.has(id))
      .map(async (id) => [id, await getAppType(graph, id)] as const),
  );
  const missing = asked.filter(([, type]) => type === undefined).map(([id]) => id);
  if (missing.length > 0) {
    throw new Failure(`appIds names what is no app in this tenant: ${missing.join(", ")}.`, [
      "Take the id of a Windows app from Intune: Apps, then its address.",
    ]);
  }
  return new Map([...known, ...asked.map(([id, type]) => [id, type ?? ""] as const)]);
}
