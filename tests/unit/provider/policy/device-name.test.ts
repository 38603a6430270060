import fc from "fast-check";
import { v1 } from "pulumi-autopilot/runtime";
import { deviceNamePattern } from "../../../../provider/src/policy/device-name";
import { SETTINGS } from "../../../../provider/src/policy/settings";
import { definition, describeWithDefinitions } from "./definitions";

const x = (count: number) => "x".repeat(count);

/** Names that the service takes, and names that it refuses: the ends of every rule. */
const TABLE: [name: string, fits: boolean][] = [
  ["PC", true],
  ["a", true],
  ["-", true],
  [":", true],
  ["PC-01:A", true],
  ["1a", true],
  [x(63), true],
  ["%SERIAL%", true],
  ["PC-%SERIAL%", true],
  ["1%SERIAL%2", true],
  [`%SERIAL%${x(55)}`, true],
  ["PC-%RAND:4%", true],
  ["%RAND:1%-", true],
  ["x%RAND:63%", false],
  ["MyCompany-%RAND:4%", true],
  [`%RAND:1%${x(62)}`, true],
  [`${x(31)}%RAND:32%`, true],
  [`${x(62)}%RAND:1%`, true],
  [`x%RAND:62%`, true],
  ["", false],
  ["1", false],
  ["0123456789", false],
  [x(64), false],
  [`%SERIAL%${x(56)}`, false],
  [`%RAND:1%${x(63)}`, false],
  [`${x(32)}%RAND:32%`, false],
  [`xx%RAND:62%`, false],
  ["%RAND:4%", false],
  ["%RAND:63%", false],
  ["1%RAND:4%2", false],
  ["x%RAND:0%", false],
  ["x%RAND:64%", false],
  ["x%RAND:04%", false],
  ["x%RAND:%", false],
  ["x%RAND:a%", false],
  ["x%rand:4%", false],
  ["x%serial%", false],
  ["%SERIAL%-%SERIAL%", false],
  ["%SERIAL%-%RAND:4%", false],
  ["x%RAND:4%%RAND:4%", false],
  ["x%RAND:4%%SERIAL%", false],
  ["PC %SERIAL%", false],
  ["PC\n", false],
  ["PC_1", false],
  ["PC.1", false],
  ["%USERNAME%", false],
  ["x%", false],
  ["ä", false],
];

test.each(TABLE)("%j fits: %j", (name, fits) => {
  expect(deviceNamePattern.test(name)).toBe(fits);
});

describe("check", () => {
  const reasons = (deviceNameTemplate: string) =>
    v1("DevicePreparationPolicy")
      .check({}, { displayName: "P", mode: "userDrivenWithAssociation", deviceNameTemplate })
      .failures.map(({ property, reason }) => `${property}: ${reason}`);

  test.each(TABLE)("says the same of %j: %j", (name, fits) => {
    expect(reasons(name)).toHaveLength(fits ? 0 : 1);
  });

  test("says what is wanted", () => {
    expect(reasons("PC_1")).toEqual([
      `deviceNameTemplate: deviceNameTemplate must ${SETTINGS.deviceNameTemplate.patternText}, but is "PC_1"`,
    ]);
  });
});

describeWithDefinitions("the service's own pattern", () => {
  const { valueDefinition } = definition(SETTINGS.deviceNameTemplate.definition);
  const theirs = new RegExp(String(valueDefinition!["inputValidationSchema"]));

  test("is a pattern", () => {
    expect(valueDefinition).toMatchObject({ format: "regEx" });
  });

  test.each(TABLE)("says the same of %j: %j", (name, fits) => {
    expect(theirs.test(name)).toBe(fits);
  });

  const digits = fc.integer({ min: 0, max: 70 });
  const macro = fc.oneof(
    fc.constant("%SERIAL%"),
    digits.map((count) => `%RAND:${count}%`),
    fc.constantFrom("%", "%RAND:", "%RAND:4", "%SERIAL", " ", "\n", "_", "%serial%"),
  );
  const plain = fc.string({
    unit: fc.constantFrom("a", "Z", "0", "9", ":", "-"),
    size: "max",
    maxLength: 70,
  });
  const number = fc.string({ unit: fc.constantFrom("0", "1", "5", "9"), maxLength: 4 });
  const part = fc.oneof({ weight: 3, arbitrary: plain }, number, macro);

  test("agrees on texts of its alphabet", () => {
    const texts = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        expect(deviceNamePattern.test(text)).toBe(theirs.test(text));
      }),
      { numRuns: 2000 },
    );
  });

  test("agrees at every length around every count of random digits", () => {
    const wrong: string[] = [];
    for (let count = 0; count <= 70; count++) {
      for (const fill of ["a", "1", "-"]) {
        for (let length = 0; length <= 70; length++) {
          const text = `%RAND:${count}%${fill.repeat(length)}`;
          if (deviceNamePattern.test(text) !== theirs.test(text)) wrong.push(text);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
