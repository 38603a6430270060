import { randomBytes } from "node:crypto";
import { GraphError, isNotYetVisible } from "../graph/errors";
import type { Graph } from "../graph/client";
import {
  createGroup,
  findGroupByUniqueName,
  findGroupsByName,
  getGroup,
  type Group,
  type GroupBody,
} from "../graph/groups";
import { Failure } from "../lifecycle/failure";
import type { Fields } from "../lifecycle/field";
import type { Context } from "../lifecycle/kind";
import { poll } from "../lifecycle/poll";
import { hasUnknown, type Props } from "../lifecycle/props";
import { ADOPTION_FIELDS, keepAdoption, nothingToAdopt } from "./adoption";
import { keepOrigin, originKey, originOf } from "./origin";

type Ctx = Context<Graph>;

/** What device groups and user groups have in common. Limits: Microsoft Graph, "Create group". */
export const GROUP_FIELDS = {
  displayName: { kind: "string", minLength: 1, maxLength: 256 },
  description: { kind: "string", maxLength: 1024, default: "" },
  mailNickname: {
    kind: "string",
    minLength: 1,
    maxLength: 64,
    pattern: /^[^@()\\[\]";:<>, \x80-\uffff]*$/,
    patternText: 'be ASCII without spaces and @ ( ) \\ [ ] " ; : < > ,',
    // Always there, but for an adopted group whose nickname the program does not give.
    unmanagedWhenAbsent: true,
  },
  allowDuplicateName: { kind: "boolean", default: false, local: true },
  ...ADOPTION_FIELDS,
} as const satisfies Fields;

/** The inputs that every group has after check. */
export interface GroupInputs extends Props {
  displayName: string;
  description: string;
  mailNickname?: string;
  allowDuplicateName: boolean;
  adoptId?: string;
}

/**
 * Completes what every group has: origin, adoption, and a mail nickname that never changes by itself. An adopted group has one
 * already.
 */
export function completeGroup(kind: string, inputs: Props, olds: Props): Props {
  const completed = keepAdoption(keepOrigin(inputs, olds), olds);
  if (completed["mailNickname"] !== undefined) return completed;
  const kept = olds["mailNickname"];
  if (kept === undefined && completed["adoptId"] !== undefined) return completed;
  return {
    ...completed,
    mailNickname: typeof kept === "string" && !hasUnknown(kept) ? kept : nickname(kind, completed),
  };
}

/** A readable nickname: the resource's name and a short key of where it was declared. */
function nickname(kind: string, inputs: Props): string {
  const { displayName } = inputs;
  const origin = originOf(inputs) ?? (typeof displayName === "string" ? displayName : kind);
  if (hasUnknown(origin)) return origin;
  const name = origin.slice(origin.lastIndexOf("/") + 1);
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50);
  return `${slug === "" ? "group" : slug}-${originKey(kind, origin).slice(0, 8)}`;
}

/** Other groups of that name, unless the program allows them. Asked for together with other reads. */
export async function namesakes(
  graph: Graph,
  inputs: GroupInputs,
  ownId?: string,
): Promise<Group[]> {
  if (inputs.allowDuplicateName) return [];
  const groups = await findGroupsByName(graph, inputs.displayName);
  return groups.filter((group) => group.id !== ownId);
}

/** The error for a name that is taken. */
export function nameTaken(others: Group[], advice: string[] = []): Failure {
  const ids = others.map((group) => group.id).join(", ");
  return new Failure(
    `another group of that name exists already (${others.length === 1 ? "id" : "ids"} ${ids}).`,
    ["Choose another displayName, or set allowDuplicateName: true to have both.", ...advice],
  );
}

/** The same for a resource that has no object yet: it may take over what is there. */
export function nameTakenAtCreation(others: Group[]): Failure {
  const usable = others.filter((group) => flawsOf(group).length === 0);
  const lines = usable.map(({ id }) => `adoptId: "${id}"`).join(" or ");
  if (lines === "") return nameTaken(others);
  return nameTaken(others, [
    others.length === 1
      ? `Or take it over with the argument ${lines}`
      : `Or take one over, with allowDuplicateName: true and the argument ${lines}`,
  ]);
}

/** What is to be adopted, if it can be. */
export function adoptable<Seen extends { group: Group }>(
  seen: Seen | undefined,
  others: Group[],
  noun: string,
  id: string,
): Seen {
  if (seen === undefined) throw nothingToAdopt(noun, id);
  assertUsable(seen.group, noun);
  if (others.length > 0) throw nameTaken(others);
  return seen;
}

/** What a create found before it wrote anything. */
export interface Precheck {
  /** The group that an interrupted run of the same resource left behind. */
  own: Group | undefined;
  others: Group[];
}

/** Looks for an own unfinished group and for namesakes, in one request. */
export async function precheck(kind: string, graph: Graph, inputs: GroupInputs): Promise<Precheck> {
  const key = uniqueName(kind, inputs, 1);
  const [own, others] = await Promise.all([
    originOf(inputs) === undefined ? undefined : findGroupByUniqueName(graph, key),
    namesakes(graph, inputs),
  ]);
  return { own, others: others.filter((group) => group.id !== own?.id) };
}

/** How many keys are tried in order before a random one; each deleted group keeps its key for 30 days. */
const KEYS_IN_ORDER = 5;

/**
 * Makes the group, or takes up the one that an interrupted run left behind. Sending the request twice makes one
 * group, so a lost answer is simply repeated.
 */
