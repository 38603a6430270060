import fc from "fast-check";
import { v1 } from "pulumi-autopilot/runtime";
import { DEVICE_GROUP_FIELDS } from "../../../../provider/src/kinds/device-group";
import { POLICY_FIELDS } from "../../../../provider/src/kinds/policy-fields";
import { USER_GROUP_FIELDS } from "../../../../provider/src/kinds/user-group";
import { UNKNOWN } from "../values";

const KINDS: [string, string[]][] = [
  ["DeviceGroup", Object.keys(DEVICE_GROUP_FIELDS)],
  ["UserGroup", Object.keys(USER_GROUP_FIELDS)],
  ["DevicePreparationPolicy", Object.keys(POLICY_FIELDS)],
];

/** Anything that JSON can hold, and the values that are special somewhere. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    undefined,
    "automatic",
    "userDriven",
    UNKNOWN,
    [UNKNOWN],
    { toString: 1 },
    [{ toString: null, valueOf: 1 }],
  ),
);

describe.each(KINDS)("%s, whatever a program gives", (kind, fields) => {
  const provider = v1(kind);
  const props = fc.dictionary(
    fc.constantFrom(...fields, "__origin", "constructor", "adoptId", "nonsense"),
    anything,
  );

  test("check answers, and its failures name given or existing properties", () => {
    fc.assert(
      fc.property(props, props, (olds, news) => {
        const { failures } = provider.check(olds, news);
        const named = failures.map(({ property }) => property.replace(/\[\d+\]$/, ""));
        expect([...Object.keys(news), ...fields]).toEqual(expect.arrayContaining(named));
      }),
      { numRuns: 500 },
    );
  });

  test("check leaves no undefined value", () => {
    fc.assert(
      fc.property(props, (news) => {
        expect(Object.values(provider.check({}, news).inputs)).not.toContain(undefined);
      }),
    );
  });

  test("diff answers", () => {
    fc.assert(
      fc.property(props, props, (olds, news) => {
        expect(() => provider.diff("id", olds, news)).not.toThrow();
      }),
    );
  });

  test("what check made, it leaves as it is", () => {
    fc.assert(
      fc.property(props, (news) => {
        const { inputs, failures } = provider.check({}, news);
        fc.pre(failures.length === 0);
        expect(provider.check(inputs, inputs)).toEqual({ inputs, failures: [] });
      }),
    );
  });
});
