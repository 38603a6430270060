/**
 * Reads Entra ID's rules of dynamic membership groups. Never refuses what the service might accept: only what breaks the
 * documented grammar, what the documentation excludes, and what is too long are errors.
 * @see https://learn.microsoft.com/entra/identity/users/groups-dynamic-membership
 */
import { judgeComparison, judgeQuantifier, type Verdict } from "./kinds";
import { HYPHEN } from "./operators";
import { ownerOf, unlisted } from "./properties";
import { readOperator, readProperty, unexpected } from "./read-property";
import { passText, readScalar, readValue } from "./read-value";
import { brief, Fault, Reader, type Remark, remark } from "./reader";
import { type Expression, grouped, joined, type Quantified, type Rule, ungrouped } from "./rule";

/** "The total length of the body of your membership rule can't exceed 3,072 characters." */
export const MAX_LENGTH = 3072;

/** Deeper than any rule that somebody reads, and far from the end of the stack. */
const MAX_DEPTH = 200;

export interface Parsed {
  /** Absent if there are errors. */
  rule?: Rule;
  /** In the order of their columns. */
  errors: Remark[];
  /** What the service may refuse, or understand in another way than its author. */
  warnings: Remark[];
}

/** Reads a rule; never throws. */
export function parseRule(text: string): Parsed {
  if (text.length > MAX_LENGTH) {
    const message = `a rule can have ${MAX_LENGTH} characters, and this one has ${text.length}`;
    return { errors: [{ column: MAX_LENGTH + 1, message }], warnings: [] };
  }
  return new Parser(text).parse();
}

const NOT = new RegExp(`${HYPHEN}?not(?![\\w.])`, "iy");
const JOINING = {
  and: new RegExp(`${HYPHEN}?and(?![\\w.])`, "iy"),
  or: new RegExp(`${HYPHEN}?or(?![\\w.])`, "iy"),
  either: new RegExp(`${HYPHEN}?(and|or)(?![\\w.])`, "iy"),
};
const OBJECT_ID = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** Stands where a mistake was; a rule that holds one is never returned. */
const MISTAKE: Expression = {
  kind: "comparison",
  property: "",
  operator: "eq",
  value: { kind: "word", text: "" },
};

class Parser {
  private readonly reader: Reader;
  private readonly errors: Remark[] = [];
  private readonly warnings: Remark[] = [];
  /** Quantified properties that no parentheses enclose so far, and where they stand. */
  private readonly bare = new Map<Expression, number>();
  /** Where the first property of users, of devices and the first rule for direct reports stand. */
  private readonly first: { user?: number; device?: number; directReports?: number } = {};
  private inItems = false;
  private depth = 0;
  private stopped = false;

  constructor(text: string) {
    this.reader = new Reader(text);
  }

  parse(): Parsed {
    const rule = ungrouped(this.either());
    this.reader.skipSpace();
    if (!this.reader.ended) this.error(this.reader.at, unexpected(this.reader));
    this.judgeWhole(rule);
    const byColumn = (a: Remark, b: Remark) => a.column - b.column;
    const errors = this.errors.sort(byColumn);
    return {
      ...(errors.length === 0 && { rule }),
      errors,
      warnings: this.warnings.sort(byColumn),
    };
  }

  private either(): Expression {
    return this.chain("or", () => this.chain("and", () => this.negation()));
  }

  private chain(kind: "and" | "or", next: () => Expression): Expression {
    const terms = [next()];
    for (;;) {
      this.reader.skipSpace();
      if (this.reader.take(JOINING[kind]) === undefined) break;
      terms.push(next());
    }
    return joined(kind, terms.length > 1 ? terms.map((term) => this.opened(term)) : terms);
  }

  private negation(): Expression {
    let count = 0;
    this.reader.skipSpace();
    while (this.reader.take(NOT) !== undefined) {
      count++;
      this.reader.skipSpace();
    }
    let expression = this.operand();
    if (count > 0) expression = this.opened(expression);
    for (; count > 0; count--) expression = { kind: "not", term: expression };
    return expression;
  }

  /** The same expression, marked if its -any could reach over what stands beside it. */
  private opened(expression: Expression): Expression {
    const at = this.bare.get(expression);
    if (at === undefined) return expression;
    const { kind, property } = expression as Quantified;
    this.warn(
      at,
      `put ${property} -${kind} (...) in parentheses of its own: -${kind} binds weaker than what stands beside it`,
    );
    return { ...(expression as Quantified), open: true };
  }

  /** What is in parentheses, or one comparison. After a mistake reading goes on behind it. */
  private operand(): Expression {
    try {
      this.reader.skipSpace();
      return this.reader.here === "("
        ? this.inParentheses()
        : (this.directReports() ?? this.comparison());
    } catch (fault) {
      this.refuse(fault);
      if (!this.stopped) this.recover((fault as Fault).at, true);
      return MISTAKE;
    }
  }

