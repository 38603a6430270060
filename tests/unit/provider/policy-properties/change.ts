import fc from "fast-check";
import type { Props } from "../../../../provider/src/lifecycle/props";
import type { encode } from "../../../../provider/src/policy/codec";
import { type Setting, SETTINGS } from "../../../../provider/src/policy/settings";
import { valueOf } from "./generate";
import { indexOf, instanceAt } from "./noise";
import { type Json, type Tenant, tenantOf } from "./tenant";

/** How the tenant changes one property: to another value, to none, or to what no policy should hold. */
export type Change =
  { kind: "value"; value: unknown } | { kind: "removed" } | { kind: "malformed"; number: number };

const SETTING_ROWS: Record<string, Setting> = SETTINGS;

/** The properties that need not be there. */
const OPTIONAL = new Set(["deviceGroupId", "deviceNameTemplate"]);

export function changeOf(name: string): fc.Arbitrary<Change> {
  const value = valueOf(name);
  const other = fc.record({
    kind: fc.constant("value" as const),
    value: OPTIONAL.has(name) ? fc.option(value, { nil: undefined, freq: 6 }) : value,
  });
  if (SETTING_ROWS[name] === undefined) return other;
  return fc.oneof(
    { weight: 4, arbitrary: other },
    fc.constant<Change>({ kind: "removed" }),
    fc.record({ kind: fc.constant("malformed" as const), number: fc.integer({ min: 900 }) }),
  );
}

/** The tenant after the change, or nothing if that is no change. */
export function changed(
  inputs: Props,
  name: string,
  change: Change,
  write: typeof encode,
): Tenant | undefined {
  if (change.kind === "value") {
    return tenantOf({ ...inputs, [name]: change.value }, write);
  }
  const tenant = tenantOf(inputs, write);
  const row = SETTING_ROWS[name]!;
  const index = indexOf(tenant.policy, row.childOf ?? row.definition);
  const declared = inputs[name];
  if (change.kind === "removed") {
    const nothing = declared === undefined || (Array.isArray(declared) && declared.length === 0);
    if (nothing || index < 0) return undefined;
    (tenant.policy.settings as unknown[]).splice(index, 1);
    return tenant;
  }
  if (index < 0) return undefined;
  spoil(row, instanceAt(tenant.policy, index), change.number);
  return tenant;
}

/** Puts something into the setting that is no value of its kind. */
function spoil(row: Setting, instance: Json, number: number): void {
  const odd = <T>(...all: T[]): T => all[number % all.length]!;
  switch (row.kind) {
    case "choice":
    case "boolean": {
      const values = [`${row.definition}_${number}`, "true", true, null, `${row.definition}_`];
      instance["choiceSettingValue"] = odd(...values.map((value): unknown => ({ value })), "x");
      return;
    }
    case "integer":
      instance["simpleSettingValue"] = odd<unknown>(
        { value: number },
        { value: "60" },
        { value: [60] },
        null,
        60,
      );
      return;
    case "string": {
      const value = odd<unknown>(number, [], {}, false);
      if (row.childOf === undefined) instance["simpleSettingValue"] = { value };
      else {
        const child = { settingDefinitionId: row.definition, simpleSettingValue: { value } };
        const yes = `${row.childOf}_1`;
        instance["choiceSettingValue"] = odd<unknown>(
          { value: `${row.childOf}_${number}`, children: [] },
          { value: yes, children: [] },
          { value: yes },
          { value: yes, children: [child] },
        );
      }
      return;
    }
    case "idSet":
      (instance["simpleSettingCollectionValue"] as unknown[]).push(
        odd<unknown>({ value: "company portal" }, { value: number }, { value: { id: "x" } }),
      );
  }
}
