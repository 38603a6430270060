import { type Field, type Fields, misfits, normalForm } from "./field";
import { hasUnknown, type Props } from "./props";

/** One mistake: the property as the user wrote it, and what would be right. */
export interface CheckFailure {
  property: string;
  reason: string;
}

/** Inputs in normal form with defaults filled in, and every mistake at once. */
export interface Checked {
  inputs: Props;
  failures: CheckFailure[];
}

/**
 * Holds what the user wrote against the rows. Pure: no request, no clock, no environment. Unknown
 * values pass; keys that begin with `__` belong to the machinery and pass too.
 */
export function checkFields(fields: Fields, given: Props, knownElsewhere: Props = {}): Checked {
  const failures: CheckFailure[] = [];
  const inputs: Props = {};
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith("__")) inputs[key] = value;
    else if (!Object.hasOwn(fields, key) && !isAbsent(value)) {
      failures.push({ property: key, reason: unknownArgument(key, fields, knownElsewhere) });
    }
  }
  for (const [key, field] of Object.entries(fields)) {
    const value = given[key];
    if (isAbsent(value)) {
      if (field.default !== undefined) inputs[key] = normalForm(field, field.default);
    } else if (hasUnknown(value)) {
      inputs[key] = value;
    } else {
      const found = misfits(field, value);
      failures.push(
        ...found.map(({ path, reason }) => ({ property: key + path, reason: `${key} ${reason}` })),
      );
      inputs[key] = found.length === 0 ? normalForm(field, value) : value;
    }
  }
  return { inputs, failures };
}

/** `null` and `undefined` both mean "not given": programs write either. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function unknownArgument(key: string, fields: Fields, knownElsewhere: Props): string {
  if (Object.hasOwn(knownElsewhere, key)) return String(knownElsewhere[key]);
  const names = argumentNames(fields);
  const near = names.find((name) => distance(name.toLowerCase(), key.toLowerCase()) <= 2);
  return near
    ? `${key} is no argument here; did you mean ${near}?`
    : `${key} is no argument here; there are ${names.join(", ")}`;
}

/** The names that a program may give. */
export function argumentNames(fields: Fields): string[] {
  return Object.entries(fields)
    .filter(([, field]: [string, Field]) => !field.invariant)
    .map(([name]) => name);
}

/** Levenshtein distance, for "did you mean". */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
