import { devicePreparationPolicy } from "../../../../provider/src/kinds/device-preparation-policy";
import { changedKeys } from "../../../../provider/src/lifecycle/diff";
import { failureText } from "../../../../provider/src/lifecycle/failure";
import type { WireSetting } from "../../../../provider/src/policy/codec";
import { TEMPLATES } from "../../../../provider/src/policy/settings";
import { collection, dpp, simple } from "../policy/wire";
import { id } from "../values";
import { reading } from "./fake-graph";

/** Policies as people keep them in public repositories, some of them written by tools that had it wrong. */

const ID = id(1);
const PATH = `/deviceManagement/configurationPolicies/${ID}`;
const kind = devicePreparationPolicy;

const POLICY = {
  id: ID,
  name: "Backup",
  description: "",
  roleScopeTagIds: ["0"],
  templateReference: { templateId: TEMPLATES.userDriven },
  settings: [],
};

const setting = (name: string, rest: object): WireSetting => ({
  settingInstance: { settingDefinitionId: dpp(name), ...rest },
});

async function read(changes: object, verdict: unknown = {}) {
  const answers = {
    [PATH]: { ...POLICY, ...changes },
    [`${PATH}/retrieveEnrollmentTimeDeviceMembershipTarget`]: verdict,
  };
  return (await kind.read(reading(answers), ID, undefined))!.inputs;
}

const { inputs: WANTED } = kind.complete(
  {
    displayName: "Backup",
    description: "",
    mode: "userDriven",
    userGroupIds: [],
    assignToAllUsers: false,
    accountType: "standardUser",
    timeoutMinutes: 60,
    customErrorMessage: "x",
    allowSkip: true,
    allowDiagnostics: true,
    appIds: [],
    scriptIds: [],
    roleScopeTagIds: ["0"],
    otherAssignments: [],
  },
  {},
);

const SCALARS = [
  "accountType",
  "timeoutMinutes",
  "customErrorMessage",
  "allowSkip",
  "allowDiagnostics",
];

/** The least malformed one: every setting is there. */
const WHOLE: WireSetting[] = [
  setting("accountype", { choiceSettingValue: { value: dpp("accountype_1") } }),
  setting("timeout", { simpleSettingValue: { value: 60 } }),
  setting("customerrormessage", { simpleSettingValue: { value: "x" } }),
  setting("allowskip", { choiceSettingValue: { value: dpp("allowskip_1") } }),
  setting("allowdiagnostics", { choiceSettingValue: { value: dpp("allowdiagnostics_1") } }),
];
const instead = (name: string, rest: object) =>
  WHOLE.map((one) => (JSON.stringify(one).includes(`"${dpp(name)}"`) ? setting(name, rest) : one));

describe("a policy is read, and shows what it lacks:", () => {
  test.each<[string, object, string[]]>([
    ["nothing, if it is whole", { settings: WHOLE }, []],
    ["all settings, if they are null", { settings: null }, SCALARS],
    ["all settings, if there are none", { settings: undefined }, SCALARS],
    ["all settings, if they are an empty list", { settings: [] }, SCALARS],
    ["all settings, if the list holds no settings", { settings: [null, 1, "x", [], {}] }, SCALARS],
    [
      "all settings, if a shallow export made texts of them",
      { settings: WHOLE.map(() => ({ settingInstance: "@{settingDefinitionId=x; value=}" })) },
      SCALARS,
    ],
    [
      "one setting",
      { settings: WHOLE.filter((one) => !JSON.stringify(one).includes("timeout")) },
      ["timeoutMinutes"],
    ],
    [
      "settings under names that no service defines",
      {
        settings: [
          ...WHOLE.slice(0, 2),
          setting("custonerror", { simpleSettingValue: { value: "x" } }),
          setting("devicegroup", { simpleSettingValue: { value: id(2) } }),
          ...WHOLE.slice(3),
          collection("allowedapps", "x", [id(3)]),
        ],
      },
      ["customErrorMessage"],
    ],
    [
      "settings inside group collections",
      {
        settings: [
          setting("group", { groupSettingCollectionValue: [{ children: WHOLE }] }),
          ...WHOLE.slice(1),
        ],
      },
      ["accountType"],
    ],
    [
      "a choice that was never filled in",
      { settings: instead("accountype", { choiceSettingValue: { value: "$accountTypeValue" } }) },
      ["accountType"],
    ],
    [
      "a switch that is a boolean",
      { settings: instead("allowskip", { choiceSettingValue: { value: true } }) },
      ["allowSkip"],
    ],
    [
      "a switch that is a simple value",
      { settings: instead("allowskip", { simpleSettingValue: { value: true } }) },
      ["allowSkip"],
    ],
    [
      "a number that is a text",
      { settings: [...instead("timeout", { simpleSettingValue: { value: "60" } })] },
      ["timeoutMinutes"],
    ],
    [
      "a number out of range",
      { settings: [...instead("timeout", { simpleSettingValue: { value: 5 } })] },
      ["timeoutMinutes"],
    ],
    [
      "a message of null",
      { settings: instead("customerrormessage", { simpleSettingValue: { value: null } }) },
      ["customErrorMessage"],
    ],
    [
      "a message that is an object",
      { settings: instead("customerrormessage", { simpleSettingValue: { value: { a: 1 } } }) },
      ["customErrorMessage"],
    ],
    ["no script, if the script is a blank", { settings: [...WHOLE, scripts(" ")] }, []],
    ["a script that is no id", { settings: [...WHOLE, scripts("setup.ps1")] }, ["scriptIds"]],
    [
      "a script that is no text",
      {
        settings: [
          ...WHOLE,
          setting("allowedscriptids", { simpleSettingCollectionValue: [{ value: 5 }] }),
        ],
      },
      ["scriptIds"],
    ],
    [
      "no app, if the list is none",
      { settings: [...WHOLE, setting("allowedappids", { simpleSettingCollectionValue: "" })] },
      [],
    ],
    [
      "the first of two settings of one kind",
      { settings: [...WHOLE, simple("timeout", "x", "y", 90)] },
      [],
    ],
    ["scope tags", { settings: WHOLE, roleScopeTagIds: undefined }, ["roleScopeTagIds"]],
    ["no assignment, if they are null", { settings: WHOLE, assignments: null }, []],
    [
      "an assignment without target",
      { settings: WHOLE, assignments: [{ id: "x", source: "direct" }] },
      ["otherAssignments"],
    ],
  ])("%s", async (_fact, changes, keys) => {
    expect(changedKeys(kind.fields, await read(changes), WANTED)).toEqual(keys);
  });

  function scripts(item: string): WireSetting {
    return collection("allowedscriptids", "x", [item]);
  }
});

