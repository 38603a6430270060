import {
  type ConfigurationPolicy,
  createPolicy,
  findPoliciesByName,
  type PolicyBody,
} from "../graph/configuration-policies";
import type { Graph } from "../graph/client";
import { isUnclear } from "../graph/errors";
import { RETRY } from "../graph/retry";
import { unmetKeys } from "../lifecycle/diff";
import { Failure } from "../lifecycle/failure";
import type { Context } from "../lifecycle/kind";
import { modeOf } from "../policy/settings";
import { live, observe } from "./observed-policy";
import { originOf } from "./origin";
import { POLICY_FIELDS, type PolicyInputs } from "./policy-fields";

type Ctx = Context<Graph>;

/** Device preparation policies of that name. */
export async function findTwins(
  graph: Graph,
  { displayName }: PolicyInputs,
): Promise<ConfigurationPolicy[]> {
  const policies = await findPoliciesByName(graph, displayName);
  // Policies of other platforms can be of this family, too.
  return policies.filter(
    ({ platforms = "windows10", templateReference: { templateId, templateFamily } }) =>
      platforms === "windows10" &&
      (templateFamily === "enrollmentConfiguration" || modeOf(templateId) !== undefined),
  );
}

/** Looks for a policy whose answer was lost, before it is sent again: at most this often. */
const LOOKS = 3;

/**
 * Sends the policy. If the answer is lost, looks whether it was made, more than once as the list can lag; only if it was not, sends
 * it again.
 */
export async function makePolicy(
  ctx: Ctx,
  inputs: PolicyInputs,
  body: PolicyBody,
): Promise<ConfigurationPolicy> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await createPolicy(ctx.service, body);
    } catch (error) {
      if (!isUnclear(error) || ctx.clock.now() > ctx.deadline || attempt > RETRY.attempts)
        throw error;
    }
    for (let look = 1; look <= LOOKS; look++) {
      await ctx.clock.sleep(RETRY.pause * look);
      const twins = await findTwins(ctx.service, inputs);
      const made = twins.find(({ description }) => (description ?? "") === body.description);
      if (made !== undefined) return made;
    }
  }
}

/**
 * The policy of the same name that an interrupted run of this resource left behind. It carries the marker; or it is complete, and
 * is what the program declares down to its device group. Any other policy of that name is somebody else's.
 */
export async function unfinished(
  ctx: Ctx,
  inputs: PolicyInputs,
  twins: ConfigurationPolicy[],
): Promise<string> {
  const marker = markerOf(inputs);
  const marked = twins.find(({ description }) => marker !== undefined && description === marker);
  if (marked !== undefined) return marked.id;
  const [twin] = twins;
  if (twins.length === 1 && twin !== undefined && marker !== undefined && inputs.deviceGroupId) {
    const observed = await observe(ctx.service, twin.id);
    const same = unmetKeys(POLICY_FIELDS, live(observed, inputs).inputs, inputs).length === 0;
    if (same) return twin.id;
  }
  const [only] = twins.length === 1 ? twins : [];
  const canBeThis = only !== undefined && modeOf(only.templateReference.templateId) === inputs.mode;
  throw policyNameTaken(
    twins,
    canBeThis ? [`Or take it over with the argument adoptId: "${only.id}"`] : [],
  );
}

/** The error for a name that is taken. */
export function policyNameTaken(twins: ConfigurationPolicy[], advice: string[] = []): Failure {
  const ids = twins.map(({ id }) => id).join(", ");
  return new Failure(`a policy of that name exists already (id ${ids}).`, [
    "Choose another displayName, or delete the other policy: two of one name can't be told apart on devices.",
    ...advice,
  ]);
}

/** Stands as the description until the policy is complete, so that an interrupted create finds it again. */
export function markerOf(inputs: PolicyInputs): string | undefined {
  const origin = originOf(inputs);
  return origin === undefined ? undefined : `Being prepared by Pulumi: ${origin}`;
}

/** Whether there is more to do than one request, so that a run can end in between. */
export function hasFollowUp({
  deviceGroupId,
  userGroupIds = [],
  assignToAllUsers,
}: PolicyInputs): boolean {
  return deviceGroupId !== undefined || userGroupIds.length > 0 || assignToAllUsers === true;
}
