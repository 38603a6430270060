/**
 * `/beta/deviceManagement/configurationPolicies`: make, read, replace, rename, order, delete. What can't be done here
 * is recorded: settings are replaced by PUT only, never by PATCH (docs/graph-facts.md 5). Assignments and the membership
 * target have their own routes; nothing here touches them.
 */
import type { Context, Hono } from "hono";
import { badRequest, unknownSegment } from "../errors";
import {
  collection,
  entity,
  queryOptions,
  type CollectionOptions,
  type ExpandItem,
} from "../odata";
import { readBody } from "../request-context";
import type { Json, Policy, Tenant } from "../tenant";
import { definitionsOfSetting } from "../settings/templates";
import {
  betaOnly,
  patchOfNavigation,
  policyNotFound,
  refusedBody,
} from "../settings/intune-faults";
import {
  closeUp,
  lastPriority,
  moveTo,
  onlySelected,
  policiesInOrder,
  policyOnTheWire,
  policyProperties,
  settingsOnTheWire,
  timestamp,
} from "../settings/policies";
import { fieldsOf, Refusal } from "../settings/refusal";
import { isPriority, validatePatch, validatePolicy, type PolicyDraft } from "../settings/validate";

const root = "/deviceManagement/configurationPolicies";

export function configurationPolicies(app: Hono, tenant: Tenant): void {
  app.use(`${root}/*`, async (c: Context, next) => {
    betaOnly(c, "configurationPolicies");
    await next();
  });

  app.get(root, (c) => {
    const items = policiesInOrder(tenant).map((policy) => shown(c, tenant, policy));
    // Counted unasked: the portal's own list call, captured without `$count` (docs/graph-facts.md 1.5).
    return collection(c, items, { ...policyShape(tenant), maxTop: 1000, alwaysCounted: true });
  });

  app.post(root, async (c) => {
    const draft = await draftOf(c, tenant);
    const now = timestamp(tenant.now());
    const policy: Policy = {
      id: tenant.newId(),
      name: draft.name,
      description: draft.description ?? null,
      platforms: draft.platforms,
      technologies: draft.technologies,
      roleScopeTagIds: [...(draft.roleScopeTagIds ?? ["0"])],
      templateId: draft.templateId,
      createdDateTime: now,
      lastModifiedDateTime: now,
      creationSource: null,
      priority: lastPriority(tenant),
      settings: [...draft.settings],
      assignments: [],
      membershipTarget: null,
    };
    tenant.policies.set(policy.id, policy);
    honourPriority(tenant, policy, draft);
    // Neither settings nor isAssigned are in this answer: docs/graph-facts.md 1.4.
    return entity(c, without(policyOnTheWire(policy), onlySelected), policyShape(tenant), 201);
  });

  app.get(`${root}/:id`, (c) => {
    const policy = policyOf(c, tenant);
    return entity(c, shown(c, tenant, policy), policyShape(tenant));
  });

  app.put(`${root}/:id`, async (c) => {
    const policy = policyOf(c, tenant);
    const draft = await draftOf(c, tenant);
    if (draft.templateId !== policy.templateId) {
      throw badRequest("sandbox: templateReference: the template of a policy can't be changed");
    }
    replace(tenant, policy, draft);
    return c.body(null, 204);
  });

  app.patch(`${root}/:id`, async (c) => {
    const policy = policyOf(c, tenant);
    const body = await readBody(c);
    const given = Object.keys(body).map((name) => name.toLowerCase());
    for (const property of ["settings", "assignments"]) {
      if (given.includes(property)) throw patchOfNavigation(property);
    }
    rejectFixed(body, policy);
    const verdict = validatePatch(writable(body), scopeOf(tenant));
    if (!verdict.ok) throw refusedBody(c, verdict.refusal);
    const { name, description, roleScopeTagIds } = verdict.patch;
    if (name !== undefined) policy.name = name;
    if (description !== undefined) policy.description = description;
    if (roleScopeTagIds !== undefined) policy.roleScopeTagIds = [...roleScopeTagIds];
    policy.lastModifiedDateTime = timestamp(tenant.now());
    return entity(c, shown(c, tenant, policy), policyShape(tenant));
  });

  app.delete(`${root}/:id`, (c) => {
    const policy = policyOf(c, tenant);
    tenant.policies.delete(policy.id);
    closeUp(tenant);
    return c.body(null, 204);
  });

  app.post(`${root}/:id/reorder`, async (c) => {
    const policy = policyOf(c, tenant);
    const { priority } = actionFields(c, await readBody(c), ["priority"]);
    if (!isPriority(priority))
      throw badRequest("sandbox: priority: must be an integer from 1 to 500");
    moveTo(tenant, policy, priority);
    return c.body(null, 204);
  });

  for (const action of strangers) {
    app.on(["GET", "POST"], `${root}/:id/${action}`, () => {
      throw unknownSegment(action);
    });
  }
}

