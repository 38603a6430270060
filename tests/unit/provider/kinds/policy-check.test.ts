import { v1 } from "pulumi-autopilot/runtime";
import { id, ids, UNKNOWN } from "../values";

const { check } = v1("DevicePreparationPolicy");
const GOOD = { displayName: "Standard laptops" };
const AUTOMATIC = { ...GOOD, mode: "automatic" };

describe("what is not given is filled in", () => {
  test("for a user-driven policy", () => {
    expect(check({}, GOOD)).toEqual({
      inputs: {
        ...GOOD,
        description: "",
        mode: "userDriven",
        userGroupIds: [],
        assignToAllUsers: false,
        accountType: "standardUser",
        timeoutMinutes: 60,
        customErrorMessage: "Contact your organization’s support person for help.",
        allowSkip: true,
        allowDiagnostics: true,
        appIds: [],
        scriptIds: [],
        roleScopeTagIds: ["0"],
        otherAssignments: [],
      },
      failures: [],
    });
  });

  test("for an automatic policy: only what exists there", () => {
    expect(check({}, AUTOMATIC)).toEqual({
      inputs: {
        ...AUTOMATIC,
        description: "",
        appIds: [],
        scriptIds: [],
        roleScopeTagIds: ["0"],
      },
      failures: [],
    });
  });

  test.each([
    ["a device group", id(1)],
    ["a device group that is not known yet", UNKNOWN],
  ])("with %s: it is to be bound", (_fact, deviceGroupId) => {
    expect(check({}, { ...GOOD, deviceGroupId }).inputs["deviceGroupStatus"]).toBe("bound");
  });
});

test.each([{}, { deviceGroupId: null }])(
  "without a device group (%j) there is no status",
  (args) => {
    const before = { ...GOOD, deviceGroupId: id(1), deviceGroupStatus: "bound" };
    expect(check(before, { ...GOOD, ...args }).inputs).not.toHaveProperty("deviceGroupStatus");
  },
);

