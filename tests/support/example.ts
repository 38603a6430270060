/**
 * An example as a complete project: a copy of it, run by the real engine against a tenant of its own, by the steps of its
 * README. The tests of a file share the stack and run in their order.
 */
import { freePort } from "../../scripts/lib/run.mjs";
import { changedLines } from "./preview-text";
import { nameOf, type Outcome, Stack, writes } from "./stack";
import * as tenant from "./tenant";

export const PROVISIONING_CLIENT = "f1346770-5b25-470b-88bd-d5744ab7952c";
export const COMPANY_PORTAL = "ab000000-0000-4000-8000-000000000003";
export const OFFICE = "ab000000-0000-4000-8000-000000000005";
export const SET_TIME_ZONE = "5c000000-0000-4000-8000-000000000001";

export const POLICIES = "/deviceManagement/configurationPolicies";

export class Example {
  private constructor(readonly stack: Stack) {}

  static async start(name: string): Promise<Example> {
    return new Example(await Stack.startProject(`examples/${name}`));
  }

  get sandbox() {
    return this.stack.sandbox;
  }

  /** The ids of the stack's resources, by Pulumi name. */
  async ids(): Promise<Record<string, string>> {
    const { resources } = await this.stack.state();
    return Object.fromEntries(resources.map(({ urn, id }) => [nameOf(urn), id]));
  }

  /** Edits the program and deploys it: the engine's lines by resource, and what was sent to change the tenant. */
  async change(from: string, to: string): Promise<{ lines: Lines; sent: string[] }> {
    this.stack.edit("index.ts", from, to);
    const { text, requests } = await this.stack.up("--diff");
    return { lines: linesIn(text), sent: writes(requests) };
  }

  /** Edits the program in a way that must fail in the preview, and takes it back: what the preview says. */
  async mistake(from: string, to: string): Promise<Outcome> {
    this.stack.edit("index.ts", from, to);
    const preview = await this.stack.preview();
    this.stack.edit("index.ts", to, from);
    return preview;
  }

  /** What a look at the tenant shows, and the exit code: 7 when anything. */
  async drift(): Promise<{ code: number; lines: Lines }> {
    const preview = await this.stack.preview("--refresh", "--expect-no-changes");
    return { code: preview.code, lines: linesIn(preview.text) };
  }

  /** The preview where nothing listens, which sends nothing. */
  async previewOffline(): Promise<Outcome> {
    const closed = `http://127.0.0.1:${await freePort()}`;
    return this.stack.pulumiWith({ AUTOPILOT_ENDPOINT: closed }, "preview");
  }

  /** Destroys: what is left of it in the tenant and in state. */
  async destroy(): Promise<{ groups: string[]; policies: string[]; resources: unknown[] }> {
    const { code, text } = await this.stack.pulumi("destroy", "--yes", "--skip-preview");
    if (code !== 0) throw new Error(text);
    const { resources } = await this.stack.state();
    return { ...(await tenant.ours(this.sandbox)), resources };
  }

  /** The app ids of a group's owners. */
  async owners(id: string): Promise<unknown[]> {
    const { owners } = await tenant.group(this.sandbox, id);
    return (owners as { appId?: string }[]).map(({ appId }) => appId);
  }

  async memberNames(id: string): Promise<string[]> {
    const { value } = await tenant.ask(this.sandbox, "GET", `/v1.0/groups/${id}/members`);
    return (value as { displayName: string }[]).map(({ displayName }) => displayName).sort();
  }

  /** A policy's settings on the wire, by the short names of their definitions. */
  async settings(id: string): Promise<Record<string, unknown>> {
    const policy = await tenant.policy(this.sandbox, id);
    const settings = policy["settings"] as { settingInstance: { settingDefinitionId: string } }[];
    const names = settings.map(({ settingInstance }) =>
      settingInstance.settingDefinitionId.replace("enrollment_autopilot_dpp_", ""),
    );
    return Object.fromEntries(names.map((name) => [name, tenant.setting(policy, name)]));
  }
}

/** The changed properties as the engine prints them, by resource. */
export type Lines = Record<string, string[]>;

const linesIn = (text: string): Lines => Object.fromEntries(changedLines(text));

export const NOTHING_TO_DO = { code: 0, lines: {} };
export const NOTHING_LEFT = { groups: [], policies: [], resources: [] };
