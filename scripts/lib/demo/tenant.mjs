// @ts-check
/** Looks at the sandbox tenant, and changes it, as another administrator would: over Graph, and not through Pulumi. */
import { Failure, say } from "../output.mjs";

/** @typedef {import("pulumi-autopilot-sandbox").Sandbox} Sandbox */
/** @typedef {{ id: string, displayName: string, appId?: string }} Named */
/**
 * @typedef {object} Instance
 * @property {string} settingDefinitionId
 * @property {{ value: string }} [choiceSettingValue]
 * @property {{ value: string | number }} [simpleSettingValue]
 * @property {{ value: string }[]} [simpleSettingCollectionValue]
 */
/** @typedef {{ name: string, options?: { itemId: string, name: string }[] }} Definition */
/** @typedef {{ settingInstance: Instance, settingDefinitions: Definition[] }} Setting */
/**
 * @typedef {object} Policy
 * @property {string} id
 * @property {string} name
 * @property {string} description
 * @property {string} platforms
 * @property {string} technologies
 * @property {string[]} roleScopeTagIds
 * @property {{ templateId: string, templateDisplayName: string }} templateReference
 * @property {Setting[]} settings
 */
/** @typedef {{ groups: Named[], policies: Policy[] }} Contents */

const policiesPath = "/beta/deviceManagement/configurationPolicies";
const provisioningClient = "f1346770-5b25-470b-88bd-d5744ab7952c";

/** The names that the example gives. */
export const names = {
  devices: "Autopilot devices",
  users: "Autopilot pilots",
  policy: "Standard laptops",
};

/** @param {Sandbox} sandbox @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
async function ask(sandbox, method, path, body) {
  const answer = await sandbox.graph(method, path, body);
  if (answer.status < 400) return answer.body;
  throw new Failure(
    `The tenant refused ${method} ${path} (${answer.status}):\n${JSON.stringify(answer.body)}`,
  );
}

/** @param {Sandbox} sandbox @param {string} path @returns {Promise<any[]>} */
const list = async (sandbox, path) => (await ask(sandbox, "GET", path)).value;

/** @param {Sandbox} sandbox @param {string} path @returns {Promise<any>} */
const only = async (sandbox, path) => {
  const found = await list(sandbox, path);
  if (found.length === 1) return found[0];
  throw new Failure(`The tenant has ${found.length} objects for ${path}; 1 was expected.`);
};

/** @param {Sandbox} sandbox @param {string} name @returns {Promise<Named>} */
const groupNamed = (sandbox, name) =>
  only(sandbox, `/v1.0/groups?$filter=${encodeURIComponent(`displayName eq '${name}'`)}`);

/** @param {Sandbox} sandbox @returns {Promise<Policy>} */
async function ourPolicy(sandbox) {
  const { id } = await only(
    sandbox,
    `${policiesPath}?$filter=${encodeURIComponent(`name eq '${names.policy}'`)}`,
  );
  const policy = await ask(sandbox, "GET", `${policiesPath}/${id}`);
  const settings = await list(
    sandbox,
    `${policiesPath}/${id}/settings?$expand=settingDefinitions&$top=100`,
  );
  return { ...policy, settings };
}

/** @param {Sandbox} sandbox */
export async function showCompany(sandbox) {
  const users = await list(sandbox, "/v1.0/users?$top=999");
  const groups = await list(sandbox, "/v1.0/groups?$top=999");
  const policies = await list(sandbox, policiesPath);
  say(
    `  It holds ${users.length} users, ${groups.length} groups and ${policies.length || "no"} device preparation policies.`,
  );
}

/** The groups and the policy of the example, in words. @param {Sandbox} sandbox */
export async function showTenant(sandbox) {
  const [devices, users, policy] = await Promise.all([
    groupNamed(sandbox, names.devices),
    groupNamed(sandbox, names.users),
    ourPolicy(sandbox),
  ]);
  const owners = await list(sandbox, `/v1.0/groups/${devices.id}/owners`);
  const members = await list(sandbox, `/v1.0/groups/${users.id}/members`);
  row("Device group", `${devices.displayName}; owner: ${owners.map(ownerName).join(", ")}`);
  row("User group", `${users.displayName}; members: ${members.length || "none yet"}`);
  row("Policy", `${policy.name} (template "${policy.templateReference.templateDisplayName}")`);
  row("  for", await assignedTo(sandbox, policy.id));
  row("  device group", await verdict(sandbox, policy.id));
  for (const [title, value] of await inWords(sandbox, policy)) row(`  ${title}`, value);
}

/** @param {Named} owner */
const ownerName = ({ appId, displayName }) =>
  appId === provisioningClient ? "Intune Provisioning Client" : displayName;

/** @param {string} title @param {string} value */
const row = (title, value) => say(`  ${title.padEnd(20)} ${value}`);

/** Whom the policy is for. @param {Sandbox} sandbox @param {string} id */
async function assignedTo(sandbox, id) {
  const assignments = await list(sandbox, `${policiesPath}/${id}/assignments`);
  const groups = assignments.map(({ target }) =>
    ask(sandbox, "GET", `/v1.0/groups/${target.groupId}`),
  );
  return (await Promise.all(groups)).map(({ displayName }) => displayName).join(", ");
}

