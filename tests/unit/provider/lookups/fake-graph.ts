import type { Graph } from "../../../../provider/src/graph/client";

/** What a list answers to a filter; without a filter that it knows, everything. */
export type List = (filter: string) => unknown[];

/** A Graph of lists by path that remembers what was read. Anything else than a read is an error. */
export function listing(lists: Record<string, List>): { graph: Graph; read: string[] } {
  const read: string[] = [];
  const graph: Graph = {
    get: async <T>(path: string) => {
      const { pathname, searchParams } = new URL(path, "http://graph");
      const filter = searchParams.get("$filter") ?? "";
      read.push(`${pathname} ${filter}`.trim());
      return { value: lists[pathname]?.(filter) ?? [] } as T;
    },
    send: ({ method, path }) => Promise.reject(new Error(`${method} ${path} in a look-up`)),
  };
  return { graph, read };
}

/** A list whose service compares names as Graph does: without regard to case. */
export function byName<T extends object>(items: readonly T[], name: keyof T): List {
  const text = (item: T) => String(item[name]).toLowerCase();
  return (filter) => {
    const wanted = /'(.*)'/s.exec(filter)?.[1]?.replaceAll("''", "'").toLowerCase() ?? "";
    return filter.startsWith("startswith(")
      ? items.filter((item) => text(item).startsWith(wanted))
      : items.filter((item) => text(item) === wanted);
  };
}
