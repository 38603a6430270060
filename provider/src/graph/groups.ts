import type { Graph } from "./client";
import { isGone, NoAnswer } from "./errors";

/** The application that puts devices into the device group during enrolment: Intune Provisioning Client. */
export const PROVISIONING_CLIENT_APP_ID = "f1346770-5b25-470b-88bd-d5744ab7952c";

/** Entra ID takes no more links (owners and members together) in one write. */
export const MAX_LINKS = 20;

/** What this project reads of a group. */
export interface Group {
  id: string;
  displayName: string;
  description: string | null;
  mailNickname: string;
  mailEnabled: boolean;
  securityEnabled: boolean;
  isAssignableToRole: boolean | null;
  groupTypes: string[];
  membershipRule: string | null;
  membershipRuleProcessingState: string | null;
  uniqueName?: string | null;
}

/** What this project writes of a group. Links are given as object ids. */
export type GroupBody = Partial<
  Omit<Group, "id" | "uniqueName" | "isAssignableToRole"> & { owners: string[]; members: string[] }
>;

/** An owner or a member. `appId` is there for service principals, if the identity may read applications. */
export interface DirectoryObject {
  "@odata.type"?: string;
  id: string;
  appId?: string | null;
}

const SELECT =
  "id,displayName,description,mailNickname,mailEnabled,securityEnabled,isAssignableToRole," +
  "groupTypes,membershipRule,membershipRuleProcessingState,uniqueName";

/** Reads a group. Permission: Group.Read.All. */
export function getGroup(graph: Graph, id: string): Promise<Group> {
  return graph.get(`/groups/${id}?$select=${SELECT}`);
}

/** Reads a group by the key that this project gives it, or nothing if there is none. Permission: Group.Read.All. */
export function findGroupByUniqueName(
  graph: Graph,
  uniqueName: string,
): Promise<Group | undefined> {
  return orNothing(graph.get(`/groups(uniqueName='${quote(uniqueName)}')?$select=${SELECT}`));
}

/** All groups of exactly that name; names are not unique in Entra ID. Permission: Group.Read.All. */
export async function findGroupsByName(graph: Graph, displayName: string): Promise<Group[]> {
  const filter = encodeURIComponent(`displayName eq '${displayName.replaceAll("'", "''")}'`);
  return listAll(graph, `/groups?$filter=${filter}&$select=${SELECT}`);
}

/** The owners of a group, service principals included. Permission: Group.Read.All, and Application.Read.All for `appId`. */
export function getOwners(graph: Graph, id: string): Promise<DirectoryObject[]> {
  return listAll(graph, `/groups/${id}/owners?$select=id,appId`);
}

/** The direct members of a group. Permission: GroupMember.Read.All. */
export function getMembers(graph: Graph, id: string): Promise<DirectoryObject[]> {
  return listAll(graph, `/groups/${id}/members?$select=id&$top=999`);
}

/**
 * Makes a group under a unique name unless one exists there already; sending it twice makes one group.
 * Gives the new group, or nothing if there was one. Permission: Group.ReadWrite.All, and Application.Read.All to
 * bind a service principal.
 *
 * @see https://learn.microsoft.com/graph/api/group-upsert
 */
export async function createGroup(
  graph: Graph,
  uniqueName: string,
  body: GroupBody,
): Promise<Group | undefined> {
  const { status, body: group } = await graph.send<Group | undefined>({
    method: "PATCH",
    version: "v1.0",
    path: `/groups(uniqueName='${quote(uniqueName)}')`,
    headers: { Prefer: "create-if-missing" },
    body: wireBody(body),
  });
  return status === 201 ? group : undefined;
}

/** Changes the given properties. Adding links goes here too. Permission: Group.ReadWrite.All. */
export async function updateGroup(graph: Graph, id: string, body: GroupBody): Promise<void> {
  await graph.send({
    method: "PATCH",
    version: "v1.0",
    path: `/groups/${id}`,
    body: wireBody(body),
  });
}

