import type { Props } from "../../../../provider/src/lifecycle/props";
import type { WireSetting } from "../../../../provider/src/policy/codec";
import { CONSTANTS, type Setting, SETTINGS } from "../../../../provider/src/policy/settings";
import { collection, dpp, FOREIGN, madeTemplate } from "../policy/wire";
import { type Json, NO_ROUTE, type Tenant } from "./tenant";

/** Throws dice: a number below the given one, the same ones for the same seed. */
export type Dice = (sides: number) => number;

export function diceOf(seed: number): Dice {
  let state = seed | 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const ROWS: [string, Setting][] = Object.entries(SETTINGS);
const UNMANAGED = ROWS.filter(([, { unmanagedWhenAbsent }]) => unmanagedWhenAbsent);
const COLLECTIONS = ROWS.filter(([, { kind }]) => kind === "idSet");

/** What the service may do to a policy without changing what it means: each must show nothing. */
export const NOISES: Record<string, (tenant: Tenant, dice: Dice, inputs: Props) => void> = {
  "settings in another order"({ policy }, dice) {
    shuffle(policy.settings as unknown[], dice);
  },

  "items in another order"({ policy }, dice) {
    for (const list of [policy.assignments, policy["roleScopeTagIds"], ...lists(policy)]) {
      shuffle(list as unknown[], dice);
    }
  },

  "items twice"({ policy }, dice) {
    for (const list of [policy.assignments as unknown[], ...lists(policy)]) {
      const others = JSON.stringify(list).includes("AssignmentTarget") ? groupsOf(list) : list;
      if (others.length > 0) list.push(structuredClone(others[dice(others.length)]));
    }
  },

  "settings without @odata.type"({ policy }, dice) {
    eachObject(policy.settings, (one) => {
      if (dice(3) > 0) delete one["@odata.type"];
    });
  },

  "stray properties"({ policy, verdict }, dice) {
    eachObject([policy, verdict], (one) => {
      const stray = ["@odata.", "auditRuleInformation", "settingDefinitions", "x-new"];
      one[stray[dice(stray.length)]!] = [null, "7c3f", [], { id: 1 }, 0][dice(5)];
    });
  },

  "ids of settings"({ policy }) {
    for (const [index, one] of (policy.settings as Json[]).entries()) one["id"] = String(index);
  },

  "app texts written in another way"({ policy }, dice) {
    for (const item of itemsOf(policy, SETTINGS.appIds.definition)) {
      const { id, type } = JSON.parse(item["value"] as string) as Json;
      const forms = [
        JSON.stringify({ type, id }),
        JSON.stringify({ id, type }, null, 2),
        `\t{ "name":"x" ,"type" : ${JSON.stringify(type)},\r\n"id":"\\u00${id0(id)}${String(id).slice(1)}" } `,
        JSON.stringify({ id }),
        JSON.stringify({ id, type: null, more: { id: "y" } }),
        String(id),
        ` ${String(id)}\n`,
      ];
      item["value"] = forms[dice(forms.length)];
    }
  },

  "ids in another case"({ policy, verdict }, dice) {
    const upper = (text: string) =>
      dice(2) === 0
        ? text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => id.toUpperCase())
        : text;
    eachObject([lists(policy), policy.assignments, verdict], (one) => {
      for (const key of ["value", "groupId", "targetId"]) {
        if (typeof one[key] === "string") one[key] = upper(one[key]);
      }
    });
  },

  "nothing in another way"({ policy }, dice) {
    const empty = (value: unknown) =>
      value === "" || value === null || (Array.isArray(value) && value.length === 0);
    const lose = (one: Json, key: string) => {
      if (!empty(one[key]) || dice(3) === 0) return;
      if (dice(2) === 0) one[key] = null;
      else Reflect.deleteProperty(one, key);
    };
    lose(policy, "description");
    lose(policy, "assignments");
    lose(policy, "roleScopeTagIds");
    eachObject(policy.settings, (one) => {
      lose(one, "children");
      if (dice(3) === 0) one["settingValueTemplateReference"] = null;
    });
    if (dice(3) === 0) policy["priorityMetaData"] = null;
  },

  "empty collections"({ policy }, dice) {
    const absent = COLLECTIONS.filter(([, { definition }]) => indexOf(policy, definition) < 0);
    for (const [, { definition }] of absent) {
      const none = [
        [],
        null,
        undefined,
        [{ value: " " }],
        [{ value: "" }],
        [{ value: null }],
        [{}],
      ];
      const instance = { settingDefinitionId: definition };
      add(policy, {
        settingInstance: { ...instance, simpleSettingCollectionValue: none[dice(none.length)] },
      });
    }
  },

  "blank items"({ policy }, dice) {
    for (const list of lists(policy)) {
      list.splice(dice(list.length + 1), 0, { value: [" ", "", "\t\n"][dice(3)] });
    }
  },

  "settings that nobody knows"({ policy }, dice) {
    add(policy, FOREIGN);
    add(policy, { settingInstance: { settingDefinitionId: dpp(`new${dice(9)}`) } });
    add(policy, collection("allowedwidgets", "x", ["y"]));
    shuffle(policy.settings as unknown[], dice);
  },

  "no constants, and a display text"({ policy }) {
    const texts = CONSTANTS.map(({ definition }) => definition);
    policy.settings = (policy.settings as WireSetting[]).filter(
      (one) => !texts.some((text) => JSON.stringify(one).includes(text)),
    );
    const settingDefinitionId = dpp("devicesecuritygroupids");
    add(policy, {
      settingInstance: { settingDefinitionId, simpleSettingValue: { value: "My devices" } },
    });
  },

  "another number of the same language"({ policy }) {
    const index = indexOf(policy, SETTINGS.language.definition);
    if (index < 0) return;
    const { choiceSettingValue } = instanceAt(policy, index) as { choiceSettingValue: Json };
    const number = Number(/\d+$/.exec(choiceSettingValue["value"] as string)![0]);
    const { choices } = SETTINGS.language;
    const same = choices.flatMap((tag, other) => (tag === choices[number] ? [other] : []));
    choiceSettingValue["value"] = `${SETTINGS.language.definition}_${same.at(-1)!}`;
  },

  "no choice above a name that is not given"({ policy }, dice, { deviceNameTemplate }) {
    const index = indexOf(policy, dpp("applydevicerenametemplate"));
    if (index < 0 || deviceNameTemplate !== undefined) return;
    if (dice(2) === 0) (policy.settings as unknown[]).splice(index, 1);
    else {
      const { choiceSettingValue } = instanceAt(policy, index) as { choiceSettingValue: Json };
      const simpleSettingValue = { value: "left-over" };
      const left = { settingDefinitionId: dpp("devicerenametemplate"), simpleSettingValue };
      choiceSettingValue["children"] = [left];
    }
  },

  "what the program leaves alone"({ policy }, dice, inputs) {
    if (inputs["mode"] !== "userDrivenWithAssociation") return;
    for (const [name, { definition, kind }] of UNMANAGED) {
      if (inputs[name] !== undefined) continue;
      const ids = madeTemplate(inputs["mode"]).get(definition)!;
      const short = definition.replace(dpp(""), "");
      if (kind === "idSet") add(policy, collection(short, ids.instance, [`any ${dice(9)}`]));
      else {
        const value = `${definition}_${dice(3)}`;
        add(policy, {
          settingInstance: { settingDefinitionId: definition, choiceSettingValue: { value } },
        });
      }
    }
  },

  "another priority"({ policy }, dice) {
    policy["priorityMetaData"] = { priority: 1 + dice(500) };
  },

  "the verdict in another shape"(tenant, dice) {
    const { enrollmentTimeDeviceMembershipTargetValidationStatuses: statuses } = tenant.verdict as {
      enrollmentTimeDeviceMembershipTargetValidationStatuses: Json[];
    };
    const [status] = statuses;
    const bound = status?.["targetValidationErrorCode"] === "unknown";
    const shape: Json = { ...(tenant.verdict as Json) };
    if (status !== undefined && bound) {
      status["targetValidationErrorCode"] = ["unknown", null, undefined, ""][dice(4)];
    }
    if (dice(2) === 0) delete shape["validationSucceeded"];
    if (status === undefined || dice(2) === 0) {
      shape["enrollmentTimeDeviceMembershipTargets"] = statuses;
      const none = [[], null, undefined][dice(3)];
      shape["enrollmentTimeDeviceMembershipTargetValidationStatuses"] = none;
    }
    tenant.verdict = dice(2) === 0 ? { value: shape } : shape;
  },

  "no route to the device group"(tenant, dice) {
    if (dice(2) === 0) tenant.verdict = NO_ROUTE;
  },

  "settings on pages of their own"(tenant, dice) {
    const settings = tenant.policy.settings as WireSetting[];
    if (settings.length === 0) return;
    tenant.policy["settingCount"] = settings.length;
    const cut = dice(settings.length + 1);
    tenant.pages = [settings.slice(0, cut), settings.slice(cut)];
    tenant.policy.settings = settings.slice(0, dice(settings.length));
  },
};

