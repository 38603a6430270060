/**
 * Holds a comparison against what Microsoft documents about its property. What the documentation excludes is an error;
 * what it does not mention is a warning, because the service has always accepted more than is written down.
 */
import type { ComparisonOperator, Quantifier } from "./operators";
import { kindOf, type PropertyKind } from "./properties";
import { brief } from "./reader";
import type { Scalar, Value } from "./rule";

export interface Verdict {
  /** What the finding is about. */
  of: "operator" | "value";
  refused: boolean;
  message: string;
}

/** What is wrong or odd in `property -operator value`. */
export function judgeComparison(
  property: string,
  operator: ComparisonOperator,
  value: Value,
): Verdict[] {
  const kind = kindOf(property);
  const found = [...judgeOperator(property, kind, operator, value), ...judgeShape(operator, value)];
  if (found.some(({ refused }) => refused)) return found;
  return [
    ...found,
    ...judgeList(property, kind, operator, value),
    ...judgeScalars(property, kind, value),
  ];
}

/** What is wrong or odd in `property -any (...)`. */
export function judgeQuantifier(property: string, quantifier: Quantifier): Verdict[] {
  switch (kindOf(property)) {
    case "texts":
    case undefined:
      return [];
    case "objects":
      return /^user\.memberof$/i.test(property)
        ? [
            warning(
              "operator",
              "Microsoft ends the preview of memberOf on November 3, 2026; such groups stop updating then",
            ),
          ]
        : [];
    case "text":
    case "boolean":
    case "date":
      return [
        error(
          "operator",
          `-${quantifier} is for properties of many values, and ${property} has one`,
        ),
      ];
  }
}

function judgeOperator(
  property: string,
  kind: PropertyKind | undefined,
  operator: ComparisonOperator,
  value: Value,
): Verdict[] {
  const undocumented = [
    warning("operator", `Microsoft documents no -${operator} for ${property}; it may be refused`),
  ];
  switch (kind) {
    case "boolean":
      return operator === "eq" || operator === "ne"
        ? []
        : [
            error(
              "operator",
              `-${operator} does not go with ${property}, which is true or false: use -eq or -ne`,
            ),
          ];
    case "date":
      return ["eq", "ne", "le", "ge"].includes(operator) ? [] : undocumented;
    case "texts":
    case "objects":
      // -contains and -notContains were the documented operators of collections until 2023.
      return operator === "contains" || operator === "notContains" || isNull(value)
        ? []
        : [
            warning(
              "operator",
              `${property} has many values, which are compared with -any or -all`,
            ),
          ];
    case "text":
    case undefined:
      return ["le", "ge", "lt", "gt"].includes(operator) ? undocumented : [];
  }
}

function judgeShape(operator: ComparisonOperator, value: Value): Verdict[] {
  const membership = operator === "in" || operator === "notIn";
  if (membership && value.kind !== "list") {
    return [error("value", `-${operator} takes a list in brackets, such as ["Sales", "Finance"]`)];
  }
  if (isNull(value) && operator !== "eq" && operator !== "ne") {
    return [warning("operator", `null is compared with -eq or -ne, not with -${operator}`)];
  }
  if (operator === "match" || operator === "notMatch") {
    // The example that Microsoft gives of a "Query compilation error".
    if (value.kind === "text" && /^[*+?]/.test(value.raw)) {
      const sign = value.raw.charAt(0);
      return [
        error("value", `a regular expression can't begin with ${sign}; did you mean .${sign}?`),
      ];
    }
  }
  return [];
}

function judgeList(
  property: string,
  kind: PropertyKind | undefined,
  operator: ComparisonOperator,
  value: Value,
): Verdict[] {
  if (value.kind !== "list") return [];
  if (value.items.length === 0) return [warning("value", "an empty list matches nobody")];
  if (operator === "in" || operator === "notIn") return [];
  const message = `-${operator} takes one value; a list goes with -in and -notIn`;
  const single = kind === "text" || kind === "boolean" || kind === "date";
  return [single ? error("value", message) : warning("value", `${property}: ${message}`)];
}

function judgeScalars(property: string, kind: PropertyKind | undefined, value: Value): Verdict[] {
  if (value.kind === "list") {
    return value.items.flatMap((item) => judgeScalar(property, kind, item)).slice(0, 1);
  }
  if (value.kind === "moment") {
    return kind === "text" || kind === "boolean"
      ? [error("value", `${property} is no date: nothing can be added to its value`)]
      : [];
  }
  return isNull(value) ? [] : judgeScalar(property, kind, value);
}

function judgeScalar(property: string, kind: PropertyKind | undefined, value: Scalar): Verdict[] {
  const written = value.kind === "word" ? value.text : value.raw;
  if (value.kind === "text" && (value.quote === "“" || value.quote === "‘")) {
    return [warning("value", "these are a word processor's quotes; write straight ones")];
  }
  if (kind === "boolean") return judgeBoolean(property, value, written);
  if (kind === "date") {
    const isDate = /\d/.test(written) || /^system\.now$/i.test(written);
    return isDate
      ? []
      : [
          error(
            "value",
            `${property} is a date: compare it with system.now or with one such as 2026-06-10T18:13:20Z`,
          ),
        ];
  }
  // A date or a number; with escaped quotes of its own, as in an example of the documentation, it is a text.
  const plain = /^(`.*|[-–]?\d+(\.\d+)?|true|false|null|system\.now|\d{4}-\d\d-\d\d.*)$/i;
  if (value.kind === "word" && !plain.test(written)) {
    return [warning("value", `a text stands in double quotes: "${brief(written)}"`)];
  }
  return [];
}

function judgeBoolean(property: string, value: Scalar, written: string): Verdict[] {
  if (value.kind === "word" && /^(true|false|null)$/.test(written)) return [];
  if (/^\$?(true|false)$/i.test(written)) {
    const bare = written.replace("$", "").toLowerCase();
    return [warning("value", `${property} is compared with a plain ${bare}; this may be refused`)];
  }
  return [error("value", `${property} is true or false, and ${brief(written)} is neither`)];
}

function isNull(value: Value): boolean {
  return value.kind === "word" && value.text === "null";
}

function error(of: Verdict["of"], message: string): Verdict {
  return { of, refused: true, message };
}

function warning(of: Verdict["of"], message: string): Verdict {
  return { of, refused: false, message };
}
