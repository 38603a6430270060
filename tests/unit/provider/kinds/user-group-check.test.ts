import { v1 } from "pulumi-autopilot/runtime";
import { id, ids, UNKNOWN } from "../values";

const { check } = v1("UserGroup");
const RULE = '(user.department -eq "Sales")';
const GOOD = { displayName: "Sales", __origin: "acme/fleet/prod/sales" };

describe("what is not given is filled in", () => {
  test("for an assigned group", () => {
    expect(check({}, GOOD)).toEqual({
      inputs: {
        ...GOOD,
        description: "",
        mailNickname: expect.stringMatching(/^sales-[0-9a-f]{8}$/) as string,
        allowDuplicateName: false,
        membershipType: "assigned",
      },
      failures: [],
    });
  });

  test("for a dynamic group: the rule is processed", () => {
    expect(check({}, { ...GOOD, membershipRule: RULE }).inputs).toMatchObject({
      membershipType: "dynamic",
      ruleProcessing: "on",
    });
  });
});

describe("accepted", () => {
  test.each<[string, object]>([
    [
      "a rule of 3,072 characters",
      { membershipRule: `user.city -eq "${"x".repeat(3072 - 'user.city -eq ""'.length)}"` },
    ],
    ["a rule that is paused", { membershipRule: RULE, ruleProcessing: "paused" }],
    ["a rule that is processed", { membershipRule: RULE, ruleProcessing: "on" }],
    ["a rule that is not known yet", { membershipRule: UNKNOWN }],
    ["no member", { memberIds: [] }],
    ["many members", { memberIds: ids(500) }],
    ["members that are not known yet", { memberIds: UNKNOWN }],
    ["a member that is not known yet", { memberIds: [id(1), UNKNOWN] }],
    ["a name of 256 characters", { displayName: "x".repeat(256) }],
    ["a description of 1,024 characters", { description: "x".repeat(1024) }],
    ["a second group of the name", { allowDuplicateName: true }],
  ])("%s", (_fact, args) => {
    const { inputs, failures } = check({}, { ...GOOD, ...args });
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject(args);
  });
});

describe("refused", () => {
  test.each<[string, object, string[]]>([
    ["an empty name", { displayName: "" }, ["displayName"]],
    ["a name of 257 characters", { displayName: "x".repeat(257) }, ["displayName"]],
    ["a name of the wrong kind", { displayName: {} }, ["displayName"]],
    ["a description of 1,025 characters", { description: "x".repeat(1025) }, ["description"]],
    ["a description of the wrong kind", { description: 0 }, ["description"]],
    ["a nickname of 65 characters", { mailNickname: "x".repeat(65) }, ["mailNickname"]],
    ["a nickname of the wrong kind", { mailNickname: ["x"] }, ["mailNickname"]],
    ["a nickname with a space", { mailNickname: "a b" }, ["mailNickname"]],
    ["a switch of the wrong kind", { allowDuplicateName: "yes" }, ["allowDuplicateName"]],
    ["an empty rule", { membershipRule: "" }, ["membershipRule"]],
    ["a rule of 3,073 characters", { membershipRule: "x".repeat(3073) }, ["membershipRule"]],
    ["a rule that says nothing", { membershipRule: "x" }, ["membershipRule"]],
    ["a rule of the wrong kind", { membershipRule: 5 }, ["membershipRule"]],
    [
      "a processing that does not exist",
      { membershipRule: RULE, ruleProcessing: "On" },
      ["ruleProcessing"],
    ],
    [
      "a processing of the wrong kind",
      { membershipRule: RULE, ruleProcessing: true },
      ["ruleProcessing"],
    ],
    ["processing without a rule", { ruleProcessing: "on" }, ["ruleProcessing"]],
    ["members of the wrong kind", { memberIds: id(1) }, ["memberIds"]],
    ["a name among the members", { memberIds: [id(1), "anna@example.com"] }, ["memberIds[1]"]],
    ["members together with a rule", { memberIds: [id(1)], membershipRule: RULE }, ["memberIds"]],
    ["no members together with a rule", { memberIds: [], membershipRule: RULE }, ["memberIds"]],
    [
      "members together with a rule that is not known yet",
      { memberIds: [id(1)], membershipRule: UNKNOWN },
      ["memberIds"],
    ],
    ["owners, which only device groups have", { additionalOwnerIds: [] }, ["additionalOwnerIds"]],
    [
      "two mistakes at once",
      { description: 5, memberIds: ["x"], ruleProcessing: "on" },
      ["description", "memberIds[0]", "ruleProcessing"],
    ],
  ])("%s", (_fact, args, properties) => {
    const { failures } = check({}, { ...GOOD, ...args });
    expect(failures.map(({ property }) => property)).toEqual(properties);
  });
});

test.each<[string, object, string]>([
  [
    "members with a rule",
    { memberIds: [id(1)], membershipRule: RULE },
    "memberIds and membershipRule exclude each other: a rule decides who is in",
  ],
  [
    "processing without a rule",
    { ruleProcessing: "paused" },
    "ruleProcessing goes with a membershipRule, and there is none",
  ],
  [
    "a mistyped argument",
    { memberId: [] },
    "memberId is no argument here; did you mean memberIds?",
  ],
])("%s: the failure says why", (_fact, args, reason) => {
  expect(check({}, { ...GOOD, ...args }).failures.map((one) => one.reason)).toEqual([reason]);
});

test("members are in order, each once", () => {
  const { inputs } = check({}, { ...GOOD, memberIds: [id(11), id(10).toUpperCase(), id(10)] });
  expect(inputs["memberIds"]).toEqual([id(10), id(11)]);
});

test("without members the inputs hold none: they are left alone", () => {
  expect(check({ memberIds: [id(1)] }, GOOD).inputs).not.toHaveProperty("memberIds");
});

describe("from assigned to dynamic", () => {
  const { diff } = v1("UserGroup");
  const assigned = check({}, { ...GOOD, memberIds: [id(1)] }).inputs;
  const dynamic = check(assigned, { ...GOOD, membershipRule: RULE }).inputs;

  test("is a change in place", () => {
    expect(diff("id", assigned, dynamic)).toEqual({});
  });

  test("and back is a change in place", () => {
    expect(diff("id", dynamic, assigned)).toEqual({});
  });
});
