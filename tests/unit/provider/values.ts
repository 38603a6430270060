/** What the engine puts in the place of a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A different object id for each number. */
export function id(number: number): string {
  return `aaaaaaaa-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
}

/** That many object ids, in ascending order. */
export function ids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => id(index));
}
