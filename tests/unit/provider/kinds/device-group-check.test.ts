import { v1 } from "pulumi-autopilot/runtime";
import { id, ids, UNKNOWN } from "../values";

const { check } = v1("DeviceGroup");
const ORIGIN = "acme/fleet/prod/autopilot-devices";
const GOOD = { displayName: "Autopilot devices", __origin: ORIGIN };

test("what is not given is filled in, invariants too", () => {
  expect(check({}, GOOD)).toEqual({
    inputs: {
      ...GOOD,
      description: "",
      mailNickname: expect.stringMatching(/^autopilot-devices-[0-9a-f]{8}$/) as string,
      allowDuplicateName: false,
      createServicePrincipal: false,
      ownedByIntune: true,
      membershipType: "assigned",
    },
    failures: [],
  });
});

describe("accepted", () => {
  test.each<[string, object]>([
    ["a name of 1 character", { displayName: "x" }],
    ["a name of 256 characters", { displayName: "x".repeat(256) }],
    ["a description of 1,024 characters", { description: "x".repeat(1024) }],
    ["a nickname of 1 character", { mailNickname: "x" }],
    ["a nickname of 64 characters", { mailNickname: "x".repeat(64) }],
    ["a nickname with punctuation", { mailNickname: "a.b-c_d'e!#$%&*+/=?^`{|}~" }],
    ["99 additional owners", { additionalOwnerIds: ids(99) }],
    ["no additional owner", { additionalOwnerIds: [] }],
    ["a second group of the name", { allowDuplicateName: true }],
    ["creating the service principal", { createServicePrincipal: true }],
    ["a name that is not known yet", { displayName: UNKNOWN }],
    ["an owner that is not known yet", { additionalOwnerIds: [UNKNOWN, id(1)] }],
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
    ["a number as name", { displayName: 5 }, ["displayName"]],
    ["a description of 1,025 characters", { description: "x".repeat(1025) }, ["description"]],
    ["a list as description", { description: [] }, ["description"]],
    ["an empty nickname", { mailNickname: "" }, ["mailNickname"]],
    ["a nickname of 65 characters", { mailNickname: "x".repeat(65) }, ["mailNickname"]],
    ["a boolean as nickname", { mailNickname: true }, ["mailNickname"]],
    ["a text as switch", { allowDuplicateName: "true" }, ["allowDuplicateName"]],
    ["a number as switch", { createServicePrincipal: 1 }, ["createServicePrincipal"]],
    ["100 additional owners", { additionalOwnerIds: ids(100) }, ["additionalOwnerIds"]],
    ["an id as set of owners", { additionalOwnerIds: id(1) }, ["additionalOwnerIds"]],
    [
      "a name among the owners",
      { additionalOwnerIds: [id(1), id(2), "me@example.com"] },
      ["additionalOwnerIds[2]"],
    ],
    ["members, which are the service's own", { memberIds: [id(1)] }, ["memberIds"]],
    ["a rule, as the group must be assigned", { membershipRule: "x" }, ["membershipRule"]],
    [
      "two mistakes at once",
      { displayName: "", allowDuplicateName: "no" },
      ["displayName", "allowDuplicateName"],
    ],
  ])("%s", (_fact, args, properties) => {
    const { failures } = check({}, { ...GOOD, ...args });
    expect(failures.map(({ property }) => property)).toEqual(properties);
  });

  test.each([...Array.from('@()\\[]";:<>, '), "é", "\u{1f600}"])(
    "a nickname with %s",
    (character) => {
      const { failures } = check({}, { ...GOOD, mailNickname: `a${character}b` });
      expect(failures).toEqual([
        {
          property: "mailNickname",
          reason: expect.stringContaining("must be ASCII without spaces and @") as string,
        },
      ]);
    },
  );
});

describe("the derived nickname", () => {
  const derived = (news: object, olds: object = {}): unknown =>
    check({ ...olds }, { ...news }).inputs["mailNickname"];

  test("is the same in every run", () => {
    expect(derived(GOOD)).toBe(derived({ ...GOOD, description: "other" }));
  });

  test("stays when the name changes", () => {
    const first = check({}, GOOD).inputs;
    expect(derived({ ...GOOD, displayName: "New" }, first)).toBe(first["mailNickname"]);
  });

  test("stays when the resource is renamed in the program", () => {
    const first = check({}, GOOD).inputs;
    expect(derived({ ...GOOD, __origin: "acme/fleet/prod/new" }, first)).toBe(
      first["mailNickname"],
    );
  });

  test("differs between two stacks", () => {
    expect(derived(GOOD)).not.toBe(
      derived({ ...GOOD, __origin: "acme/fleet/test/autopilot-devices" }),
    );
  });

  test.each([
    ["a long name", "acme/fleet/prod/" + "long-name-".repeat(30)],
    ["a name of other letters", "acme/fleet/prod/Geräte für Düsseldorf"],
    ["a name without any Latin letter", "acme/fleet/prod/設備"],
    ["a name of forbidden characters", 'acme/fleet/prod/@()\\[]";:<>, '],
  ])("is a nickname also for %s", (_fact, origin) => {
    const given = { ...GOOD, __origin: origin };
    expect(check({}, { ...given, mailNickname: derived(given) }).failures).toEqual([]);
  });

  test("gives way to one that is given later", () => {
    const first = check({}, GOOD).inputs;
    expect(derived({ ...GOOD, mailNickname: "mine" }, first)).toBe("mine");
  });

  test("comes from the name where the resource has no origin", () => {
    expect(derived({ displayName: "Sales laptops" })).toMatch(/^sales-laptops-[0-9a-f]{8}$/);
  });

  test("is not known where it comes from a name that is not known yet", () => {
    expect(derived({ displayName: UNKNOWN })).toBe(UNKNOWN);
  });
});

test("the origin of the first run is kept", () => {
  const { inputs } = check({ __origin: ORIGIN }, { ...GOOD, __origin: "acme/fleet/prod/renamed" });
  expect(inputs["__origin"]).toBe(ORIGIN);
});

test("the text of the provider passes", () => {
  expect(check({}, { ...GOOD, __provider: "text" }).inputs).toMatchObject({ __provider: "text" });
});

test("an ignored invariant is taken as the engine gives it", () => {
  expect(check({}, { ...GOOD, ownedByIntune: false }).inputs).toMatchObject({
    ownedByIntune: false,
  });
});
