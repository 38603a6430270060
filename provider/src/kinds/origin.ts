import { createHash } from "node:crypto";
import type { Props } from "../lifecycle/props";

/**
 * The input, hidden in displays, that says where a resource was declared: `organization/project/stack/name`.
 * It is how a create recognises an object of its own that an interrupted run left behind
 * (docs/decisions/0002-recognising-unfinished-objects.md). Kept from the first run on, so a rename changes nothing.
 */
export const ORIGIN = "__origin";

/** The origin of these inputs, if the resource can be recognised at all. */
export function originOf(inputs: Props): string | undefined {
  const origin = inputs[ORIGIN];
  return typeof origin === "string" ? origin : undefined;
}

/** The inputs with the origin that the resource has had from its first run on. */
export function keepOrigin(inputs: Props, olds: Props): Props {
  const origin = originOf(olds) ?? originOf(inputs);
  return origin === undefined ? inputs : { ...inputs, [ORIGIN]: origin };
}

/** A short, stable text for an origin, fit for keys in the tenant. */
export function originKey(kind: string, origin: string): string {
  return createHash("sha256").update(`${kind}/${origin}`).digest("hex").slice(0, 20);
}
