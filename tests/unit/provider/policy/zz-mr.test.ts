import fc from "fast-check";
import { normalRule, sameRule } from "../../../../provider/src/policy/membership-rule/normal-rule";
import { COMPARISONS } from "../../../../provider/src/policy/membership-rule/operators";
import { parseRule } from "../../../../provider/src/policy/membership-rule/parse-rule";
import {
  type Comparison,
  type Expression,
  grouped,
  joined,
  type Quantified,
  type Rule,
  text,
  ungrouped,
  type Value,
  word,
} from "../../../../provider/src/policy/membership-rule/rule";

const RUNS = { numRuns: 6000 };

const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "a",
        "Z",
        " ",
        "é",
        '`"',
        "``",
        "''",
        "\\d",
        "(",
        ")",
        "]",
        ",",
        "-eq ",
        " -or ",
        "“",
        "\n",
        "😀",
      ),
      fc.string({ unit: "grapheme", maxLength: 4 }).map((piece) => piece.replace(/["`]/g, "")),
    ),
    { maxLength: 5 },
  )
  // A text that begins like this is no regular expression.
  .map((pieces) => text('"', pieces.join("").replace(/^[*+?]+/, "")));

const words = fc
  .constantFrom("true", "false", "null", "5", "-2", "1.5", "2026-06-10", "Sales", "$true")
  .map(word);
const moments = fc.record({
  kind: fc.constant("moment" as const),
  base: fc.constantFrom(word("system.now"), word("2026-06-10T18:13:20Z")),
  shifts: fc.array(
    fc.record({
      operator: fc.constantFrom("plus" as const, "minus" as const),
      duration: fc.constantFrom("p1d", "pt12h", "p1y2m3w4dt5h6m7s", "p1m"),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});
const lists = fc.record({
  kind: fc.constant("list" as const),
  items: fc.array(fc.oneof(texts, words), { maxLength: 4 }),
});

const single = COMPARISONS.filter((name) => name !== "in" && name !== "notIn");

function comparisons(properties: string[]): fc.Arbitrary<Comparison> {
  const of = <V extends Value>(
    names: string[],
    operators: readonly Comparison["operator"][],
    values: fc.Arbitrary<V>,
  ) =>
    fc.record({
      kind: fc.constant("comparison" as const),
      property: fc.constantFrom(...names),
      operator: fc.constantFrom(...operators),
      value: values,
    });
  return fc.oneof(
    of(properties, single, fc.oneof(texts, words)),
    of(properties, ["in", "notIn"], lists),
    ...(properties.includes("_")
      ? []
      : [
          of(
            ["user.accountEnabled"],
            ["eq", "ne"],
            fc.constantFrom(word("true"), word("null"), text('"', "false")),
          ),
          of(["user.employeeHireDate"], ["le", "ge"], moments),
        ]),
  );
}

const OF_USERS = [
  "user.city",
  "user.extensionAttribute3",
  "user.extension_ab12_x",
  "user.favourite",
];
const OF_ITEMS = ["_", "assignedPlan.service", "group.objectId"];

/** Expressions as reading makes them: no needless parentheses, needed ones kept. */
function expressions(leaf: fc.Arbitrary<Expression>, depth: number): fc.Arbitrary<Expression> {
  if (depth === 0) return leaf;
  const part = expressions(leaf, depth - 1);
  /** Parts beside an operator: a quantified one stands with or without parentheses of its own. */
  const beside = fc
    .tuple(part, fc.boolean())
    .map(([term, open]): Expression =>
      open && isQuantified(term) ? { ...term, open: true } : term,
    );
  return fc.oneof(
    leaf,
    fc.array(beside, { minLength: 2, maxLength: 3 }).map((terms) => joined("or", terms)),
    fc.array(beside, { minLength: 2, maxLength: 3 }).map((terms) =>
      joined(
        "and",
        terms.map((term) => (term.kind === "or" ? grouped(term) : term)),
      ),
    ),
    beside.map((term): Expression => ({
      kind: "not",
      term: term.kind === "or" || term.kind === "and" ? grouped(term) : term,
    })),
  );
}

function isQuantified(expression: Expression): expression is Quantified {
  return expression.kind === "any" || expression.kind === "all";
}

const quantified: fc.Arbitrary<Expression> = fc.record({
  kind: fc.constantFrom("any" as const, "all" as const),
  property: fc.constantFrom("user.otherMails", "user.assignedPlans", "user.favourites"),
  condition: expressions(comparisons(OF_ITEMS), 1).map(ungrouped),
});

const rules: fc.Arbitrary<Rule> = fc
  .oneof(
    {
      weight: 20,
      arbitrary: expressions(fc.oneof(comparisons(OF_USERS), quantified), 2).map(ungrouped),
    },
    {
      weight: 1,
      arbitrary: fc.uuid().map((managerId): Rule => ({ kind: "directReports", managerId })),
    },
  )
  .filter((rule) => normalRule(rule).length <= 3072);

test("a printed rule reads back as the same rule", () => {
  fc.assert(
    fc.property(rules, (rule) => {
      const { rule: read, errors } = parseRule(normalRule(rule));
      expect(errors).toEqual([]);
      expect(read).toEqual(rule);
    }),
    RUNS,
  );
});

/** Prints with the noise that means nothing: space, case, hyphens, quotes, parentheses. */
class Scribe {
  constructor(private readonly dice: Iterator<number>) {}

  private throw(sides: number): number {
    return (this.dice.next().value as number) % sides;
  }

  private pick<T>(...choices: T[]): T {
    return choices[this.throw(choices.length)]!;
  }

  private space(): string {
    return this.pick(" ", "  ", "\t", "\r\n", " \u00a0 ");
  }

  private maybe(): string {
    return this.pick("", "", this.space());
  }

  private operator(name: string): string {
    const cased = this.pick(name, name.toLowerCase(), name.toUpperCase());
    return this.pick("-", "-", "", "–") + cased;
  }

  private enclosed(inner: string): string {
    return `(${this.maybe()}${inner}${this.maybe()})`;
  }

  whole(rule: Rule): string {
    const inner = this.expression(rule);
    return this.maybe() + this.pick(inner, this.enclosed(inner)) + this.maybe();
  }

  private operand(expression: Expression, around: string): string {
    const inner = this.expression(expression);
    if (expression.kind === "any" || expression.kind === "all") {
      return expression.open ? inner : this.enclosed(inner);
    }
    if (expression.kind === "or" || (expression.kind === "and" && around !== "or")) {
      return this.enclosed(inner);
    }
    // More parentheses mean nothing, unless they end the reach of an -any.
    return grouped(expression) === expression ? this.pick(inner, this.enclosed(inner)) : inner;
  }

  private expression(expression: Expression): string {
    switch (expression.kind) {
      case "and":
      case "or":
        return expression.terms
          .map((term) => this.operand(term, expression.kind))
          .reduce(
            (a, b) => `${a}${this.space()}${this.operator(expression.kind)}${this.space()}${b}`,
          );
      case "not":
        return `${this.operator("not")}${this.space()}${this.operand(expression.term, "not")}`;
      case "group":
        return this.enclosed(this.expression(expression.term));
      case "any":
      case "all": {
        const { property, kind, condition } = expression;
        return `${property}${this.space()}${this.operator(kind)}${this.maybe()}${this.enclosed(this.expression(condition))}`;
      }
      case "comparison": {
        const { property, operator, value } = expression;
        return `${property}${this.space()}${this.operator(operator)}${this.space()}${this.value(value)}`;
      }
      case "directReports":
        return `${this.pick("Direct", "direct")}${this.space()}Reports${this.space()}FOR "${expression.managerId.toUpperCase()}"`;
    }
  }

  private value(value: Value): string {
    switch (value.kind) {
      case "text":
        // Between single quotes a single one ends the text, and double quotes and backticks stand for themselves.
        return /['"`]/.test(value.raw.replaceAll("''", ""))
          ? `"${value.raw}"`
          : this.pick(`"${value.raw}"`, `'${value.raw}'`);
      case "word":
        return value.text === "null"
          ? this.pick("null", "NULL", "$null")
          : /^(true|false|system\.now)$/.test(value.text)
            ? this.pick(value.text, value.text.toUpperCase())
            : value.text;
      case "list":
        return `[${this.maybe()}${value.items.map((item) => this.value(item)).join(`${this.maybe()},${this.maybe()}`)}${this.maybe()}]`;
      case "moment": {
        const shifts = value.shifts.map(
          ({ operator, duration }) =>
            `${this.space()}${this.operator(operator)}${this.space()}${this.pick(duration, duration.toUpperCase())}`,
        );
        const inner = this.value(value.base) + shifts.join("");
        return this.pick(inner, this.enclosed(inner));
      }
    }
  }
}

const dice = fc.infiniteStream(fc.nat(59));

test("another spacing, case and quoting is the same rule", () => {
  fc.assert(
    fc.property(rules, dice, (rule, stream) => {
      const noisy = new Scribe(stream).whole(rule);
      fc.pre(noisy.length <= 3072);
      expect(parseRule(noisy).errors).toEqual([]);
      expect(normalRule(parseRule(noisy).rule!)).toBe(normalRule(rule));
      expect(sameRule(noisy, normalRule(rule))).toBe(true);
    }),
    RUNS,
  );
});

/** Every rule that differs from this one in one operator, property or value. */
function* changes(expression: Expression): Generator<Expression> {
  switch (expression.kind) {
    case "and":
    case "or": {
      const { kind, terms } = expression;
      const other = kind === "and" ? "or" : "and";
      yield joined(
        other,
        terms.map((term) => (other === "and" && term.kind === "or" ? grouped(term) : term)),
      );
      for (const [index, term] of terms.entries()) {
        for (const change of changes(term)) {
          yield joined(
            kind,
            terms.map((same, place) => (place === index ? change : same)),
          );
        }
      }
      return;
    }
    case "not":
      yield expression.term;
      for (const term of changes(expression.term)) yield { kind: "not", term };
      return;
    case "group":
      for (const term of changes(expression.term)) yield grouped(term);
      return;
    case "any":
    case "all":
      yield { ...expression, kind: expression.kind === "any" ? "all" : "any" };
      yield { ...expression, property: "user.proxyAddresses" };
      for (const condition of changes(expression.condition)) yield { ...expression, condition };
      return;
    case "comparison":
      for (const operator of COMPARISONS) {
        if (operator !== expression.operator) yield { ...expression, operator };
      }
      yield { ...expression, property: `${expression.property}x` };
      yield { ...expression, property: expression.property.toUpperCase().replace("_", "_y") };
      for (const value of otherValues(expression.value)) yield { ...expression, value };
      return;
    case "directReports":
      yield {
        ...expression,
        managerId: expression.managerId.replace(/^./, (c) => (c === "0" ? "1" : "0")),
      };
  }
}

function* otherValues(value: Value): Generator<Value> {
  switch (value.kind) {
    case "text":
      yield text('"', `${value.raw}x`);
      yield text('"', `x${value.raw}`);
      if (/^\w+$/.test(value.raw)) yield word(value.raw);
      if (value.raw.includes(" ")) yield text('"', value.raw.replace(" ", "  "));
      return;
    case "word":
      yield text('"', value.text);
      yield word(`${value.text}1`);
      return;
    case "list":
      yield { kind: "list", items: [...value.items, word("7")] };
      if (value.items.length > 0) yield { kind: "list", items: value.items.slice(1) };
      return;
    case "moment":
      yield value.base;
      yield { ...value, base: word("2025-01-01") };
      yield { ...value, shifts: [...value.shifts, { operator: "plus", duration: "p9d" }] };
      yield {
        ...value,
        shifts: value.shifts.map(({ duration }) => ({
          operator: "plus",
          duration: `${duration}1`,
        })),
      };
  }
}

test("a change of one operator, property or value is another rule", () => {
  let counted = 0;
  fc.assert(
    fc.property(rules, (rule) => {
      const normal = normalRule(rule);
      const all = [...changes(rule)].map(normalRule);
      counted += all.length;
      expect(all).not.toContain(normal);
      // Comparing texts reads both: a few of them say the same.
      for (const change of all.slice(0, 3)) expect(sameRule(change, normal)).toBe(false);
    }),
    { numRuns: 1000 },
  );
  expect(counted).toBeGreaterThan(5000);
});

const PIECES = [
  ...[
    "(",
    ")",
    "[",
    "]",
    ",",
    '"',
    "'",
    "`",
    "\\",
    ".",
    "$",
    "-",
    "_",
    " ",
    "\n",
    "“",
    "”",
    "‘",
    "–",
    ";",
    "!",
  ],
  ...[
    "user.city",
    "user.otherMails",
    "user.accountEnabled",
    "device.x",
    "_",
    "group.objectId",
    "user.extension_a",
  ],
  ...[
    "-eq",
    "eq",
    "-in",
    "-any",
    "-all",
    "-and",
    "or",
    "-not",
    "-match",
    "-plus",
    "-foo",
    "&&",
    "=",
  ],
  ...[
    '"a"',
    "'b'",
    "true",
    "null",
    "5",
    "system.now",
    "p1d",
    "[1, 2]",
    'user.city -eq "a"',
    "Direct Reports for",
    "😀",
  ],
];
const nearRules = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom("", " ")), { maxLength: 25 })
  .map((pieces) => pieces.flat().join(""));
/** A good rule with a piece put in or taken out. */
const damaged = fc
  .tuple(rules, fc.nat(), fc.nat(3), fc.constantFrom("", ...PIECES))
  .map(([rule, place, length, piece]) => {
    const normal = normalRule(rule);
    const at = place % (normal.length + 1);
    return normal.slice(0, at) + piece + normal.slice(at + length);
  });

const filled = (piece: string) => piece.repeat(3072).slice(0, 3072);

test.each<[string, fc.Arbitrary<string>, number?]>([
  ["text", fc.string({ unit: "binary", maxLength: 200 })],
  ["pieces of rules", nearRules],
  ["damaged rules", damaged],
  ["long text", fc.string({ minLength: 3000, maxLength: 3100 })],
  [
    "deep text",
    fc.constantFrom("(", "[", "-not ", "user.x -any (", '"', "user.x -eq (").map(filled),
    30,
  ],
])(
  "reading any %s gives a rule or places of mistakes, never a crash",
  (_kind, anyText, numRuns = 20000) => {
    fc.assert(
      fc.property(anyText, (given) => {
        const { rule, errors, warnings } = parseRule(given);
        expect(rule === undefined).toBe(errors.length > 0);
        for (const { column, message } of [...errors, ...warnings]) {
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual(given.length + 1);
          expect(message).not.toMatch(/undefined|\n/);
        }
        if (rule !== undefined) expect(parseRule(normalRule(rule)).rule).toEqual(rule);
      }),
      { numRuns },
    );
  },
);

test("texts that are no rules are the same only if they are equal", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(sameRule(a, a)).toBe(true);
      expect(sameRule(a, b)).toBe(a === b);
    }),
  );
  expect(sameRule("x", 'user.city -eq "x"')).toBe(false);
  expect(sameRule("x ", "x")).toBe(false);
});

test.each([
  // By the documented precedence -any reaches over what follows, unless parentheses end it.
  ['user.a -any (_ -eq "1") -and user.b -eq "2"', '(user.a -any (_ -eq "1")) -and user.b -eq "2"'],
  [
    '(user.c -eq "3" -and user.a -any (_ -eq "1")) -and user.b -eq "2"',
    'user.c -eq "3" -and user.a -any (_ -eq "1") -and user.b -eq "2"',
  ],
  // Names are case-sensitive, says the documentation.
  ['user.City -eq "a"', 'user.city -eq "a"'],
  // Only the service knows whether these are the same.
  ["user.city -eq “a”", 'user.city -eq "a"'],
  ["user.city -eq a", 'user.city -eq "a"'],
  ["user.city -eq 'a`b'", 'user.city -eq "a`b"'],
  ["user.accountEnabled -eq $true", "user.accountEnabled -eq true"],
  ['user.city -in ["a", "b"]', 'user.city -in ["b", "a"]'],
])("%s is not %s", (a, b) => {
  expect(sameRule(a, b)).toBe(false);
});
