import {
  decode,
  encode,
  missingIn,
  type Values,
  type WireSetting,
} from "../../../../provider/src/policy/codec";
import {
  CONSTANTS,
  type Mode,
  publicTemplate,
  type Setting,
  SETTINGS,
} from "../../../../provider/src/policy/settings";
import { child, choice, collection, dpp, FOREIGN, madeTemplate, parent, simple } from "./wire";

const MODE: Mode = "userDrivenWithAssociation";
const TEMPLATE = madeTemplate(MODE);
const APP = "e83d36e1-3ff2-4567-90d9-940919184ad5";
const SCRIPT = "5f0e4b1a-2f4c-4c58-a0b2-6f1d2f3a4b5c";
const POLICY = "0b0f9f5d-9a4e-4f5e-8a3c-2d1e0f9b8a7c";
const TYPES = new Map([[APP, "#microsoft.graph.winGetApp"]]);

/** Every argument of the mode with what stands for it on the wire, in the made template's words. */
const WIRE: Record<string, [value: unknown, written: WireSetting]> = {
  accountType: ["administrator", pick("accountype", 0)],
  timeoutMinutes: [90, text("timeout", 90)],
  customErrorMessage: ["Call 555", text("customerrormessage", "Call 555")],
  allowSkip: [false, pick("allowskip", 0)],
  allowDiagnostics: [true, pick("allowdiagnostics", 1)],
  appIds: [[APP], list("allowedappids", `{"id":"${APP}","type":"#microsoft.graph.winGetApp"}`)],
  scriptIds: [[SCRIPT], list("allowedscriptids", SCRIPT)],
  language: ["de-DE", pick("language", 57)],
  configureKeyboardAutomatically: [false, pick("skipkeyboard", 0)],
  hideLicenseTerms: [true, pick("skipeula", 1)],
  hidePrivacySettings: [false, pick("skipexpress", 0)],
  hideChangeAccountOptions: [true, pick("forcedenrollment", 1)],
  deviceNameTemplate: [
    "PC-%RAND:4%",
    parent("applydevicerenametemplate", 1, [child("devicerenametemplate", "PC-%RAND:4%")]),
  ],
  installUpdates: [false, pick("enablequ", 0)],
  launchCompanyPortal: [true, pick("enablecue", 1)],
  policyIds: [[POLICY], list("allowedpolicyids", POLICY)],
};

const VALUES: Values = Object.fromEntries(
  Object.entries(WIRE).map(([name, [value]]) => [name, value]),
);

function pick(name: string, option: number): WireSetting {
  return choice(name, `instance-${name}`, `value-${name}`, dpp(`${name}_${option}`));
}

function text(name: string, value: string | number): WireSetting {
  return simple(name, `instance-${name}`, `value-${name}`, value);
}

function list(name: string, ...items: string[]): WireSetting {
  return collection(name, `instance-${name}`, items);
}

const idOf = ({ settingInstance }: WireSetting) =>
  (settingInstance as { settingDefinitionId: string }).settingDefinitionId;

/** The setting of that definition, or of the choice above it. */
function written(values: Values, name: string, existing?: WireSetting[]): WireSetting | undefined {
  return encode(values, TEMPLATE, TYPES, existing).find((one) => idOf(one) === dpp(name));
}

test("the template is not public", () => {
  expect(publicTemplate(MODE)).toBeUndefined();
});

describe("a policy with device association", () => {
  test.each(Object.entries(WIRE))("has %s in the words of the tenant's template", (_name, row) => {
    const [, setting] = row;
    expect(encode(VALUES, TEMPLATE, TYPES)).toContainEqual(setting);
  });

  test("has the constants, and no other setting", () => {
    const ids = encode(VALUES, TEMPLATE, TYPES).map(idOf);
    const rows = Object.values(WIRE).map(([, setting]) => idOf(setting));
    const constants = CONSTANTS.map(({ definition }) => definition);
    expect(ids.sort()).toEqual([...rows, ...constants].sort());
  });

  test("is read back the same", () => {
    expect(decode(encode(VALUES, TEMPLATE, TYPES), MODE)).toEqual(VALUES);
  });

  test("that is empty is read as having nothing, and no item", () => {
    expect(decode([], MODE)).toEqual({ appIds: [], scriptIds: [], policyIds: [] });
  });

  test.each<Mode>(["userDriven", "automatic"])("shows none of its own in mode %s", (mode) => {
    const found = Object.keys(decode(encode(VALUES, TEMPLATE, TYPES), mode));
    const own = Object.entries<Setting>(SETTINGS).filter(([, { modes }]) => !modes.includes(mode));
    expect(found.filter((key) => own.some(([name]) => name === key))).toEqual([]);
  });
});