/** The noises that take away what others work on come last, whatever the order in which they were chosen. */
export const NOISE_NAMES = Object.keys(NOISES);

const id0 = (id: unknown) => String(id).charCodeAt(0).toString(16);

const groupsOf = (list: unknown[]) =>
  list.filter((one) => JSON.stringify(one).includes(".groupAssignmentTarget"));

function shuffle(list: unknown[] | null | undefined, dice: Dice): void {
  for (let index = (list?.length ?? 0) - 1; index > 0; index--) {
    const other = dice(index + 1);
    [list![index], list![other]] = [list![other], list![index]];
  }
}

/** Every object inside, the outer ones first; what is added on the way is not visited. */
function eachObject(value: unknown, visit: (one: Json) => void): void {
  if (Array.isArray(value)) for (const item of value) eachObject(item, visit);
  else if (typeof value === "object" && value !== null) {
    const inside = Object.values(value);
    visit(value as Json);
    for (const item of inside) eachObject(item, visit);
  }
}

function add(policy: Tenant["policy"], setting: WireSetting): void {
  (policy.settings as WireSetting[]).push(structuredClone(setting));
}

export function instanceAt(policy: Tenant["policy"], index: number): Json {
  return (policy.settings as WireSetting[])[index]!.settingInstance as Json;
}

export function indexOf({ settings }: Tenant["policy"], definition: string): number {
  return (settings as WireSetting[]).findIndex(
    ({ settingInstance }) => (settingInstance as Json)["settingDefinitionId"] === definition,
  );
}

function itemsOf(policy: Tenant["policy"], definition: string): Json[] {
  const index = indexOf(policy, definition);
  return index < 0 ? [] : (instanceAt(policy, index)["simpleSettingCollectionValue"] as Json[]);
}

/** The collections of the policy's settings. */
function lists(policy: Tenant["policy"]): unknown[][] {
  return (policy.settings as WireSetting[])
    .map(({ settingInstance }) => (settingInstance as Json)["simpleSettingCollectionValue"])
    .filter((list): list is unknown[] => Array.isArray(list));
}
