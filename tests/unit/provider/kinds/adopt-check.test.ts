import { v1 } from "pulumi-autopilot/runtime";
import { id, UNKNOWN } from "../values";

const A = id(1);
const B = id(2);
const NEW = { displayName: "X", __origin: "o/p/s/x" };

describe.each(["DeviceGroup", "UserGroup", "DevicePreparationPolicy"])("adoptId of %s", (kind) => {
  const check = (olds: object, args: object) => v1(kind).check({ ...olds }, { ...NEW, ...args });
  const adopted = check({}, { adoptId: A }).inputs;
  const made = check({}, {}).inputs;

  test("is taken in normal form by a resource that is new", () => {
    expect(check({}, { adoptId: A.toUpperCase() })).toMatchObject({
      inputs: { adoptId: A },
      failures: [],
    });
  });

  test("that is not known yet passes", () => {
    expect(check({}, { adoptId: UNKNOWN }).failures).toEqual([]);
  });

  test("that is no object id is a failure", () => {
    expect(check({}, { adoptId: "Sales" }).failures).toEqual([
      { property: "adoptId", reason: expect.stringContaining("must be an object id") as string },
    ]);
  });

  test.each([
    ["stays", { adoptId: A }],
    ["is left out", {}],
    ["is not known in a preview", { adoptId: UNKNOWN }],
  ])("that %s leaves the inputs as they are", (_what, args) => {
    expect(check(adopted, args)).toEqual({ inputs: adopted, failures: [] });
    const outs = { ...adopted, schemaVersion: 1 };
    expect(v1(kind).diff(A, outs, check(adopted, args).inputs)).toEqual({ changes: false });
  });

  test("that was left out is gone after a replacement, whose check knows no old inputs", () => {
    expect(check({}, {}).inputs).not.toHaveProperty("adoptId");
  });

  test.each<[string, object, string, string]>([
    ["changes", adopted, B, `adoptId can't change from "${A}" to "${B}"`],
    ["comes to an object that the program made", made, A, "this one has its object"],
    ["comes, not known yet, to such an object", made, UNKNOWN, "this one has its object"],
  ])("that %s is a failure with the way out", (_what, olds, adoptId, reason) => {
    const { failures } = check(olds, { adoptId });
    expect(failures).toEqual([
      { property: "adoptId", reason: expect.stringContaining(reason) as string },
    ]);
    expect(failures[0]?.reason).toContain("pulumi state delete");
  });

  test("does not go with a replacement that makes the new object first", () => {
    const { failures } = v1(kind).check({}, { displayName: "X", adoptId: A });
    expect(failures).toEqual([
      {
        property: "adoptId",
        reason: expect.stringContaining("deleteBeforeReplace: false") as string,
      },
    ]);
  });
});

describe("an adopted policy whose mode changes", () => {
  const check = (olds: object, args: object) =>
    v1("DevicePreparationPolicy").check({ ...olds }, { ...NEW, ...args });
  const adopted = check({}, { adoptId: A }).inputs;

  test("is a failure while adoptId names the policy that would be deleted", () => {
    expect(check(adopted, { adoptId: A, mode: "automatic" }).failures).toEqual([
      {
        property: "adoptId",
        reason:
          "adoptId names the object that this change deletes to make another one: leave adoptId out",
      },
    ]);
  });

  test("is replaced without it", () => {
    const { inputs, failures } = check(adopted, { mode: "automatic" });
    expect(failures).toEqual([]);
    expect(v1("DevicePreparationPolicy").diff(A, adopted, inputs)).toEqual({ replaces: ["mode"] });
  });
});

describe.each(["DeviceGroup", "UserGroup"])("the mail nickname of an adopted %s", (kind) => {
  const check = (olds: object, args: object) => v1(kind).check({ ...olds }, { ...NEW, ...args });

  test("is left alone unless the program gives one", () => {
    const first = check({}, { adoptId: A }).inputs;
    expect(first).not.toHaveProperty("mailNickname");
    expect(check(first, {}).inputs).not.toHaveProperty("mailNickname");
  });

  test("is kept once the program gave one", () => {
    const first = check({}, { adoptId: A, mailNickname: "given" }).inputs;
    expect(check(first, { adoptId: A }).inputs).toMatchObject({ mailNickname: "given" });
  });
});

test("a policy order has no object to adopt", () => {
  expect(v1("PolicyOrder").check({}, { policyIds: [A], adoptId: B }).failures).toEqual([
    { property: "adoptId", reason: expect.stringContaining("is no argument here") as string },
  ]);
});
