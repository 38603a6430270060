import type { Graph } from "../graph/client";
import { type ConfigurationPolicy, getPolicy } from "../graph/configuration-policies";
import { Failure } from "../lifecycle/failure";
import type { Context } from "../lifecycle/kind";
import { isBag, type Props } from "../lifecycle/props";
import { modeOf, TEMPLATES } from "../policy/settings";
import { nothingToAdopt } from "./adoption";
import { orGone } from "./gone";
import { observeExisting, type Observed } from "./observed-policy";
import type { PolicyInputs } from "./policy-fields";
import { findTwins, policyNameTaken } from "./unfinished-policy";

/**
 * The policy that is to be adopted, if it can be the declared one. What it is comes first: another kind of policy has no device group
 * to ask for.
 */
export async function adoptablePolicy(
  ctx: Context<Graph>,
  noun: string,
  id: string,
  inputs: PolicyInputs,
): Promise<Observed> {
  const [policy, twins] = await Promise.all([
    orGone(ctx, () => getPolicy(ctx.service, id)),
    findTwins(ctx.service, inputs),
  ]);
  if (policy === undefined) throw nothingToAdopt(noun, id);
  assertMode(policy, id, inputs);
  const others = twins.filter((twin) => twin.id !== id);
  if (others.length > 0) throw policyNameTaken(others);
  return observeExisting(ctx.service, id);
}

/** The template was chosen when the policy was made. */
function assertMode(policy: ConfigurationPolicy, id: string, inputs: PolicyInputs): void {
  const reference: Props = isBag(policy.templateReference) ? { ...policy.templateReference } : {};
  const { templateId } = reference;
  const mode = typeof templateId === "string" ? modeOf(templateId) : undefined;
  if (mode === inputs.mode) return;
  const which = `policy "${policy.name}" (id ${id})`;
  if (mode === undefined) {
    throw new Failure(`${which} is no device preparation policy.`, [
      `Its template is ${JSON.stringify(templateId)}; this version knows ${Object.values(TEMPLATES).join(", ")}.`,
    ]);
  }
  throw new Failure(
    `${which} is of mode ${mode}, and the program declares ${inputs.mode}: a policy can't change its mode.`,
    [`Declare mode: "${mode}", or leave adoptId out to make another policy.`],
  );
}
