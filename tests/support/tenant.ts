/** Looks at and changes the sandbox tenant as another administrator would, in the service's own words. */
import type { Sandbox } from "pulumi-autopilot-sandbox";

export type Json = Record<string, unknown>;

const POLICIES = "/beta/deviceManagement/configurationPolicies";
const PREFIX = "enrollment_autopilot_dpp_";

/** Sends one request unseen by the log and fails on an error. */
export async function ask(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<Json> {
  const answer = await sandbox.graph(method, path, body);
  if (answer.status >= 400) {
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return (answer.body ?? {}) as Json;
}

export function group(sandbox: Sandbox, id: string): Promise<Json> {
  return ask(sandbox, "GET", `/beta/groups/${id}?$expand=owners`);
}

export function patchGroup(sandbox: Sandbox, id: string, body: Json): Promise<Json> {
  return ask(sandbox, "PATCH", `/v1.0/groups/${id}`, body);
}

/** The object ids of a group's owners or members, sorted. */
export async function linked(
  sandbox: Sandbox,
  id: string,
  what: "owners" | "members",
): Promise<string[]> {
  const { value } = await ask(sandbox, "GET", `/beta/groups/${id}/${what}`);
  return (value as { id: string }[]).map((one) => one.id).sort();
}

/** Takes the Intune Provisioning Client from the owners of a group. */
export async function removeProvisioningClient(sandbox: Sandbox, id: string): Promise<void> {
  const { value } = await ask(sandbox, "GET", `/beta/groups/${id}/owners`);
  const client = (value as { id: string; appId?: string }[]).find(
    ({ appId }) => appId === "f1346770-5b25-470b-88bd-d5744ab7952c",
  );
  if (client === undefined) throw new Error("the provisioning client is no owner");
  // The service keeps the last owner only of groups that have no other; somebody takes the group over first.
  await ask(sandbox, "POST", `/v1.0/groups/${id}/owners/$ref`, {
    "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${ADMINISTRATOR}`,
  });
  await ask(sandbox, "DELETE", `/v1.0/groups/${id}/owners/${client.id}/$ref`);
}

/** A user of the sandbox tenant's seed. */
export const ADMINISTRATOR = "a1ce0000-0000-4000-8000-000000000001";

export function policy(sandbox: Sandbox, id: string): Promise<Json> {
  return ask(sandbox, "GET", `${POLICIES}/${id}?$expand=settings,assignments`);
}

interface Instance {
  settingDefinitionId: string;
  choiceSettingValue?: { value: string };
  simpleSettingValue?: { value: unknown };
  simpleSettingCollectionValue?: { value: string }[];
}

/** The value of a setting on the wire, without the prefix of its definition; undefined when the policy has no such setting. */
export function setting(policyBody: Json, name: string): unknown {
  const instance = instances(policyBody).find(
    ({ settingDefinitionId }) => settingDefinitionId === PREFIX + name,
  );
  return (
    instance?.choiceSettingValue?.value.replace(PREFIX, "") ??
    instance?.simpleSettingValue?.value ??
    instance?.simpleSettingCollectionValue?.map(({ value }) => value)
  );
}

function instances(policyBody: Json): Instance[] {
  return (policyBody["settings"] as { settingInstance: Instance }[]).map(
    ({ settingInstance }) => settingInstance,
  );
}

/** Changes a policy as the admin center does: reads it, edits it, puts the whole back. */
export async function editPolicy(
  sandbox: Sandbox,
  id: string,
  edit: (body: Json) => void,
): Promise<void> {
  const body = await policy(sandbox, id);
  edit(body);
  const { name, description, platforms, technologies, roleScopeTagIds, settings } = body;
  const { templateId } = body["templateReference"] as { templateId: string };
  await ask(sandbox, "PUT", `${POLICIES}/${id}`, {
    name,
    description,
    platforms,
    technologies,
    roleScopeTagIds,
    templateReference: { templateId },
    settings: (settings as { settingInstance: unknown }[]).map(({ settingInstance }) => ({
      settingInstance,
    })),
  });
}

/** Sets a setting that the policy has; a choice is given without the prefix of its definition. */
export function editSetting(name: string, value: unknown): (body: Json) => void {
  return (body) => {
    const instance = instances(body).find(
      ({ settingDefinitionId }) => settingDefinitionId === PREFIX + name,
    );
    if (instance === undefined) throw new Error(`the policy has no ${name}`);
    if (instance.choiceSettingValue) instance.choiceSettingValue.value = PREFIX + String(value);
    else if (instance.simpleSettingValue) instance.simpleSettingValue.value = value;
    else {
      const [first] = instance.simpleSettingCollectionValue ?? [];
      instance.simpleSettingCollectionValue = (value as string[]).map((one) => ({
        ...first,
        value: one,
      }));
    }
  };
}

/** Takes a setting out of the policy. */
export function dropSetting(name: string): (body: Json) => void {
  return (body) => {
    body["settings"] = (body["settings"] as { settingInstance: Instance }[]).filter(
      ({ settingInstance }) => settingInstance.settingDefinitionId !== PREFIX + name,
    );
  };
}

/** Assigns a policy to these targets, as a whole. */
export function assign(sandbox: Sandbox, id: string, targets: Json[]): Promise<Json> {
  return ask(sandbox, "POST", `${POLICIES}/${id}/assign`, {
    assignments: targets.map((target) => ({ target })),
  });
}

export function groupTarget(groupId: string): Json {
  return { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId };
}

/** The groups that a policy is assigned to, sorted. */
export async function assignedTo(sandbox: Sandbox, id: string): Promise<unknown[]> {
  const { value } = await ask(sandbox, "GET", `${POLICIES}/${id}/assignments`);
  return (value as { target: { groupId?: string; "@odata.type": string } }[])
    .map(({ target }) => target.groupId ?? target["@odata.type"])
    .sort();
}

/** Binds a device group, or clears it. */
export async function bind(sandbox: Sandbox, id: string, groupId?: string): Promise<void> {
  if (groupId === undefined) {
    await ask(sandbox, "POST", `${POLICIES}/${id}/clearEnrollmentTimeDeviceMembershipTarget`);
    return;
  }
  await ask(sandbox, "POST", `${POLICIES}/${id}/setEnrollmentTimeDeviceMembershipTarget`, {
    enrollmentTimeDeviceMembershipTargets: [
      { targetType: "staticSecurityGroup", targetId: groupId },
    ],
  });
}

/** The bound device group and the service's verdict. */
export async function boundGroup(
  sandbox: Sandbox,
  id: string,
): Promise<{ id?: string; code?: string }> {
  const result = await ask(
    sandbox,
    "POST",
    `${POLICIES}/${id}/retrieveEnrollmentTimeDeviceMembershipTarget`,
  );
  const [status] = result["enrollmentTimeDeviceMembershipTargetValidationStatuses"] as {
    targetId: string;
    targetValidationErrorCode: string;
  }[];
  return status === undefined
    ? {}
    : { id: status.targetId, code: status.targetValidationErrorCode };
}

/** Everything that this project can have made: groups with a key of ours, and device preparation policies. */
export async function ours(sandbox: Sandbox): Promise<{ groups: string[]; policies: string[] }> {
  const groups = (await ask(sandbox, "GET", "/beta/groups?$top=999")).value as {
    displayName: string;
    uniqueName?: string | null;
  }[];
  const policies = (await ask(sandbox, "GET", `${POLICIES}?$top=100`)).value as { name: string }[];
  return {
    groups: groups
      .filter(({ uniqueName }) => uniqueName?.startsWith("autopilot-"))
      .map(({ displayName }) => displayName)
      .sort(),
    policies: policies.map(({ name }) => name).sort(),
  };
}
