import type { Graph } from "../graph/client";
import { movePolicy, rankPolicies, type RankedPolicy } from "../graph/configuration-policies";
import { Failure } from "../lifecycle/failure";
import type { Fields } from "../lifecycle/field";
import type { Context, Kind, Live } from "../lifecycle/kind";
import type { Props } from "../lifecycle/props";

/** The service numbers its policies from 1 to 500. */
export const MAX_PRIORITY = 500;

/** Every property of a policy order. */
export const POLICY_ORDER_FIELDS = {
  policyIds: { kind: "idList", maximum: MAX_PRIORITY },
} as const satisfies Fields;

/** The order is the tenant's, so that there is nothing to find it by. */
const ID = "policy-order";

type Ctx = Context<Graph>;

/** The relative order of policies. It holds no object of its own: making it moves policies, deleting it moves none. */
export const policyOrder: Kind<Graph> = {
  name: "PolicyOrder",
  noun: "policy order",
  fields: POLICY_ORDER_FIELDS,

  complete(inputs) {
    const { policyIds } = inputs;
    const missing = policyIds === undefined || (Array.isArray(policyIds) && policyIds.length === 0);
    const reason = "policyIds names the policies in their order, the first to apply first";
    return { inputs, failures: missing ? [{ property: "policyIds", reason }] : [] };
  },

  async create(ctx, inputs) {
    return { id: ID, live: await arrange(ctx, idsIn(inputs)) };
  },

  async read(ctx, _id, state) {
    const ranked = await rankPolicies(ctx.service);
    return live(ranked, state === undefined ? ranked.map(({ id }) => id) : idsIn(state));
  },

  update: (ctx, _id, _state, inputs) => arrange(ctx, idsIn(inputs)),

  delete: () => Promise.resolve(),
};

/**
 * Brings the listed policies into their order, on the places that they hold together: so the others end where they were. One move at
 * a time, and a look after each, since every move shifts what is in between.
 */
async function arrange(ctx: Ctx, wanted: string[]): Promise<Live> {
  let ranked = await rankPolicies(ctx.service);
  assertAllExist(ranked, wanted);
  const places = ranked.filter(({ id }) => wanted.includes(id)).map(({ priority }) => priority);
  for (let moves = 0; moves <= 3 * wanted.length; moves++) {
    if (moves === 0 && inOrder(ranked, wanted)) return live(ranked, wanted);
    const next = nextMove(ranked, wanted, places);
    if (next === undefined) return live(ranked, wanted);
    ctx.made(ID, live(ranked, wanted));
    await movePolicy(ctx.service, next.id, next.priority);
    ranked = await rankPolicies(ctx.service);
  }
  throw new Failure("the policies do not stay in order: somebody else is moving them.", [
    "Run `pulumi up` again when that is over.",
  ]);
}

/**
 * The next move towards the wanted order, or nothing when it is reached: the first place that holds the wrong policy gets the right
 * one; if the right one is not listed, the listed policy in its way goes to its own place.
 */
export function nextMove(
  ranked: readonly RankedPolicy[],
  wanted: readonly string[],
  places: readonly number[],
): { id: string; priority: number } | undefined {
  const others = ranked.filter(({ id }) => !wanted.includes(id)).map(({ id }) => id);
  for (const { id, priority } of ranked) {
    const index = places.indexOf(priority);
    const right = index === -1 ? others.shift() : wanted[index];
    if (right === undefined || right === id) continue;
    if (index !== -1) return { id: right, priority };
    const own = places[wanted.indexOf(id)];
    if (own !== undefined) return { id, priority: own };
  }
  return undefined;
}

function inOrder(ranked: readonly RankedPolicy[], wanted: readonly string[]): boolean {
  const listed = ranked.filter(({ id }) => wanted.includes(id));
  return listed.every(({ id }, index) => id === wanted[index]);
}

function assertAllExist(ranked: readonly RankedPolicy[], wanted: readonly string[]): void {
  const missing = wanted.filter((id) => !ranked.some((policy) => policy.id === id));
  if (missing.length === 0) return;
  throw new Failure(
    `policyIds names what is no device preparation policy: ${missing.join(", ")}.`,
    ["A policy that was deleted leaves the list, too."],
  );
}

function live(ranked: readonly RankedPolicy[], wanted: readonly string[]): Live {
  const policyIds = ranked.filter(({ id }) => wanted.includes(id)).map(({ id }) => id);
  return { inputs: { policyIds }, outputs: {} };
}

function idsIn({ policyIds }: Props): string[] {
  return Array.isArray(policyIds) ? policyIds.map(String) : [];
}
