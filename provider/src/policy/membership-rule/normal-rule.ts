import { parseRule } from "./parse-rule";
import type { Expression, Rule, Value } from "./rule";

/**
 * The rule in one writing: single spaces, documented operator names with their hyphen, double quotes, parentheses only
 * where they matter. Rules of the same normal form are the same to the service.
 */
export function normalRule(rule: Rule): string {
  return print(rule);
}

/** True if the two texts are the same rule. A text that is no rule is the same as itself only. */
export function sameRule(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [parseRule(a).rule, parseRule(b).rule];
  return one !== undefined && other !== undefined && normalRule(one) === normalRule(other);
}

function print(expression: Expression): string {
  switch (expression.kind) {
    case "and":
    case "or":
      return expression.terms
        .map((term) => operand(term, expression.kind))
        .join(` -${expression.kind} `);
    case "not":
      return `-not ${operand(expression.term, "not")}`;
    case "comparison":
      return `${expression.property} -${expression.operator} ${printValue(expression.value)}`;
    case "any":
    case "all":
      return `${expression.property} -${expression.kind} (${print(expression.condition)})`;
    case "group":
      return `(${print(expression.term)})`;
    case "directReports":
      return `Direct Reports for "${expression.managerId}"`;
  }
}

/** A part of a larger expression, in parentheses if it would be read differently without. */
function operand(expression: Expression, around: "and" | "or" | "not"): string {
  const printed = print(expression);
  switch (expression.kind) {
    case "or":
      return `(${printed})`;
    case "and":
      return around === "or" ? printed : `(${printed})`;
    case "any":
    case "all":
      return expression.open ? printed : `(${printed})`;
    case "not":
    case "comparison":
    case "group":
    case "directReports":
      return printed;
  }
}

function printValue(value: Value): string {
  switch (value.kind) {
    case "text":
      return `${value.quote}${value.raw}${CLOSING[value.quote]}`;
    case "word":
      return value.text;
    case "list":
      return `[${value.items.map(printValue).join(", ")}]`;
    case "moment":
      return [
        printValue(value.base),
        ...value.shifts.map(({ operator, duration }) => `-${operator} ${duration}`),
      ].join(" ");
  }
}

const CLOSING = { '"': '"', "'": "'", "“": "”", "‘": "’" } as const;
