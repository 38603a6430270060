/**
 * `$filter`: a hand-written parser for what clients send, and its evaluation on plain objects.
 * Strings compare without regard to case, as the directory and Intune do.
 */
import { badRequest, unknownQueryProperty, unsupportedQuery } from "./errors";
import { tokenize, type Token } from "./odata-tokens";
import type { Json } from "./tenant";
import { textOf } from "./text";

/** Operators that a collection has to allow; eq, startswith, in, has, and, or, any always work. */
export type FilterOperator = "ne" | "not" | "gt" | "ge" | "lt" | "le" | "endswith" | "contains";

type Literal = string | number | boolean | null;

export type Filter =
  | { kind: "and" | "or"; left: Filter; right: Filter }
  | { kind: "not"; inner: Filter }
  | {
      kind: "compare";
      operator: "eq" | "ne" | "gt" | "ge" | "lt" | "le" | "has";
      path: string;
      value: Literal;
    }
  | { kind: "in"; path: string; values: Literal[] }
  | { kind: "call"; name: "startswith" | "endswith" | "contains"; path: string; value: Literal }
  | { kind: "any"; path: string; variable: string; inner: Filter | undefined };

export interface FilterScope {
  readonly type: string;
  readonly properties: readonly string[];
  readonly paths: readonly string[];
  readonly allowed: ReadonlySet<FilterOperator>;
}

export function parseFilter(text: string): Filter {
  const tokens = tokenize(text);
  let place = 0;
  const peek = (): Token | undefined => tokens[place];
  const isWord = (token: Token | undefined, word: string): boolean =>
    token?.kind === "word" && token.text.toLowerCase() === word;
  const fail = (): never => {
    throw badRequest(
      `Invalid filter clause: Syntax error at position ${peek()?.at ?? text.length} in '${text}'.`,
    );
  };
  const take = (kind: Token["kind"], exact?: string): Token => {
    const token = tokens[place];
    if (token?.kind !== kind || (exact !== undefined && token.text !== exact)) return fail();
    place += 1;
    return token;
  };
  const literal = (): Literal => {
    const token = peek();
    if (token?.kind === "string") {
      place += 1;
      return token.text;
    }
    const word = take("word").text;
    // An enum literal with its type, `microsoft.graph.x'value'`: the value follows as a string.
    if (peek()?.kind === "string" && word.includes(".")) return take("string").text;
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    if (/^-?\d+(\.\d+)?$/.test(word)) return Number(word);
    if (/^\d{4}-\d\d-\d\dT/.test(word) || /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(word)) return word;
    place -= 1;
    return fail();
  };
  const lambda = (path: string): Filter => {
    take("punctuation", "(");
    if (peek()?.text === ")") {
      place += 1;
      return { kind: "any", path, variable: "", inner: undefined };
    }
    const variable = take("word").text;
    take("punctuation", ":");
    const inner = or();
    take("punctuation", ")");
    return { kind: "any", path, variable, inner };
  };
  const primary = (): Filter => {
    if (peek()?.text === "(" && peek()?.kind === "punctuation") {
      place += 1;
      const inner = or();
      take("punctuation", ")");
      return inner;
    }
    const word = take("word").text;
    const name = word.toLowerCase();
    if (
      peek()?.text === "(" &&
      (name === "startswith" || name === "endswith" || name === "contains")
    ) {
      place += 1;
      const path = take("word").text;
      take("punctuation", ",");
      const value = literal();
      take("punctuation", ")");
      if (isWord(peek(), "eq") && isWord(tokens[place + 1], "true")) place += 2;
      return { kind: "call", name, path, value };
    }
    if (peek()?.text === "(" && name === "isof") {
      // Terraform lists apps with `isof('microsoft.graph.win32LobApp') or …`: a comparison of `@odata.type`.
      place += 1;
      const type = take("string").text.replace(/^#/, "");
      take("punctuation", ")");
      return { kind: "compare", operator: "eq", path: "@odata.type", value: `#${type}` };
    }
    if (name.endsWith("/any") && peek()?.text === "(") return lambda(word.slice(0, -4));
    if (peek()?.text === "(")
      throw badRequest(`Invalid filter clause: An unknown function with name '${word}' was found.`);
    const operator = take("word").text.toLowerCase();
    switch (operator) {
      case "eq":
      case "ne":
      case "gt":
      case "ge":
      case "lt":
      case "le":
      case "has":
        return { kind: "compare", operator, path: word, value: literal() };
      case "in": {
        take("punctuation", "(");
        const values = [literal()];
        while (peek()?.text === ",") {
          place += 1;
          values.push(literal());
        }
        take("punctuation", ")");
        return { kind: "in", path: word, values };
      }
      default:
        place -= 1;
        return fail();
    }
  };
  const unary = (): Filter => {
    if (!isWord(peek(), "not")) return primary();
    place += 1;
    return { kind: "not", inner: unary() };
  };
  const and = (): Filter => {
    let left = unary();
    while (isWord(peek(), "and")) {
      place += 1;
      left = { kind: "and", left, right: unary() };
    }
    return left;
  };
  const or = (): Filter => {
    let left = and();
    while (isWord(peek(), "or")) {
      place += 1;
      left = { kind: "or", left, right: and() };
    }
    return left;
  };
  const result = or();
  return place === tokens.length ? result : fail();
}

/** Whether the directory answers it only as an advanced query. */
export function usesAdvanced(filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return usesAdvanced(filter.left) || usesAdvanced(filter.right);
    case "not":
      return true;
    case "compare":
      return filter.operator === "ne";
    case "call":
      return filter.name === "endswith";
    case "any":
      return filter.inner !== undefined && usesAdvanced(filter.inner);
    case "in":
      return false;
  }
}

