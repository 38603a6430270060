/**
 * Rules of dynamic groups as a test of users or devices: the grammar of Microsoft's page "Manage rules for dynamic membership
 * groups". Comparisons of texts don't regard case. A rule that can't be read, or that compares dates, gives no test.
 */
import type { Entity } from "./tenant";

export type Test = (entity: Entity) => boolean;

type Value = string | boolean | null | readonly Value[];
type Compare = (left: unknown, right: Value) => boolean;

/** The test that a rule stands for, for entities of that kind; nothing if this reading doesn't understand it. */
export function testOf(rule: string, kind: "user" | "device"): Test | undefined {
  try {
    return new Reader(rule, kind).read();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Unreadable extends Error {}

const TOKEN = /\s*("(?:`"|[^"])*"|'(?:`'|[^'])*'|[()[\],]|-?[\w.]+|_)/gy;

const text = (value: unknown): string =>
  typeof value === "string" ? value.toLowerCase() : JSON.stringify(value ?? null);

const same: Compare = (left, right) =>
  right === null ? left === null || left === undefined : text(left) === text(right);
const starts: Compare = (left, right) => text(left).startsWith(text(right));
const holds: Compare = (left, right) =>
  Array.isArray(left) ? left.some((one) => same(one, right)) : text(left).includes(text(right));
const matches: Compare = (left, right) =>
  typeof left === "string" && typeof right === "string" && (pattern(right)?.test(left) ?? false);
const among: Compare = (left, right) =>
  Array.isArray(right) && (right as Value[]).some((one) => same(left, one));
const not =
  (compare: Compare): Compare =>
  (left, right) =>
    !compare(left, right);

/** A regular expression, or nothing if it is none. */
function pattern(source: string): RegExp | undefined {
  try {
    return new RegExp(source, "i");
  } catch {
    return undefined;
  }
}

const COMPARISONS: Readonly<Record<string, Compare>> = {
  eq: same,
  ne: not(same),
  startswith: starts,
  notstartswith: not(starts),
  endswith: (left, right) => text(left).endsWith(text(right)),
  contains: holds,
  notcontains: not(holds),
  match: matches,
  notmatch: not(matches),
  in: among,
  notin: not(among),
};

class Reader {
  private readonly tokens: string[] = [];
  private place = 0;

  constructor(
    rule: string,
    private readonly kind: "user" | "device",
  ) {
    TOKEN.lastIndex = 0;
    let read = 0;
    for (let hit = TOKEN.exec(rule); hit !== null; hit = TOKEN.exec(rule)) {
      this.tokens.push(hit[1] ?? "");
      read = TOKEN.lastIndex;
    }
    if (rule.slice(read).trim() !== "") throw new Unreadable();
  }

  read(): Test {
    const test = this.either(this.kind);
    if (this.place !== this.tokens.length) throw new Unreadable();
    return test;
  }

  private either(subject: string): Test {
    let left = this.both(subject);
    while (this.took("or")) {
      const [first, second] = [left, this.both(subject)];
      left = (entity) => first(entity) || second(entity);
    }
    return left;
  }

  private both(subject: string): Test {
    let left = this.negated(subject);
    while (this.took("and")) {
      const [first, second] = [left, this.negated(subject)];
      left = (entity) => first(entity) && second(entity);
    }
    return left;
  }

  private negated(subject: string): Test {
    if (!this.took("not")) return this.single(subject);
    const inner = this.negated(subject);
    return (entity) => !inner(entity);
  }

  private single(subject: string): Test {
    if (this.took("(")) {
      const inner = this.either(subject);
      this.expect(")");
      return inner;
    }
    const property = this.next();
    const value = this.valueOf(property, subject);
    const operator = this.next().toLowerCase().replace(/^-/, "");
    if (operator === "any" || operator === "all") return this.quantified(value, operator);
    const compare = COMPARISONS[operator];
    if (compare === undefined) throw new Unreadable();
    const wanted = this.constant();
    return (entity) => compare(value(entity), wanted);
  }

  /** `-any (...)`, `-all (...)`: a test of each item, which is `_` or has properties of its own. */
  private quantified(value: (entity: Entity) => unknown, operator: "any" | "all"): Test {
    this.expect("(");
    const inner = this.either("item");
    this.expect(")");
    return (entity) => {
      const list: unknown = value(entity);
      const items = (Array.isArray(list) ? list : []).map((item: unknown) => asEntity(item));
      return operator === "any" ? items.some(inner) : items.every(inner);
    };
  }

  private valueOf(property: string, subject: string): (entity: Entity) => unknown {
    if (subject === "item" && property === "_") return (entity) => entity["_"];
    const [owner = "", ...path] = property.split(".");
    const name = path.join(".").toLowerCase();
    if (name === "" || (subject !== "item" && owner.toLowerCase() !== subject))
      throw new Unreadable();
    return (entity) => Object.entries(entity).find(([key]) => key.toLowerCase() === name)?.[1];
  }

  private constant(): Value {
    const token = this.next();
    if (token === "[") {
      const values: Value[] = [];
      while (!this.took("]")) {
        values.push(this.constant());
        this.took(",");
      }
      return values;
    }
    if (/^["']/.test(token)) return token.slice(1, -1).replace(/`(["'])/g, "$1");
    if (/^\$?null$/i.test(token)) return null;
    if (/^(true|false)$/i.test(token)) return token.toLowerCase() === "true";
    // Dates and unquoted words: a reading of its own would be a guess.
    throw new Unreadable();
  }

  private next(): string {
    const token = this.tokens[this.place];
    if (token === undefined) throw new Unreadable();
    this.place += 1;
    return token;
  }

  private took(wanted: string): boolean {
    const token = this.tokens[this.place]?.toLowerCase().replace(/^-/, "");
    if (token !== wanted) return false;
    this.place += 1;
    return true;
  }

  private expect(wanted: string): void {
    if (!this.took(wanted)) throw new Unreadable();
  }
}

function asEntity(item: unknown): Entity {
  const own = typeof item === "object" && item !== null ? (item as Record<string, unknown>) : {};
  return { id: "", ...own, _: item };
}