/** Actions that some tools know: two existed in 2024 and are gone (docs/graph-facts.md 2.1), one is of other objects (docs/graph-facts.md 4). */
const strangers = [
  "assignJustInTimeConfiguration",
  "retrieveJustInTimeConfiguration",
  "setPriority",
];

/** The policy of the path, or the service's refusal. */
export function policyOf(c: Context, tenant: Tenant): Policy {
  const policy = tenant.policies.get((c.req.param("id") ?? "").toLowerCase());
  if (policy === undefined) throw policyNotFound(c, tenant);
  return policy;
}

/** Parameters of an action; another wrapper than the action's own is refused. */
export function actionFields(c: Context, body: Json, known: readonly string[]): Json {
  try {
    return fieldsOf(body, known, "body");
  } catch (error) {
    if (error instanceof Refusal) throw refusedBody(c, error);
    throw error;
  }
}

function policyShape(tenant: Tenant): CollectionOptions {
  return {
    type: "deviceManagementConfigurationPolicy",
    properties: policyProperties,
    context: "deviceManagement/configurationPolicies",
    operators: ["ne", "not", "contains", "gt", "ge", "lt", "le", "endswith"],
    // `settings@odata.context`, `assignments@odata.context`: in exports, and removed by every importer.
    expandContext: true,
    expand: {
      settings: (item, nested) => settingsFor(tenant, item, nested),
      assignments: (item) => tenant.policies.get(String(item["id"]))?.assignments ?? [],
    },
  };
}

function settingsFor(tenant: Tenant, item: Json, nested: ExpandItem): Json[] {
  const policy = tenant.policies.get(String(item["id"]));
  if (policy === undefined) return [];
  const inner = nested.expand ?? [];
  const unknown = inner.find((each) => each.name.toLowerCase() !== "settingdefinitions");
  if (unknown !== undefined) {
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${unknown.name}' on type ` +
        "'microsoft.graph.deviceManagementConfigurationSetting'.",
    );
  }
  return settingsOnTheWire(tenant, policy).map((setting) =>
    inner.length === 0 ? setting : { ...setting, settingDefinitions: definitionsIn(setting) },
  );
}

/** The definitions that a setting names. */
export function definitionsIn(setting: Json): Json[] {
  const instance = setting["settingInstance"] as Json;
  return definitionsOfSetting(String(instance["settingDefinitionId"]));
}

function shown(c: Context, tenant: Tenant, policy: Policy): Json {
  const item = policyOnTheWire(policy);
  const selected = queryOptions(c).has("$select");
  if (selected) return item;
  const present = tenant.switches.isAssignedUnselected === "present" ? ["isAssigned"] : [];
  // A filter on isAssigned needs it on the item, selected or not.
  if (queryOptions(c).get("$filter")?.toLowerCase().includes("isassigned") === true) return item;
  return without(
    item,
    onlySelected.filter((name) => !present.includes(name)),
  );
}

function without(item: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

function scopeOf(tenant: Tenant): {
  switches: Tenant["switches"];
  scopeTagIds: ReadonlySet<string>;
} {
  return { switches: tenant.switches, scopeTagIds: new Set(tenant.roleScopeTags.keys()) };
}

async function draftOf(c: Context, tenant: Tenant): Promise<PolicyDraft> {
  const verdict = validatePolicy(await readBody(c), scopeOf(tenant));
  if (!verdict.ok) throw refusedBody(c, verdict.refusal);
  return verdict.draft;
}

function replace(tenant: Tenant, policy: Policy, draft: PolicyDraft): void {
  const { switches } = tenant;
  policy.name = draft.name;
  if (draft.description !== undefined) policy.description = draft.description;
  else if (switches.descriptionOmitted === "reset") policy.description = null;
  if (draft.roleScopeTagIds !== undefined) policy.roleScopeTagIds = [...draft.roleScopeTagIds];
  else if (switches.roleScopeTagsOmitted === "reset") policy.roleScopeTagIds = ["0"];
  policy.settings = [...draft.settings];
  policy.lastModifiedDateTime = timestamp(tenant.now());
  honourPriority(tenant, policy, draft);
}

function honourPriority(tenant: Tenant, policy: Policy, draft: PolicyDraft): void {
  if (draft.priority === undefined || tenant.switches.priorityInBody === "ignored") return;
  moveTo(tenant, policy, draft.priority);
}

/** A PATCH that repeats what can't change is harmless; one that changes it is refused. */
function rejectFixed(body: Json, policy: Policy): void {
  const template = (body["templateReference"] as Json | null | undefined)?.["templateId"];
  const changed =
    (body["platforms"] !== undefined && body["platforms"] !== policy.platforms && "platforms") ||
    (body["technologies"] !== undefined &&
      body["technologies"] !== policy.technologies &&
      "technologies") ||
    (template !== undefined && template !== policy.templateId && "templateReference");
  if (changed !== false) throw badRequest(`sandbox: ${changed}: can't be changed`);
}

function writable(body: Json): Json {
  return without(body, ["platforms", "technologies", "templateReference"]);
}
