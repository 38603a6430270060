/**
 * One setting of a policy body against its definition and its place in the template; the result is the instance as
 * the service shows it afterwards. Pure: no tenant, no HTTP.
 */
import { definitions, type SettingDefinition } from "./definitions";
import { expectType, fieldsOf, isGuid, listOf, Refusal, refuse, textOf } from "./refusal";
import { settingsOf, templates, type PolicyTemplate, type TemplateSetting } from "./templates";
import type { Switches } from "../switches";
import type { Json } from "../tenant";

export interface SettingScope {
  readonly template: PolicyTemplate;
  readonly switches: Switches;
}

const schema = "deviceManagementConfiguration";
const typeOf = (name: string): string => `#microsoft.graph.${schema}${name}`;

const shapes = {
  choice: { instance: "ChoiceSettingInstance", property: "choiceSettingValue" },
  integer: { instance: "SimpleSettingInstance", property: "simpleSettingValue" },
  string: { instance: "SimpleSettingInstance", property: "simpleSettingValue" },
  stringCollection: {
    instance: "SimpleSettingCollectionInstance",
    property: "simpleSettingCollectionValue",
  },
} as const;

/** The wrapper: `{ "@odata.type"?, settingInstance }`. The portal omits the type on simple settings (docs/graph-facts.md 1.4). */
export function validateSetting(value: unknown, place: string, scope: SettingScope): Json {
  expectType(value, `${schema}Setting`, place);
  // Read-only parts of a setting that was read before may come back with it.
  const fields = fieldsOf(value, ["id", "settingInstance", "settingDefinitions"], place);
  if (fields["settingInstance"] === undefined || fields["settingInstance"] === null) {
    refuse(place, "'settingInstance' is missing");
  }
  return validateInstance(fields["settingInstance"], `${place}.settingInstance`, scope, undefined);
}