describe("accepted", () => {
  test.each<[string, object]>([
    ["a name of 256 characters", { displayName: "x".repeat(256) }],
    ["a description of 1,000 characters", { description: "x".repeat(1000) }],
    ["15 minutes", { timeoutMinutes: 15 }],
    ["720 minutes", { timeoutMinutes: 720 }],
    ["a message of 1 character", { customErrorMessage: "x" }],
    ["a message of 1,000 characters", { customErrorMessage: "x".repeat(1000) }],
    ["an administrator", { accountType: "administrator" }],
    ["no skipping", { allowSkip: false }],
    ["no diagnostics", { allowDiagnostics: false }],
    ["25 apps", { appIds: ids(25) }],
    ["10 scripts", { scriptIds: ids(10) }],
    ["25 apps in automatic mode", { mode: "automatic", appIds: ids(25), scriptIds: ids(10) }],
    ["a device group in automatic mode", { mode: "automatic", deviceGroupId: id(1) }],
    ["all users together with groups", { assignToAllUsers: true, userGroupIds: [id(1)] }],
    ["scope tags", { roleScopeTagIds: ["0", "12"] }],
    ["an app that is not known yet", { appIds: [UNKNOWN] }],
    ["minutes that are not known yet", { timeoutMinutes: UNKNOWN }],
    ["a mode that is not known yet", { mode: UNKNOWN, timeoutMinutes: 30 }],
    [
      "groups that are not known yet, on both sides",
      { deviceGroupId: UNKNOWN, userGroupIds: [UNKNOWN] },
    ],
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
    ["a name of the wrong kind", { displayName: false }, ["displayName"]],
    ["a description of 1,001 characters", { description: "x".repeat(1001) }, ["description"]],
    ["a description of the wrong kind", { description: {} }, ["description"]],
    ["a mode that does not exist", { mode: "selfDeploying" }, ["mode"]],
    ["a mode of the wrong kind", { mode: 0 }, ["mode"]],
    ["a device group by name", { deviceGroupId: "devices" }, ["deviceGroupId"]],
    ["a device group of the wrong kind", { deviceGroupId: [id(1)] }, ["deviceGroupId"]],
    ["a user group by name", { userGroupIds: [id(1), id(2), "sales"] }, ["userGroupIds[2]"]],
    ["user groups of the wrong kind", { userGroupIds: id(1) }, ["userGroupIds"]],
    ["all users of the wrong kind", { assignToAllUsers: "true" }, ["assignToAllUsers"]],
    ["an account type that does not exist", { accountType: "admin" }, ["accountType"]],
    ["an account type of the wrong kind", { accountType: 1 }, ["accountType"]],
    ["14 minutes", { timeoutMinutes: 14 }, ["timeoutMinutes"]],
    ["721 minutes", { timeoutMinutes: 721 }, ["timeoutMinutes"]],
    ["half a minute", { timeoutMinutes: 60.5 }, ["timeoutMinutes"]],
    ["minutes as text", { timeoutMinutes: "60" }, ["timeoutMinutes"]],
    ["an empty message", { customErrorMessage: "" }, ["customErrorMessage"]],
    [
      "a message of 1,001 characters",
      { customErrorMessage: "x".repeat(1001) },
      ["customErrorMessage"],
    ],
    ["a message of the wrong kind", { customErrorMessage: 5 }, ["customErrorMessage"]],
    ["skipping as text", { allowSkip: "yes" }, ["allowSkip"]],
    ["diagnostics as number", { allowDiagnostics: 0 }, ["allowDiagnostics"]],
    ["26 apps", { appIds: ids(26) }, ["appIds"]],
    ["an app by name", { appIds: ["Company Portal"] }, ["appIds[0]"]],
    ["apps of the wrong kind", { appIds: {} }, ["appIds"]],
    ["11 scripts", { scriptIds: ids(11) }, ["scriptIds"]],
    ["a script by name", { scriptIds: [id(1), "setup.ps1"] }, ["scriptIds[1]"]],
    ["scripts of the wrong kind", { scriptIds: "x" }, ["scriptIds"]],
    ["scope tags as numbers", { roleScopeTagIds: [0] }, ["roleScopeTagIds[0]"]],
    ["scope tags of the wrong kind", { roleScopeTagIds: "0" }, ["roleScopeTagIds"]],
    ["an output as argument", { priority: 1 }, ["priority"]],
    ["a setting's id as argument", { allowedAppIds: [] }, ["allowedAppIds"]],
    [
      "the device group among the user groups",
      { deviceGroupId: id(1), userGroupIds: [id(2), id(1)] },
      ["userGroupIds"],
    ],
    [
      "the device group among the user groups, in another case",
      { deviceGroupId: id(10), userGroupIds: [id(10).toUpperCase()] },
      ["userGroupIds"],
    ],
    [
      "several mistakes at once",
      { mode: "x", timeoutMinutes: 1, appIds: ["a"], colour: 1 },
      ["colour", "mode", "timeoutMinutes", "appIds[0]"],
    ],
  ])("%s", (_fact, args, properties) => {
    const { failures } = check({}, { ...GOOD, ...args });
    expect(failures.map(({ property }) => property)).toEqual(properties);
  });
});

describe("in automatic mode there is no", () => {
  test.each<[string, unknown]>([
    ["userGroupIds", [id(1)]],
    ["assignToAllUsers", true],
    ["accountType", "administrator"],
    ["timeoutMinutes", 60],
    ["customErrorMessage", "x"],
    ["allowSkip", true],
    ["allowDiagnostics", false],
  ])("%s, and the failure says so", (key, value) => {
    const { inputs, failures } = check({}, { ...AUTOMATIC, [key]: value });
    expect(failures).toEqual([
      {
        property: key,
        reason: `${key} exists only in mode userDriven, userDrivenWithAssociation; the mode of this policy is automatic`,
      },
    ]);
    expect(inputs).not.toHaveProperty(key);
  });

  test("such argument even where it is not known yet", () => {
    const { failures } = check({}, { ...AUTOMATIC, timeoutMinutes: UNKNOWN });
    expect(failures.map(({ property }) => property)).toEqual(["timeoutMinutes"]);
  });

  test("unknown argument without a hint", () => {
    expect(check({}, { ...AUTOMATIC, appId: [] }).failures).toEqual([
      { property: "appId", reason: "appId is no argument here; did you mean appIds?" },
    ]);
  });
});

test("the status that the engine ignores is taken as it gives it", () => {
  const given = { ...GOOD, deviceGroupId: id(1), deviceGroupStatus: "firstPartyAppNotAnOwner" };
  expect(check({}, given).inputs).toMatchObject(given);
});
