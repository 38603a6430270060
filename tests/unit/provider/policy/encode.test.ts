import { encode, type Values, type WireSetting } from "../../../../provider/src/policy/codec";
import { type Mode, publicTemplate } from "../../../../provider/src/policy/settings";
import { choice, collection, dpp, FOREIGN, simple } from "./wire";

const APP = "e83d36e1-3ff2-4567-90d9-940919184ad5";
const SCRIPT = "5f0e4b1a-2f4c-4c58-a0b2-6f1d2f3a4b5c";
const TYPES = new Map([[APP, "#microsoft.graph.win32LobApp"]]);

function write(
  mode: Mode,
  values: Values,
  types: ReadonlyMap<string, string>,
  existing?: readonly WireSetting[],
): WireSetting[] {
  return encode(values, publicTemplate(mode)!, types, existing);
}

const VALUES: Values = {
  accountType: "standardUser",
  timeoutMinutes: 60,
  customErrorMessage: "Call 555",
  allowSkip: true,
  allowDiagnostics: false,
  appIds: [APP],
  scriptIds: [SCRIPT],
};

/** The ids are those of the admin center's request, recorded in March 2026. */
const CAPTURED = {
  deploymentmode: choice(
    "deploymentmode",
    "5180aeab-886e-4589-97d4-40855c646315",
    "5874c2f6-bcf1-463b-a9eb-bee64e2f2d82",
    "enrollment_autopilot_dpp_deploymentmode_0",
  ),
  deploymenttype: choice(
    "deploymenttype",
    "f4184296-fa9f-4b67-8b12-1723b3f8456b",
    "e0af022f-37f3-4a40-916d-1ab7281c88d9",
    "enrollment_autopilot_dpp_deploymenttype_0",
  ),
  jointype: choice(
    "jointype",
    "6310e95d-6cfa-4d2f-aae0-1e7af12e2182",
    "1fa84eb3-fcfa-4ed6-9687-0f3d486402c4",
    "enrollment_autopilot_dpp_jointype_0",
  ),
  accountype: choice(
    "accountype",
    "d4f2a840-86d5-4162-9a08-fa8cc608b94e",
    "bf13bb47-69ef-4e06-97c1-50c2859a49c2",
    "enrollment_autopilot_dpp_accountype_1",
  ),
  timeout: simple(
    "timeout",
    "6dec0657-dfb8-4906-a7ee-3ac6ee1edecb",
    "0bbcce5b-a55a-4e05-821a-94bf576d6cc8",
    60,
  ),
  customerrormessage: simple(
    "customerrormessage",
    "2ddf0619-2b7a-46de-b29b-c6191e9dda6e",
    "fe5002d5-fbe9-4920-9e2d-26bfc4b4cc97",
    "Call 555",
  ),
  allowskip: choice(
    "allowskip",
    "2a71dc89-0f17-4ba9-bb27-af2521d34710",
    "a2323e5e-ac56-4517-8847-b0a6fdb467e7",
    "enrollment_autopilot_dpp_allowskip_1",
  ),
  allowdiagnostics: choice(
    "allowdiagnostics",
    "e2b7a81b-f243-4abd-bce3-c1856345f405",
    "c59d26fd-3460-4b26-b47a-f7e202e7d5a3",
    "enrollment_autopilot_dpp_allowdiagnostics_0",
  ),
  devicesecuritygroupids: simple(
    "devicesecuritygroupids",
    "a46a50ab-3076-4968-9366-75a40dde950e",
    "5f7d09e1-1a90-44ad-9c9f-ad90ba509e60",
    "",
  ),
  allowedappids: collection("allowedappids", "70d22a8a-a03c-4f62-b8df-dded3e327639", [
    `{"id":"${APP}","type":"#microsoft.graph.win32LobApp"}`,
  ]),
  allowedscriptids: collection("allowedscriptids", "1bc67702-800c-4271-8fd9-609351cc19cf", [
    SCRIPT,
  ]),
};

function byId(settings: readonly WireSetting[]): Record<string, WireSetting> {
  const name = ({ settingInstance }: WireSetting) =>
    (settingInstance as { settingDefinitionId: string }).settingDefinitionId.replace(dpp(""), "");
  return Object.fromEntries(settings.map((one) => [name(one), one]));
}

