/**
 * One writing for every path, before routing: `/x('{id}')` and `/x/{id}` are the same, as are
 * `/X` and `/x` (the service reads segment names without regard to case), and `%27` and `'`.
 * `graph.` is the alias of the namespace `microsoft.graph.` (CSDL; the typed SDKs write casts with it).
 * An alternate key stays visible to the route: `/x(appId='1')` becomes `/x/appId='1'`.
 */

/** A key as a route finds it in its parameter. */
export type EntityKey = { readonly id: string } | { readonly name: string; readonly value: string };

export function entityKey(parameter: string | undefined): EntityKey {
  const alternate = /^(\w+)='(.*)'$/s.exec(parameter ?? "");
  if (alternate?.[1] === undefined) return { id: (parameter ?? "").toLowerCase() };
  return { name: alternate[1], value: alternate[2] ?? "" };
}

/** @param known segment names of all routes, by lower-case name */
export function normalisePath(pathname: string, known: ReadonlyMap<string, string>): string {
  const segments = pathname.split("/").filter((segment) => segment !== "");
  // Older clients put the tenant behind the version: /v1.0/<tenant id>/groups, /v1.0/myorganization/….
  const versioned = /^(v1\.0|beta)$/i.test(segments[0] ?? "");
  if (versioned) segments[0] = (segments[0] ?? "").toLowerCase();
  if (versioned && /^(myorganization|[0-9a-f]{8}-[0-9a-f-]{27})$/i.test(segments[1] ?? "")) {
    segments.splice(1, 1);
  }
  return `/${segments.flatMap((segment) => normaliseSegment(segment, known)).join("/")}`;
}

function normaliseSegment(raw: string, known: ReadonlyMap<string, string>): string[] {
  const segment = decode(raw);
  const match = /^([\w.$]+)\((.*)\)$/s.exec(segment);
  if (match?.[1] === undefined) return [named(segment, known)];
  const [, written, inner = ""] = match;
  const name = named(written, known);
  const key = inner.trim();
  // A function without parameters, `/groups/delta()`.
  if (key === "") return [name];
  const quoted = /^'(.*)'$/s.exec(key);
  if (quoted !== null) return [name, encodeURIComponent((quoted[1] ?? "").replaceAll("''", "'"))];
  const alternate = /^(\w+)\s*=\s*'(.*)'$/s.exec(key);
  if (alternate !== null) {
    const value = (alternate[2] ?? "").replaceAll("''", "'");
    return [name, encodeURIComponent(`${alternate[1] ?? ""}='${value}'`)];
  }
  return [name, encodeURIComponent(key)];
}

function named(segment: string, known: ReadonlyMap<string, string>): string {
  const full = segment.replace(/^graph\.(?=\w)/i, "microsoft.graph.");
  const plain = full.toLowerCase();
  // Actions may be written with their namespace; a cast (microsoft.graph.user) is not an action.
  const name = known.get(plain) ?? known.get(plain.replace(/^microsoft\.graph\./, ""));
  return name ?? encodeURIComponent(full).replaceAll("%24", "$");
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
