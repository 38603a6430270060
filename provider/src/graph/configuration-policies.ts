import type { Graph } from "./client";
import { GraphError, NoAnswer } from "./errors";
import { type Deletion, deletion, listAll } from "./groups";

const POLICIES = "/deviceManagement/configurationPolicies";

/** A setting as the service keeps it; `policy/codec.ts` reads and writes the inside. */
export interface WireSetting {
  settingInstance?: unknown;
}

export interface WireAssignment {
  target?: { "@odata.type"?: string; groupId?: string | null };
}

/** What this project reads of a policy. */
export interface ConfigurationPolicy {
  id: string;
  name: string;
  description: string | null;
  roleScopeTagIds: string[];
  settingCount?: number;
  platforms?: string;
  templateReference: { templateId: string; templateFamily?: string };
  priorityMetaData?: { priority: number } | null;
  settings?: WireSetting[];
  assignments?: WireAssignment[];
}

/** What this project writes of a policy. */
export interface PolicyBody {
  name: string;
  description: string;
  roleScopeTagIds: readonly string[];
  templateId: string;
  settings: WireSetting[];
}

/** The verdict on the device group of a policy. */
export interface MembershipTarget {
  /** The bound group; absent when none is. */
  groupId?: string;
  /** `bound`, `none`, or the service's error code. */
  status: string;
}

/** Reads a policy with settings and assignments. Permission: DeviceManagementConfiguration.Read.All. */
export async function getPolicy(graph: Graph, id: string): Promise<ConfigurationPolicy> {
  const path = `${POLICIES}/${id}?$expand=settings,assignments`;
  const policy = await graph.get<ConfigurationPolicy | null | undefined>(path);
  if (typeof policy !== "object" || policy === null || Array.isArray(policy)) {
    throw new NoAnswer("GET", path, "what came is no policy");
  }
  // An expansion can be cut short; the collection itself has pages.
  const { settings, settingCount } = policy;
  const count = Array.isArray(settings) ? settings.length : 0;
  if (typeof settingCount === "number" && count < settingCount) {
    policy.settings = await listAll(graph, `${POLICIES}/${id}/settings?$top=100`);
  }
  return policy;
}

/** All policies of exactly that name, without settings. Permission: DeviceManagementConfiguration.Read.All. */
export function findPoliciesByName(graph: Graph, name: string): Promise<ConfigurationPolicy[]> {
  const filter = encodeURIComponent(`name eq '${name.replaceAll("'", "''")}'`);
  return listAll(graph, `${POLICIES}?$filter=${filter}`);
}

/** A policy's place among all of its kind, 1 first. */
export interface RankedPolicy {
  id: string;
  name: string;
  priority: number;
}

/** All device preparation policies, the first to apply first. Permission: DeviceManagementConfiguration.Read.All. */
export async function rankPolicies(graph: Graph): Promise<RankedPolicy[]> {
  // Policies of other platforms can be of this family, too.
  const filter = encodeURIComponent(
    "platforms eq 'windows10' and templateReference/templateFamily eq 'enrollmentConfiguration'",
  );
  const policies = await listAll<ConfigurationPolicy>(
    graph,
    `${POLICIES}?$filter=${filter}&$select=id,name,templateReference,priorityMetaData`,
  );
  return policies
    .map(({ id, name, priorityMetaData }) => ({
      id,
      name,
      priority: priorityMetaData?.priority ?? 0,
    }))
    .sort((a, b) => a.priority - b.priority);
}

/**
 * Moves a policy to a place; those in between move by one. Sent twice, it leaves the same order.
 * Permission: DeviceManagementConfiguration.ReadWrite.All.
 */
export async function movePolicy(graph: Graph, id: string, priority: number): Promise<void> {
  await graph.send({
    method: "POST",
    version: "beta",
    path: `${POLICIES}/${id}/reorder`,
    body: { priority },
    repeatable: true,
  });
}

/** Makes a policy. Not repeatable. Permission: DeviceManagementConfiguration.ReadWrite.All. */
export async function createPolicy(graph: Graph, body: PolicyBody): Promise<ConfigurationPolicy> {
  const answer = await graph.send<ConfigurationPolicy>({
    method: "POST",
    version: "beta",
    path: POLICIES,
    body: wireBody(body),
  });
  return answer.body;
}

/**
 * Replaces name, description, scope tags and all settings; assignments and device group stay. PATCH refuses
 * settings, so the service's own portal sends this PUT. Permission: DeviceManagementConfiguration.ReadWrite.All.
 */
export async function replacePolicy(graph: Graph, id: string, body: PolicyBody): Promise<void> {
  await graph.send({
    method: "PUT",
    version: "beta",
    path: `${POLICIES}/${id}`,
    body: wireBody(body),
  });
}

