import { isBag } from "./props";

/** What every row has in common. A row without a default is simply absent when it is not given. */
interface Common {
  /** Changing it makes a new object. */
  replaces?: true;
  /** Left alone in the tenant, and never drift, as long as the program does not give it. */
  unmanagedWhenAbsent?: true;
  /** Says how to do something; has no counterpart in the tenant, so reading keeps what state says. */
  local?: true;
  /** Filled in by check and read live. Not an argument: it makes a broken invariant show as drift. */
  invariant?: true;
  /** Deployment modes in which the argument exists; in all when absent. */
  modes?: readonly string[];
}

/** One property of a resource: kind, limits and default, the one place where they are typed. */
export type Field = Common &
  (
    | {
        kind: "string";
        minLength?: number;
        maxLength?: number;
        pattern?: RegExp;
        /** Says in words what the pattern wants. */
        patternText?: string;
        default?: string;
      }
    | { kind: "integer"; minimum: number; maximum: number; unit: string; default?: number }
    | { kind: "boolean"; default?: boolean }
    | { kind: "choice"; choices: readonly string[]; default?: string }
    | { kind: "id"; default?: string }
    | { kind: "idSet"; maximum?: number; default?: readonly string[] }
    | { kind: "idList"; maximum: number; default?: readonly string[] }
    | { kind: "textSet"; default?: readonly string[] }
  );

export type Fields = Readonly<Record<string, Field>>;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Why the value does not fit the row: empty if it does. Property paths are relative (`""`, `[2]`). */
export function misfits(field: Field, value: unknown): { path: string; reason: string }[] {
  const one = (reason: string | undefined) => (reason === undefined ? [] : [{ path: "", reason }]);
  switch (field.kind) {
    case "string":
      return one(stringMisfit(field, value));
    case "integer":
      return one(
        Number.isInteger(value) && within(value as number, field.minimum, field.maximum)
          ? undefined
          : `must be a whole number from ${field.minimum} to ${field.maximum} (${field.unit}), but is ${show(value)}`,
      );
    case "boolean":
      return one(
        typeof value === "boolean" ? undefined : `must be true or false, but is ${show(value)}`,
      );
    case "choice":
      return one(
        typeof value === "string" && field.choices.includes(value)
          ? undefined
          : `must be one of ${listed(field.choices)}, but is ${show(value)}`,
      );
    case "id":
      return one(idMisfit(value));
    case "idSet":
      return listMisfits(value, idMisfit, field.maximum);
    case "idList":
      return [...listMisfits(value, idMisfit, field.maximum), ...repeated(value)];
    case "textSet":
      return listMisfits(value, (item) =>
        typeof item === "string" && item !== ""
          ? undefined
          : `must be a text, but is ${show(item)}`,
      );
  }
}

/** The one way in which a fitting value is written: what the service would keep, sets in order. */
export function normalForm(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case "id":
      return typeof value === "string" ? value.toLowerCase() : value;
    case "idSet":
      return asSet(value, lowerCase);
    case "idList":
      return Array.isArray(value) ? value.map(lowerCase) : value;
    case "textSet":
      return asSet(value, (item) => item);
    case "string":
    case "integer":
    case "boolean":
    case "choice":
      return value;
  }
}

/** The rows that exist in the given deployment mode. */
export function fieldsOfMode(fields: Fields, mode: unknown): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, field]) => field.modes === undefined || field.modes.includes(String(mode)),
    ),
  );
}

function lowerCase(item: unknown): unknown {
  return typeof item === "string" ? item.toLowerCase() : item;
}

/** A list in an order names each item once. */
function repeated(value: unknown): { path: string; reason: string }[] {
  const items = Array.isArray(value) ? value.map(lowerCase) : [];
  return items.flatMap((item, index) =>
    items.indexOf(item) === index
      ? []
      : [{ path: `[${index}]`, reason: `names ${show(item)} twice` }],
  );
}

function asSet(value: unknown, form: (item: unknown) => unknown): unknown {
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) return value;
  return [...new Set(value.map(form))].sort();
}

function stringMisfit(
  field: Extract<Field, { kind: "string" }>,
  value: unknown,
): string | undefined {
  if (typeof value !== "string") return `must be a text, but is ${show(value)}`;
  const { minLength = 0, maxLength = Infinity, pattern, patternText } = field;
  if (!within(value.length, minLength, maxLength)) {
    const range = Number.isFinite(maxLength)
      ? `${minLength} to ${maxLength}`
      : `at least ${minLength}`;
    return `must have ${range} characters, but has ${value.length}`;
  }
  if (pattern && !pattern.test(value)) {
    return `must ${patternText ?? `match ${String(pattern)}`}, but is ${show(value)}`;
  }
  return undefined;
}

function idMisfit(value: unknown): string | undefined {
  return typeof value === "string" && GUID.test(value)
    ? undefined
    : `must be an object id such as "0f8a5c1e-2b64-4e0c-9a83-5a1d3f6c7b21", but is ${show(value)}`;
}

function listMisfits(
  value: unknown,
  itemMisfit: (item: unknown) => string | undefined,
  maximum = Infinity,
): { path: string; reason: string }[] {
  if (!Array.isArray(value)) return [{ path: "", reason: `must be a list, but is ${show(value)}` }];
  const found = value.flatMap((item, index) => {
    const reason = itemMisfit(item);
    return reason === undefined ? [] : [{ path: `[${index}]`, reason }];
  });
  const distinct = new Set(
    value.map((item: unknown) => (typeof item === "string" ? item.toLowerCase() : item)),
  ).size;
  if (distinct > maximum) {
    found.push({ path: "", reason: `can hold ${maximum} at the most, but holds ${distinct}` });
  }
  return found;
}

function within(value: number, minimum: number, maximum: number): boolean {
  return value >= minimum && value <= maximum;
}

/** Choices as an error message shows them: all if they are few. */
function listed(choices: readonly string[]): string {
  const few = choices.slice(0, 8).map(show).join(", ");
  return choices.length > 8 ? `${few}, ... (${choices.length} in all)` : few;
}

/** A value as an error message shows it: short, and never more than one line. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return "missing";
  if (Array.isArray(value)) return "a list";
  if (isBag(value)) return "an object";
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return typeof value;
  return text.length > 80 ? `${text.slice(0, 77)}..."` : text;
}
