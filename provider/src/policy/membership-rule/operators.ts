/**
 * The operators of membership rules: "You can use operators with or without the hyphen (-) prefix", in any case.
 * @see https://learn.microsoft.com/entra/identity/users/groups-dynamic-membership#supported-expression-operators
 */
import { nearest } from "./nearest";

/** In the writing of the documentation, without the hyphen. */
export const COMPARISONS = [
  "eq",
  "ne",
  "startsWith",
  "notStartsWith",
  "endsWith",
  "notEndsWith",
  "contains",
  "notContains",
  "match",
  "notMatch",
  "in",
  "notIn",
  "le",
  "ge",
  // Not documented, and nothing says that they are refused.
  "lt",
  "gt",
] as const;

export type ComparisonOperator = (typeof COMPARISONS)[number];

export const QUANTIFIERS = ["any", "all"] as const;
export type Quantifier = (typeof QUANTIFIERS)[number];

export const LOGICAL = ["and", "or", "not"] as const;

/** What people write who have another language in mind. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  equal: "eq",
  equals: "eq",
  is: "eq",
  "=": "eq",
  "==": "eq",
  "===": "eq",
  notequal: "ne",
  notequals: "ne",
  neq: "ne",
  isnot: "ne",
  "!=": "ne",
  "!==": "ne",
  "<>": "ne",
  beginswith: "startsWith",
  starts: "startsWith",
  notbeginswith: "notStartsWith",
  ends: "endsWith",
  includes: "contains",
  has: "contains",
  like: "contains",
  notincludes: "notContains",
  notlike: "notContains",
  regex: "match",
  matches: "match",
  oneof: "in",
  ">": "ge",
  ">=": "ge",
  "<": "le",
  "<=": "le",
  "!": "not",
  "&": "and",
  "&&": "and",
  "|": "or",
  "||": "or",
};

/** Any of the hyphens and dashes that word processors make of a hyphen; the documentation's own examples hold some. */
export const HYPHEN = "[-\\u2010-\\u2015\\u2212]";

/** The name without its hyphen, as it is compared. */
export function bareName(written: string): string {
  return written.replace(new RegExp(`^${HYPHEN}`), "").toLowerCase();
}

/** The operator of that name among the given ones, in its documented writing. */
export function operatorOf<Name extends string>(
  names: readonly Name[],
  written: string,
): Name | undefined {
  const bare = bareName(written);
  return names.find((name) => name.toLowerCase() === bare);
}

/** "-equals is no operator; did you mean -eq?" */
export function noOperator(written: string, expected: readonly string[]): string {
  const bare = bareName(written);
  const elsewhere = Object.hasOwn(ELSEWHERE, bare) ? ELSEWHERE[bare] : undefined;
  const meant =
    elsewhere !== undefined && expected.includes(elsewhere) ? elsewhere : nearest(bare, expected);
  return meant === undefined
    ? `${written} is no operator; there are ${expected.map((name) => `-${name}`).join(" ")}`
    : `${written} is no operator; did you mean -${meant}?`;
}
