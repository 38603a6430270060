/**
 * One row for each argument and each invariant of every resource: changed by the program, and changed in the tenant. Each names
 * the line that the preview shows and the requests that change the tenant.
 */
import type { Sandbox } from "pulumi-autopilot-sandbox";
import type { Declared } from "../../support/stack";
import * as tenant from "../../support/tenant";

/** What a row needs to know of the rest of the stack. */
export interface Surroundings {
  sandbox: Sandbox;
  /** Ids of all resources by name. */
  ids: Record<string, string>;
}

/** A change, how the preview shows it, and what it sends. `{id}` stands for the object's own id, `{name}` for that of another. */
export interface Change {
  /** All changed lines of the resource in `preview --diff`, in the order of the preview. */
  lines: string[];
  /** All requests that change this object, in order. */
  writes: string[];
}

export interface Row {
  kind: Declared["kind"];
  /** The argument or invariant that the row is for. */
  property: string;
  /** Arguments to begin with. */
  start?: Record<string, unknown>;
  /** Changed by the program: what the arguments become. Absent where there is no argument. */
  program?: Change & { to: Record<string, unknown>; replaces?: true };
  /** Changed in the tenant. Absent where the tenant knows no such thing. */
  drift?: Change & { by: (around: Surroundings, id: string) => Promise<unknown> };
  /** Taken away in the tenant. Absent where the service keeps a value whatever happens, or where the drift does just that. */
  emptied?: Change & { by: (around: Surroundings, id: string) => Promise<unknown> };
  /** Reads the property from the tenant. */
  look: (around: Surroundings, id: string) => Promise<unknown>;
  /** What the tenant holds after the program's change, and again after the repair. */
  holds: unknown;
}

export const USER_1 = "a1ce0000-0000-4000-8000-000000000004";
export const USER_2 = "a1ce0000-0000-4000-8000-000000000005";
export const USER_3 = "a1ce0000-0000-4000-8000-000000000006";
export const APP_1 = "ab000000-0000-4000-8000-000000000001";
export const APP_2 = "ab000000-0000-4000-8000-000000000003";
export const SCRIPT_1 = "5c000000-0000-4000-8000-000000000001";
export const SCRIPT_2 = "5c000000-0000-4000-8000-000000000002";
export const ALL_USERS = "acacacac-9df4-4c7d-9d50-4ef0226f57a9";
export const CLIENT_APP_ID = "f1346770-5b25-470b-88bd-d5744ab7952c";

export const PATCH = "PATCH /groups/{id}";
export const PUT = "PUT /deviceManagement/configurationPolicies/{id}";
export const action = (name: string) => `POST /deviceManagement/configurationPolicies/{id}/${name}`;
export const SET = action("setEnrollmentTimeDeviceMembershipTarget");
export const CLEAR = action("clearEnrollmentTimeDeviceMembershipTarget");
export const ASSIGN = action("assign");

export type Look = Row["look"];
export const groupHas =
  (property: string): Look =>
  async ({ sandbox }, id) =>
    (await tenant.group(sandbox, id))[property];
export const policyHas =
  (property: string): Look =>
  async ({ sandbox }, id) =>
    (await tenant.policy(sandbox, id))[property];
export const settingIs =
  (name: string): Look =>
  async ({ sandbox }, id) =>
    tenant.setting(await tenant.policy(sandbox, id), name);
export const patched =
  (body: tenant.Json) =>
  ({ sandbox }: Surroundings, id: string) =>
    tenant.patchGroup(sandbox, id, body);
export const edited =
  (edit: (body: tenant.Json) => void) =>
  ({ sandbox }: Surroundings, id: string) =>
    tenant.editPolicy(sandbox, id, edit);
export const app = (id: string, type: string) =>
  JSON.stringify({ id, type: `#microsoft.graph.${type}` });