test("what is malformed shows as it is, where it is a value", async () => {
  const settings = [
    ...instead("accountype", { choiceSettingValue: { value: "$accountTypeValue" } }),
    collection("allowedscriptids", "x", ["setup.ps1"]),
  ];
  expect(await read({ settings })).toMatchObject({
    accountType: "$accountTypeValue",
    scriptIds: ["setup.ps1"],
  });
});

describe("a verdict that is malformed is read as far as it goes:", () => {
  const statuses = "enrollmentTimeDeviceMembershipTargetValidationStatuses";

  test.each<[string, unknown, string | undefined]>([
    ["a text", "OK", undefined],
    ["a list", [], undefined],
    ["a number inside", { value: 5 }, undefined],
    ["statuses that are an object", { [statuses]: {} }, undefined],
    ["statuses that are a text", { [statuses]: "none" }, undefined],
    ["a status of null", { [statuses]: [null] }, undefined],
    ["a group that is a number", { [statuses]: [{ targetId: 5 }] }, undefined],
    [
      "an empty code",
      { [statuses]: [{ targetId: id(2), targetValidationErrorCode: "" }] },
      "bound",
    ],
    [
      "a code of null",
      { [statuses]: [{ targetId: id(2), targetValidationErrorCode: null }] },
      "bound",
    ],
    [
      "a code that is a number",
      {
        validationSucceeded: false,
        [statuses]: [{ targetId: id(2), targetValidationErrorCode: 5 }],
      },
      "rejected",
    ],
  ])("%s", async (_fact, verdict, status) => {
    expect((await read({ settings: WHOLE }, verdict))["deviceGroupStatus"]).toBe(status);
  });
});

describe("what is no policy at all is an error that names it:", () => {
  test.each<[string, unknown]>([
    ["null", null],
    ["a list", [POLICY]],
    ["a text", "<html>"],
    ["a number", 0],
  ])("%s", async (_fact, answer) => {
    const answers = {
      [PATH]: answer,
      [`${PATH}/retrieveEnrollmentTimeDeviceMembershipTarget`]: {},
    };
    const error: unknown = await kind.read(reading(answers), ID, {}).catch((one: unknown) => one);
    expect(failureText(error)).toContain("what came is no policy");
    expect(failureText(error)).toContain(ID);
  });

  test("settings whose pages are no list", async () => {
    const settings = { [`${PATH}/settings`]: { value: {} } };
    const answers = {
      [PATH]: { ...POLICY, settingCount: 3 },
      ...settings,
      [`${PATH}/retrieveEnrollmentTimeDeviceMembershipTarget`]: {},
    };
    const error: unknown = await kind.read(reading(answers), ID, {}).catch((one: unknown) => one);
    expect(failureText(error)).toContain(`${PATH}/settings`);
  });
});
