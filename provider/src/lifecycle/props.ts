/** Plain property bags as they pass between the Pulumi engine and a kind of resource. */
export type Props = Record<string, unknown>;

/**
 * What the engine puts in the place of a value that is not known yet (in previews, anywhere inside
 * the inputs). It looks like an object id, so it is recognised before anything else is looked at.
 */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** True if the value is unknown, or a list or object that holds an unknown. */
export function hasUnknown(value: unknown): boolean {
  if (typeof value === "string") return value.includes(UNKNOWN);
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (isBag(value)) return Object.values(value).some(hasUnknown);
  return false;
}

/** True for a plain object. */
export function isBag(value: unknown): value is Props {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A copy without keys whose value is `undefined`: the engine fails a whole refresh over one of those. */
export function withoutUndefined(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}

/** Deep equality of plain data. Lists compare in order: what is a set is sorted in its normal form. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  if (isBag(a) && isBag(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => sameValue(a[key], b[key]));
  }
  return a === b;
}
