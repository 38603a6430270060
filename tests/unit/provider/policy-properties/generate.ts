import fc from "fast-check";
import { POLICY_FIELDS } from "../../../../provider/src/kinds/policy-fields";
import { type Field, type Fields, fieldsOfMode } from "../../../../provider/src/lifecycle/field";
import type { Props } from "../../../../provider/src/lifecycle/props";
import { MODES, type Mode } from "../../../../provider/src/policy/settings";

/** Generators derived from the rows: what they allow, its ends included, and nothing else. */

const FIELDS: Fields = POLICY_FIELDS;
const NAMES = Object.keys(FIELDS);

/** An object id of that row for each number. No two rows share ids, and each has letters, so that case matters. */
export function idOf(name: string, number: number): string {
  const row = NAMES.indexOf(name).toString(16).padStart(2, "0");
  const hex = (number >>> 0).toString(16).padStart(8, "0");
  return `${hex}-a${row}f-4bcd-8fe0-${(number * 0x10001 + 0xabcdef).toString(16).padStart(12, "a").slice(-12)}`;
}

const anyNumber = fc.nat(0x7fffffff);

/** Texts in which something is special somewhere. */
const TRICKY = [
  "Contact your organization\u2019s support person for help.",
  ' "quoted" \\ and {"id":"x"} ',
  "line\nline\ttab",
  "Größe \u{1F600} e\u0301",
  "null",
  "__proto__",
];

function textOf({ minLength = 0, maxLength = 1000, pattern }: Extract<Field, { kind: "string" }>) {
  const unit = fc.oneof(
    fc.constantFrom("a", "b", "X", "Z", "0", "9", "-", ":"),
    fc.constantFrom("%SERIAL%", "%RAND:4%", "%RAND:12%"),
  );
  const free = fc.oneof(
    { weight: 4, arbitrary: fc.string({ minLength, maxLength: 40, unit: "grapheme" }) },
    fc.constantFrom(...TRICKY, "x".repeat(minLength), "x".repeat(maxLength)),
  );
  const bound = fc.oneof(
    fc.array(unit, { minLength: 1, maxLength: 12 }).map((parts) => parts.join("")),
    fc.constantFrom("PC-%SERIAL%", `%RAND:1%${"x".repeat(62)}`, "x".repeat(63)),
  );
  return (pattern === undefined ? free : bound).filter(
    (text) => text.length >= minLength && text.length <= maxLength && (pattern?.test(text) ?? true),
  );
}

function setOf(name: string, maximum = 20): fc.Arbitrary<string[]> {
  const few = fc.uniqueArray(anyNumber, { maxLength: Math.min(maximum, 5), size: "max" });
  const full = anyNumber.map((start) =>
    Array.from({ length: maximum }, (_, index) => start + index),
  );
  return fc
    .oneof({ weight: 60, arbitrary: few }, { weight: 1, arbitrary: full })
    .map((numbers) => numbers.map((number) => idOf(name, number)).sort());
}

/** The choices of a list: a number that is left out is none, and one that stands twice is as likely as all others. */
function choiceOf(choices: readonly string[]): fc.Arbitrary<string> {
  const present = choices.filter((_, index) => index in choices);
  const twice = present.filter((choice, index) => present.indexOf(choice) !== index);
  const any = fc.constantFrom(...present);
  return twice.length === 0
    ? any
    : fc.oneof({ weight: 4, arbitrary: any }, fc.constantFrom(...twice));
}

/** Every value that the row allows, in normal form. */
export function valueOf(name: string): fc.Arbitrary<unknown> {
  const field = FIELDS[name]!;
  if (name === "otherAssignments") return otherTargets;
  if (name === "deviceGroupStatus") return rejections;
  switch (field.kind) {
    case "choice":
      return choiceOf(field.choices);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min: field.minimum, max: field.maximum });
    case "string":
      return textOf(field);
    case "id":
      return anyNumber.map((number) => idOf(name, number));
    case "idSet":
      return setOf(name, field.maximum);
    case "idList":
      return fc.uniqueArray(anyNumber).map((all) => all.map((number) => idOf(name, number)));
    case "textSet":
      return fc
        .uniqueArray(fc.oneof(fc.nat(99).map(String), fc.constantFrom("A", "a", "x y")), {
          maxLength: 4,
        })
        .map((items) => items.sort());
  }
}

/** What only the tenant makes: targets of other kinds, and the codes of rejected groups. */
const otherTargets = anyNumber.chain((number) =>
  fc
    .subarray([
      "allDevicesAssignmentTarget",
      "allLicensedUsersAssignmentTarget",
      `exclusionGroupAssignmentTarget ${idOf("userGroupIds", number)}`,
    ])
    .map((items) => items.sort()),
);
const rejections = fc.constantFrom(
  "securityGroupNotFound",
  "notSecurityGroup",
  "notStaticSecurityGroup",
  "firstPartyAppNotAnOwner",
  "securityGroupNotInCallerScope",
  "rejected",
  "unknownFutureValue",
);

/** The properties of a mode that the tenant can change in place: what only says how to do something has no counterpart there. */
export const propertiesOf = (mode: Mode): string[] =>
  Object.entries(fieldsOfMode(POLICY_FIELDS, mode))
    .filter(([name, { local }]) => name !== "mode" && !local)
    .map(([name]) => name);

/** The arguments of a policy of that mode: each is given or not, but for those that are `required`. */
export function argsOf(mode: Mode, ...required: string[]): fc.Arbitrary<Props> {
  const names = propertiesOf(mode).filter((name) => !FIELDS[name]!.invariant);
  const values = names.map((name): [string, fc.Arbitrary<unknown>] => [name, valueOf(name)]);
  return fc
    .record(Object.fromEntries(values), { requiredKeys: ["displayName", ...required] })
    .map((args) => ({ ...args, mode }));
}

/** The arguments of a policy of any mode. */
export const anyArgs: fc.Arbitrary<Props> = fc.oneof(...MODES.map((mode) => argsOf(mode)));