/** Whether the item passes. Without an item only the names and operators are checked. */
export function matches(filter: Filter, item: Json | undefined, scope: FilterScope): boolean {
  switch (filter.kind) {
    case "and":
    case "or": {
      // Both sides are always looked at, so that a wrong name on the right is found too.
      const left = matches(filter.left, item, scope);
      const right = matches(filter.right, item, scope);
      return filter.kind === "and" ? left && right : left || right;
    }
    case "not":
      allow("not", scope);
      return !matches(filter.inner, item, scope);
    case "compare": {
      if (filter.operator !== "eq" && filter.operator !== "has") allow(filter.operator, scope);
      return compare(filter.operator, valueOf(filter.path, item, scope), filter.value);
    }
    case "in": {
      const value = valueOf(filter.path, item, scope);
      return filter.values.some((each) => compare("eq", value, each));
    }
    case "call": {
      if (filter.name !== "startswith") allow(filter.name, scope);
      const value = valueOf(filter.path, item, scope);
      if (typeof value !== "string" || typeof filter.value !== "string") return false;
      const [whole, part] = [value.toLowerCase(), filter.value.toLowerCase()];
      if (filter.name === "startswith") return whole.startsWith(part);
      return filter.name === "endswith" ? whole.endsWith(part) : whole.includes(part);
    }
    case "any": {
      const list = valueOf(filter.path, item, scope);
      const elements: unknown[] = Array.isArray(list) ? list : [];
      const { inner, variable } = filter;
      if (inner === undefined) return elements.length > 0;
      const names = { ...scope, properties: [variable], paths: [variable] };
      if (item === undefined) matches(inner, undefined, names);
      return elements.some((element) => matches(inner, { [variable]: element }, names));
    }
  }
}

/** The value at a path such as `templateReference/templateId`; names without regard to case. */
export function propertyAt(item: Json, path: string): unknown {
  let value: unknown = item;
  for (const segment of path.split("/")) {
    if (typeof value !== "object" || value === null) return undefined;
    const entry = Object.entries(value).find(
      ([name]) => name.toLowerCase() === segment.toLowerCase(),
    );
    value = entry?.[1];
  }
  return value;
}

function valueOf(path: string, item: Json | undefined, scope: FilterScope): unknown {
  const wanted = path.toLowerCase();
  const first = wanted.split("/")[0] ?? "";
  const known = scope.properties.some((name) => name.toLowerCase() === first);
  if (!known) throw unknownQueryProperty(path.split("/")[0] ?? path, scope.type);
  // A filterable complex property allows the paths below it.
  const allowed = scope.paths.some((name) => [wanted, first].includes(name.toLowerCase()));
  if (!allowed) {
    throw unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${path}' of resource '${scope.type}'.`,
    );
  }
  return item === undefined ? undefined : propertyAt(item, path);
}

function allow(operator: FilterOperator, scope: FilterScope): void {
  if (scope.allowed.has(operator)) return;
  throw unsupportedQuery(
    `Unsupported or invalid query filter clause: operator '${operator}' of resource '${scope.type}'.`,
  );
}

function compare(
  operator: "eq" | "ne" | "gt" | "ge" | "lt" | "le" | "has",
  value: unknown,
  wanted: Literal,
): boolean {
  if (operator === "ne") return !compare("eq", value, wanted);
  if (operator === "has") {
    const flags = textOf(value)
      .toLowerCase()
      .split(",")
      .map((flag) => flag.trim());
    return flags.includes(String(wanted).toLowerCase());
  }
  if (operator === "eq") {
    if (typeof value === "string" && typeof wanted === "string")
      return value.toLowerCase() === wanted.toLowerCase();
    return (value ?? null) === wanted;
  }
  if (value === null || value === undefined || wanted === null) return false;
  const [left, right] =
    typeof value === "number" ? [value, Number(wanted)] : [textOf(value), String(wanted)];
  if (operator === "gt") return left > right;
  if (operator === "lt") return left < right;
  return operator === "ge" ? left >= right : left <= right;
}
