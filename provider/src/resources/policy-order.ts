import type * as pulumi from "@pulumi/pulumi";
import { POLICY_ORDER_FIELDS } from "../kinds/policy-order";
import { AutopilotResource, isOfKind } from "./autopilot-resource";

const KIND = "PolicyOrder";

/** The arguments of a {@link PolicyOrder}. */
export interface PolicyOrderArgs {
  /** Ids of policies, the first to apply first; each once, at most 500. Others keep their places. */
  policyIds: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * The order in which device preparation policies apply: of several that are for a user, the first one counts. It manages how the
 * listed policies stand among themselves, and is drift only when that changes; policies that are not listed keep their places.
 * Deleting it moves nothing. Its id is `policy-order`: there is no object of its own in the tenant, and so nothing to look up.
 *
 * Permissions: `DeviceManagementConfiguration.ReadWrite.All`; `DeviceManagementConfiguration.Read.All` for previews with
 * `--refresh` and drift.
 *
 * @example
 * ```ts
 * new autopilot.PolicyOrder("order", { policyIds: [executives.id, standard.id] });
 * ```
 */
export class PolicyOrder extends AutopilotResource {
  /** The listed policies in the order in which they apply. */
  declare readonly policyIds: pulumi.Output<string[]>;

  /** Declares an order. */
  constructor(name: string, args: PolicyOrderArgs, opts?: pulumi.CustomResourceOptions) {
    super(KIND, Object.keys(POLICY_ORDER_FIELDS), name, { ...args }, opts);
  }

  /** Whether an object is a policy order, of whichever copy of this package. */
  static override isInstance(obj: unknown): obj is PolicyOrder {
    return isOfKind(obj, KIND);
  }
}