/** Which group devices join, and what Intune says of it. @param {Sandbox} sandbox @param {string} id */
async function verdict(sandbox, id) {
  const path = `${policiesPath}/${id}/retrieveEnrollmentTimeDeviceMembershipTarget`;
  const answer = await ask(sandbox, "POST", path);
  const [status] = answer.enrollmentTimeDeviceMembershipTargetValidationStatuses;
  const { displayName } = await ask(sandbox, "GET", `/v1.0/groups/${status.targetId}`);
  const accepted = status.targetValidationErrorCode === "unknown";
  return `${displayName}; Intune ${accepted ? "accepts it" : `rejects it: ${status.targetValidationErrorCode}`}`;
}

/**
 * The policy's settings by title, as a person would say them.
 * @param {Sandbox} sandbox
 * @param {Policy} policy
 * @returns {Promise<[title: string, value: string][]>}
 */
async function inWords(sandbox, policy) {
  const values = new Map(
    policy.settings.map((setting) => [setting.settingDefinitions[0]?.name, setting]),
  );
  /** @param {string} name */
  const text = (name) => wordOf(values.get(name));
  /** @param {string} name @param {string} path */
  const titles = async (name, path) => {
    const items = values.get(name)?.settingInstance.simpleSettingCollectionValue ?? [];
    const found = items.map(({ value }) => ask(sandbox, "GET", `${path}/${idIn(value)}`));
    return (await Promise.all(found)).map(({ displayName }) => displayName).join(", ") || "none";
  };
  return [
    ["mode", `${text("DeploymentMode")}, ${text("DeploymentType")}, ${text("JoinType")}`],
    ["account type", text("AccountType")],
    ["timeout", `${text("Timeout")} minutes`],
    ["error message", text("CustomErrorMessage")],
    ["user may skip", text("AllowSkip")],
    ["diagnostics", text("AllowDiagnostics")],
    ["apps", await titles("AllowedApplicationIds", "/beta/deviceAppManagement/mobileApps")],
    ["scripts", await titles("AllowedScriptIds", "/beta/deviceManagement/deviceManagementScripts")],
  ];
}

/** @param {Setting | undefined} setting */
function wordOf(setting) {
  const { choiceSettingValue, simpleSettingValue } = setting?.settingInstance ?? {};
  const option = setting?.settingDefinitions[0]?.options?.find(
    ({ itemId }) => itemId === choiceSettingValue?.value,
  );
  // UserDriven -> user driven
  const words = option?.name.replace(/\B[A-Z]/g, " $&").toLowerCase();
  return words?.replace("entra id", "Entra ID") ?? String(simpleSettingValue?.value ?? "not set");
}

/** An app stands with its kind, a script as its bare id. @param {string} value @returns {string} */
const idIn = (value) => (value.startsWith("{") ? JSON.parse(value).id : value);

/**
 * Someone sets another timeout, as the admin center does it: the whole policy is put back.
 * @param {Sandbox} sandbox
 * @param {number} minutes
 */
export async function changeTimeout(sandbox, minutes) {
  const { id, name, description, platforms, technologies, roleScopeTagIds, ...policy } =
    await ourPolicy(sandbox);
  const settings = policy.settings.map(({ settingInstance }) => ({ settingInstance }));
  const timeout = settings.find(({ settingInstance }) =>
    settingInstance.settingDefinitionId.endsWith("_timeout"),
  )?.settingInstance.simpleSettingValue;
  if (timeout === undefined) throw new Failure("The policy in the tenant has no timeout.");
  timeout.value = minutes;
  const { templateId } = policy.templateReference;
  await ask(sandbox, "PUT", `${policiesPath}/${id}`, {
    name,
    description,
    platforms,
    technologies,
    roleScopeTagIds,
    templateReference: { templateId },
    settings,
  });
}

/** Someone takes the Intune Provisioning Client from the owners of the device group. @param {Sandbox} sandbox */
export async function removeOwner(sandbox) {
  const { id } = await groupNamed(sandbox, names.devices);
  const owners = await list(sandbox, `/v1.0/groups/${id}/owners`);
  const owner = owners.find(({ appId }) => appId === provisioningClient);
  await ask(sandbox, "DELETE", `/v1.0/groups/${id}/owners/${owner?.id}/$ref`);
}

/**
 * What is left of the example. @param {Sandbox} sandbox
 * @returns {Promise<{ living: string[], restorable: string[] }>}
 */
export async function leftovers(sandbox) {
  const ours = Object.values(names);
  const groups = await list(sandbox, "/v1.0/groups?$top=999");
  const policies = await list(sandbox, policiesPath);
  const deleted = await list(sandbox, "/v1.0/directory/deletedItems/microsoft.graph.group");
  /** @param {{ displayName?: string, name?: string }[]} objects */
  const named = (objects) =>
    objects
      .map(({ displayName, name }) => displayName ?? name ?? "")
      .filter((one) => ours.includes(one))
      .sort();
  return { living: named([...groups, ...policies]), restorable: named(deleted) };
}
