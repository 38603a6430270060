import * as pulumi from "@pulumi/pulumi";
import { ORIGIN } from "../kinds/origin";
import { SCHEMA_OUTPUT } from "../lifecycle/engine-provider";
import type { Props } from "../lifecycle/props";

/**
 * The text that the engine keeps for a resource and evaluates to reach its provider. A stored format: one constant line
 * a kind, never a serialised closure, so that every release runs on every state (docs/decisions/0001-text-in-state.md).
 */
export function providerText(kind: string): string {
  return `exports.handler = () => require("pulumi-autopilot/runtime").v1("${kind}")`;
}

/** The type token of a kind, as it stands in URNs. */
export function typeToken(kind: string): string {
  return `pulumi-nodejs:dynamic/autopilot:${kind}`;
}

/** What the resources of this package have in common: a thin handle, whose logic is reached at run time. */
export abstract class AutopilotResource extends pulumi.CustomResource {
  constructor(
    kind: string,
    properties: readonly string[],
    name: string,
    args: Props | undefined,
    opts: pulumi.CustomResourceOptions = {},
  ) {
    // Every output has to be listed, or it is no property of the resource at all.
    const outputs = Object.fromEntries(properties.map((property) => [property, undefined]));
    const named = properties.includes("displayName");
    const defaults = named ? { displayName: name, ...origin(name, opts) } : {};
    const declared = args && { ...defaults, ...given(args) };
    super(
      typeToken(kind),
      name,
      { ...outputs, [SCHEMA_OUTPUT]: undefined, ...declared, __provider: providerText(kind) },
      // An object never meets its own old name; who wants both at once says so.
      pulumi.mergeOptions({ deleteBeforeReplace: true }, opts),
    );
  }
}

/** Properties that were given: `undefined` means the same as leaving them out. */
function given(args: Props): Props {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

/**
 * Where the resource is declared, for a create to recognise what an interrupted run left behind. Not with an old object
 * still standing beside the new one: then it would recognise the old one.
 */
function origin(name: string, opts: pulumi.CustomResourceOptions): Props {
  if (opts.deleteBeforeReplace === false) return {};
  const place = [organization(), pulumi.getProject(), pulumi.getStack(), name];
  return { [ORIGIN]: place.join("/") };
}

/** Mocks in a user's tests need not name an organization; the engine always does. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}

/** Whether an object is a resource of that kind, of whichever copy of this package. */
export function isOfKind(obj: unknown, kind: string): boolean {
  const { __pulumiType } = (obj ?? {}) as { __pulumiType?: unknown };
  return __pulumiType === typeToken(kind);
}
