import { ADOPT_ID, adoptedId } from "../lifecycle/adoption";
import type { CheckFailure } from "../lifecycle/check";
import { unmetKeys } from "../lifecycle/diff";
import { Failure } from "../lifecycle/failure";
import { type Fields, show } from "../lifecycle/field";
import type { Context } from "../lifecycle/kind";
import { hasUnknown, type Props } from "../lifecycle/props";
import { originOf } from "./origin";

/** The row of whatever can be taken over. */
export const ADOPTION_FIELDS = {
  adoptId: { kind: "id", local: true },
} as const satisfies Fields;

/**
 * The inputs with the id by which the object was taken over. It stays when the program leaves it out, so that neither is a change;
 * a replacement begins without it.
 */
export function keepAdoption(inputs: Props, olds: Props): Props {
  const kept = adoptedId(olds);
  const given = inputs[ADOPT_ID];
  const settled = kept === undefined || (given !== undefined && !hasUnknown(given));
  return settled ? inputs : { ...inputs, [ADOPT_ID]: kept };
}

/**
 * Where `adoptId` would not do what it says. `olds` are empty when there is no object yet.
 *
 * @param replacing the old object is deleted for another one
 */
export function adoptionFailures(given: Props, olds: Props, replacing = false): CheckFailure[] {
  const wanted = given[ADOPT_ID];
  if (wanted === undefined) return [];
  const isNew = Object.keys(olds).length === 0;
  const reason = isNew ? whyNotAtFirst(given) : whyNotLater(wanted, olds, replacing);
  return reason === undefined ? [] : [{ property: ADOPT_ID, reason }];
}

/** Without an origin the old object of a replacement still stands, and would be taken for the new one. */
function whyNotAtFirst(given: Props): string | undefined {
  if (originOf(given) !== undefined) return undefined;
  return "adoptId does not go with deleteBeforeReplace: false: a replacement would adopt the very object that is deleted after it";
}

function whyNotLater(wanted: unknown, olds: Props, replacing: boolean): string | undefined {
  const remedy =
    "leave adoptId out, or take the resource out of the stack first (`pulumi state delete <urn>` leaves its object in the tenant)";
  const kept = olds[ADOPT_ID];
  if (kept === undefined) {
    return `adoptId is for a resource that the stack does not have yet, and this one has its object: ${remedy}`;
  }
  const known = [kept, wanted].every((id) => typeof id === "string" && !hasUnknown(id));
  if (known && wanted !== kept) {
    return `adoptId can't change from ${show(kept)} to ${show(wanted)}, as the resource has its object: ${remedy}`;
  }
  return replacing
    ? "adoptId names the object that this change deletes to make another one: leave adoptId out"
    : undefined;
}

/** The error for an id that is nobody's. */
export function nothingToAdopt(noun: string, id: string): Failure {
  return new Failure(`there is no ${noun} with the id ${id}.`, [
    "Look the id up in the admin center. If that object was deleted, leave adoptId out: a new one is made.",
  ]);
}

/** Says what the adoption changes, a line for each property; nothing if the object is as declared. */
export function announce(
  ctx: Pick<Context<unknown>, "say">,
  { noun, fields }: { noun: string; fields: Fields },
  live: Props,
  inputs: Props,
): void {
  for (const key of unmetKeys(fields, live, inputs)) {
    const change = `${key} ${text(live[key])} -> ${text(inputs[key])}`;
    ctx.say(`adopting ${noun} ${text(live["displayName"])}: ${change}`);
  }
}

/** A value in one line, and not a long one. */
function text(value: unknown): string {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value);
  return json.length > 200 ? `${json.slice(0, 197)}...` : json;
}