  private inParentheses(): Expression {
    const start = this.reader.at;
    if (++this.depth > MAX_DEPTH) {
      throw new Fault(start, `parentheses stand ${MAX_DEPTH} deep at the most`, true);
    }
    this.reader.at++;
    const expression = this.either();
    this.depth--;
    if (this.stopped) return MISTAKE;
    this.reader.skipSpace();
    if (!this.reader.ended && this.reader.here !== ")") {
      this.error(this.reader.at, unexpected(this.reader));
      this.recover(this.reader.at, false);
    }
    if (this.reader.take(/\)/y) === undefined) {
      throw new Fault(start, "the parenthesis that opens here is not closed", true);
    }
    this.bare.delete(expression);
    return grouped(expression);
  }

  private comparison(): Expression {
    const { reader } = this;
    const propertyAt = reader.at;
    const property = readProperty(reader, this.inItems);
    this.judgeProperty(property, propertyAt);
    reader.skipSpace();
    const operatorAt = reader.at;
    const { written, operator } = readOperator(reader, property);
    if (operator === "any" || operator === "all") {
      this.report(judgeQuantifier(property, operator), operatorAt, operatorAt);
      const condition = this.condition(written);
      const quantified: Quantified = { kind: operator, property, condition };
      this.bare.set(quantified, propertyAt);
      return quantified;
    }
    reader.skipSpace();
    const valueAt = reader.at;
    const value = readValue(reader, written);
    this.report(judgeComparison(property, operator, value), operatorAt, valueAt);
    return { kind: "comparison", property, operator, value };
  }

  /** `(_ -eq "x")`. The documentation of devices has examples without the parentheses: `-any _ -eq "x"`. */
  private condition(written: string): Expression {
    const { reader, inItems: outside } = this;
    reader.skipSpace();
    if (reader.see(/[(\p{L}_]/uy) === undefined) {
      throw new Fault(reader.at, `${written} needs a condition such as (_ -startsWith "x")`);
    }
    this.inItems = true;
    try {
      return ungrouped(reader.here === "(" ? this.inParentheses() : this.comparison());
    } finally {
      this.inItems = outside;
    }
  }

  private directReports(): Expression | undefined {
    const { reader } = this;
    const start = reader.at;
    if (reader.take(/direct\s+reports\s+for(?![\w.])/iy) === undefined) return undefined;
    reader.skipSpace();
    const idAt = reader.at;
    const id = readScalar(reader, "Direct Reports for");
    const written = id.kind === "text" ? id.raw : id.text;
    if (!OBJECT_ID.test(written)) {
      throw new Fault(idAt, `the manager is named by an object id, and ${brief(written)} is none`);
    }
    this.first.directReports ??= start;
    return { kind: "directReports", managerId: written.toLowerCase() };
  }

  private judgeProperty(property: string, at: number): void {
    const owner = ownerOf(property);
    if (owner !== "item") this.first[owner] ??= at;
    if (this.inItems && owner !== "item") {
      this.warn(at, `${property} within -any or -all is no property of an item`);
    }
    const odd = unlisted(property);
    if (odd !== undefined) this.warn(at, odd);
  }

  private judgeWhole(rule: Rule): void {
    const { user, device, directReports } = this.first;
    if (user !== undefined && device !== undefined) {
      this.error(
        Math.max(user, device),
        "a rule is about users or about devices, never about both",
      );
    } else if (device !== undefined) {
      this.warn(device, "this rule finds devices, not users");
    }
    if (directReports !== undefined && rule.kind !== "directReports") {
      this.error(directReports, "a rule for direct reports can't be part of another rule");
    }
  }

  private report(verdicts: Verdict[], operatorAt: number, valueAt: number): void {
    for (const { of, refused, message } of verdicts) {
      const at = of === "operator" ? operatorAt : valueAt;
      if (refused) this.error(at, message);
      else this.warn(at, message);
    }
  }

  private refuse(fault: unknown): void {
    if (!(fault instanceof Fault)) throw fault;
    this.error(fault.at, fault.message);
    if (!fault.fatal) return;
    this.reader.at = this.reader.text.length;
    this.stopped = true;
  }

  private error(at: number, message: string): void {
    if (!this.stopped) this.errors.push(remark(at, message));
  }

  private warn(at: number, message: string): void {
    this.warnings.push(remark(at, message));
  }

  /** Moves to the parenthesis that ends what is open here, or to the next -and or -or before it. */
  private recover(from: number, orToJoining: boolean): void {
    const { reader } = this;
    reader.at = Math.max(reader.at, from);
    let open = 0;
    try {
      while (!reader.ended) {
        if (reader.here === ")" && open-- === 0) return;
        if (orToJoining && open === 0 && reader.see(JOINING.either) !== undefined) return;
        if (reader.here === "(") open++;
        if (!passText(reader) && reader.take(/[\w.]+/y) === undefined) reader.at++;
      }
    } catch (fault) {
      this.refuse(fault);
    }
  }
}
