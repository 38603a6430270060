/**
 * A membership rule as a tree. The tree holds what the documentation says makes a difference and nothing else: no
 * spacing, no case of operators, no needless parentheses. Names, texts and words stay as they are written, because
 * nobody but the service knows which of their writings are the same.
 */
import type { ComparisonOperator } from "./operators";

export type Rule = Expression;

export type Expression = Joined | Negated | Comparison | Quantified | Group | DirectReports;

/** Two or more terms; none of them is joined by the same operator itself. */
export interface Joined {
  kind: "and" | "or";
  terms: Expression[];
}

export interface Negated {
  kind: "not";
  term: Expression;
}

export interface Comparison {
  kind: "comparison";
  /** As written: `user.department`, `assignedPlan.service`, or `_` for an item itself. */
  property: string;
  operator: ComparisonOperator;
  value: Value;
}

/** A condition on the items of a property that has many. */
export interface Quantified {
  kind: "any" | "all";
  property: string;
  condition: Expression;
  /**
   * It stands beside -and, -or or -not without parentheses of its own. The documented precedence puts -any below -or,
   * so that it could reach further than its parentheses; hence it is not the same as one with parentheses.
   */
  open?: true;
}

/** Parentheses that end the reach of an open `-any` inside. */
export interface Group {
  kind: "group";
  term: Expression;
}

/** All who report to a manager; never part of another rule. */
export interface DirectReports {
  kind: "directReports";
  managerId: string;
}

export type Value = Scalar | List | Moment;
export type Scalar = Text | Word;

/** A quoted text. */
export interface Text {
  kind: "text";
  /** The opening quote: `"`, or another one where that could make a difference. */
  quote: Quote;
  /** What stands between the quotes, with its escapes. */
  raw: string;
}

export type Quote = '"' | "'" | "“" | "‘";

/** Anything without quotes: `true`, `null`, a number, a date, `system.now`. */
export interface Word {
  kind: "word";
  text: string;
}

export interface List {
  kind: "list";
  items: Scalar[];
}

/** A point in time with something added or taken away: `system.now -plus p1d`. */
export interface Moment {
  kind: "moment";
  base: Scalar;
  shifts: { operator: "plus" | "minus"; duration: string }[];
}

/** Joins terms; what was joined by the same operator already becomes part of it. */
export function joined(kind: "and" | "or", terms: Expression[]): Expression {
  const flat = terms.flatMap((term) => (term.kind === kind ? term.terms : [term]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind, terms: flat };
}

/** What a pair of parentheses around an expression makes of it. */
export function grouped(term: Expression): Expression {
  return reaches(term) ? { kind: "group", term } : term;
}

/** Parentheses around the whole mean nothing. */
export function ungrouped(expression: Expression): Expression {
  return expression.kind === "group" ? expression.term : expression;
}

function reaches(expression: Expression): boolean {
  switch (expression.kind) {
    case "and":
    case "or":
      return expression.terms.some(reaches);
    case "not":
      return reaches(expression.term);
    case "any":
    case "all":
      return expression.open === true;
    case "comparison":
    case "group":
    case "directReports":
      return false;
  }
}

/** A word in its one writing, where the documentation leaves no doubt that the writings are the same. */
export function word(text: string): Word {
  // `$null` is what `null` was called before 2018; the documentation of that time calls them equivalent.
  if (/^\$?null$/i.test(text)) return { kind: "word", text: "null" };
  if (/^(true|false|system\.now)$/i.test(text)) return { kind: "word", text: text.toLowerCase() };
  return { kind: "word", text };
}

/** A text in its one writing: 'a' is "a" unless it holds what has a meaning between double quotes. */
export function text(quote: Quote, raw: string): Text {
  return { kind: "text", quote: quote === "'" && !/["`]/.test(raw) ? '"' : quote, raw };
}
