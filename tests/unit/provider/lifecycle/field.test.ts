import { type Field, misfits, normalForm, show } from "../../../../provider/src/lifecycle/field";
import { id, ids } from "../values";

const text: Field = { kind: "string", minLength: 2, maxLength: 4 };
const lower: Field = { kind: "string", pattern: /^[a-z]*$/, patternText: "be lower case" };
const minutes: Field = { kind: "integer", minimum: 15, maximum: 720, unit: "minutes" };
const flag: Field = { kind: "boolean" };
const color: Field = { kind: "choice", choices: ["red", "green"] };
const one: Field = { kind: "id" };
const some: Field = { kind: "idSet", maximum: 2 };
const tags: Field = { kind: "textSet" };

const EXAMPLE = "0f8a5c1e-2b64-4e0c-9a83-5a1d3f6c7b21";

describe("fits", () => {
  test.each<[string, Field, unknown]>([
    ["a text of the least length", text, "ab"],
    ["a text of the greatest length", text, "abcd"],
    ["an empty text without a least length", { kind: "string" }, ""],
    ["a long text without a greatest length", { kind: "string" }, "x".repeat(100_000)],
    ["a text as the pattern wants it", lower, "abc"],
    ["the least number", minutes, 15],
    ["the greatest number", minutes, 720],
    ["a whole number written as a decimal", minutes, 60.0],
    ["true", flag, true],
    ["false", flag, false],
    ["a choice", color, "green"],
    ["an id", one, id(1)],
    ["an id in upper case", one, id(1).toUpperCase()],
    ["an empty set", some, []],
    ["as many ids as the set can hold", some, ids(2)],
    ["more items than that, if they are the same ids", some, [id(1), id(1), id(2)]],
    ["the same id in another case, counted once", some, [id(10), id(10).toUpperCase(), id(2)]],
    ["any number of ids without a maximum", { kind: "idSet" }, ids(500)],
    ["texts", tags, ["0", "a b"]],
  ])("%s", (_fact, field, value) => {
    expect(misfits(field, value)).toEqual([]);
  });
});

describe("does not fit", () => {
  test.each<[string, Field, unknown, string]>([
    ["a text too short", text, "a", "must have 2 to 4 characters, but has 1"],
    ["a text too long", text, "abcde", "must have 2 to 4 characters, but has 5"],
    [
      "a short text without a greatest length",
      { kind: "string", minLength: 1 },
      "",
      "must have at least 1 characters, but has 0",
    ],
    ["a number as text", text, 12, "must be a text, but is 12"],
    ["a list as text", text, ["ab"], "must be a text, but is a list"],
    ["an object as text", text, { a: 1 }, "must be a text, but is an object"],
    ["a text against the pattern", lower, "ABC", 'must be lower case, but is "ABC"'],
    [
      "a text against a pattern without words",
      { kind: "string", pattern: /^a$/ },
      "b",
      'must match /^a$/, but is "b"',
    ],
    ["one below", minutes, 14, "must be a whole number from 15 to 720 (minutes), but is 14"],
    ["one above", minutes, 721, "must be a whole number from 15 to 720 (minutes), but is 721"],
    ["a fraction", minutes, 60.5, "must be a whole number from 15 to 720 (minutes), but is 60.5"],
    ["digits", minutes, "60", 'must be a whole number from 15 to 720 (minutes), but is "60"'],
    [
      "a boolean as number",
      minutes,
      true,
      "must be a whole number from 15 to 720 (minutes), but is true",
    ],
    ["a text as boolean", flag, "true", 'must be true or false, but is "true"'],
    ["a number as boolean", flag, 1, "must be true or false, but is 1"],
    ["another word", color, "blue", 'must be one of "red", "green", but is "blue"'],
    ["a choice in another case", color, "Red", 'must be one of "red", "green", but is "Red"'],
    ["a number as choice", color, 0, 'must be one of "red", "green", but is 0'],
    ["a name as id", one, "sales", `must be an object id such as "${EXAMPLE}", but is "sales"`],
    [
      "an id in braces",
      one,
      `{${id(1)}}`,
      `must be an object id such as "${EXAMPLE}", but is "{${id(1)}}"`,
    ],
    ["an id as set", some, id(1), `must be a list, but is "${id(1)}"`],
    ["an object as set", some, { 0: id(1) }, "must be a list, but is an object"],
    ["one id too many", some, ids(3), "can hold 2 at the most, but holds 3"],
    ["a text as set of texts", tags, "0", 'must be a list, but is "0"'],
  ])("%s", (_fact, field, value, reason) => {
    expect(misfits(field, value)).toEqual([{ path: "", reason }]);
  });

  test("each wrong item of a list, by its place", () => {
    const found = misfits({ kind: "idSet" }, [id(1), "x", null]);
    expect(found.map(({ path }) => path)).toEqual(["[1]", "[2]"]);
  });

  test.each<[string, unknown]>([
    ["a number among texts", 0],
    ["an empty text", ""],
    ["nothing among texts", null],
  ])("%s", (_fact, item) => {
    expect(misfits(tags, ["a", item]).map(({ path }) => path)).toEqual(["[1]"]);
  });

  test("wrong items and too many of them, together", () => {
    expect(misfits(some, [...ids(2), "x"]).map(({ path }) => path)).toEqual(["[2]", ""]);
  });

  test("an object that can't be turned into a text, without throwing", () => {
    expect(misfits(some, [{ toString: 1 }]).map(({ path }) => path)).toEqual(["[0]"]);
  });
});

describe("the normal form", () => {
  test.each<[string, Field, unknown, unknown]>([
    ["of an id is in lower case", one, id(10).toUpperCase(), id(10)],
    [
      "of ids is in order and in lower case",
      some,
      [id(11), id(10).toUpperCase()],
      [id(10), id(11)],
    ],
    ["of ids holds each once", some, [id(10), id(10).toUpperCase()], [id(10)]],
    ["of texts is in order, each once", tags, ["1", "0", "1"], ["0", "1"]],
    ["of texts keeps their case", tags, ["B", "b"], ["B", "b"]],
    ["of a text is the text", text, " Ab ", " Ab "],
    ["of a number is the number", minutes, 60, 60],
    ["of a value of the wrong kind is the value", some, "x", "x"],
    ["of an id of the wrong kind is the value", one, 5, 5],
    [
      "of a list that holds no texts is the list",
      some,
      [{ toString: 1 }, null, 5],
      [{ toString: 1 }, null, 5],
    ],
  ])("%s", (_fact, field, value, form) => {
    expect(normalForm(field, value)).toEqual(form);
  });

  test("leaves the given list as it is", () => {
    const given = [id(2), id(1)];
    normalForm(some, given);
    expect(given).toEqual([id(2), id(1)]);
  });
});

describe("a value in a message", () => {
  test.each<[string, unknown, string]>([
    ["null is missing", null, "missing"],
    ["a line break stays on the line", "a\nb", '"a\\nb"'],
    ["a function is named by its kind", () => 1, "function"],
  ])("%s", (_fact, value, shown) => {
    expect(show(value)).toBe(shown);
  });

  test("a long text is cut", () => {
    expect(show("x".repeat(1000)).length).toBeLessThanOrEqual(82);
  });
});
