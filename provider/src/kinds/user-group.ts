import type { Graph } from "../graph/client";
import {
  deleteGroup,
  getGroup,
  getMembers,
  type Group,
  type GroupBody,
  MAX_LINKS,
  removeMember,
  updateGroup,
} from "../graph/groups";
import type { CheckFailure } from "../lifecycle/check";
import { unmetKeys } from "../lifecycle/diff";
import { type Fields, show } from "../lifecycle/field";
import type { Context, Kind, Live } from "../lifecycle/kind";
import { poll, settling } from "../lifecycle/poll";
import { hasUnknown, type Props } from "../lifecycle/props";
import { sameRule } from "../policy/membership-rule/normal-rule";
import { MAX_LENGTH, parseRule } from "../policy/membership-rule/parse-rule";
import { placeOf } from "../policy/membership-rule/reader";
import { adoptionFailures, announce } from "./adoption";
import { deleteForSure, orGone } from "./gone";
import {
  adoptable,
  assertUsable,
  bodyOf,
  changesOf,
  completeGroup,
  GROUP_FIELDS,
  type GroupInputs,
  isDynamic,
  liveGroup,
  makeGroup,
  namesakes,
  nameTaken,
  orNotYet,
  precheck,
} from "./group";

const NOUN = "user group";
const KIND = "UserGroup";

/** Every property of a user group. */
export const USER_GROUP_FIELDS = {
  ...GROUP_FIELDS,
  memberIds: { kind: "idSet", unmanagedWhenAbsent: true },
  membershipRule: { kind: "string", minLength: 1, maxLength: MAX_LENGTH },
  ruleProcessing: { kind: "choice", choices: ["on", "paused"] },
  membershipType: { kind: "choice", choices: ["assigned", "dynamic"], invariant: true },
} as const satisfies Fields;

interface Inputs extends GroupInputs {
  memberIds?: string[];
  membershipRule?: string;
  ruleProcessing?: "on" | "paused";
  membershipType: "assigned" | "dynamic";
}

type Ctx = Context<Graph>;

interface Observed {
  group: Group;
  /** Read only where members are managed. */
  memberIds: string[] | undefined;
}

export const userGroup: Kind<Graph> = {
  name: KIND,
  noun: NOUN,
  fields: USER_GROUP_FIELDS,

  complete(given, olds) {
    const inputs = completeGroup(KIND, given, olds);
    const dynamic = inputs["membershipRule"] !== undefined;
    const failures = [...adoptionFailures(given, olds), ...ruleFailures(inputs)];
    if (dynamic && inputs["memberIds"] !== undefined) {
      failures.push({
        property: "memberIds",
        reason: "memberIds and membershipRule exclude each other: a rule decides who is in",
      });
    }
    if (!dynamic && inputs["ruleProcessing"] !== undefined) {
      failures.push({
        property: "ruleProcessing",
        reason: "ruleProcessing goes with a membershipRule, and there is none",
      });
    }
    return {
      inputs: {
        ...inputs,
        membershipType: inputs["membershipType"] ?? (dynamic ? "dynamic" : "assigned"),
        ...(dynamic && {
          membershipRule: keptText(inputs["membershipRule"], olds["membershipRule"]),
          ruleProcessing: inputs["ruleProcessing"] ?? "on",
        }),
      },
      failures,
    };
  },

  async create(ctx, props) {
    const inputs = props as Inputs;
    if (inputs.adoptId !== undefined) return adopt(ctx, inputs.adoptId, inputs);
    const found = await precheck(KIND, ctx.service, inputs);
    const members = inputs.memberIds ?? [];
    const { group, found: wasThere } = await makeGroup(KIND, ctx, inputs, found, {
      ...bodyOf(inputs),
      ...(inputs.membershipRule !== undefined && dynamicBody(inputs)),
      members: members.slice(0, MAX_LINKS),
    });
    ctx.made(group.id);
    if (wasThere || members.length > 0) {
      return { id: group.id, live: await converge(ctx, group.id, inputs) };
    }
    // The answer to the creation shows everything that this kind manages; a group that was given no member has none.
    return { id: group.id, live: live({ group, memberIds: inputs.memberIds }, inputs) };
  },

  async read(ctx, id, state) {
    const withMembers = state?.["memberIds"] !== undefined;
    const observed = await orGone(ctx, () => observe(ctx.service, id, withMembers));
    if (observed === undefined) return undefined;
    assertUsable(observed.group, NOUN);
    return live(observed, state);
  },

  update: (ctx, id, _state, props) => converge(ctx, id, props as Inputs),

  delete: (ctx, id) =>
    deleteForSure(
      ctx,
      () => deleteGroup(ctx.service, id),
      () => getGroup(ctx.service, id),
    ),
};

/** Takes over an existing group: looks whether it can be one of these, then makes it equal to the inputs. */
async function adopt(ctx: Ctx, id: string, inputs: Inputs): Promise<{ id: string; live: Live }> {
  const [seen, others] = await Promise.all([
    orGone(ctx, () => observe(ctx.service, id, inputs.memberIds !== undefined)),
    namesakes(ctx.service, inputs, id),
  ]);
  const found = adoptable(seen, others, NOUN, id);
  ctx.made(id);
  announce(ctx, userGroup, live(found, inputs).inputs, inputs);
  return { id, live: await converge(ctx, id, inputs, [found, others]) };
}

