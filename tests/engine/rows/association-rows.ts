import * as tenant from "../../support/tenant";
import { P, settingRow } from "./policy-rows";
import { edited, PUT, type Row, settingIs } from "./row";

const MODE = "userDrivenWithAssociation";
const POLICY_1 = "0f8a5c1e-2b64-4e0c-9a83-000000000001";
const POLICY_2 = "0f8a5c1e-2b64-4e0c-9a83-000000000002";

/** A yes-or-no of the first screens. */
const screen = (property: string, name: string) =>
  settingRow(
    property,
    name,
    { start: true, to: false, wire: `${name}_0`, other: `${name}_1`, otherShown: true },
    MODE,
  );

/** The two that not every tenant's template has are left alone until they are given. */
function optional(property: string, name: string): Row {
  const row = screen(property, name);
  const start = { mode: MODE, [property]: true };
  return { ...row, start };
}

const named = (template: string) => (body: tenant.Json) => {
  const wire = (body["settings"] as { settingInstance: Instance }[]).find(({ settingInstance }) =>
    settingInstance.settingDefinitionId.endsWith("_applydevicerenametemplate"),
  );
  const [child] = wire?.settingInstance.choiceSettingValue.children ?? [];
  if (child) child.simpleSettingValue.value = template;
};

interface Instance {
  settingDefinitionId: string;
  choiceSettingValue: { value: string; children: { simpleSettingValue: { value: string } }[] };
}

/** The settings that only devices with an association have. */
export const associationRows: Row[] = [
  settingRow(
    "language",
    "language",
    {
      start: "osDefault",
      to: "de-DE",
      wire: "language_57",
      other: "language_1",
      otherShown: "userSelect",
    },
    MODE,
  ),
  screen("configureKeyboardAutomatically", "skipkeyboard"),
  screen("hideLicenseTerms", "skipeula"),
  screen("hidePrivacySettings", "skipexpress"),
  screen("hideChangeAccountOptions", "forcedenrollment"),
  {
    kind: P,
    property: "deviceNameTemplate",
    start: { mode: MODE },
    program: {
      to: { mode: MODE, deviceNameTemplate: "NW-%SERIAL%" },
      lines: ['+ deviceNameTemplate: "NW-%SERIAL%"'],
      writes: [PUT],
    },
    drift: {
      by: edited(named("XX-%RAND:4%")),
      lines: ['~ deviceNameTemplate: "XX-%RAND:4%" => "NW-%SERIAL%"'],
      writes: [PUT],
    },
    emptied: {
      by: edited(tenant.dropSetting("applydevicerenametemplate")),
      lines: ['+ deviceNameTemplate: "NW-%SERIAL%"'],
      writes: [PUT],
    },
    look: settingIs("applydevicerenametemplate"),
    holds: "applydevicerenametemplate_1",
  },
  optional("installUpdates", "enablequ"),
  optional("launchCompanyPortal", "enablecue"),
  {
    kind: P,
    property: "policyIds",
    start: { mode: MODE, policyIds: [POLICY_1] },
    program: {
      to: { mode: MODE, policyIds: [POLICY_1, POLICY_2] },
      lines: [`~ policyIds: [ + [1]: "${POLICY_2}" ]`],
      writes: [PUT],
    },
    drift: {
      by: edited(tenant.editSetting("allowedpolicyids", [POLICY_2])),
      lines: [`~ policyIds: [ ~ [0]: "${POLICY_2}" => "${POLICY_1}" + [1]: "${POLICY_2}" ]`],
      writes: [PUT],
    },
    emptied: {
      by: edited(tenant.dropSetting("allowedpolicyids")),
      lines: [`~ policyIds: [ + [0]: "${POLICY_1}" + [1]: "${POLICY_2}" ]`],
      writes: [PUT],
    },
    look: settingIs("allowedpolicyids"),
    holds: [POLICY_1, POLICY_2],
  },
];