describe("the device name template", () => {
  const wire = (...children: object[]) => parent("applydevicerenametemplate", 1, children);
  const read = (...settings: WireSetting[]) => decode(settings, MODE)["deviceNameTemplate"];

  test("is a no without child where it is not given", () => {
    const { deviceNameTemplate: _, ...rest } = VALUES;
    expect(written(rest, "applydevicerenametemplate")).toStrictEqual(
      parent("applydevicerenametemplate", 0),
    );
  });

  test.each<[string, WireSetting[]]>([
    ["the choice is missing", []],
    ["the choice is no", [parent("applydevicerenametemplate", 0)]],
    [
      "the choice is no, whatever child is left",
      [parent("applydevicerenametemplate", 0, [child("devicerenametemplate", "PC")])],
    ],
    [
      "the choice has no value",
      [{ settingInstance: { settingDefinitionId: dpp("applydevicerenametemplate") } }],
    ],
    ["the child stands alone", [simple("devicerenametemplate", "x", "y", "PC")]],
  ])("is absent where %s", (_fact, settings) => {
    expect(read(...settings)).toBeUndefined();
  });

  test.each<[string, object[]]>([
    ["the child", [child("devicerenametemplate", "PC")]],
    ["the child among others", [child("x", "Y"), child("devicerenametemplate", "PC")]],
    ["the child among what is none", [null!, 5 as never, child("devicerenametemplate", "PC")]],
  ])("is read from %s", (_fact, children) => {
    expect(read(wire(...children))).toBe("PC");
  });

  test.each<[string, WireSetting]>([
    ["no child", wire()],
    ["another child", wire(child("x", "PC"))],
    ["a child without value", wire({ settingDefinitionId: dpp("devicerenametemplate") })],
    ["a child of null", wire(child("devicerenametemplate", null))],
    ["children that are no list", withChildren("PC")],
    ["children of null", withChildren(null)],
  ])("is an empty text, which shows as drift, where yes has %s", (_fact, setting) => {
    expect(read(setting)).toBe("");
  });

  test("comes raw where the child is of another kind", () => {
    expect(read(wire(child("devicerenametemplate", 5)))).toBe(5);
  });

  test.each([
    [dpp("applydevicerenametemplate_2"), "2"],
    ["true", "true"],
  ])("is the choice as it is, where that is %s", (value, found) => {
    expect(read(choice("applydevicerenametemplate", "x", "y", value))).toBe(found);
  });

  test("takes the place of what was there", () => {
    const before = encode(VALUES, TEMPLATE, TYPES);
    const { deviceNameTemplate: _, ...without } = VALUES;
    const after = encode(without, TEMPLATE, TYPES, before);
    expect(after).toHaveLength(before.length);
    expect(decode(after, MODE)).toEqual(without);
  });

  function withChildren(children: unknown): WireSetting {
    const option = dpp("applydevicerenametemplate_1");
    const setting = choice("applydevicerenametemplate", "x", "y", option);
    Object.assign((setting.settingInstance as { choiceSettingValue: object }).choiceSettingValue, {
      children,
    });
    return setting;
  }
});

describe("what is left alone when it is not given:", () => {
  test.each([
    ["installUpdates", "enablequ", pick("enablequ", 0)],
    ["launchCompanyPortal", "enablecue", pick("enablecue", 0)],
    ["policyIds", "allowedpolicyids", list("allowedpolicyids", SCRIPT, "anything")],
  ])("%s", (name, definition, setting) => {
    const odd = { ...setting, id: "12", more: true };
    const rest = Object.fromEntries(Object.entries(VALUES).filter(([key]) => key !== name));
    expect(written(rest, definition)).toBeUndefined();
    expect(written(rest, definition, [odd])).toBe(odd);
    expect(written(VALUES, definition, [odd])).toEqual(WIRE[name]![1]);
    expect(encode(VALUES, TEMPLATE, TYPES, [odd])).not.toContain(odd);
  });

  test("policyIds that are given as none are taken out", () => {
    const before = [list("allowedpolicyids", SCRIPT)];
    expect(written({ ...VALUES, policyIds: [] }, "allowedpolicyids", before)).toBeUndefined();
  });

  test("and what is not known stays in any case", () => {
    expect(encode(VALUES, TEMPLATE, TYPES, [FOREIGN])).toContain(FOREIGN);
  });
});

describe("a template that lacks a setting", () => {
  const without = (...names: string[]) =>
    new Map([...TEMPLATE].filter(([definition]) => !names.map(dpp).includes(definition)));

  test.each([
    ["installUpdates", "enablequ"],
    ["launchCompanyPortal", "enablecue"],
    ["policyIds", "allowedpolicyids"],
  ])("is said to lack %s if it is given", (name, definition) => {
    const { [name]: _, ...rest } = VALUES;
    expect(missingIn(without(definition), VALUES)).toEqual([name]);
    expect(missingIn(without(definition), rest)).toEqual([]);
    expect(missingIn(TEMPLATE, VALUES)).toEqual([]);
  });

  test("is said to lack all of them at once", () => {
    expect(missingIn(new Map(), VALUES)).toEqual(
      expect.arrayContaining(["installUpdates", "launchCompanyPortal", "policyIds"]),
    );
  });

  test("is not sent that setting, and one that is there stays", () => {
    const there = pick("enablequ", 1);
    const template = without("enablequ");
    expect(encode(VALUES, template, TYPES).map(idOf)).not.toContain(dpp("enablequ"));
    expect(encode(VALUES, template, TYPES, [there])).toContain(there);
  });
});
