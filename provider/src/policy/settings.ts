/**
 * Every setting of a device preparation policy, one row each: argument, limits, default, and how it stands on the
 * wire. Limits, choices and defaults are those of Microsoft Graph's own setting definitions
 * (`enrollment_autopilot_dpp_*`, August 2026); template ids are those that the admin center sends.
 */

import { deviceNamePattern } from "./device-name";
import { LANGUAGES } from "./languages";

/** How devices are prepared; the value chooses the policy's template. */
export type Mode = "userDriven" | "userDrivenWithAssociation" | "automatic";

/** The template behind each mode. A policy can't change its template, so changing the mode makes a new policy. */
export const TEMPLATES = {
  userDriven: "80d33118-b7b4-40d8-b15f-81be745e053f_1",
  userDrivenWithAssociation: "70d256b3-6120-4f88-9e00-0972ec64fc83_1",
  automatic: "a6157a7f-aa00-42d9-ac82-7d2479f545db_1",
} as const satisfies Record<Mode, string>;

export const MODES = Object.keys(TEMPLATES) as Mode[];

/** The mode of a template id, if this version knows it. */
export function modeOf(templateId: string): Mode | undefined {
  return MODES.find((mode) => TEMPLATES[mode] === templateId);
}

/** How a template refers to a setting, and to its value where it does. */
export interface TemplateIds {
  instance: string;
  value?: string;
}

/** What a row says about the wire. */
interface Wire {
  /** Setting definition id. */
  definition: string;
  /** By mode: the ids in the mode's template, where they are public; the tenant tells the others. */
  templates: Partial<Record<Mode, TemplateIds>>;
  /** The setting is the only child of this one, a yes-or-no choice that says whether it is there. */
  childOf?: string;
  /** How the items of a collection are written: the bare id, or the id with the kind of the app. */
  items?: "app" | "id";
}

interface Common {
  modes: readonly Mode[];
  /** Left alone in the policy as long as the program does not give it. */
  unmanagedWhenAbsent?: true;
}

type Limits =
  | { kind: "choice"; choices: readonly string[]; default: string }
  | { kind: "boolean"; default: boolean }
  | { kind: "integer"; minimum: number; maximum: number; unit: string; default: number }
  | {
      kind: "string";
      minLength: number;
      maxLength: number;
      pattern?: RegExp;
      patternText?: string;
      default?: string;
    }
  | { kind: "boolean" }
  | { kind: "idSet"; maximum: number; default?: readonly string[] };

export type Setting = Wire & Limits & Common;

const id = (name: string) => `enrollment_autopilot_dpp_${name}`;

/** The modes in which a user signs in: they have users to assign, an account type, a time limit and messages. */
export const USER_DRIVEN_MODES: readonly Mode[] = ["userDriven", "userDrivenWithAssociation"];
const USER_DRIVEN = USER_DRIVEN_MODES;
const ASSOCIATION: readonly Mode[] = ["userDrivenWithAssociation"];
/** A yes-or-no of the first screens of an associated device. */
const screen = (name: string) =>
  ({
    kind: "boolean",
    default: true,
    modes: ASSOCIATION,
    definition: id(name),
    templates: {},
  }) as const;
const userDriven = (instance: string, value: string): Partial<Record<Mode, TemplateIds>> => ({
  userDriven: { instance, value },
});

