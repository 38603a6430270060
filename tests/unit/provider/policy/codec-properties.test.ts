import fc from "fast-check";
import {
  appTypesOf,
  decode,
  encode,
  type Values,
  type WireSetting,
} from "../../../../provider/src/policy/codec";
import { MODES, type Mode, type Setting, SETTINGS } from "../../../../provider/src/policy/settings";
import { dpp } from "./wire";

const ROWS: [string, Setting][] = Object.entries(SETTINGS);

/** Every value that the row allows, in normal form. */
function valueOf(row: Setting): fc.Arbitrary<unknown> {
  switch (row.kind) {
    case "choice":
      return fc.constantFrom(...row.choices);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min: row.minimum, max: row.maximum });
    case "string":
      return fc.string({ minLength: row.minLength, maxLength: row.maxLength, unit: "grapheme" });
    case "idSet":
      return fc.uniqueArray(fc.uuid(), { maxLength: row.maximum }).map((ids) => ids.sort());
  }
}

/** The values of a policy of that mode. */
function valuesOf(mode: Mode): fc.Arbitrary<Values> {
  const rows = ROWS.filter(([, row]) => row.modes.includes(mode));
  return fc.record(Object.fromEntries(rows.map(([name, row]) => [name, valueOf(row)])));
}

function appTypes(values: Values): Map<string, string> {
  return new Map((values["appIds"] as string[]).map((id) => [id, "#microsoft.graph.winGetApp"]));
}

describe.each(MODES)("in mode %s", (mode) => {
  test("what was written is read back the same", () => {
    fc.assert(
      fc.property(valuesOf(mode), (values) => {
        expect(decode(encode(mode, values, appTypes(values)))).toEqual(values);
      }),
    );
  });

  test("it is the same after a journey over the wire, in any order", () => {
    const written = valuesOf(mode).chain((values) => {
      const settings = encode(mode, values, appTypes(values));
      return fc.tuple(
        fc.constant(values),
        fc.shuffledSubarray(settings, { minLength: settings.length }),
      );
    });
    fc.assert(
      fc.property(written, ([values, settings]) => {
        expect(decode(JSON.parse(JSON.stringify(settings)) as WireSetting[])).toEqual(values);
      }),
    );
  });

  test("the types of the apps are read back, too", () => {
    fc.assert(
      fc.property(valuesOf(mode), (values) => {
        const types = appTypes(values);
        expect(appTypesOf(encode(mode, values, types))).toEqual(types);
      }),
    );
  });

  test("writing over what was written leaves no trace of it", () => {
    fc.assert(
      fc.property(valuesOf(mode), valuesOf(mode), (before, after) => {
        const existing = encode(mode, before, appTypes(before));
        const types = appTypes(after);
        expect(encode(mode, after, types, existing)).toEqual(encode(mode, after, types));
      }),
    );
  });
});

/** Settings of which parts are as they should be, so that reading gets far into them. */
const almost = fc.record(
  {
    settingInstance: fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          settingDefinitionId: fc.constantFrom(
            ...ROWS.map(([, { definition }]) => definition),
            dpp("devicesecuritygroupids"),
          ),
          choiceSettingValue: fc.oneof(fc.jsonValue(), fc.record({ value: fc.jsonValue() })),
          simpleSettingValue: fc.oneof(fc.jsonValue(), fc.record({ value: fc.jsonValue() })),
          simpleSettingCollectionValue: fc.oneof(
            fc.jsonValue(),
            fc.array(
              fc.oneof(fc.jsonValue(), fc.record({ value: fc.oneof(fc.json(), fc.jsonValue()) })),
            ),
          ),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: [] },
);

test("whatever the settings hold, reading and writing over them answers", () => {
  const settings = fc.array(fc.oneof(almost, fc.jsonValue()));
  fc.assert(
    fc.property(settings, (found) => {
      const existing = found as WireSetting[];
      expect(() => decode(existing)).not.toThrow();
      expect(() => appTypesOf(existing)).not.toThrow();
      expect(() => encode("userDriven", {}, new Map(), existing)).not.toThrow();
    }),
    { numRuns: 500 },
  );
});
