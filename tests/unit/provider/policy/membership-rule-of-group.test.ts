import { v1 } from "pulumi-autopilot/runtime";
import type { Graph } from "../../../../provider/src/graph/client";
import { userGroup } from "../../../../provider/src/kinds/user-group";
import type { Context } from "../../../../provider/src/lifecycle/kind";
import { id, UNKNOWN } from "../values";

const { check, diff } = v1("UserGroup");
const RULE = '(user.department -eq "Sales") -and (user.accountEnabled -eq true)';
const SAME = 'user.department  -EQ "Sales" and\n user.accountEnabled -eq True';
const OTHER = '(user.department -eq "Sales") -or (user.accountEnabled -eq true)';
const UNREADABLE = "(user.department something new)";
const GIVEN = { displayName: "Sales", description: "d", mailNickname: "sales" };

function inputs(rule: string, olds: Record<string, unknown> = {}) {
  return check(olds, { ...GIVEN, membershipRule: rule }).inputs;
}

/** A tenant whose one group has that rule. Keeps what is written; remembers the bodies. */
function tenant(membershipRule: string, keep = (rule: string) => rule) {
  const written: unknown[] = [];
  const group: Record<string, unknown> = {
    ...GIVEN,
    id: id(1),
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: ["DynamicMembership"],
    membershipRule,
    membershipRuleProcessingState: "On",
  };
  const answer = (path: string) => (path.startsWith(`/groups/${id(1)}`) ? group : { value: [] });
  const service: Graph = {
    get: async <T>(path: string) => structuredClone(answer(path)) as T,
    send: async <T>(request: { body?: unknown }) => {
      const body = request.body as Record<string, unknown>;
      written.push(body);
      Object.assign(group, body);
      group["membershipRule"] = keep(String(group["membershipRule"]));
      return undefined as T;
    },
  };
  const ctx: Context<Graph> = {
    service,
    clock: { now: () => 0, sleep: async () => undefined },
    deadline: 0,
    say: () => undefined,
    made: () => undefined,
  };
  return { ctx, written };
}

const said = jest.spyOn(console, "error").mockImplementation();
beforeEach(() => said.mockClear());

describe("check", () => {
  test("names every mistake with its column", () => {
    const rule = 'user.city    -equals "a" -or user.accountEnabled -eq "yes"';
    expect(check({}, { ...GIVEN, membershipRule: rule }).failures).toEqual([
      {
        property: "membershipRule",
        reason: "membershipRule, column 14: -equals is no operator; did you mean -eq?",
      },
      {
        property: "membershipRule",
        reason:
          "membershipRule, column 54: user.accountEnabled is true or false, and yes is neither",
      },
    ]);
  });

  test("counts lines where there are several", () => {
    const rule = '(user.city -eq "a")\n  -or (user.state -is "b")';
    const [failure] = check({}, { ...GIVEN, membershipRule: rule }).failures;
    expect(failure?.reason).toMatch(/^membershipRule, line 2, column 19: -is is no operator/);
  });

  test.each([
    ["too long", "x".repeat(3073)],
    ["empty", ""],
  ])("says once that a rule is %s", (_fact, rule) => {
    expect(check({}, { ...GIVEN, membershipRule: rule }).failures).toHaveLength(1);
  });

  test.each([
    ["is not known yet", UNKNOWN],
    ["is absent", undefined],
  ])("says nothing about a rule that %s", (_fact, rule) => {
    expect(check({}, { ...GIVEN, membershipRule: rule }).failures).toEqual([]);
    expect(said).not.toHaveBeenCalled();
  });

  test("warns once of what the service might refuse, in one line", () => {
    const rule = 'user.shoeSize -eq "44"\n-or user.departmnt -eq "x"';
    expect(check({}, { ...GIVEN, membershipRule: rule }).failures).toEqual([]);
    check({}, { ...GIVEN, membershipRule: rule });
    expect(said.mock.calls).toEqual([
      [
        `warning: membershipRule ${JSON.stringify(rule)}, line 1, column 1: user.shoeSize is not among the properties that Microsoft lists; line 2, column 5: user.departmnt is not among the properties that Microsoft lists; did you mean user.department?`,
      ],
    ]);
  });
});

describe("the same rule in another writing", () => {
  test("is no change of the program", () => {
    const olds = inputs(RULE);
    expect(inputs(SAME, olds)).toEqual(olds);
    expect(diff("id", olds, inputs(SAME, olds))).toEqual({ changes: false });
  });

  test("is no drift: reading gives the program's text", async () => {
    const { ctx } = tenant(SAME);
    const live = await userGroup.read(ctx, id(1), inputs(RULE));
    expect(live?.inputs["membershipRule"]).toBe(RULE);
  });

  test("is not written again", async () => {
    const { ctx, written } = tenant(SAME);
    const live = await userGroup.update(ctx, id(1), {}, inputs(RULE));
    expect(live.inputs["membershipRule"]).toBe(RULE);
    expect(written).toEqual([]);
  });

  test("is what was written, if the service keeps it so", async () => {
    const { ctx, written } = tenant(OTHER, () => SAME);
    const live = await userGroup.update(ctx, id(1), {}, inputs(RULE));
    expect(live.inputs["membershipRule"]).toBe(RULE);
    expect(written).toEqual([{ membershipRule: RULE }]);
  });
});

describe("another rule", () => {
  test("is a change of the program", () => {
    const olds = inputs(RULE);
    expect(inputs(OTHER, olds)["membershipRule"]).toBe(OTHER);
    expect(diff("id", olds, inputs(OTHER, olds))).toEqual({});
  });

  test.each([OTHER, UNREADABLE, ""])("%j is drift, shown as it is", async (rule) => {
    const { ctx } = tenant(rule);
    const live = await userGroup.read(ctx, id(1), inputs(RULE));
    expect(live?.inputs["membershipRule"]).toBe(rule);
  });

  test("is written as the program has it", async () => {
    const { ctx, written } = tenant(OTHER);
    await userGroup.update(ctx, id(1), {}, inputs(SAME));
    expect(written).toEqual([{ membershipRule: SAME }]);
  });
});

test("a group that is looked up by id shows its rule as it is", async () => {
  const { ctx } = tenant(SAME);
  expect((await userGroup.read(ctx, id(1), undefined))?.inputs["membershipRule"]).toBe(SAME);
});
