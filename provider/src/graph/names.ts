import type { Graph } from "./client";
import type { ConfigurationPolicy } from "./configuration-policies";
import { type Group, listAll } from "./groups";

/** Objects that can be found by name: where they are listed, what their name is called, what is read of each. */
export interface Listing<T> {
  path: string;
  name: keyof T & ("displayName" | "name");
  select: readonly (keyof T & string)[];
}

/** An app. Each kind of app is a type of its own, which the service always says. */
export interface MobileApp {
  "@odata.type"?: string;
  id: string;
  displayName: string;
  publisher?: string | null;
}

/** Permission: DeviceManagementApps.Read.All. */
export const MOBILE_APPS: Listing<MobileApp> = {
  path: "/deviceAppManagement/mobileApps",
  name: "displayName",
  select: ["id", "displayName", "publisher"],
};

const GROUP_PROPERTIES = [
  "id",
  "displayName",
  "description",
  "groupTypes",
  "membershipRule",
  "securityEnabled",
] as const;

/** A group as far as a list of groups needs it. */
export type NamedGroup = Pick<Group, (typeof GROUP_PROPERTIES)[number]>;

/** Permission: Group.Read.All. */
export const GROUPS: Listing<NamedGroup> = {
  path: "/groups",
  name: "displayName",
  select: GROUP_PROPERTIES,
};

const POLICY_PROPERTIES = ["id", "name", "templateReference", "priorityMetaData"] as const;

/** A policy of any kind, without its settings. */
export type NamedPolicy = Pick<ConfigurationPolicy, (typeof POLICY_PROPERTIES)[number]>;

/** Permission: DeviceManagementConfiguration.Read.All. */
export const POLICIES: Listing<NamedPolicy> = {
  path: "/deviceManagement/configurationPolicies",
  name: "name",
  select: POLICY_PROPERTIES,
};

/** Names that begin alike are for a message; nobody reads more. */
const FEW = 20;

/**
 * The objects that the service takes for the ones of that name. It compares without regard to case, and not every endpoint of
 * Intune heeds `$filter` (microsoft-graph-docs-contrib#235), so the caller compares once more.
 */
export function listNamed<T>(graph: Graph, listing: Listing<T>, name: string): Promise<T[]> {
  return listAll(graph, query(listing, `${listing.name} eq ${literal(name)}`));
}

/** The first objects whose names begin so, in one request. */
export async function listBeginning<T>(
  graph: Graph,
  listing: Listing<T>,
  start: string,
): Promise<T[]> {
  const filter = `startswith(${listing.name},${literal(start)})`;
  const { value } = await graph.get<{ value: T[] }>(`${query(listing, filter)}&$top=${FEW}`);
  return value;
}

function query<T>({ path, select }: Listing<T>, filter: string): string {
  return `${path}?$filter=${encodeURIComponent(filter)}&$select=${select.join(",")}`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
