/**
 * The body of a policy, for POST and PUT: either what will be stored, or why it is refused. Total and pure; the
 * routes add what only the tenant knows (ids, dates, order). App values are stored as they come: as far as any source
 * shows, the service does not look into them (docs/graph-facts.md 1.3).
 */
import { expectType, fieldsOf, listOf, Refusal, refuse, textOf } from "./refusal";
import { settingsOf, templates, type PolicyTemplate } from "./templates";
import { validateSetting } from "./validate-setting";
import type { Switches } from "../switches";
import type { Json } from "../tenant";

export interface PolicyDraft {
  readonly name: string;
  /** Undefined: not in the body. */
  readonly description: string | null | undefined;
  readonly platforms: string;
  readonly technologies: string;
  readonly roleScopeTagIds: readonly string[] | undefined;
  readonly templateId: string;
  readonly settings: readonly Json[];
  /** From `priorityMetaData`, for tenants that honour it. */
  readonly priority: number | undefined;
}

export interface PolicyScope {
  readonly switches: Switches;
  /** Ids of the tenant's scope tags; "0" is always there. */
  readonly scopeTagIds: ReadonlySet<string>;
}

export type Verdict =
  | { readonly ok: true; readonly draft: PolicyDraft }
  | { readonly ok: false; readonly refusal: Refusal };

/** No source has limits for the two texts (docs/graph-facts.md 6): far above what any tool sends. */
export const nameLimit = 1000;
export const descriptionLimit = 10_000;

const written = [
  "name",
  "description",
  "platforms",
  "technologies",
  "roleScopeTagIds",
  "templateReference",
  "settings",
];

/** Read-only on a policy: docs/graph-facts.md 1.4. A body that was read and is sent back carries them; they change nothing. */
const readOnly = [
  "id",
  "createdDateTime",
  "lastModifiedDateTime",
  "creationSource",
  "settingCount",
  "isAssigned",
  "disableEntraGroupPolicyAssignment",
  "priorityMetaData",
  "assignments",
];

export function validatePolicy(body: unknown, scope: PolicyScope): Verdict {
  return verdictOf(() => readPolicy(body, scope));
}

/** What a PATCH may carry: docs/graph-facts.md 5. */
export interface PolicyPatch {
  readonly name?: string;
  readonly description?: string | null;
  readonly roleScopeTagIds?: readonly string[];
}

export function validatePatch(
  body: unknown,
  scope: PolicyScope,
):
  | { readonly ok: true; readonly patch: PolicyPatch }
  | { readonly ok: false; readonly refusal: Refusal } {
  try {
    expectType(body, "deviceManagementConfigurationPolicy", "body");
    const fields = fieldsOf(body, ["name", "description", "roleScopeTagIds", ...readOnly], "body");
    const tags = scopeTags(fields["roleScopeTagIds"], scope);
    const description = descriptionOf(fields["description"]);
    return {
      ok: true,
      patch: {
        ...(fields["name"] === undefined ? {} : { name: nameOf(fields["name"]) }),
        ...(description === undefined ? {} : { description }),
        ...(tags === undefined ? {} : { roleScopeTagIds: tags }),
      },
    };
  } catch (error) {
    return { ok: false, refusal: asRefusal(error) };
  }
}