/** `parent`: the option that is chosen above, when this is a child of a choice. */
function validateInstance(
  value: unknown,
  place: string,
  scope: SettingScope,
  parent: { settingId: string; optionId: string } | undefined,
): Json {
  const properties = Object.values(shapes).map((shape) => shape.property);
  const known = ["settingDefinitionId", "settingInstanceTemplateReference", ...properties];
  // An instance of another class has properties that these classes lack: the wrong class is what must be said.
  const written = (value as Json | null)?.["@odata.type"];
  const kinds = Object.values(shapes).map((shape) => `microsoft.graph.${schema}${shape.instance}`);
  if (typeof written === "string" && !kinds.includes(written.replace(/^#/, ""))) {
    refuse(place, `no setting of these templates is a '${written}'`);
  }
  const fields = fieldsOf(value, known, place);
  const id = textOf(fields["settingDefinitionId"], `${place}.settingDefinitionId`);
  const definition = definitions.get(id);
  if (definition === undefined) refuse(place, `there is no setting definition '${id}'`);
  const row = memberOf(definition, place, scope, parent);
  const shape = shapes[definition.kind];
  expectType(value, `${schema}${shape.instance}`, place, "required");
  for (const property of properties) {
    if (property !== shape.property && fields[property] !== undefined) {
      refuse(place, `'${property}' does not belong to ${typeOf(shape.instance)}`);
    }
  }
  const reference = instanceReference(
    fields["settingInstanceTemplateReference"],
    place,
    scope,
    row,
  );
  if (fields[shape.property] === undefined || fields[shape.property] === null) {
    refuse(place, `'${shape.property}' is missing`);
  }
  return {
    "@odata.type": typeOf(shape.instance),
    settingDefinitionId: id,
    settingInstanceTemplateReference: reference,
    [shape.property]: validateValue(fields[shape.property], `${place}.${shape.property}`, {
      ...scope,
      definition,
      row,
    }),
  };
}

/** `allowUnmanagedSettings: false`: no setting outside the template (docs/graph-facts.md 1.1). A child has no row of its own. */
function memberOf(
  definition: SettingDefinition,
  place: string,
  scope: SettingScope,
  parent: { settingId: string; optionId: string } | undefined,
): TemplateSetting | undefined {
  if (parent !== undefined) {
    const wanted = definition.parent;
    if (wanted?.settingId !== parent.settingId || wanted.optionId !== parent.optionId) {
      refuse(place, `'${definition.id}' is not a child of '${parent.optionId}'`);
    }
    return undefined;
  }
  if (definition.parent !== undefined) {
    refuse(place, `'${definition.id}' is only allowed as child of '${definition.parent.optionId}'`);
  }
  const row = settingsOf(scope.template, scope.switches).find(
    (each) => each.settingId === definition.id,
  );
  if (row === undefined)
    refuse(place, `'${definition.id}' is not part of template '${scope.template.id}'`);
  return row;
}

function instanceReference(
  value: unknown,
  place: string,
  scope: SettingScope,
  row: TemplateSetting | undefined,
): Json | null {
  const here = `${place}.settingInstanceTemplateReference`;
  if (value === undefined || value === null) {
    // Children carry no reference of their own: the row belongs to the setting above them.
    if (row === undefined) return null;
    refuse(here, `is missing, template '${scope.template.id}' manages this setting`);
  }
  const fields = fieldsOf(value, ["settingInstanceTemplateId"], here);
  const id = textOf(fields["settingInstanceTemplateId"], `${here}.settingInstanceTemplateId`);
  if (row === undefined) {
    if (!isGuid(id)) refuse(here, "a guid is expected");
  } else checkReference(id, row.instanceTemplateId, row, scope);
  return { settingInstanceTemplateId: id };
}

interface ValueScope extends SettingScope {
  readonly definition: SettingDefinition;
  readonly row: TemplateSetting | undefined;
}

function valueReference(value: unknown, place: string, scope: ValueScope): Json | null {
  const here = `${place}.settingValueTemplateReference`;
  if (value === undefined || value === null) {
    const needed = scope.row !== undefined && scope.row.valueTemplateId !== null;
    if (needed && scope.switches.valueTemplateReference === "required") refuse(here, "is missing");
    return null;
  }
  const fields = fieldsOf(value, ["settingValueTemplateId", "useTemplateDefault"], here);
  const id = textOf(fields["settingValueTemplateId"], `${here}.settingValueTemplateId`);
  const useDefault = fields["useTemplateDefault"] ?? false;
  if (typeof useDefault !== "boolean") refuse(here, "'useTemplateDefault' must be true or false");
  if (scope.row === undefined) {
    if (!isGuid(id)) refuse(here, "a guid is expected");
  } else checkReference(id, scope.row.valueTemplateId, scope.row, scope);
  return { settingValueTemplateId: id, useTemplateDefault: useDefault };
}

/** A reference that isn't the template's. The words are recorded: docs/graph-facts.md 8.3. */
function checkReference(
  id: string,
  expected: string | null,
  row: TemplateSetting,
  scope: SettingScope,
): void {
  if (id.toLowerCase() === expected) return;
  const foreign = [...templates.values()].some((template) =>
    template.settings.some((each) => [each.instanceTemplateId, each.valueTemplateId].includes(id)),
  );
  const anyGuid = row.idsAreInvented === true && scope.switches.unpublishedTemplateIds === "any";
  if (anyGuid && isGuid(id) && !foreign) return;
  throw new Refusal(
    `Info\nInvalid Reference id found in Policy created from Template ${scope.template.id}\nPolicyId\n\n` +
      `TemplateId\n${scope.template.id}\nInvalidReferenceId\n${id}`,
    true,
  );
}

function validateValue(value: unknown, place: string, scope: ValueScope): unknown {
  switch (scope.definition.kind) {
    case "choice":
      return validateChoice(value, place, scope);
    case "integer":
      return validateInteger(value, place, scope);
    case "string":
      return validateString(value, place, scope);
    case "stringCollection":
      return validateCollection(value, place, scope);
  }
}

function validateChoice(value: unknown, place: string, scope: ValueScope): Json {
  expectType(value, `${schema}ChoiceSettingValue`, place);
  const fields = fieldsOf(value, ["value", "children", "settingValueTemplateReference"], place);
  const chosen = textOf(fields["value"], `${place}.value`);
  const option = scope.definition.options?.find((each) => each.id === chosen);
  if (option === undefined)
    refuse(place, `'${chosen}' is not an option of '${scope.definition.id}'`);
  const parent = { settingId: scope.definition.id, optionId: option.id };
  const children = listOf(fields["children"] ?? [], `${place}.children`).map((child, index) =>
    validateInstance(child, `${place}.children[${index}]`, scope, parent),
  );
  const present = children.map((child) => child["settingDefinitionId"] as string);
  if (new Set(present).size !== present.length)
    refuse(`${place}.children`, "a setting is given twice");
  const missing = (option.requires ?? []).filter((id) => !present.includes(id));
  if (missing.length > 0) {
    // Recorded for another template: docs/graph-facts.md 8.3, "a required child is missing".
    throw new Refusal(
      `${scope.definition.id}: Selected option ${option.id} with dependent settings doesnt contain required ` +
        `dependent settings. Required dependent settings are ${missing.join(", ")}`,
      true,
    );
  }
  const reference = valueReference(fields["settingValueTemplateReference"], place, scope);
  return { settingValueTemplateReference: reference, value: chosen, children };
}

function validateInteger(value: unknown, place: string, scope: ValueScope): Json {
  const { definition } = scope;
  expectType(value, `${schema}IntegerSettingValue`, place, "required");
  const fields = fieldsOf(value, ["value", "settingValueTemplateReference"], place);
  const number = fields["value"];
  if (typeof number !== "number" || !Number.isInteger(number))
    refuse(place, "an integer is expected");
  const [minimum, maximum] = [definition.minimum ?? -Infinity, definition.maximum ?? Infinity];
  if (number < minimum || number > maximum) {
    refuse(place, `${number} is outside ${minimum} to ${maximum}`);
  }
  return {
    "@odata.type": typeOf("IntegerSettingValue"),
    settingValueTemplateReference: valueReference(
      fields["settingValueTemplateReference"],
      place,
      scope,
    ),
    value: number,
  };
}

function validateString(value: unknown, place: string, scope: ValueScope): Json {
  const { definition } = scope;
  expectType(value, `${schema}StringSettingValue`, place, "required");
  const fields = fieldsOf(value, ["value", "settingValueTemplateReference"], place);
  const written = fields["value"];
  // Edm.String is nullable; null is taken for "" where "" is allowed.
  if (!((written === null || written === undefined) && definition.minimumLength === 0)) {
    const text = textOf(written, `${place}.value`);
    const [minimum, maximum] = [
      definition.minimumLength ?? 0,
      definition.maximumLength ?? Infinity,
    ];
    if (text.length < minimum || text.length > maximum) {
      refuse(place, `${text.length} characters, ${minimum} to ${maximum} are allowed`);
    }
    if (definition.pattern !== undefined && !new RegExp(definition.pattern).test(text)) {
      refuse(place, `'${text}' does not match the setting's inputValidationSchema`);
    }
    checkDeviceName(text, place, scope);
  }
  return {
    "@odata.type": typeOf("StringSettingValue"),
    settingValueTemplateReference: valueReference(
      fields["settingValueTemplateReference"],
      place,
      scope,
    ),
    value: written ?? null,
  };
}

/** 63 characters once macros are expanded, or 15: docs/graph-facts.md 9. */
function checkDeviceName(text: string, place: string, scope: ValueScope): void {
  if (scope.definition.id !== "enrollment_autopilot_dpp_devicerenametemplate") return;
  if (scope.switches.deviceNameTemplateLimit !== "15") return;
  // A serial number has no known length: at least one character.
  const random = (_: string, digits: string): string => "0".repeat(Number(digits));
  const name = text.replace(/%RAND:(\d{1,2})%/g, random).replace(/%SERIAL%/g, "S");
  if (name.length > 15) refuse(place, `'${text}' gives names longer than 15 characters`);
}

function validateCollection(value: unknown, place: string, scope: ValueScope): Json[] {
  const items = listOf(value, place);
  const maximum = scope.definition.maximumCount ?? Infinity;
  if (items.length > maximum)
    refuse(place, `${items.length} values, at most ${maximum} are allowed`);
  if (items.length === 0 && scope.switches.emptyCollection === "refused") {
    refuse(place, "a collection without values is refused (switch emptyCollection)");
  }
  return items.map((item, index) => {
    const here = `${place}[${index}]`;
    const result = validateString(item, here, scope);
    // A value of a list is something: null is left to the single string.
    if (result["value"] === null) refuse(here, "a string is expected");
    return result;
  });
}
