import fc from "fast-check";
import { changedKeys, diffFields } from "../../../../provider/src/lifecycle/diff";
import type { Fields } from "../../../../provider/src/lifecycle/field";
import { id, UNKNOWN } from "../values";

const FIELDS = {
  mode: { kind: "choice", choices: ["a", "b"], replaces: true },
  place: { kind: "string", replaces: true },
  displayName: { kind: "string" },
  timeout: { kind: "integer", minimum: 15, maximum: 720, unit: "minutes" },
  allowed: { kind: "boolean" },
  groupId: { kind: "id" },
  userIds: { kind: "idSet" },
  tags: { kind: "textSet" },
  memberIds: { kind: "idSet", unmanagedWhenAbsent: true },
  howTo: { kind: "boolean", local: true },
  healthy: { kind: "boolean", invariant: true },
} as const satisfies Fields;

const BASE = {
  mode: "a",
  place: "here",
  displayName: "x",
  timeout: 60,
  allowed: true,
  groupId: id(10),
  userIds: [id(10), id(11)],
  tags: ["0", "1"],
  howTo: false,
  healthy: true,
};

describe("no diff if", () => {
  test.each<[string, object, object]>([
    ["nothing differs", {}, {}],
    ["a set comes in another order", { userIds: [id(11), id(10)] }, {}],
    ["a set of texts comes in another order", {}, { tags: ["1", "0"] }],
    ["a set holds one item twice", { userIds: [id(10), id(11), id(10)] }, {}],
    ["an id is written in another case", { groupId: id(10).toUpperCase() }, {}],
    ["ids of a set are written in another case", {}, { userIds: [id(10).toUpperCase(), id(11)] }],
    ["state holds outputs", { templateId: "t", schemaVersion: 1 }, {}],
    ["an output changes by itself", { priority: 8 }, { priority: 3 }],
    ["the text of the provider changes", { __provider: "old" }, { __provider: "new" }],
    ["the origin changes", { __origin: "a" }, { __origin: "b" }],
    ["what is not managed is absent in both", { memberIds: undefined }, {}],
  ])("%s", (_fact, olds, news) => {
    expect(diffFields(FIELDS, { ...BASE, ...olds }, { ...BASE, ...news })).toEqual({
      changes: false,
    });
  });
});

describe("a change is a change of", () => {
  test.each<[string, keyof typeof FIELDS, unknown]>([
    ["a text", "displayName", "y"],
    ["the case of a text", "displayName", "X"],
    ["a number", "timeout", 61],
    ["a boolean", "allowed", false],
    ["an id", "groupId", id(11)],
    ["an id that is taken away", "groupId", undefined],
    ["a set that grows", "userIds", [id(10), id(11), id(12)]],
    ["a set that shrinks", "userIds", [id(10)]],
    ["a set that becomes empty", "userIds", []],
    ["the case of a text in a set", "tags", ["0", "1", "a"]],
    ["a set that becomes managed", "memberIds", [id(1)]],
    ["a set that becomes managed and empty", "memberIds", []],
    ["what only says how", "howTo", true],
    ["an invariant", "healthy", false],
    ["a value that is not known yet", "displayName", UNKNOWN],
    ["a set that is not known yet", "userIds", [id(10), UNKNOWN]],
  ])("%s", (_fact, key, value) => {
    const news = { ...BASE, [key]: value };
    expect(diffFields(FIELDS, BASE, news)).toEqual({});
    expect(changedKeys(FIELDS, BASE, news)).toEqual([key]);
  });

  test("a set that is left alone from now on", () => {
    expect(diffFields(FIELDS, { ...BASE, memberIds: [id(1)] }, BASE)).toEqual({});
  });
});

describe("a replacement", () => {
  test("is due to what can't change in place", () => {
    expect(diffFields(FIELDS, BASE, { ...BASE, mode: "b" })).toEqual({ replaces: ["mode"] });
  });

  test("names every such property, and no other", () => {
    expect(
      diffFields(FIELDS, BASE, { ...BASE, mode: "b", place: "there", displayName: "y" }),
    ).toEqual({ replaces: ["mode", "place"] });
  });
});

const value = fc.oneof(fc.jsonValue(), fc.constant(undefined));
const bag = fc.dictionary(fc.constantFrom(...Object.keys(FIELDS), "priority"), value);

test("no diff ever says that there are changes: the engine finds them itself", () => {
  fc.assert(
    fc.property(bag, bag, (olds, news) => {
      expect(diffFields(FIELDS, olds, news)).not.toMatchObject({ changes: true });
    }),
  );
});

test("anything is equal to itself", () => {
  fc.assert(
    fc.property(bag, (props) => {
      expect(diffFields(FIELDS, props, structuredClone(props))).toEqual({ changes: false });
    }),
  );
});