/** Adds an owner. One that is an owner already is no error. Permission: Group.ReadWrite.All. */
export async function addOwner(graph: Graph, id: string, ownerId: string): Promise<void> {
  await addLink(graph, `/groups/${id}/owners/$ref`, ownerId);
}

/** Removes an owner; the last one that is a user can't be removed. Permission: Group.ReadWrite.All. */
export function removeOwner(graph: Graph, id: string, ownerId: string): Promise<void> {
  return remove(graph, `/groups/${id}/owners/${ownerId}/$ref`);
}

/** Removes a member of an assigned group. Permission: GroupMember.ReadWrite.All. */
export function removeMember(graph: Graph, id: string, memberId: string): Promise<void> {
  return remove(graph, `/groups/${id}/members/${memberId}/$ref`);
}

/** Deletes a group; Entra ID keeps it restorable for 30 days. Permission: Group.ReadWrite.All. */
export function deleteGroup(graph: Graph, id: string): Promise<Deletion> {
  return deletion(graph.send({ method: "DELETE", version: "v1.0", path: `/groups/${id}` }));
}

/** Whether the service deleted an object, or says that there is none. */
export type Deletion = "deleted" | "gone";

/** What came of a deletion. */
export async function deletion(answer: Promise<unknown>): Promise<Deletion> {
  return (await orNothing(answer)) === undefined ? "gone" : "deleted";
}

/** The service principal of an application in this tenant. Permission: Application.Read.All. */
export async function findServicePrincipal(
  graph: Graph,
  appId: string,
): Promise<string | undefined> {
  const found = await orNothing(
    graph.get<{ id: string }>(`/servicePrincipals(appId='${appId}')?$select=id`),
  );
  return found?.id;
}

/** Makes the service principal of an application. Permission: Application.ReadWrite.All. */
export async function createServicePrincipal(graph: Graph, appId: string): Promise<string> {
  const { body } = await graph.send<{ id: string }>({
    method: "POST",
    version: "v1.0",
    path: "/servicePrincipals",
    body: { appId },
  });
  return body.id;
}

interface Page<T> {
  value?: T[] | null;
  "@odata.nextLink"?: unknown;
}

/** All pages of a collection. */
export async function listAll<T>(graph: Graph, firstPath: string): Promise<T[]> {
  const items: T[] = [];
  for (let path: string | undefined = firstPath; path !== undefined;) {
    const page: Page<T> | null | undefined = await graph.get(path);
    if (!Array.isArray(page?.value)) throw new NoAnswer("GET", path, "what came is no list");
    items.push(...page.value);
    const next: unknown = page["@odata.nextLink"];
    path = typeof next === "string" ? next.replace(/^https?:\/\/[^/]+\/[^/]+/, "") : undefined;
  }
  return items;
}

/** The answer, or nothing if the service says that there is none. */
export async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function remove(graph: Graph, path: string): Promise<void> {
  await orNothing(graph.send({ method: "DELETE", version: "v1.0", path }));
}

async function addLink(graph: Graph, path: string, id: string): Promise<void> {
  await graph.send({
    method: "POST",
    version: "v1.0",
    path,
    body: { "@odata.id": link(id) },
    repeatable: true,
  });
}

function wireBody({ owners, members, ...rest }: GroupBody): Record<string, unknown> {
  return {
    ...rest,
    ...(owners && owners.length > 0 && { "owners@odata.bind": owners.map(link) }),
    ...(members && members.length > 0 && { "members@odata.bind": members.map(link) }),
  };
}

/** The service looks at the id alone, whatever the host: the same link serves every cloud. */
function link(id: string): string {
  return `https://graph.microsoft.com/v1.0/directoryObjects/${id}`;
}

function quote(key: string): string {
  return encodeURIComponent(key.replaceAll("'", "''"));
}
