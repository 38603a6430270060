import fc from "fast-check";
import { checkFields } from "../../../../provider/src/lifecycle/check";
import type { Fields } from "../../../../provider/src/lifecycle/field";
import { id, UNKNOWN } from "../values";

const FIELDS = {
  displayName: { kind: "string", minLength: 1, maxLength: 10 },
  description: { kind: "string", maxLength: 5, default: "" },
  timeout: { kind: "integer", minimum: 15, maximum: 720, unit: "minutes", default: 60 },
  allowed: { kind: "boolean", default: false },
  color: { kind: "choice", choices: ["red", "green"], default: "red" },
  groupId: { kind: "id" },
  userIds: { kind: "idSet", maximum: 2 },
  tags: { kind: "textSet", default: ["0"] },
  healthy: { kind: "boolean", default: true, invariant: true },
} as const satisfies Fields;

const GOOD = { displayName: "a" };
const DEFAULTS = {
  description: "",
  timeout: 60,
  allowed: false,
  color: "red",
  tags: ["0"],
  healthy: true,
};

describe("defaults", () => {
  test("are filled in", () => {
    expect(checkFields(FIELDS, GOOD)).toEqual({ inputs: { ...GOOD, ...DEFAULTS }, failures: [] });
  });

  test("are filled in for null, too", () => {
    expect(checkFields(FIELDS, { ...GOOD, timeout: null }).inputs).toMatchObject({ timeout: 60 });
  });

  test("never replace what was given", () => {
    const given = { description: "x", timeout: 15, allowed: true, color: "green", tags: [] };
    expect(checkFields(FIELDS, { ...GOOD, ...given }).inputs).toMatchObject(given);
  });

  test("are not shared between resources", () => {
    const first = checkFields(FIELDS, GOOD).inputs["tags"];
    expect(checkFields(FIELDS, GOOD).inputs["tags"]).not.toBe(first);
  });

  test("do not exist for a property without one", () => {
    expect(Object.keys(checkFields(FIELDS, GOOD).inputs)).not.toContain("groupId");
  });
});

describe("null", () => {
  test.each(["displayName", "groupId", "userIds", "nonsense"])("for %s is as if absent", (key) => {
    const { inputs, failures } = checkFields(FIELDS, { [key]: null });
    expect({ given: key in inputs, failures }).toEqual({ given: false, failures: [] });
  });
});

describe("an unknown value passes as it is", () => {
  test.each<[string, string, unknown]>([
    ["as a text", "displayName", UNKNOWN],
    ["inside a text", "description", `Devices of ${UNKNOWN} and more`],
    ["as a number", "timeout", UNKNOWN],
    ["as a boolean", "allowed", UNKNOWN],
    ["as a choice", "color", UNKNOWN],
    ["as an id", "groupId", UNKNOWN],
    ["as a whole set", "userIds", UNKNOWN],
    ["as an item of a set", "userIds", [id(2), UNKNOWN, id(1)]],
    ["as items beyond the maximum", "userIds", [UNKNOWN, UNKNOWN, UNKNOWN]],
    ["as an item of a set of texts", "tags", ["b", UNKNOWN, "a"]],
    ["deep inside", "tags", [{ deep: [UNKNOWN] }]],
  ])("%s", (_fact, key, value) => {
    const { inputs, failures } = checkFields(FIELDS, { ...GOOD, [key]: value });
    expect({ value: inputs[key], failures }).toEqual({ value, failures: [] });
  });
});

describe("an argument that does not exist", () => {
  test.each([
    ["with one letter missing", "displyName", "displayName"],
    ["in another case", "displayname", "displayName"],
    ["with one letter too many", "userIdss", "userIds"],
    ["with two letters swapped", "timeuot", "timeout"],
  ])("%s is met with the one that was meant", (_fact, key, meant) => {
    expect(checkFields(FIELDS, { [key]: "x" }).failures).toEqual([
      { property: key, reason: `${key} is no argument here; did you mean ${meant}?` },
    ]);
  });

  test("unlike all others is met with the list of them, without invariants", () => {
    expect(checkFields(FIELDS, { nonsense: 1 }).failures).toEqual([
      {
        property: "nonsense",
        reason:
          "nonsense is no argument here; there are displayName, description, timeout, allowed, color, groupId, userIds, tags",
      },
    ]);
  });

  test("is met with its own explanation where there is one", () => {
    const { failures } = checkFields(FIELDS, { size: 1 }, { size: "size exists elsewhere" });
    expect(failures).toEqual([{ property: "size", reason: "size exists elsewhere" }]);
  });

  test("does not stay in the inputs", () => {
    expect(checkFields(FIELDS, { nonsense: 1 }).inputs).not.toHaveProperty("nonsense");
  });

  test.each(["constructor", "toString", "hasOwnProperty", "valueOf"])(
    "is a failure also as %s",
    (key) => {
      expect(checkFields(FIELDS, { [key]: 1 }).failures).toEqual([
        {
          property: key,
          reason: expect.stringContaining(`${key} is no argument here`) as string,
        },
      ]);
    },
  );
});

test("what begins with two underscores belongs to the machinery and passes", () => {
  const given = { __provider: "text", __origin: 5 };
  expect(checkFields(FIELDS, given)).toMatchObject({ inputs: given, failures: [] });
});

test("all failures come at once, with the path of each", () => {
  const { failures } = checkFields(FIELDS, {
    displayName: "",
    timeout: 14,
    userIds: [id(1), id(2), "x"],
    colour: "red",
  });
  expect(failures.map(({ property }) => property).sort()).toEqual([
    "colour",
    "displayName",
    "timeout",
    "userIds",
    "userIds[2]",
  ]);
});

test("a failure names the property and the value", () => {
  expect(checkFields(FIELDS, { ...GOOD, timeout: 14 }).failures).toEqual([
    {
      property: "timeout",
      reason: "timeout must be a whole number from 15 to 720 (minutes), but is 14",
    },
  ]);
});

test("a wrong value stays in the inputs as the user wrote it", () => {
  expect(checkFields(FIELDS, { userIds: ["B", "a"] }).inputs["userIds"]).toEqual(["B", "a"]);
});

test("a set collapses duplicates and takes its order", () => {
  const { inputs } = checkFields(FIELDS, { userIds: [id(11), id(10), id(11).toUpperCase()] });
  expect(inputs["userIds"]).toEqual([id(10), id(11)]);
});

test("checking what was checked changes nothing", () => {
  const { inputs } = checkFields(FIELDS, {
    ...GOOD,
    groupId: id(10).toUpperCase(),
    tags: ["b", "a"],
  });
  expect(checkFields(FIELDS, inputs)).toEqual({ inputs, failures: [] });
});

const anything = fc.oneof(
  fc.jsonValue(),
  fc.constant(undefined),
  fc.object({ withNullPrototype: true }),
);

test("whatever is given for an argument, check answers and names given or existing properties", () => {
  const key = fc.constantFrom(...Object.keys(FIELDS), "constructor", "other");
  fc.assert(
    fc.property(fc.dictionary(key, anything), (given) => {
      const { failures } = checkFields(FIELDS, given);
      const named = failures.map(({ property }) => property.replace(/\[\d+\]$/, ""));
      expect([...Object.keys(given), ...Object.keys(FIELDS)]).toEqual(
        expect.arrayContaining(named),
      );
    }),
  );
});

test("whatever the arguments are called, check answers", () => {
  fc.assert(
    fc.property(fc.object(), (given) => {
      expect(() => checkFields(FIELDS, given)).not.toThrow();
    }),
  );
});
