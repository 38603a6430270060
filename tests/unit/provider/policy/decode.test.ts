import {
  appTypesOf,
  decode,
  type Values,
  type WireSetting,
} from "../../../../provider/src/policy/codec";
import { choice, collection, dpp, FOREIGN, simple } from "./wire";

const APP = "e83d36e1-3ff2-4567-90d9-940919184ad5";
const OTHER = "0b0f9f5d-9a4e-4f5e-8a3c-2d1e0f9b8a7c";
const WIN32 = "#microsoft.graph.win32LobApp";

const read = (settings: readonly WireSetting[]): Values => decode(settings, "userDriven");
const apps = (...items: string[]) => read([collection("allowedappids", "x", items)])["appIds"];
const scripts = (...items: string[]) =>
  read([collection("allowedscriptids", "x", items)])["scriptIds"];

describe("an app is read from", () => {
  test.each([
    ["the admin center's text", `{"id":"${APP}","type":"${WIN32}"}`],
    ["the other order of keys", `{"type":"${WIN32}","id":"${APP}"}`],
    ["a text with spaces and lines", `{\n  "id" : "${APP}",\r\n  "type": "${WIN32}"\n}\n`],
    ["an id in upper case", `{"id":"${APP.toUpperCase()}","type":"${WIN32}"}`],
    ["a text with more keys", `{"id":"${APP}","type":"${WIN32}","name":"x","v":{"a":[1]}}`],
    ["a text without the type", `{"id":"${APP}"}`],
    ["a bare id", APP],
    ["a bare id with spaces around it", ` ${APP} `],
    ["a bare id in upper case", APP.toUpperCase()],
  ])("%s", (_fact, item) => {
    expect(apps(item)).toEqual([APP]);
  });
});

describe("an app that can't be read comes raw, so that it shows as drift:", () => {
  test.each(["[]", "5", "null", '{"id":5}', '{"id":', "company portal"])("%s", (item) => {
    expect(apps(item)).toEqual([item]);
  });
});

describe("collections", () => {
  test("come in order", () => {
    expect(apps(`{"id":"${APP}"}`, `{"id":"${OTHER}"}`)).toEqual([OTHER, APP]);
  });

  test("of scripts are bare ids in lower case", () => {
    expect(scripts(APP.toUpperCase(), OTHER)).toEqual([OTHER, APP]);
  });

  test("lose blank items, which some tools send for none", () => {
    expect(scripts(" ", APP, "")).toEqual([APP]);
  });

  test("that are missing are empty", () => {
    expect(read([])).toEqual({ appIds: [], scriptIds: [] });
  });
});

describe("a setting is read", () => {
  const full = [
    choice("accountype", "a", "b", dpp("accountype_0")),
    simple("timeout", "a", "b", 90),
    simple("customerrormessage", "a", "b", "Call"),
    choice("allowskip", "a", "b", dpp("allowskip_0")),
    choice("allowdiagnostics", "a", "b", dpp("allowdiagnostics_1")),
    collection("allowedappids", "a", [APP]),
    collection("allowedscriptids", "a", [OTHER]),
  ];
  const values = {
    accountType: "administrator",
    timeoutMinutes: 90,
    customErrorMessage: "Call",
    allowSkip: false,
    allowDiagnostics: true,
    appIds: [APP],
    scriptIds: [OTHER],
  };

  test("from the admin center's form", () => {
    expect(read(full)).toEqual(values);
  });

  test("in any order of settings", () => {
    expect(read([...full].reverse())).toEqual(values);
  });

  test("without any @odata.type", () => {
    const bare = JSON.parse(
      JSON.stringify(full, (key, value: unknown) => (key === "@odata.type" ? undefined : value)),
    ) as WireSetting[];
    expect(read(bare)).toEqual(values);
  });

  test("with stray properties anywhere", () => {
    const strayed = JSON.parse(
      JSON.stringify(full, (_key, value: unknown) =>
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? { ...value, "@odata.": "7c3f", id: "0" }
          : value,
      ),
    ) as WireSetting[];
    expect(read(strayed)).toEqual(values);
  });

  test("beside settings that are not known", () => {
    expect(read([FOREIGN, ...full, FOREIGN])).toEqual(values);
  });
});

describe("a value that is no choice comes raw:", () => {
  test.each<[string, string, unknown]>([
    ["a later option", dpp("accountype_2"), "2"],
    ["an option without a number", dpp("accountype_"), ""],
    ["an option with another spelling of its number", dpp("accountype_01"), "01"],
    ["another definition's value", dpp("allowskip_1"), dpp("allowskip_1")],
    ["a plain word", "true", "true"],
  ])("%s", (_fact, value, decoded) => {
    expect(read([choice("accountype", "a", "b", value)])["accountType"]).toBe(decoded);
  });

  test.each([
    [dpp("allowskip_2"), "2"],
    ["true", "true"],
  ])("%s of a switch", (value, decoded) => {
    expect(read([choice("allowskip", "a", "b", value)])["allowSkip"]).toBe(decoded);
  });
});

describe("absent is", () => {
  test.each(["accountType", "timeoutMinutes", "customErrorMessage", "allowSkip"])(
    "%s that the policy lacks",
    (name) => {
      expect(read([FOREIGN])).not.toHaveProperty(name);
    },
  );

  test.each<[string, object]>([
    ["a choice without a value", { settingDefinitionId: dpp("accountype") }],
    [
      "a choice of null",
      { settingDefinitionId: dpp("accountype"), choiceSettingValue: { value: null } },
    ],
    [
      "a number of null",
      { settingDefinitionId: dpp("timeout"), simpleSettingValue: { value: null } },
    ],
  ])("%s", (_fact, settingInstance) => {
    expect(read([{ settingInstance }])).toEqual({ appIds: [], scriptIds: [] });
  });
});

describe("the types of a policy's apps", () => {
  test("are taken from it", () => {
    const settings = [
      collection("allowedappids", "x", [`{"id":"${APP.toUpperCase()}","type":"${WIN32}"}`]),
    ];
    expect([...appTypesOf(settings)]).toEqual([[APP, WIN32]]);
  });

  test.each([APP, `{"id":"${APP}"}`, `{"id":"${APP}","type":""}`])(
    "are not guessed for %s",
    (item) => {
      expect(appTypesOf([collection("allowedappids", "x", [item])]).size).toBe(0);
    },
  );
});
