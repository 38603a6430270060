/** How one item is answered: the properties that the version and `$select` leave, what `$expand` brings, and the context. */
import type { Context } from "hono";
import { badRequest } from "./errors";
import { parseExpand, type ExpandItem } from "./odata-expand";
import type { EntityShape } from "./odata";
import { contextUrl, graphVersion } from "./request-context";
import type { Json } from "./tenant";

/** The shape as the asked version of the service has it. */
export function versioned<T extends EntityShape>(c: Context, options: T): T {
  const { properties, betaProperties = [] } = options;
  if (betaProperties.length === 0) return options;
  if (graphVersion(c) === "beta")
    return { ...options, properties: [...properties, ...betaProperties] };
  return { ...options, defaultSelect: options.defaultSelect ?? properties };
}

/** The properties to answer with, under their own names; undefined means the default ones. */
export function select(
  query: Map<string, string>,
  options: EntityShape,
): readonly string[] | undefined {
  const text = query.get("$select");
  if (text === undefined || text.trim() === "" || text.trim() === "*") return undefined;
  return text.split(",").map((part) => {
    const written = part.trim();
    const first = written.split("/")[0] ?? "";
    const all = [...options.properties, ...Object.keys(options.expand ?? {})];
    const name = all.find((candidate) => candidate.toLowerCase() === first.toLowerCase());
    if (name === undefined) throw unparsed(first, options);
    return name;
  });
}

type Expansion = readonly {
  name: string;
  item: ExpandItem;
  bring: (item: Json, nested: ExpandItem) => unknown;
}[];

/** What the request asks for: the same for every item of the answer. */
export interface Projection {
  readonly options: EntityShape;
  readonly selection: readonly string[] | undefined;
  readonly expanded: Expansion;
}

export function projection(query: Map<string, string>, options: EntityShape): Projection {
  return { options, selection: select(query, options), expanded: expansion(query, options) };
}

function expansion(query: Map<string, string>, options: EntityShape): Expansion {
  const text = query.get("$expand");
  if (text === undefined) return [];
  return parseExpand(text).map((item) => {
    const found = Object.entries(options.expand ?? {}).find(
      ([name]) => name.toLowerCase() === item.name.toLowerCase(),
    );
    if (found === undefined) throw unparsed(item.name, options);
    return { name: found[0], item, bring: found[1] };
  });
}

export function contextFragment({ options, selection }: Projection, suffix: string): string {
  const chosen = selection === undefined ? "" : `(${selection.join(",")})`;
  return `${options.context}${chosen}${suffix}`;
}

export function shape(c: Context, item: Json, { options, selection, expanded }: Projection): Json {
  const kept = selection ?? options.defaultSelect;
  const result: Json = {};
  // With `odata.metadata=full` every object says what it is (OData JSON format, 3.1.3).
  const full = /odata\.metadata=full/i.test(c.req.header("accept") ?? "");
  if (full) result["@odata.type"] = `#microsoft.graph.${options.type}`;
  for (const [name, value] of Object.entries(item)) {
    const annotation = name.startsWith("@odata.");
    if (annotation || kept === undefined || kept.includes(name)) result[name] = value;
  }
  // A key that is always there: the service adds `id` whenever `$expand` is used.
  if (expanded.length > 0 && item["id"] !== undefined) result["id"] = item["id"];
  for (const { name, item: nested, bring } of expanded) {
    if (options.expandContext === true) {
      const path = `${options.context}('${String(item["id"])}')/${name}`;
      result[`${name}@odata.context`] = contextUrl(c, path);
    }
    result[name] = bring(item, nested);
  }
  return result;
}

function unparsed(name: string, options: EntityShape): Error {
  return badRequest(
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${options.type}'.`,
  );
}
