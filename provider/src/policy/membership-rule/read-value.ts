/** Reads what stands on the right of an operator. */
import { bareName, HYPHEN } from "./operators";
import { brief, Fault, type Reader } from "./reader";
import { type List, type Moment, type Quote, type Scalar, text, type Value, word } from "./rule";

/** How a text may begin, and what stands between its quotes; the same quote, or one of its kind, ends it. */
const TEXTS: Readonly<Record<Quote, { inside: RegExp; end: RegExp }>> = {
  // "escape both quotation marks by using the backtick character"; a doubled one is no end either.
  '"': { inside: /(?:`[^]|""|[^"`])*/y, end: /"/y },
  // "Escape single quotation marks by using two single quotation marks"
  "'": { inside: /(?:''|[^'])*/y, end: /'/y },
  // Word processors' quotes. Microsoft's documentation held some for years, so they are not refused.
  "“": { inside: /[^“”„"]*/y, end: /[“”„"]/y },
  "‘": { inside: /[^‘’‚']*/y, end: /[‘’‚']/y },
};

const OPENING = /["'“”„‘’‚]/y;
const WORD = /(?:`[^]|[^\s()[\],"'“”„‘’‚`\\])+/y;
const DURATION =
  /^p(?=\d|t\d)(\d+y)?(\d+m)?(\d+w)?(\d+d)?(t(?=\d)(\d+h)?(\d+m)?(\d+(\.\d+)?s)?)?$/i;

/** No value: an operator, or nothing. A hyphen before a digit is a minus. */
const NO_VALUE = new RegExp(`${HYPHEN}\\D|${HYPHEN}$|(and|or)(?![\\w.-])`, "iy");

/** "true-and" is two words; a hyphen is part of a date or an id only. */
const GLUED = new RegExp(`\\$?(true|false|null)(?=${HYPHEN}[a-z])`, "iy");

const SHIFT = new RegExp(`\\s*(${HYPHEN}(plus|minus)|(?<=\\s)(plus|minus))(?![\\w.])`, "iy");

/** A text, a word, a list, or a point in time. `operator` is what the value belongs to, as it is written. */
export function readValue(reader: Reader, operator: string): Value {
  reader.skipSpace();
  if (reader.here === "[") return readList(reader);
  if (reader.here === "(") return readInParentheses(reader, operator);
  return readMoment(reader, readScalar(reader, operator));
}

/** A text or a word. */
export function readScalar(reader: Reader, operator: string): Scalar {
  reader.skipSpace();
  if (reader.see(OPENING) !== undefined) return readText(reader);
  refuseBackslash(reader);
  const start = reader.at;
  const written =
    reader.see(NO_VALUE) === undefined ? (reader.take(GLUED) ?? reader.take(WORD)) : undefined;
  if (written === undefined) throw new Fault(start, `${operator} needs a value on its right`);
  refuseBackslash(reader);
  return word(written);
}

/** A quoted text. */
export function readText(reader: Reader): Scalar {
  const start = reader.at;
  const quote = openingQuote(reader.here);
  reader.at++;
  const raw = reader.take(TEXTS[quote].inside) ?? "";
  if (reader.take(TEXTS[quote].end) === undefined) {
    const hint = raw.includes('`"')
      ? "; a backtick makes the quote behind it part of the text"
      : "";
    throw new Fault(start, `the text that begins here has no end${hint}`, true);
  }
  return text(quote, raw);
}

/** Moves over a text that stands here; false if there is none. */
export function passText(reader: Reader): boolean {
  if (reader.see(OPENING) === undefined) return false;
  readText(reader);
  return true;
}

function openingQuote(character: string): Quote {
  if (character === '"' || character === "'") return character;
  return "‘’‚".includes(character) ? "‘" : "“";
}

function readList(reader: Reader): List {
  const start = reader.at;
  const items: Scalar[] = [];
  reader.at++;
  reader.skipSpace();
  while (reader.take(/\]/y) === undefined) {
    if (items.length > 0) {
      if (reader.take(/,/y) === undefined) throw betweenItems(reader, start);
      reader.skipSpace();
    }
    if (reader.ended) throw betweenItems(reader, start);
    if (reader.here === "[") throw new Fault(reader.at, "a list holds values, no lists");
    if (reader.here === "]" || reader.here === ",") {
      throw new Fault(reader.at, "a value of the list is missing here");
    }
    items.push(readScalar(reader, "the list"));
    reader.skipSpace();
  }
  return { kind: "list", items };
}

function betweenItems(reader: Reader, start: number): Fault {
  return reader.ended
    ? new Fault(start, "the list that begins here has no end: ] is missing", true)
    : new Fault(reader.at, `, or ] must stand before ${reader.shown()}`);
}

/** `(system.now -plus P90D)`: nothing says that parentheses around a value are refused. */
function readInParentheses(reader: Reader, operator: string): Value {
  const start = reader.at;
  reader.at++;
  reader.skipSpace();
  if (reader.here === "(" || reader.here === "[") {
    throw new Fault(start, `${operator} takes a value, not parentheses`);
  }
  const value = readMoment(reader, readScalar(reader, operator));
  reader.skipSpace();
  if (reader.here === ",") throw new Fault(start, "a list of values stands in [ ], not in ( )");
  if (reader.ended) throw new Fault(start, "the parenthesis that opens here is not closed", true);
  if (reader.take(/\)/y) === undefined) {
    throw new Fault(reader.at, `) must stand before ${reader.shown()}`);
  }
  return value;
}

/** What is added to a point in time, or taken from it. */
function readMoment(reader: Reader, base: Scalar): Scalar | Moment {
  const shifts: Moment["shifts"] = [];
  for (let found = reader.take(SHIFT); found !== undefined; found = reader.take(SHIFT)) {
    const operator = bareName(found.trim()) === "plus" ? "plus" : "minus";
    reader.skipSpace();
    const start = reader.at;
    const scalar = readScalar(reader, `-${operator}`);
    const duration = scalar.kind === "word" ? scalar.text : scalar.raw;
    if (!DURATION.test(duration)) {
      throw new Fault(start, `${brief(duration)} is no duration such as p1d or pt12h`);
    }
    shifts.push({ operator, duration: duration.toLowerCase() });
  }
  return shifts.length === 0 ? base : { kind: "moment", base, shifts };
}

/** The service answers with "Invalid characters found in the rule". */
function refuseBackslash(reader: Reader): void {
  if (reader.here !== "\\") return;
  const next = reader.text.charAt(reader.at + 1);
  throw new Fault(
    reader.at,
    next === '"' || next === "'"
      ? `a backslash stands before the quote: write ${next}, not \\${next}`
      : "a backslash can stand in a text only",
  );
}
