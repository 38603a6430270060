import type { Graph } from "../graph/client";
import {
  deleteGroup,
  getGroup,
  getMembers,
  type Group,
  type GroupBody,
  MAX_LINKS,
  orNothing,
  removeMember,
  updateGroup,
} from "../graph/groups";
import type { CheckFailure } from "../lifecycle/check";
import type { Fields } from "../lifecycle/field";
import type { Context, Kind, Live } from "../lifecycle/kind";
import { poll, settling } from "../lifecycle/poll";
import { sameValue } from "../lifecycle/props";
import {
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
  /** 3,072 characters: Entra ID's documented limit of a rule. */
  membershipRule: { kind: "string", minLength: 1, maxLength: 3072 },
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
    const failures: CheckFailure[] = [];
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
        ...(dynamic && { ruleProcessing: inputs["ruleProcessing"] ?? "on" }),
      },
      failures,
    };
  },

  async create(ctx, props) {
    const inputs = props as Inputs;
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
    return { id: group.id, live: live({ group, memberIds: inputs.memberIds }) };
  },

  async read(ctx, id, state) {
    const observed = await orNothing(observe(ctx.service, id, state?.["memberIds"] !== undefined));
    if (observed === undefined) return undefined;
    assertUsable(observed.group, NOUN);
    return live(observed);
  },

  update: (ctx, id, _state, props) => converge(ctx, id, props as Inputs),

  delete: (ctx, id) => deleteGroup(ctx.service, id),
};

/** Makes the group equal to the inputs, sending only what differs. */
async function converge(ctx: Ctx, id: string, inputs: Inputs): Promise<Live> {
  const graph = ctx.service;
  const managed = inputs.memberIds !== undefined;
  const look = () => observe(graph, id, managed);
  const [seen, others] = await Promise.all([
    poll(
      () => orNotYet(look),
      (now) => now !== undefined,
      ctx,
    ).then((now) => now ?? look()),
    namesakes(graph, inputs, id),
  ]);
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
  if (Object.keys(changes).length === 0 && !moved) return live(seen);

  const good = (now: Observed) => sameValue({ ...inputs, ...live(now).inputs }, inputs);
  const settled = await poll(
    () => orNotYet(look),
    (now) => now !== undefined && good(now),
    {
      ...settling(ctx),
      waiting: () => ctx.say("waiting until Entra ID shows the group as it was written"),
    },
  );
  return live(settled ?? (await look()));
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
  if (group.membershipRule !== wanted.membershipRule) {
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

function live({ group, memberIds }: Observed): Live {
  return {
    inputs: {
      ...liveGroup(group),
      ...(memberIds !== undefined && { memberIds }),
      ...(isDynamic(group) && {
        membershipRule: group.membershipRule ?? "",
        ruleProcessing: processingOf(group),
      }),
    },
    outputs: {},
  };
}
