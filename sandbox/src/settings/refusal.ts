/** Reading a body strictly: what isn't as the service's schema says is a Refusal with the place it was found at. */
import { isJson } from "../request-context";
import type { Json } from "../tenant";

/** Why a body is refused. `recorded`: the words are the service's own (else the route marks them as ours). */
export class Refusal extends Error {
  readonly recorded: boolean;

  constructor(message: string, recorded = false) {
    super(message);
    this.name = "Refusal";
    this.recorded = recorded;
  }
}

export function refuse(place: string, message: string): never {
  throw new Refusal(`${place}: ${message}`);
}

const graph = "#microsoft.graph.";

/**
 * An object under the type's own property names (read without regard to case, as by `canonicalBody`). Annotations
 * are dropped: the portal sends a stray `"@odata."` in collection values (docs/graph-facts.md 1.4). Anything else is refused.
 */
export function fieldsOf(value: unknown, known: readonly string[], place: string): Json {
  if (!isJson(value)) refuse(place, "an object is expected");
  const names = new Map(known.map((name) => [name.toLowerCase(), name]));
  const fields: Json = {};
  for (const [written, each] of Object.entries(value)) {
    if (written.includes("@")) continue;
    const name = names.get(written.toLowerCase());
    if (name === undefined) refuse(place, `unknown property '${written}'`);
    if (Object.hasOwn(fields, name)) refuse(place, `property '${name}' is given twice`);
    fields[name] = each;
  }
  return fields;
}

/**
 * `@odata.type` against the expected type, with or without the '#'. Only an abstract type needs it: without it the
 * service can't tell which value is meant (both base types are abstract: docs/graph-facts.md 1.4).
 */
export function expectType(
  value: unknown,
  expected: string,
  place: string,
  presence: "optional" | "required" = "optional",
): void {
  const written = isJson(value) ? value["@odata.type"] : undefined;
  if (written === undefined || written === null) {
    if (presence === "required")
      refuse(place, `'@odata.type' is missing, ${graph}${expected} is expected`);
    return;
  }
  if (typeof written !== "string" || written.replace(/^#/, "") !== `microsoft.graph.${expected}`) {
    refuse(place, `'@odata.type' is ${JSON.stringify(written)}, ${graph}${expected} is expected`);
  }
}

export function textOf(value: unknown, place: string): string {
  if (typeof value !== "string") refuse(place, "a string is expected");
  return value;
}

export function listOf(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) refuse(place, "an array is expected");
  return value as unknown[];
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return guid.test(text);
}