describe("a user-driven policy is written as the admin center writes it", () => {
  const written = byId(write("userDriven", VALUES, TYPES));

  test.each(Object.entries(CAPTURED))("%s", (name, captured) => {
    expect(written[name]).toStrictEqual(captured);
  });

  test("and has no other setting", () => {
    expect(Object.keys(written).sort()).toEqual(Object.keys(CAPTURED).sort());
  });
});

describe("an automatic policy", () => {
  test("is written as the admin center writes it: apps alone", () => {
    const values = { appIds: [APP], scriptIds: [] };
    expect(write("automatic", values, TYPES)).toStrictEqual([
      collection("allowedappids", "a9dedfd6-c3b2-46d9-ae39-91fd0dcb7a20", [
        `{"id":"${APP}","type":"#microsoft.graph.win32LobApp"}`,
      ]),
    ]);
  });

  test("has scripts in its own template's words", () => {
    const values = { appIds: [], scriptIds: [SCRIPT] };
    expect(write("automatic", values, TYPES)).toStrictEqual([
      collection("allowedscriptids", "ff20a4a9-a2f4-4a2e-84e0-4cd1dc9bed31", [SCRIPT]),
    ]);
  });

  test("takes no setting that its template lacks", () => {
    expect(Object.keys(byId(write("automatic", VALUES, TYPES))).sort()).toEqual([
      "allowedappids",
      "allowedscriptids",
    ]);
  });
});

test.each([
  ["administrator", "enrollment_autopilot_dpp_accountype_0"],
  ["standardUser", "enrollment_autopilot_dpp_accountype_1"],
])("account type %s is %s", (accountType, value) => {
  const { accountype } = byId(write("userDriven", { ...VALUES, accountType }, TYPES));
  expect(accountype).toMatchObject({ settingInstance: { choiceSettingValue: { value } } });
});

test("an empty collection is left out", () => {
  const written = byId(write("userDriven", { ...VALUES, appIds: [], scriptIds: [] }, TYPES));
  expect(Object.keys(written)).not.toContain("allowedappids");
  expect(Object.keys(written)).not.toContain("allowedscriptids");
});

test("a value that is not given is left out", () => {
  expect(Object.keys(byId(write("userDriven", {}, TYPES))).sort()).toEqual([
    "deploymentmode",
    "deploymenttype",
    "devicesecuritygroupids",
    "jointype",
  ]);
});

describe("of the policy's settings of today", () => {
  test("those that are not known are kept as they are", () => {
    expect(write("userDriven", VALUES, TYPES, [FOREIGN])).toContain(FOREIGN);
  });

  test("those that are not known are kept in their order", () => {
    const second = { ...FOREIGN, id: "8" };
    const kept = write("userDriven", VALUES, TYPES, [second, ...Object.values(CAPTURED), FOREIGN]);
    expect(kept.slice(-2)).toEqual([second, FOREIGN]);
  });

  test("those of another mode, which the template lacks, are kept as they are", () => {
    const other = choice("skipkeyboard", "x", "y", dpp("skipkeyboard_0"));
    const skip = choice("allowskip", "x", "y", dpp("allowskip_0"));
    expect(write("userDriven", VALUES, TYPES, [other])).toContain(other);
    expect(write("automatic", { appIds: [], scriptIds: [] }, TYPES, [skip])).toEqual([skip]);
  });

  test("what has no definition id is kept as well", () => {
    const odd = { settingInstance: { other: 1 } };
    expect(write("userDriven", VALUES, TYPES, [odd])).toContain(odd);
  });

  test("the known ones are replaced, not doubled", () => {
    const today = write("userDriven", { ...VALUES, timeoutMinutes: 15 }, TYPES);
    expect(write("userDriven", VALUES, TYPES, today)).toEqual(write("userDriven", VALUES, TYPES));
  });

  test("the display text of the device group is kept", () => {
    const text = simple("devicesecuritygroupids", "a46a50ab", "5f7d09e1", "Autopilot devices");
    const written = byId(write("userDriven", VALUES, TYPES, [text]));
    expect(written["devicesecuritygroupids"]).toBe(text);
  });

  test("the display text of an automatic policy's device group is kept", () => {
    const text = simple("devicesecuritygroupids", "other", "other", "Cloud PCs");
    expect(write("automatic", { appIds: [], scriptIds: [] }, TYPES, [text])).toEqual([text]);
  });

  test("a constant that was changed is set back", () => {
    const changed = choice("jointype", "x", "y", dpp("jointype_1"));
    expect(byId(write("userDriven", VALUES, TYPES, [changed]))["jointype"]).toEqual(
      CAPTURED.jointype,
    );
  });
});