export const SETTINGS = {
  /** What the first user becomes on the device. The order of the choices is the service's numbering. */
  accountType: {
    kind: "choice",
    choices: ["administrator", "standardUser"],
    default: "standardUser",
    modes: USER_DRIVEN,
    definition: id("accountype"),
    templates: userDriven(
      "d4f2a840-86d5-4162-9a08-fa8cc608b94e",
      "bf13bb47-69ef-4e06-97c1-50c2859a49c2",
    ),
  },
  /** Minutes until the device shows an installation error. */
  timeoutMinutes: {
    kind: "integer",
    minimum: 15,
    maximum: 720,
    unit: "minutes",
    default: 60,
    modes: USER_DRIVEN,
    definition: id("timeout"),
    templates: userDriven(
      "6dec0657-dfb8-4906-a7ee-3ac6ee1edecb",
      "0bbcce5b-a55a-4e05-821a-94bf576d6cc8",
    ),
  },
  /** What the user reads when preparation fails. The default is the definition's own sentence. */
  customErrorMessage: {
    kind: "string",
    minLength: 1,
    maxLength: 1000,
    default: "Contact your organization\u2019s support person for help.",
    modes: USER_DRIVEN,
    definition: id("customerrormessage"),
    templates: userDriven(
      "2ddf0619-2b7a-46de-b29b-c6191e9dda6e",
      "fe5002d5-fbe9-4920-9e2d-26bfc4b4cc97",
    ),
  },
  /** Whether the user may go on to the desktop after a failure. */
  allowSkip: {
    kind: "boolean",
    default: true,
    modes: USER_DRIVEN,
    definition: id("allowskip"),
    templates: userDriven(
      "2a71dc89-0f17-4ba9-bb27-af2521d34710",
      "a2323e5e-ac56-4517-8847-b0a6fdb467e7",
    ),
  },
  /** Whether the user is offered the diagnostics after a failure. */
  allowDiagnostics: {
    kind: "boolean",
    default: true,
    modes: USER_DRIVEN,
    definition: id("allowdiagnostics"),
    templates: userDriven(
      "e2b7a81b-f243-4abd-bce3-c1856345f405",
      "c59d26fd-3460-4b26-b47a-f7e202e7d5a3",
    ),
  },
  /** Apps that are installed before the desktop. 25 since January 2026, 10 before. */
  appIds: {
    kind: "idSet",
    maximum: 25,
    default: [],
    modes: MODES,
    items: "app",
    definition: id("allowedappids"),
    templates: {
      userDriven: { instance: "70d22a8a-a03c-4f62-b8df-dded3e327639" },
      automatic: { instance: "a9dedfd6-c3b2-46d9-ae39-91fd0dcb7a20" },
    },
  },
  /** PowerShell scripts that run before the desktop. */
  scriptIds: {
    kind: "idSet",
    maximum: 10,
    default: [],
    modes: MODES,
    items: "id",
    definition: id("allowedscriptids"),
    templates: {
      userDriven: { instance: "1bc67702-800c-4271-8fd9-609351cc19cf" },
      automatic: { instance: "ff20a4a9-a2f4-4a2e-84e0-4cd1dc9bed31" },
    },
  },
  /** Language and region of the first screens: a tag such as `de-DE`, `osDefault`, or `userSelect` to ask. */
  language: {
    kind: "choice",
    choices: LANGUAGES,
    default: "osDefault",
    modes: ASSOCIATION,
    definition: id("language"),
    templates: {},
  },
  /** Whether the keyboard page is skipped, if a language is set. */
  configureKeyboardAutomatically: screen("skipkeyboard"),
  /** Whether the Microsoft Software License Terms are hidden. */
  hideLicenseTerms: screen("skipeula"),
  /** Whether the privacy settings are hidden. */
  hidePrivacySettings: screen("skipexpress"),
  /** Whether the links to another account are hidden; needs company branding. */
  hideChangeAccountOptions: screen("forcedenrollment"),
  /** The name that devices get: letters, digits, hyphens, and %SERIAL% or %RAND:x%. Without one they keep theirs. */
  deviceNameTemplate: {
    kind: "string",
    minLength: 1,
    maxLength: 70,
    pattern: deviceNamePattern,
    patternText:
      "be letters, digits and hyphens with %SERIAL% or %RAND:x% once at most, not digits alone, and 63 characters at most with the digits filled in",
    modes: ASSOCIATION,
    definition: id("devicerenametemplate"),
    childOf: id("applydevicerenametemplate"),
    templates: {},
  },
  /** Whether Windows updates are installed, which may restart the device. Not in every tenant's template. */
  installUpdates: {
    kind: "boolean",
    unmanagedWhenAbsent: true,
    modes: ASSOCIATION,
    definition: id("enablequ"),
    templates: {},
  },
  /** Whether the Company Portal opens at the end and shows what is still to come. Not in every tenant's template. */
  launchCompanyPortal: {
    kind: "boolean",
    unmanagedWhenAbsent: true,
    modes: ASSOCIATION,
    definition: id("enablecue"),
    templates: {},
  },
  /** Policies that are applied before the desktop; the service's text says up to 10, its definition 600. */
  policyIds: {
    kind: "idSet",
    maximum: 600,
    unmanagedWhenAbsent: true,
    items: "id",
    modes: ASSOCIATION,
    definition: id("allowedpolicyids"),
    templates: {},
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** Settings without an argument: the service knows one value only, and the admin center always sends it. */
export const CONSTANTS: readonly (Wire & { value: string; kind: "choice" | "string" })[] = [
  {
    kind: "choice",
    value: id("deploymentmode_0"),
    definition: id("deploymentmode"),
    templates: userDriven(
      "5180aeab-886e-4589-97d4-40855c646315",
      "5874c2f6-bcf1-463b-a9eb-bee64e2f2d82",
    ),
  },
  {
    kind: "choice",
    value: id("deploymenttype_0"),
    definition: id("deploymenttype"),
    templates: userDriven(
      "f4184296-fa9f-4b67-8b12-1723b3f8456b",
      "e0af022f-37f3-4a40-916d-1ab7281c88d9",
    ),
  },
  {
    kind: "choice",
    value: id("jointype_0"),
    definition: id("jointype"),
    templates: userDriven(
      "6310e95d-6cfa-4d2f-aae0-1e7af12e2182",
      "1fa84eb3-fcfa-4ed6-9687-0f3d486402c4",
    ),
  },
  {
    // Display text only: the device group is bound by an action of its own.
    kind: "string",
    value: "",
    definition: id("devicesecuritygroupids"),
    templates: userDriven(
      "a46a50ab-3076-4968-9366-75a40dde950e",
      "5f7d09e1-1a90-44ad-9c9f-ad90ba509e60",
    ),
  },
];

/** The ids of a template by setting definition. */
export type TemplateMap = ReadonlyMap<string, TemplateIds>;

/** The ids of a mode's template where all are public; nothing for a template that only the tenant knows. */
export function publicTemplate(mode: Mode): TemplateMap | undefined {
  const rows: Wire[] = [...Object.values(SETTINGS), ...CONSTANTS];
  const known = rows.flatMap(({ definition, templates }) => {
    const ids = templates[mode];
    return ids === undefined ? [] : [[definition, ids] as const];
  });
  return known.length === 0 ? undefined : new Map(known);
}
