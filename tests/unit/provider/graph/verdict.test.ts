import { verdictOf } from "../../../../provider/src/graph/configuration-policies";
import { explain } from "../../../../provider/src/kinds/verdict";
import { id } from "../values";

const GROUP = id(10);
const statuses = (targetValidationErrorCode?: string | null, targetId: string | null = GROUP) => ({
  enrollmentTimeDeviceMembershipTargetValidationStatuses: [{ targetId, targetValidationErrorCode }],
});
const bound = { groupId: GROUP, status: "bound" };

describe("a bound group is read", () => {
  test.each<[string, unknown]>([
    ["at the root", { validationSucceeded: true, ...statuses("unknown") }],
    ["wrapped", { value: { validationSucceeded: true, ...statuses("unknown") } }],
    ["without the overall word", statuses("unknown")],
    ["without a code", statuses()],
    ["with a code of null", statuses(null)],
    ["with its id in upper case", statuses("unknown", GROUP.toUpperCase())],
    [
      "from targets",
      { enrollmentTimeDeviceMembershipTargets: [{ targetType: "x", targetId: GROUP }] },
    ],
    [
      "from wrapped targets",
      { value: { enrollmentTimeDeviceMembershipTargets: [{ targetId: GROUP }] } },
    ],
    [
      "from targets beside empty statuses",
      {
        enrollmentTimeDeviceMembershipTargetValidationStatuses: [],
        enrollmentTimeDeviceMembershipTargets: [{ targetId: GROUP }],
      },
    ],
    [
      "from targets beside statuses of null",
      {
        enrollmentTimeDeviceMembershipTargetValidationStatuses: null,
        enrollmentTimeDeviceMembershipTargets: [{ targetId: GROUP }],
      },
    ],
  ])("%s", (_fact, body) => {
    expect(verdictOf(body)).toEqual(bound);
  });
});

describe("no group is read from", () => {
  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["an empty object", {}],
    ["an empty wrapped object", { value: {} }],
    ["a wrapper of null", { value: null }],
    ["empty statuses", { enrollmentTimeDeviceMembershipTargetValidationStatuses: [] }],
    ["empty targets", { enrollmentTimeDeviceMembershipTargets: [] }],
    ["a status without an id", statuses("unknown", null)],
    ["a status with an empty id", statuses("unknown", "")],
    ["what clearing answers", { value: true }],
  ])("%s", (_fact, body) => {
    expect(verdictOf(body)).toEqual({ status: "none" });
  });
});

describe("a rejected group", () => {
  test.each([
    "securityGroupNotFound",
    "notSecurityGroup",
    "notStaticSecurityGroup",
    "firstPartyAppNotAnOwner",
    "securityGroupNotInCallerScope",
    "somethingNew",
  ])("has the code %s as its status", (code) => {
    expect(verdictOf({ validationSucceeded: false, ...statuses(code) })).toEqual({
      groupId: GROUP,
      status: code,
    });
  });

  test("is rejected by its code even where the overall word says success", () => {
    expect(verdictOf({ validationSucceeded: true, ...statuses("notSecurityGroup") }).status).toBe(
      "notSecurityGroup",
    );
  });

  test("is rejected without a code where the overall word says so", () => {
    expect(verdictOf({ validationSucceeded: false, ...statuses("unknown") }).status).toBe(
      "rejected",
    );
  });

  test("is the one that was asked for where no status comes", () => {
    expect(verdictOf({ validationSucceeded: false }, GROUP)).toEqual({
      groupId: GROUP,
      status: "rejected",
    });
  });
});

test("a group that was asked for is bound where the answer is empty", () => {
  expect(verdictOf(undefined, GROUP)).toEqual(bound);
});

describe("an explanation", () => {
  test.each([
    ["securityGroupNotFound", /does not find/, /Check deviceGroupId/],
    ["notSecurityGroup", /no security group/, /DeviceGroup/],
    ["notStaticSecurityGroup", /dynamic/, /assigned/],
    ["firstPartyAppNotAnOwner", /does not own/, /DeviceGroup/],
    ["securityGroupNotInCallerScope", /scope/, /Enrollment time device membership assignment/],
    ["somethingNew", /rejects/, /documentation/],
    ["constructor", /rejects/, /documentation/],
  ])("of %s says why and what to do", (code, why, what) => {
    expect(explain(code)).toEqual({
      why: expect.stringMatching(why) as string,
      what: expect.stringMatching(what) as string,
    });
  });
});