export async function makeGroup(
  kind: string,
  ctx: Ctx,
  inputs: GroupInputs,
  { own, others }: Precheck,
  body: GroupBody,
): Promise<{ group: Group; found: boolean }> {
  if (own !== undefined) return { group: takeUp(own, inputs), found: true };
  if (others.length > 0) throw nameTakenAtCreation(others);
  for (let attempt = 1; ; attempt++) {
    const key = uniqueName(kind, inputs, attempt);
    if (attempt > 1) {
      const left = await findGroupByUniqueName(ctx.service, key);
      if (left !== undefined) return { group: takeUp(left, inputs), found: true };
    }
    try {
      const group = await poll(
        () => attemptCreate(ctx.service, key, body),
        (result) => result !== "not yet",
        { ...ctx, waiting: () => ctx.say("Entra ID does not see a new owner or member yet") },
      );
      if (group === "not yet") throw new Failure("an owner or member does not exist.");
      // No new group: the answer to an earlier attempt was lost, and this one met its group.
      return { group: group ?? (await getByKey(ctx, key)), found: group === undefined };
    } catch (error) {
      if (!isKeyTaken(error) || attempt > KEYS_IN_ORDER + 1) throw error;
    }
  }
}

async function attemptCreate(
  graph: Graph,
  key: string,
  body: GroupBody,
): Promise<Group | undefined | "not yet"> {
  try {
    return await createGroup(graph, key, body);
  } catch (error) {
    if (isNotYetVisible(error)) return "not yet";
    throw error;
  }
}

async function getByKey(ctx: Ctx, key: string): Promise<Group> {
  const group = await poll(
    () => findGroupByUniqueName(ctx.service, key),
    (found) => found !== undefined,
    ctx,
  );
  if (group === undefined) throw new Failure(`the group with the unique name ${key} vanished.`);
  return group;
}

/**
 * A group under this resource's own key: left by an interrupted run if it is what the program declares. If it is not, it
 * may belong to a resource that was renamed, so it is never touched.
 */
function takeUp(group: Group, inputs: GroupInputs): Group {
  if (group.displayName === inputs.displayName && group.mailNickname === inputs.mailNickname) {
    return group;
  }
  throw new Failure(
    `group "${group.displayName}" (id ${group.id}) was made under the name of this resource, but is called something else.`,
    [
      `If an interrupted run left it behind, take it over with the argument adoptId: "${group.id}"`,
      "If it belongs to a resource that was renamed with an alias, give this one another Pulumi name.",
    ],
  );
}

/** A deleted group keeps its unique name while it can be restored. */
function isKeyTaken(error: unknown): boolean {
  return (
    error instanceof GraphError &&
    (error.status === 400 || error.status === 409) &&
    /property uniqueName already exists/i.test(error.message)
  );
}

function uniqueName(kind: string, inputs: Props, attempt: number): string {
  const origin = originOf(inputs);
  const random = randomBytes(10).toString("hex");
  if (origin === undefined) return `autopilot-${random}`;
  const key = `autopilot-${originKey(kind, origin)}`;
  if (attempt === 1) return key;
  return `${key}-${attempt <= KEYS_IN_ORDER ? attempt : random}`;
}

/** Reads a group that must exist: right after its creation a look can miss it. */
export function getNewGroup(ctx: Ctx, id: string): Promise<Group> {
  return poll(
    () => orNotYet(() => getGroup(ctx.service, id)),
    (found) => found !== undefined,
    { ...ctx, waiting: () => ctx.say("waiting until Entra ID shows the new group") },
  ).then((found) => found ?? getGroup(ctx.service, id));
}

/** The answer, or nothing while Entra ID does not show the object yet. */
export async function orNotYet<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isNotYetVisible(error)) return undefined;
    throw error;
  }
}

/** The properties of a new group that every kind sends. An empty description is left out: the service refuses it. */
export function bodyOf(inputs: GroupInputs): GroupBody {
  return {
    displayName: inputs.displayName,
    ...(inputs.description !== "" && { description: inputs.description }),
    ...(inputs.mailNickname !== undefined && { mailNickname: inputs.mailNickname }),
    mailEnabled: false,
    securityEnabled: true,
  };
}

/** What of a group's plain properties differs from the inputs, as the body of an update. */
export function changesOf(group: Group, inputs: GroupInputs): GroupBody {
  const body: GroupBody = {};
  if (group.displayName !== inputs.displayName) body.displayName = inputs.displayName;
  if ((group.description ?? "") !== inputs.description) {
    body.description = inputs.description === "" ? null : inputs.description;
  }
  if (inputs.mailNickname !== undefined && group.mailNickname !== inputs.mailNickname) {
    body.mailNickname = inputs.mailNickname;
  }
  return body;
}

/** The plain properties of a live group, as inputs. */
export function liveGroup(group: Group): Props {
  return {
    displayName: group.displayName,
    description: group.description ?? "",
    mailNickname: group.mailNickname,
    membershipType: isDynamic(group) ? "dynamic" : "assigned",
  };
}

export function isDynamic(group: Group): boolean {
  return group.groupTypes.includes("DynamicMembership");
}

/** Refuses what was fixed when the group was made and can never be mended. */
export function assertUsable(group: Group, noun: string): void {
  const wrong = flawsOf(group);
  if (wrong.length === 0) return;
  throw new Failure(
    `group "${group.displayName}" (id ${group.id}) is ${wrong.join(" and ")}, which was fixed when it was made.`,
    [`A ${noun} must be a plain security group: declare a new one.`],
  );
}

function flawsOf(group: Group): string[] {
  return [
    group.mailEnabled && "mail-enabled",
    !group.securityEnabled && "no security group",
    group.isAssignableToRole === true && "assignable to roles",
  ].filter((text) => text !== false);
}