function verdictOf(read: () => PolicyDraft): Verdict {
  try {
    return { ok: true, draft: read() };
  } catch (error) {
    return { ok: false, refusal: asRefusal(error) };
  }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

function readPolicy(body: unknown, scope: PolicyScope): PolicyDraft {
  expectType(body, "deviceManagementConfigurationPolicy", "body");
  const fields = fieldsOf(body, [...written, ...readOnly], "body");
  const name = nameOf(fields["name"]);
  const description = descriptionOf(fields["description"]);
  const template = templateOf(fields["templateReference"]);
  for (const property of ["platforms", "technologies"] as const) {
    if (fields[property] !== template[property]) {
      const given = fields[property] === undefined ? "missing" : JSON.stringify(fields[property]);
      refuse(property, `is ${given}, template '${template.id}' is for '${template[property]}'`);
    }
  }
  // Assignments have their own action; a list in the body would be lost in silence.
  if (listOf(fields["assignments"] ?? [], "assignments").length > 0) {
    refuse("assignments", "are set by the action 'assign', not in the policy's body");
  }
  return {
    name,
    description,
    platforms: template.platforms,
    technologies: template.technologies,
    roleScopeTagIds: scopeTags(fields["roleScopeTagIds"], scope),
    templateId: template.id,
    settings: settingsIn(fields["settings"], template, scope),
    priority: priorityOf(fields["priorityMetaData"]),
  };
}

function nameOf(value: unknown): string {
  const name = textOf(value, "name");
  if (name.trim() === "") refuse("name", "must not be empty");
  if (name.length > nameLimit)
    refuse("name", `must not be longer than ${nameLimit} (the service's limit is unknown)`);
  return name;
}

function descriptionOf(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return value;
  const text = textOf(value, "description");
  if (text.length > descriptionLimit) {
    refuse(
      "description",
      `must not be longer than ${descriptionLimit} (the service's limit is unknown)`,
    );
  }
  return text;
}

function templateOf(value: unknown): PolicyTemplate {
  const place = "templateReference";
  if (value === undefined || value === null) refuse(place, "is missing");
  expectType(value, "deviceManagementConfigurationPolicyTemplateReference", place);
  const known = ["templateId", "templateFamily", "templateDisplayName", "templateDisplayVersion"];
  const fields = fieldsOf(value, known, place);
  const id = textOf(fields["templateId"], `${place}.templateId`);
  const template = templates.get(id);
  if (template === undefined) {
    refuse(
      `${place}.templateId`,
      `'${id}' is not one of the device preparation templates ${[...templates.keys()].join(", ")}`,
    );
  }
  const family = fields["templateFamily"] ?? template.templateFamily;
  if (family !== template.templateFamily) {
    refuse(
      `${place}.templateFamily`,
      `template '${id}' is of the family '${template.templateFamily}'`,
    );
  }
  return template;
}

/** Undefined: not given. An empty list means the default tag, as no object is without one. */
function scopeTags(value: unknown, scope: PolicyScope): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const tags = listOf(value, "roleScopeTagIds").map((tag, index) =>
    textOf(tag, `roleScopeTagIds[${index}]`),
  );
  for (const tag of tags) {
    if (tag !== "0" && !scope.scopeTagIds.has(tag))
      refuse("roleScopeTagIds", `there is no scope tag '${tag}'`);
  }
  return tags.length === 0 ? ["0"] : [...new Set(tags)];
}

function settingsIn(value: unknown, template: PolicyTemplate, scope: PolicyScope): Json[] {
  const { switches } = scope;
  const items = listOf(value, "settings");
  const settings = items.map((item, index) =>
    validateSetting(item, `settings[${index}]`, { template, switches }),
  );
  const ids = settings.map((setting) => setting["settingDefinitionId"] as string);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) refuse("settings", `'${twice}' is given twice`);
  if (switches.requiredSettings === "required") {
    const missing = settingsOf(template, switches).filter(
      (row) => row.isRequired && !ids.includes(row.settingId),
    );
    if (missing.length > 0) {
      refuse(
        "settings",
        `required settings are missing: ${missing.map((row) => row.settingId).join(", ")}`,
      );
    }
  }
  return settings;
}

function priorityOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const priority = fieldsOf(value, ["priority"], "priorityMetaData")["priority"];
  return isPriority(priority)
    ? priority
    : refuse("priorityMetaData", "'priority' must be 1 to 500");
}

/** 1 to 500: docs/graph-facts.md 4. */
export function isPriority(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 500;
}