/** Deletes a policy. Permission: DeviceManagementConfiguration.ReadWrite.All. */
export function deletePolicy(graph: Graph, id: string): Promise<Deletion> {
  return deletion(graph.send({ method: "DELETE", version: "beta", path: `${POLICIES}/${id}` }));
}

/** Replaces the whole set of assignments and gives what holds now. Permission: DeviceManagementConfiguration.ReadWrite.All. */
export async function assignPolicy(
  graph: Graph,
  id: string,
  assignments: WireAssignment[],
): Promise<WireAssignment[]> {
  const { body } = await graph.send<{ value?: WireAssignment[] } | undefined>({
    method: "POST",
    version: "beta",
    path: `${POLICIES}/${id}/assign`,
    body: { assignments },
    repeatable: true,
  });
  return body?.value ?? assignments;
}

/**
 * Binds the device group. A group that the service rejects comes back as a verdict, not as an error, and then
 * nothing is bound. Permission: DeviceManagementConfiguration.ReadWrite.All.
 */
export async function setMembershipTarget(
  graph: Graph,
  id: string,
  groupId: string,
): Promise<MembershipTarget> {
  const { body } = await graph.send({
    method: "POST",
    version: "beta",
    path: `${POLICIES}/${id}/setEnrollmentTimeDeviceMembershipTarget`,
    body: {
      enrollmentTimeDeviceMembershipTargets: [
        { targetType: "staticSecurityGroup", targetId: groupId },
      ],
    },
    repeatable: true,
  });
  return verdictOf(body, groupId);
}

/** Removes the device group. Permission: DeviceManagementConfiguration.ReadWrite.All. */
export async function clearMembershipTarget(graph: Graph, id: string): Promise<void> {
  await graph.send({
    method: "POST",
    version: "beta",
    path: `${POLICIES}/${id}/clearEnrollmentTimeDeviceMembershipTarget`,
    repeatable: true,
  });
}

/**
 * Reads the device group; the service validates it anew. Gives nothing where the tenant routes neither form of the
 * request: not known, which is not "none". Permission: DeviceManagementConfiguration.Read.All.
 */
export async function retrieveMembershipTarget(
  graph: Graph,
  id: string,
): Promise<MembershipTarget | undefined> {
  const path = `${POLICIES}/${id}/retrieveEnrollmentTimeDeviceMembershipTarget`;
  try {
    return verdictOf(await graph.get(path));
  } catch (error) {
    if (!isNoRoute(error)) throw error;
  }
  try {
    const { body } = await graph.send({ method: "POST", version: "beta", path, repeatable: true });
    return verdictOf(body);
  } catch (error) {
    if (isNoRoute(error)) return undefined;
    throw error;
  }
}

/** Documents call it an action (POST), tools read it with GET, and not every tenant routes both. */
function isNoRoute(error: unknown): boolean {
  return (
    error instanceof GraphError &&
    (error.status === 405 ||
      /No (OData route exists|method match)/i.test(error.message + error.code))
  );
}

interface WireVerdict {
  value?: WireVerdict | null;
  validationSucceeded?: unknown;
  enrollmentTimeDeviceMembershipTargetValidationStatuses?: unknown;
  enrollmentTimeDeviceMembershipTargets?: unknown;
}

interface WireStatus {
  targetId?: unknown;
  targetValidationErrorCode?: unknown;
}

/** Reads a verdict in every shape that sources describe: at the root or wrapped, statuses or targets. Never fails. */
export function verdictOf(body: unknown, asked?: string): MembershipTarget {
  const outer = (body ?? {}) as WireVerdict;
  const verdict = outer.value ?? outer;
  const [status] = [
    ...listIn(verdict.enrollmentTimeDeviceMembershipTargetValidationStatuses),
    ...listIn(verdict.enrollmentTimeDeviceMembershipTargets),
  ];
  const groupId = (textIn(status?.targetId) ?? asked)?.toLowerCase();
  if (groupId === undefined) return { status: "none" };
  const code = textIn(status?.targetValidationErrorCode) ?? "unknown";
  // "unknown" is the service's word for "no problem found".
  if (code !== "unknown") return { groupId, status: code };
  return { groupId, status: verdict.validationSucceeded === false ? "rejected" : "bound" };
}

function listIn(value: unknown): (WireStatus | null | undefined)[] {
  return Array.isArray(value) ? (value as WireStatus[]) : [];
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function wireBody({ templateId, ...rest }: PolicyBody): Record<string, unknown> {
  return {
    ...rest,
    platforms: "windows10",
    technologies: "enrollment",
    templateReference: { templateId },
  };
}
