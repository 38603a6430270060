import { v1 } from "pulumi-autopilot/runtime";
import { decode, encode } from "../../../../provider/src/policy/codec";
import { LANGUAGES } from "../../../../provider/src/policy/languages";
import { choice, dpp, madeTemplate } from "./wire";

const MODE = "userDrivenWithAssociation";
const ROWS = LANGUAGES.flatMap((tag, number): [number, string][] => [[number, tag]]);

const read = (option: string) =>
  decode([choice("language", "x", "y", dpp(option))], MODE)["language"];

function write(language: string): unknown {
  const [setting] = encode({ language }, madeTemplate(MODE), new Map()).filter(
    ({ settingInstance }) => JSON.stringify(settingInstance).includes(dpp("language")),
  );
  return (setting?.settingInstance as { choiceSettingValue: { value: unknown } }).choiceSettingValue
    .value;
}

const check = (language: string) =>
  v1("DevicePreparationPolicy").check({}, { displayName: "P", mode: MODE, language });

test("there are 208 languages under the numbers 0 to 208, as 155 is left out", () => {
  expect(ROWS).toHaveLength(208);
  expect(ROWS[0]).toEqual([0, "osDefault"]);
  expect(ROWS.at(-1)).toEqual([208, "uz-Latn-UZ"]);
  expect(155 in LANGUAGES).toBe(false);
});

test.each(ROWS)("number %i is read as %s", (number, tag) => {
  expect(read(`language_${number}`)).toBe(tag);
});

test.each(ROWS)("after number %i, %s is written as a number that means the same", (_n, tag) => {
  expect(String(write(tag))).toMatch(/^enrollment_autopilot_dpp_language_\d+$/);
  expect(read(String(write(tag)).replace(dpp(""), ""))).toBe(tag);
});

test.each(ROWS)("number %i, %s, is accepted", (_number, language) => {
  expect(check(language).failures).toEqual([]);
});

test.each([
  ["osDefault", 0],
  ["userSelect", 1],
  ["de-DE", 57],
  ["nso-ZA", 154],
  ["tn-ZA", 156],
  ["uz-Latn-UZ", 208],
])("%s has the number %i", (tag, number) => {
  expect(write(tag)).toBe(dpp(`language_${number}`));
});

describe("where the service's list is odd", () => {
  test("both numbers of Lower Sorbian are read the same, and the first is written", () => {
    expect([read("language_134"), read("language_184")]).toEqual(["dsb-DE", "dsb-DE"]);
    expect(write("dsb-DE")).toBe(dpp("language_134"));
  });

  test("Wolof, which stands there under the tag of Yakut, has its own", () => {
    expect([read("language_176"), read("language_177")]).toEqual(["wo-SN", "sah-RU"]);
    expect([write("wo-SN"), write("sah-RU")]).toEqual([dpp("language_176"), dpp("language_177")]);
  });

  test("no other tag stands twice", () => {
    const tags = ROWS.map(([, tag]) => tag);
    expect(tags.filter((tag, index) => tags.indexOf(tag) !== index)).toEqual(["dsb-DE"]);
  });

  test.each([155, 209, 999])("number %i, which means nothing, comes raw", (number) => {
    expect(read(`language_${number}`)).toBe(String(number));
  });
});

test.each(["-", "", "de-de", "de_DE", "os-default", "155", "57", "klingon"])(
  "%j is no language",
  (language) => {
    expect(check(language).failures).toEqual([
      { property: "language", reason: expect.stringContaining("must be one of") as string },
    ]);
  },
);
