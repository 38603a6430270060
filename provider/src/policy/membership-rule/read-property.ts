/** Reads the property and the operator of a comparison, and says what is wrong with what stands in their place. */
import {
  bareName,
  COMPARISONS,
  type ComparisonOperator,
  HYPHEN,
  LOGICAL,
  noOperator,
  operatorOf,
  QUANTIFIERS,
  type Quantifier,
} from "./operators";
import { knownName, ownerOf } from "./properties";
import { Fault, type Reader } from "./reader";

const EXAMPLE = 'user.department -eq "Sales"';

/** What a message offers: the documented operators. */
const OFFERED = [
  ...COMPARISONS.filter((name) => name !== "lt" && name !== "gt"),
  ...QUANTIFIERS,
] as const;

/** The attribute of a directory extension may have a hyphen in its name, as long as no operator follows it. */
const MORE_OF_EXTENSION = new RegExp(
  `-(?!(${[...COMPARISONS, ...QUANTIFIERS, ...LOGICAL].join("|")})(?!\\w))\\w+`,
  "iy",
);

const OPERATOR = new RegExp(`${HYPHEN}?[A-Za-z]+|[=!<>&|~]+`, "y");
const UNMISTAKABLE_OPERATOR = new RegExp(`${HYPHEN}[A-Za-z]+|[=!<>&|~]+`, "y");
const LONE_HYPHEN = new RegExp(HYPHEN, "y");

/** `user.department`; within the condition of -any also `_` and `assignedPlan.service`. */
export function readProperty(reader: Reader, inItems: boolean): string {
  const start = reader.at;
  let written = reader.take(/[\p{L}\p{N}_][\p{L}\p{N}_.]*/uy);
  if (written === undefined) throw new Fault(start, noProperty(reader));
  if (/^user\.extension_/i.test(written)) {
    for (let more: string | undefined = ""; more !== undefined;) {
      written += more;
      more = reader.take(MORE_OF_EXTENSION);
    }
  }
  const mistake = mistakeIn(written, inItems);
  if (mistake !== undefined) throw new Fault(start, mistake);
  return written;
}

/** The comparison or quantifier that follows a property, in its documented writing. */
export function readOperator(
  reader: Reader,
  property: string,
): { written: string; operator: ComparisonOperator | Quantifier } {
  const start = reader.at;
  const written = reader.take(OPERATOR);
  if (written === undefined) throw new Fault(start, noOperatorHere(reader, property));
  const operator = operatorOf([...COMPARISONS, ...QUANTIFIERS], written);
  if (operator !== undefined) return { written, operator };
  const logical = operatorOf(LOGICAL, written);
  if (logical === "not") {
    throw new Fault(start, `${written} compares nothing; did you mean -ne?`);
  }
  throw new Fault(
    start,
    logical === undefined
      ? noOperator(written, OFFERED)
      : `${property} is compared with nothing before ${written}`,
  );
}

/** What is wrong with something that stands behind a whole comparison. */
export function unexpected(reader: Reader): string {
  const { here } = reader;
  if (here === ")") return "this parenthesis closes nothing";
  if (here === ",") return "a list of values stands in [ ], behind -in or -notIn";
  const written = reader.see(UNMISTAKABLE_OPERATOR);
  if (written !== undefined && operatorOf(OFFERED, written) === undefined) {
    return noOperator(written, ["and", "or"]);
  }
  if (written !== undefined) {
    return `-and or -or must stand between two comparisons, but ${written} follows the first`;
  }
  return here === "(" || /[\p{L}\p{N}_]/u.test(here)
    ? `-and or -or is missing before ${reader.shown()}`
    : `-and, -or or the end of the rule is expected instead of ${reader.shown()}`;
}

function noProperty(reader: Reader): string {
  const { here } = reader;
  if (reader.ended) return `a comparison such as ${EXAMPLE} is missing at the end`;
  if (here === ")") return `a comparison such as ${EXAMPLE} is missing before the parenthesis`;
  const operator = reader.see(UNMISTAKABLE_OPERATOR);
  if (operator !== undefined) return misplaced(operator) ?? noOperator(operator, ["not"]);
  if (here === "$") return "a property is written without $, as in user.department";
  return `a comparison begins with a property such as user.department, not with ${reader.shown()}`;
}

/** Why an operator can't begin a comparison. */
function misplaced(operator: string): string | undefined {
  const logical = operatorOf(["and", "or"], operator);
  if (logical !== undefined) return `a comparison is missing before ${operator}`;
  return operatorOf([...COMPARISONS, ...QUANTIFIERS], operator) === undefined
    ? undefined
    : `a property such as user.department is missing before ${operator}`;
}

function mistakeIn(written: string, inItems: boolean): string | undefined {
  if (written === "_")
    return inItems ? undefined : "_ stands for an item, within -any or -all only";
  const [prefix = "", ...names] = written.split(".");
  if (names.length > 0) {
    if (names.includes("")) return `${written} lacks the name of a property`;
    if (inItems || ownerOf(written) !== "item") return undefined;
    const known = knownName(names.join("."));
    const meant = known === undefined ? ", as in user.department" : `; did you mean user.${known}?`;
    return `${prefix}. is unknown: properties begin with user.${meant}`;
  }
  if (/^direct$/i.test(written))
    return 'did you mean Direct Reports for "the manager\'s object id"?';
  const known = knownName(written);
  if (known !== undefined) return `${written} must be written user.${known}`;
  const operator = bareName(written) === "not" ? undefined : misplaced(written);
  if (operator !== undefined) return operator;
  return inItems
    ? `an item is written _, or its property as in assignedPlan.service, but here stands ${written}`
    : `a comparison begins with a property such as user.department, not with ${written}`;
}

function noOperatorHere(reader: Reader, property: string): string {
  if (reader.ended || reader.here === ")") {
    return `${property} is compared with nothing: an operator such as -eq must follow`;
  }
  if (reader.see(LONE_HYPHEN) !== undefined) {
    return "the hyphen of an operator stands directly before its name";
  }
  return `an operator such as -eq is missing between ${property} and ${reader.shown()}`;
}
