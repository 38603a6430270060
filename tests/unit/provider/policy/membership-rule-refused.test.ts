import { parseRule } from "../../../../provider/src/policy/membership-rule/parse-rule";
import { placeOf } from "../../../../provider/src/policy/membership-rule/reader";

const ID = "62e19b97-8b3d-4d4a-a106-4ce66896a863";

/** The rule, the column of its first mistake, and what is said about it. */
const REFUSED: [string, number, string | RegExp][] = [
  // operators
  ['user.city    -equals "a"', 14, "-equals is no operator; did you mean -eq?"],
  ['user.city = "a"', 11, "= is no operator; did you mean -eq?"],
  ['user.city == "a"', 11, /did you mean -eq\?/],
  ['user.city != "a"', 11, /did you mean -ne\?/],
  ['user.city -neq "a"', 11, /did you mean -ne\?/],
  ['user.city -like "a"', 11, /did you mean -contains\?/],
  ['user.city -beginsWith "a"', 11, /did you mean -startsWith\?/],
  ['user.city -startWith "a"', 11, /did you mean -startsWith\?/],
  ['user.city -notStartWith "a"', 11, /did you mean -notStartsWith\?/],
  ['user.city -contain "a"', 11, /did you mean -contains\?/],
  ['user.city matches "a"', 11, "matches is no operator; did you mean -match?"],
  ['user.city -frobnicate "a"', 11, /no operator; there are -eq -ne/],
  ['user.city - eq "a"', 11, /directly before its name/],
  ['user.city "a"', 11, 'an operator such as -eq is missing between user.city and "'],
  ["user.city", 10, /compared with nothing/],
  ["user.city ", 11, /compared with nothing/],
  ["(user.city)", 11, /compared with nothing/],
  ['user.city -and user.state -eq "a"', 11, "user.city is compared with nothing before -and"],
  ["user.mail -not null", 11, "-not compares nothing; did you mean -ne?"],
  // values
  ["user.city -eq", 14, "-eq needs a value on its right"],
  ["(user.city -eq )", 16, "-eq needs a value on its right"],
  ['user.city -eq -and user.state -eq "a"', 15, "-eq needs a value on its right"],
  ['user.city -eq "a', 15, "the text that begins here has no end"],
  ["user.city -eq 'a", 15, "the text that begins here has no end"],
  ["user.city -eq “a", 15, "the text that begins here has no end"],
  ['user.city -eq "a`"', 15, /no end; a backtick makes the quote behind it/],
  ['user.city -eq \\"a\\"', 15, 'a backslash stands before the quote: write ", not \\"'],
  ["user.city -eq a\\b", 16, "a backslash can stand in a text only"],
  ['user.city -in "a"', 15, /^-in takes a list in brackets/],
  ["user.city -notIn null", 18, /^-notIn takes a list in brackets/],
  ['user.city -in ("a", "b")', 15, "a list of values stands in [ ], not in ( )"],
  ['user.city -in "a", "b"', 15, /takes a list/],
  ['user.city -in ["a", "b"', 15, /no end: \] is missing/],
  ['user.city -in ["a" "b"]', 20, ', or ] must stand before "'],
  ['user.city -in ["a",]', 20, "a value of the list is missing here"],
  ['user.city -in [, "a"]', 16, "a value of the list is missing here"],
  ['user.city -in [["a"]]', 16, "a list holds values, no lists"],
  ['user.city -eq ["a", "b"]', 15, "-eq takes one value; a list goes with -in and -notIn"],
  ['user.city -eq (("a"))', 15, "-eq takes a value, not parentheses"],
  ['user.city -eq ("a" "b")', 20, ') must stand before "'],
  ['user.city -eq ("a"', 15, /not closed/],
  ["user.city -eq system.now -plus p1d", 15, /is no date/],
  ["user.employeeHireDate -ge system.now -plus 1d", 44, "1d is no duration such as p1d or pt12h"],
  ["user.employeeHireDate -ge system.now -plus p", 44, /no duration/],
  ["user.employeeHireDate -ge system.now -plus", 43, "-plus needs a value on its right"],
  ['user.employeeHireDate -ge "tomorrow"', 27, /is a date/],
  ["user.employeeHireDate -ge today", 27, /is a date/],
  [
    'user.mail -match "*@domain.ext"',
    18,
    "a regular expression can't begin with *; did you mean .*?",
  ],
  // kinds
  ['user.accountEnabled -eq "yes"', 25, "user.accountEnabled is true or false, and yes is neither"],
  ["user.accountEnabled -eq ture", 25, /ture is neither/],
  ["user.dirSyncEnabled -ne 1", 25, /1 is neither/],
  ["user.accountEnabled -contains true", 21, /^-contains does not go with user\.accountEnabled/],
  ["user.accountEnabled -in [true]", 21, /use -eq or -ne/],
  ['user.department -any (_ -eq "a")', 17, /has one$/],
  ['user.employeeHireDate -all (_ -eq "a")', 23, /has one$/],
  // properties
  ["mail –ne null", 1, "mail must be written user.mail"],
  ['department -eq "a"', 1, "department must be written user.department"],
  ['usr.department -eq "a"', 1, /^usr\. is unknown.*did you mean user\.department\?/],
  ['group.displayName -eq "a"', 1, /^group\. is unknown/],
  ['assignedPlan.service -eq "a"', 1, /properties begin with user\./],
  ['user. -eq "a"', 1, "user. lacks the name of a property"],
  ['user..city -eq "a"', 1, /lacks the name/],
  ['$user.city -eq "a"', 1, /without \$/],
  ['"a" -eq user.city', 1, /begins with a property such as user\.department, not with "/],
  ["everyone", 1, /not with everyone/],
  ['_ -eq "a"', 1, /within -any or -all only/],
  ['user.otherMails -any (mail -eq "a")', 23, "mail must be written user.mail"],
  ['user.otherMails -any (item -eq "a")', 23, /an item is written _/],
  ['user.otherMails -any "a"', 22, /^-any needs a condition/],
  ["user.otherMails -any", 21, /^-any needs a condition/],
  ["user.otherMails -any ()", 23, /is missing before the parenthesis/],
  [
    'user.city -eq "a" -or device.deviceOSType -eq "b"',
    23,
    "a rule is about users or about devices, never about both",
  ],
  // joints
  ["", 1, /is missing at the end/],
  ["   ", 4, /is missing at the end/],
  ["()", 2, /is missing before the parenthesis/],
  ['user.city -eq "a" -and', 23, /is missing at the end/],
  ['-and user.city -eq "a"', 1, "a comparison is missing before -and"],
  ['or user.city -eq "a"', 1, "a comparison is missing before or"],
  ['-eq "a"', 1, /a property such as user\.department is missing before -eq/],
  ['user.city -eq "a" -and -or user.city -eq "b"', 24, "a comparison is missing before -or"],
  ['user.city -eq "a" && user.city -eq "b"', 19, "&& is no operator; did you mean -and?"],
  ['user.city -eq "a" -und user.city -eq "b"', 19, "-und is no operator; did you mean -and?"],
  ['!(user.city -eq "a")', 1, "! is no operator; did you mean -not?"],
  ['user.city -eq "a" -eq "b"', 19, /must stand between two comparisons, but -eq follows/],
  ["user.department -eq Sales Team", 27, "-and or -or is missing before Team"],
  [
    '(user.department -eq "Sales") (user.department -eq "Marketing")',
    31,
    "-and or -or is missing before (",
  ],
  ['user.city -eq "a" user.state -eq "b"', 19, "-and or -or is missing before user.state"],
  ['user.city -eq "a" "b"', 19, /instead of "/],
  ['user.city -eq "a";', 18, /instead of ;/],
  ['user.city -eq "a", "b"', 18, /stands in \[ \]/],
  ['user.city -eq "a")', 18, "this parenthesis closes nothing"],
  ['(user.city -eq "a"', 1, "the parenthesis that opens here is not closed"],
  ['((user.city -eq "a") -or (user.city -eq "b")', 1, /not closed/],
  ['user.otherMails -any (_ -eq "a"', 22, /not closed/],
  // direct reports
  ["Direct Reports for", 19, "Direct Reports for needs a value on its right"],
  ['Direct Reports for "anna@contoso.com"', 20, /named by an object id/],
  [`Direct Reports of "${ID}"`, 1, /did you mean Direct Reports for/],
  [`Direct Reports for "${ID}" -and user.city -eq "a"`, 1, /can't be part of another rule/],
  [`user.city -eq "a" -or (Direct Reports for "${ID}")`, 24, /can't be part of another rule/],
  [`-not Direct Reports for "${ID}"`, 6, /can't be part of another rule/],
];

describe("refused, with the column", () => {
  test.each(REFUSED)("%s", (text, column, message) => {
    const { rule, errors } = parseRule(text);
    expect(rule).toBeUndefined();
    expect(errors[0]).toEqual({
      column,
      message: message instanceof RegExp ? expect.stringMatching(message) : message,
    });
  });
});

test("a rule of 3,073 characters is refused", () => {
  const { rule, errors } = parseRule(`user.city -eq "${"x".repeat(3073 - 16)}"`);
  expect(rule).toBeUndefined();
  expect(errors).toEqual([
    { column: 3073, message: "a rule can have 3072 characters, and this one has 3073" },
  ]);
});

describe("several mistakes", () => {
  test.each<[string, number[]]>([
    ['user.city -equals "a" -or user.state = "b"', [11, 38]],
    ['(user.city -equals "a") -and user.accountEnabled -eq "yes" -and mail -ne null', [12, 54, 65]],
    ['user.city -eq -or user.state -eq "a" "b"', [15, 38]],
    ['user.otherMails -any (_ -is "a" -and x -eq "b") -or user.city -in "c"', [25, 38, 67]],
    // Nothing is said about what follows a text without end.
    ['(user.city -equals "a) -or (user.state = "b")', [12, 44]],
    ['(user.city -eq "a) -or (user.state -foo', [16]],
  ])("%s", (text, columns) => {
    expect(parseRule(text).errors.map(({ column }) => column)).toEqual(columns);
  });
});

test.each([
  ["user.city", 3, "column 3"],
  ["user.city\n  -eq", 3, "line 1, column 3"],
  ["user.city\n  -eq", 13, "line 2, column 3"],
])("a place in %j is named as a person counts", (text, column, place) => {
  expect(placeOf(text, column)).toBe(place);
});
