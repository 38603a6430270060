/**
 * The OData that real clients send (docs/graph-clients.md): entity keys in three writings, `$select`,
 * `$filter`, `$orderby`, `$top`, `$skip`, `$expand`, `$count`, paging. What the service refuses, an
 * unknown property above all, is 400 here too: a typo must not look like an empty tenant.
 */
import type { Context } from "hono";
import { badRequest, unknownQueryProperty, unsupportedQuery } from "./errors";
import { splitTop, type ExpandItem } from "./odata-expand";
import {
  matches,
  parseFilter,
  propertyAt,
  usesAdvanced,
  type FilterOperator,
} from "./odata-filter";
import { contextFragment, projection, shape, versioned } from "./odata-shape";
import { contextUrl, originOf } from "./request-context";
import type { Json } from "./tenant";
import { textOf } from "./text";

export { parseExpand, type ExpandItem } from "./odata-expand";

/** What can be asked of a type. */
export interface EntityShape {
  /** Name of the type without namespace, for messages: "group". */
  readonly type: string;
  /** Every property that may be selected; anything else is 400. */
  readonly properties: readonly string[];
  /** More of them, on beta only. */
  readonly betaProperties?: readonly string[];
  /** After `$metadata#`, e.g. "groups"; `/$entity` is added for one object. */
  readonly context: string;
  /** What is answered without `$select`. Default: everything. */
  readonly defaultSelect?: readonly string[];
  /** Navigation properties that `$expand` may name, and what each brings for one item. */
  readonly expand?: Readonly<Record<string, (item: Json, nested: ExpandItem) => unknown>>;
  /** Intune: what was expanded carries its own context (`settings@odata.context`). */
  readonly expandContext?: boolean;
}

export interface CollectionOptions extends EntityShape {
  /** Paths that `$filter` may name. Default: all properties. */
  readonly filterable?: readonly string[];
  /** Operators and functions beyond eq, startswith, in, has, and, or, any (the directory's basic set). */
  readonly operators?: readonly FilterOperator[];
  /** Items per page without `$top`. Default 100. */
  readonly pageSize?: number;
  /** Largest `$top`. Default 999. */
  readonly maxTop?: number;
  /** The directory: `$count`, `ne`, `not`, `endsWith` need `ConsistencyLevel: eventual` + `$count=true`. */
  readonly advancedQueries?: boolean;
  /** Intune's configuration policies: `@odata.count` comes unasked. */
  readonly alwaysCounted?: boolean;
  /** Query options that this collection refuses, in the service's manner. */
  readonly refused?: readonly string[];
}

const knownOptions = [
  "$select",
  "$filter",
  "$orderby",
  "$top",
  "$skip",
  "$skiptoken",
  "$expand",
  "$count",
  "$search",
  "$format",
];

/** A collection: filtered, ordered, counted, paged, selected, expanded. `items` are wire objects. */
export function collection(c: Context, items: readonly Json[], given: CollectionOptions): Response {
  const options = versioned(c, given);
  const query = queryOptions(c);
  for (const name of options.refused ?? []) {
    if (query.has(name))
      throw badRequest(`sandbox: the query option '${name}' is not supported here`);
  }
  const eventual = (c.req.header("consistencylevel") ?? "").toLowerCase() === "eventual";
  // Advanced queries page: without the header the directory silently ignores `?$count=true`.
  const counted = booleanOption(query, "$count") && (options.advancedQueries !== true || eventual);
  if (query.has("$search")) throw unsupportedQuery("sandbox: $search is not served");
  let result = [...items];
  const filterText = query.get("$filter");
  if (filterText !== undefined) {
    const filter = parseFilter(filterText);
    const advanced = options.advancedQueries === true;
    if (advanced && usesAdvanced(filter) && !counted) {
      throw unsupportedQuery(
        "Operator not supported because the required parameters might be missing. " +
          "Try adding $count=true query parameter and ConsistencyLevel:eventual header.",
      );
    }
    const basic: FilterOperator[] = advanced ? ["ne", "not", "endswith"] : [];
    const allowed = new Set<FilterOperator>([...basic, ...(options.operators ?? [])]);
    const paths = options.filterable ?? options.properties;
    const scope = { type: options.type, properties: options.properties, paths, allowed };
    // Checked even when there is nothing to filter: a typo is found in an empty tenant as well.
    matches(filter, undefined, scope);
    result = result.filter((item) => matches(filter, item, scope));
  }
  order(result, query.get("$orderby"), options);
  const total = result.length;
  const top = numberOption(query, "$top", 1, options.maxTop ?? 999);
  const size = top ?? options.pageSize ?? 100;
  const start = (numberOption(query, "$skip", 0, Number.MAX_SAFE_INTEGER) ?? 0) + skipToken(query);
  const page = result.slice(start, start + size);
  const more = start + size < total;
  const asked = projection(query, options);
  const body: Json = { "@odata.context": contextUrl(c, contextFragment(asked, "")) };
  if (counted || options.alwaysCounted === true) body["@odata.count"] = total;
  if (more) body["@odata.nextLink"] = nextLink(c, start + size);
  body["value"] = page.map((item) => shape(c, item, asked));
  return c.json(body);
}

