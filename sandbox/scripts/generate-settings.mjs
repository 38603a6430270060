// Writes data/definitions.json: what the service itself says about every device preparation setting, without its texts.
//
//   node sandbox/scripts/generate-settings.mjs <folder of enrollment_autopilot_dpp_*.json>
//
// The folder is a dump of `GET /beta/deviceManagement/configurationSettings/{id}`, one file a setting
// (public in pl4nty/intune-change-tracking, DCv2/Settings). Run it again when the service changes a definition;
// a contract test compares the result with the folder where it exists. Help texts and descriptions stay out: they are
// the vendor's prose, and no rule depends on them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const KINDS = {
  deviceManagementConfigurationChoiceSettingDefinition: () => "choice",
  deviceManagementConfigurationSimpleSettingCollectionDefinition: () => "stringCollection",
  deviceManagementConfigurationSimpleSettingDefinition: (raw) =>
    raw.valueDefinition["@odata.type"].includes("Integer") ? "integer" : "string",
};

/** One definition, reduced to what decides whether a value is accepted, plus the ids that read-outs need. */
export function reduceDefinition(raw) {
  const type = raw["@odata.type"].replace("#microsoft.graph.", "");
  const kind = KINDS[type]?.(raw);
  if (kind === undefined) throw new Error(`${raw.id}: no rule for ${type}`);
  const value = raw.valueDefinition ?? {};
  const parent = raw.dependentOn?.[0];
  return prune({
    id: raw.id,
    kind,
    name: raw.name,
    baseUri: raw.baseUri,
    offsetUri: raw.offsetUri,
    categoryId: raw.categoryId,
    rootDefinitionId: raw.rootDefinitionId,
    settingUsage: raw.settingUsage,
    visibility: raw.visibility,
    occurrence: raw.occurrence ?? undefined,
    default: raw.defaultOptionId ?? raw.defaultValue?.value ?? null,
    minimum: value.minimumValue,
    maximum: value.maximumValue,
    minimumLength: value.minimumLength,
    maximumLength: value.maximumLength,
    format: value.format,
    pattern: value.inputValidationSchema ?? undefined,
    minimumCount: raw.minimumCount,
    maximumCount: raw.maximumCount,
    parent: parent && { settingId: parent.parentSettingId, optionId: parent.dependentOn },
    options: raw.options?.map((option) =>
      prune({
        id: option.itemId,
        name: option.name,
        value: option.optionValue.value,
        requires: option.dependedOnBy.filter((d) => d.required).map((d) => d.dependedOnBy),
      }),
    ),
  });
}

/** Absent is said by absence: keeps the file small and its diff readable. */
function prune(object) {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, v]) => v !== undefined && !(Array.isArray(v) && v.length === 0),
    ),
  );
}

export function reduceFolder(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => reduceDefinition(JSON.parse(readFileSync(join(folder, file), "utf8"))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (folder === undefined) {
    console.error(
      "usage: node sandbox/scripts/generate-settings.mjs <folder of setting definitions>",
    );
    process.exit(2);
  }
  const definitions = reduceFolder(folder);
  const target = fileURLToPath(new URL("../data/definitions.json", import.meta.url));
  writeFileSync(target, `${JSON.stringify(definitions, null, 1)}\n`);
  console.log(`${definitions.length} definitions -> ${target}`);
}
