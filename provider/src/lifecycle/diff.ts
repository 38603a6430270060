import { type Fields, normalForm } from "./field";
import { type Props, sameValue } from "./props";

/** What the engine is told. `changes` is `false` or absent, never `true`: docs/decisions/0005-state.md. */
export interface Difference {
  changes?: false;
  replaces?: string[];
}

/**
 * Compares the live or stored properties with the wanted inputs, row by row, in normal form. Pure.
 * Everything that is no row (outputs, markers, other people's properties) is no difference.
 */
export function diffFields(fields: Fields, olds: Props, news: Props): Difference {
  const changed = changedKeys(fields, olds, news);
  if (changed.length === 0) return { changes: false };
  const replaces = changed.filter((key) => fields[key]?.replaces);
  return replaces.length > 0 ? { replaces } : {};
}

/** The rows in which the two differ. */
export function changedKeys(fields: Fields, olds: Props, news: Props): string[] {
  return Object.entries(fields)
    .filter(
      ([key, field]) => !sameValue(normalForm(field, olds[key]), normalForm(field, news[key])),
    )
    .map(([key]) => key);
}

/** The rows in which the live object is not what the inputs ask for. What they leave alone does not count. */
export function unmetKeys(fields: Fields, live: Props, inputs: Props): string[] {
  return changedKeys(fields, live, inputs).filter((key) => {
    const field = fields[key];
    return !field?.local && !(field?.unmanagedWhenAbsent && inputs[key] === undefined);
  });
}
