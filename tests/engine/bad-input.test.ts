/**
 * Mistakes are found in the preview: all of a resource at once, each with its property and what would be right, and nothing is
 * sent. The engine itself stops at the first resource that has any.
 */
import { type Declared, Stack } from "../support/stack";

jest.setTimeout(300_000);

const ID = "0f8a5c1e-2b64-4e0c-9a83-5a1d3f6c7b21";

const ids = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `${ID.slice(0, 24)}${String(index).padStart(12, "0")}`,
  );

interface Mistakes {
  kind: Declared["kind"];
  args: Record<string, unknown>;
  /** By property as the user wrote it: what the preview says. */
  failures: Record<string, string>;
}

const MISTAKES: Record<string, Mistakes> = {
  "a device group": {
    kind: "DeviceGroup",
    args: {
      displayName: "",
      description: "x".repeat(1025),
      mailNickname: "a b",
      allowDuplicateName: "yes",
      additionalOwnerIds: [ID, "admin"],
      createServicePrincipal: 1,
      descripton: "x",
    },
    failures: {
      displayName: "displayName must have 1 to 256 characters, but has 0",
      description: "description must have 0 to 1024 characters, but has 1025",
      mailNickname: "mailNickname must be ASCII without spaces",
      allowDuplicateName: 'allowDuplicateName must be true or false, but is "yes"',
      "additionalOwnerIds[1]":
        'must be an object id such as "0f8a5c1e-2b64-4e0c-9a83-5a1d3f6c7b21", but is "admin"',
      createServicePrincipal: "createServicePrincipal must be true or false, but is 1",
      descripton: "descripton is no argument here; did you mean description?",
    },
  },
  "a user group with two kinds of membership": {
    kind: "UserGroup",
    args: {
      displayName: 7,
      memberIds: ["x", ID],
      membershipRule: "x".repeat(3073),
      ruleProcessing: "off",
    },
    failures: {
      displayName: "displayName must be a text, but is 7",
      "memberIds[0]":
        'memberIds must be an object id such as "0f8a5c1e-2b64-4e0c-9a83-5a1d3f6c7b21", but is "x"',
      memberIds: "memberIds and membershipRule exclude each other",
      membershipRule: "membershipRule must have 1 to 3072 characters, but has 3073",
      ruleProcessing: 'ruleProcessing must be one of "on", "paused", but is "off"',
    },
  },
  "a user group with processing and no rule": {
    kind: "UserGroup",
    args: { memberIds: "everybody", ruleProcessing: "paused" },
    failures: {
      memberIds: 'memberIds must be a list, but is "everybody"',
      ruleProcessing: "ruleProcessing goes with a membershipRule, and there is none",
    },
  },
  "a policy": {
    kind: "DevicePreparationPolicy",
    args: {
      displayName: "x".repeat(257),
      description: "x".repeat(1001),
      deviceGroupId: "devices",
      userGroupIds: [1],
      assignToAllUsers: "all",
      accountType: "admin",
      timeoutMinutes: 14,
      customErrorMessage: "",
      allowSkip: "no",
      allowDiagnostics: 0,
      appIds: ids(26),
      scriptIds: ids(11),
      roleScopeTagIds: [""],
      timeout: 60,
    },
    failures: {
      displayName: "displayName must have 1 to 256 characters, but has 257",
      description: "description must have 0 to 1000 characters, but has 1001",
      deviceGroupId: "deviceGroupId must be an object id",
      "userGroupIds[0]": "userGroupIds must be an object id",
      assignToAllUsers: 'assignToAllUsers must be true or false, but is "all"',
      accountType: 'accountType must be one of "administrator", "standardUser", but is "admin"',
      timeoutMinutes: "timeoutMinutes must be a whole number from 15 to 720 (minutes), but is 14",
      customErrorMessage: "customErrorMessage must have 1 to 1000 characters, but has 0",
      allowSkip: 'allowSkip must be true or false, but is "no"',
      allowDiagnostics: "allowDiagnostics must be true or false, but is 0",
      appIds: "appIds can hold 25 at the most, but holds 26",
      scriptIds: "scriptIds can hold 10 at the most, but holds 11",
      "roleScopeTagIds[0]": 'roleScopeTagIds must be a text, but is ""',
      timeout: "timeout is no argument here",
    },
  },
  "a policy with arguments of another mode": {
    kind: "DevicePreparationPolicy",
    args: { mode: "automatic", timeoutMinutes: 60, userGroupIds: [ID], allowSkip: true },
    failures: {
      timeoutMinutes:
        "timeoutMinutes exists only in mode userDriven, userDrivenWithAssociation; the mode of this policy is automatic",
      userGroupIds:
        "userGroupIds exists only in mode userDriven, userDrivenWithAssociation; the mode of this policy is automatic",
      allowSkip:
        "allowSkip exists only in mode userDriven, userDrivenWithAssociation; the mode of this policy is automatic",
    },
  },
  "a policy of no mode, for a group of its own devices": {
    kind: "DevicePreparationPolicy",
    args: {
      mode: "selfDeploying",
      deviceGroupId: ID,
      userGroupIds: [ID.toUpperCase()],
      timeoutMinutes: "60",
    },
    failures: {
      mode: 'mode must be one of "userDriven", "userDrivenWithAssociation", "automatic", but is "selfDeploying"',
      userGroupIds: `userGroupIds names the device group ${ID}`,
      timeoutMinutes: 'timeoutMinutes must be a whole number from 15 to 720 (minutes), but is "60"',
    },
  },
};

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start();
});

afterAll(() => stack.close());

test.each(Object.entries(MISTAKES))("%s: every mistake in one preview", async (_, mistakes) => {
  const { kind, args, failures } = mistakes;
  stack.declare({ wrong: { kind, args } });
  const preview = await stack.pulumi("preview");
  expect(preview.code).not.toBe(0);
  expect(preview.requests).toEqual([]);
  const diagnostics = preview.stdout.slice(preview.stdout.indexOf("Diagnostics:"));
  const found = [...diagnostics.matchAll(/property (\S+) value .* has a problem: (.*)/g)].map(
    ([, property, reason]) => [property, reason],
  );
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(
      Object.entries(failures).map(([property, reason]) => [
        property,
        expect.stringContaining(reason),
      ]),
    ),
  );
});