/** One object, with `$select` and `$expand`. */
export function entity(
  c: Context,
  item: Json,
  options: EntityShape,
  status: 200 | 201 = 200,
): Response {
  const asked = projection(queryOptions(c), versioned(c, options));
  const context = contextUrl(c, contextFragment(asked, "/$entity"));
  return c.json({ "@odata.context": context, ...shape(c, item, asked) }, status);
}

/** The query options of the request by lower-case name; the `$` may be left out, as on beta. */
export function queryOptions(c: Context): Map<string, string> {
  const result = new Map<string, string>();
  for (const [written, value] of new URL(c.req.url).searchParams) {
    const name = written.toLowerCase();
    const full = name.startsWith("$") ? name : `$${name}`;
    if (knownOptions.includes(full)) {
      if (result.has(full)) {
        throw badRequest(
          `Query option '${full}' was specified more than once, but it must be specified at most once.`,
        );
      }
      result.set(full, value);
    } else if (name.startsWith("$")) {
      throw badRequest(`The query parameter '${written}' is not supported.`);
    }
  }
  return result;
}

/** Whether a query option is on; anything but true and false is 400. */
function booleanOption(query: Map<string, string>, name: string): boolean {
  const value = query.get(name)?.toLowerCase();
  if (value === undefined || value === "false") return false;
  if (value === "true") return true;
  throw badRequest(
    `Invalid value '${value}' for ${name} query option found. Valid values are 'true' and 'false'.`,
  );
}

function numberOption(
  query: Map<string, string>,
  name: string,
  min: number,
  max: number,
): number | undefined {
  // Trimmed: a public sample for these policies sends `$top=100%20`.
  const text = query.get(name)?.trim();
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `Invalid value '${text}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`,
    );
  }
  const value = Number(text);
  if (value < min || value > max) {
    throw badRequest(
      `Invalid page size specified: '${text}'. Must be between ${min} and ${max} inclusive.`,
    );
  }
  return value;
}

function skipToken(query: Map<string, string>): number {
  const token = query.get("$skiptoken");
  if (token === undefined) return 0;
  const place = /^p-(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8"))?.[1];
  if (place === undefined) throw badRequest("The specified skip token is invalid.");
  return Number(place);
}

/** The same request from a later place. The service's own tokens are opaque too. */
function nextLink(c: Context, place: number): string {
  const url = new URL(c.req.url);
  const parts = url.search
    .replace(/^\?/, "")
    .split("&")
    .filter((part) => part !== "" && !/^(\$|%24)?skip(token)?=/i.test(part));
  parts.push(`$skiptoken=${Buffer.from(`p-${place}`).toString("base64url")}`);
  return `${originOf(c)}${url.pathname}?${parts.join("&")}`;
}

function order(items: Json[], text: string | undefined, options: CollectionOptions): void {
  if (text === undefined) return;
  const keys = splitTop(text, ",").map((part) => {
    const [path = "", direction = "asc", ...rest] = part.trim().split(/\s+/);
    if (rest.length > 0 || !["asc", "desc"].includes(direction.toLowerCase())) {
      throw badRequest(`Syntax error at position ${part.length} in '${text}'.`);
    }
    return {
      path: canonicalPath(path, options),
      sign: direction.toLowerCase() === "desc" ? -1 : 1,
    };
  });
  items.sort((a, b) => {
    for (const { path, sign } of keys) {
      const [left, right] = [propertyAt(a, path), propertyAt(b, path)];
      const diff =
        typeof left === "number" && typeof right === "number"
          ? left - right
          : textOf(left).localeCompare(textOf(right));
      if (diff !== 0) return diff * sign;
    }
    return 0;
  });
}

function canonicalPath(path: string, options: EntityShape): string {
  const first = path.split("/")[0] ?? "";
  if (!options.properties.some((name) => name.toLowerCase() === first.toLowerCase())) {
    throw unknownQueryProperty(first, options.type);
  }
  return path;
}