/** Makes the group equal to the inputs, sending only what differs. */
async function converge(
  ctx: Ctx,
  id: string,
  inputs: Inputs,
  start?: [Observed, Group[]],
): Promise<Live> {
  const graph = ctx.service;
  const managed = inputs.memberIds !== undefined;
  const look = () => observe(graph, id, managed);
  const lookAtAll = () =>
    Promise.all([
      poll(
        () => orNotYet(look),
        (now) => now !== undefined,
        ctx,
      ).then((now) => now ?? look()),
      namesakes(graph, inputs, id),
    ]);
  const [seen, others] = start ?? (await lookAtAll());
  assertUsable(seen.group, NOUN);
  const changes = { ...changesOf(seen.group, inputs), ...membershipChanges(seen.group, inputs) };
  if (changes.displayName !== undefined && others.length > 0) throw nameTaken(others);
  if (isDynamic(seen.group) !== (inputs.membershipType === "dynamic")) {
    ctx.say(
      inputs.membershipType === "dynamic"
        ? `user group "${inputs.displayName}" becomes dynamic: Entra ID removes its members, then the rule fills it`
        : `user group "${inputs.displayName}" becomes assigned: it keeps the members that the rule found`,
    );
  }
  if (Object.keys(changes).length > 0) await updateGroup(graph, id, changes);
  const moved = await syncMembers(graph, id, seen.memberIds ?? [], inputs.memberIds);
  if (Object.keys(changes).length === 0 && !moved) return live(seen, inputs);

  const good = (now: Observed) =>
    unmetKeys(USER_GROUP_FIELDS, live(now, inputs).inputs, inputs).length === 0;
  const settled = await poll(
    () => orNotYet(look),
    (now) => now !== undefined && good(now),
    {
      ...settling(ctx),
      waiting: () => ctx.say("waiting until Entra ID shows the group as it was written"),
    },
  );
  return live(settled ?? (await look()), inputs);
}

async function observe(graph: Graph, id: string, withMembers: boolean): Promise<Observed> {
  const [group, members] = await Promise.all([
    getGroup(graph, id),
    withMembers ? getMembers(graph, id) : undefined,
  ]);
  return { group, memberIds: members?.map((member) => member.id.toLowerCase()).sort() };
}

/** Adds and removes members of an assigned group until it has exactly the wanted ones; true if anything was sent. */
async function syncMembers(
  graph: Graph,
  id: string,
  has: string[],
  wanted: string[] | undefined,
): Promise<boolean> {
  if (wanted === undefined) return false;
  const missing = wanted.filter((member) => !has.includes(member));
  const surplus = has.filter((member) => !wanted.includes(member));
  for (let start = 0; start < missing.length; start += MAX_LINKS) {
    await updateGroup(graph, id, { members: missing.slice(start, start + MAX_LINKS) });
  }
  for (const member of surplus) await removeMember(graph, id, member);
  return missing.length + surplus.length > 0;
}

function dynamicBody(inputs: Inputs): GroupBody {
  return {
    groupTypes: ["DynamicMembership"],
    membershipRule: inputs.membershipRule ?? null,
    membershipRuleProcessingState: inputs.ruleProcessing === "paused" ? "Paused" : "On",
  };
}

function membershipChanges(group: Group, inputs: Inputs): GroupBody {
  if (inputs.membershipType === "assigned") {
    if (!isDynamic(group)) return {};
    return { groupTypes: [], membershipRule: null, membershipRuleProcessingState: null };
  }
  const wanted = dynamicBody(inputs);
  if (!isDynamic(group)) return wanted;
  const changes: GroupBody = {};
  if (!sameRule(group.membershipRule ?? "", inputs.membershipRule ?? "")) {
    changes.membershipRule = inputs.membershipRule ?? null;
  }
  if (processingOf(group) !== inputs.ruleProcessing) {
    changes.membershipRuleProcessingState = inputs.ruleProcessing === "paused" ? "Paused" : "On";
  }
  return changes;
}

function processingOf(group: Group): "on" | "paused" {
  return group.membershipRuleProcessingState?.toLowerCase() === "paused" ? "paused" : "on";
}

/** Rules whose oddities were told in this process. */
const told = new Set<string>();

/** What Entra ID would refuse in the rule. What it only might refuse is said, once, and passes. */
function ruleFailures(inputs: Props): CheckFailure[] {
  const rule = inputs["membershipRule"];
  // The row says what is wrong with the length.
  const readable = typeof rule === "string" && rule !== "" && rule.length <= MAX_LENGTH;
  if (!readable || hasUnknown(rule)) return [];
  const { errors, warnings } = parseRule(rule);
  const lines = (remarks: typeof errors) =>
    remarks.map(({ column, message }) => `${placeOf(rule, column)}: ${message}`);
  if (errors.length === 0 && warnings.length > 0 && !told.has(rule)) {
    told.add(rule);
    console.error(`warning: membershipRule ${show(rule)}, ${lines(warnings).join("; ")}`);
  }
  return lines(errors).map((line) => ({
    property: "membershipRule",
    reason: `membershipRule, ${line}`,
  }));
}

/** The text that is known already, if the other one is the same rule: another spacing is no change. */
function keptText(text: unknown, known: unknown): unknown {
  const texts = typeof text === "string" && typeof known === "string";
  return texts && !hasUnknown(text) && sameRule(text, known) ? known : text;
}

/** The live group. Its rule stands in the known writing, if it is the same rule. */
function live({ group, memberIds }: Observed, known: Props | undefined): Live {
  return {
    inputs: {
      ...liveGroup(group),
      ...(memberIds !== undefined && { memberIds }),
      ...(isDynamic(group) && {
        membershipRule: keptText(group.membershipRule ?? "", known?.["membershipRule"]),
        ruleProcessing: processingOf(group),
      }),
    },
    outputs: {},
  };
}
