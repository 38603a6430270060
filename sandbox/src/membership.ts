/** Members of a dynamic group. For now the simplest rules only; a rule beyond them has no members here. */
import type { Entity, Group, Tenant } from "./tenant";
import { textOf } from "./text";

export function isDynamic(group: Entity): boolean {
  const types: unknown = group["groupTypes"];
  return Array.isArray(types) && types.includes("DynamicMembership");
}

/**
 * Ids of the users and devices that the rule matches: comparisons `user.x -eq value` and
 * `device.x -ne value` joined by -and and -or, with parentheses. While processing is paused nothing is
 * evaluated. Anything else gives no members.
 */
export function evaluateMembership(group: Entity, tenant: Tenant): string[] {
  const rule: unknown = group["membershipRule"];
  if (typeof rule !== "string" || group["membershipRuleProcessingState"] !== "On") return [];
  const kind = /\buser\.\w/i.test(rule) ? "user" : "device";
  const store = kind === "user" ? tenant.users : tenant.devices;
  const tokens = rule.match(/"[^"]*"|'[^']*'|[()]|[^\s()]+/g) ?? [];
  const test = parse(tokens, kind);
  if (test === undefined) return [];
  return [...store.values()].filter(test).map((entity) => entity.id);
}

/** Ids of the groups that an object is in, directly or through other groups. */
export function groupsOf(tenant: Tenant, id: string, transitive: boolean): Group[] {
  const found = new Map<string, Group>();
  const waiting = [id];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    for (const group of tenant.groups.values()) {
      const members = isDynamic(group) ? evaluateMembership(group, tenant) : group.memberIds;
      if (found.has(group.id) || !members.includes(current)) continue;
      found.set(group.id, group);
      if (transitive) waiting.push(group.id);
    }
  }
  return [...found.values()];
}

type Test = (entity: Entity) => boolean;

function parse(tokens: readonly string[], kind: string): Test | undefined {
  let place = 0;
  const operator = (name: string): boolean => {
    const hit = tokens[place]?.toLowerCase().replace(/^-/, "") === name;
    if (hit) place += 1;
    return hit;
  };
  const primary = (): Test | undefined => {
    if (tokens[place] === "(") {
      place += 1;
      const inner = either();
      if (tokens[place] !== ")") return undefined;
      place += 1;
      return inner;
    }
    const [left = "", comparison = "", right = ""] = tokens.slice(place, place + 3);
    place += 3;
    const property = new RegExp(`^${kind}\\.(\\w+)$`, "i").exec(left)?.[1]?.toLowerCase();
    const sign = /^-?(eq|ne)$/i.exec(comparison)?.[1]?.toLowerCase();
    if (property === undefined || sign === undefined || right === "" || right === ")")
      return undefined;
    const wanted = right.replace(/^["']|["']$/g, "").toLowerCase();
    return (entity) => {
      const value = Object.entries(entity).find(([name]) => name.toLowerCase() === property)?.[1];
      const equal = textOf(value, "null").toLowerCase() === wanted;
      return sign === "eq" ? equal : !equal;
    };
  };
  const both = (): Test | undefined => {
    let left = primary();
    while (left !== undefined && operator("and")) left = joined(left, primary(), (a, b) => a && b);
    return left;
  };
  const either = (): Test | undefined => {
    let left = both();
    while (left !== undefined && operator("or")) left = joined(left, both(), (a, b) => a || b);
    return left;
  };
  const result = either();
  return place === tokens.length ? result : undefined;
}

function joined(
  left: Test,
  right: Test | undefined,
  how: (a: boolean, b: boolean) => boolean,
): Test | undefined {
  return right === undefined ? undefined : (entity) => how(left(entity), right(entity));
}
