import type * as pulumi from "@pulumi/pulumi";
import { DEVICE_GROUP_FIELDS } from "../kinds/device-group";
import { AutopilotResource, isOfKind } from "./autopilot-resource";

const KIND = "DeviceGroup";

/** The arguments of a {@link DeviceGroup}. */
export interface DeviceGroupArgs {
  /**
   * The group's name, 1 to 256 characters.
   * @default the resource's Pulumi name
   */
  displayName?: pulumi.Input<string>;
  /**
   * What the group is for, up to 1,024 characters.
   * @default ""
   */
  description?: pulumi.Input<string>;
  /**
   * The mail nickname that every group must have, 1 to 64 ASCII characters without spaces and `@ ( ) \ [ ] " ; : < > ,`.
   * No mail is ever sent to it.
   * @default derived from the resource's Pulumi name, and then kept; an adopted group keeps its own
   */
  mailNickname?: pulumi.Input<string>;
  /**
   * Whether another group of the same name may exist in the tenant. If not, creating or renaming fails and names that group.
   * @default false
   */
  allowDuplicateName?: pulumi.Input<boolean>;
  /**
   * Object ids of owners besides the Intune Provisioning Client, at most 99. Owners that are not named here are left alone and
   * are no drift. Without this argument only the Intune Provisioning Client is looked at.
   */
  additionalOwnerIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Whether to create the service principal of the Intune Provisioning Client if the tenant lacks it. Needs
   * `Application.ReadWrite.All`; without it, a missing one is an error that shows the command to run.
   * @default false
   */
  createServicePrincipal?: pulumi.Input<boolean>;
  /**
   * Object id of an existing group to take over in the place of making one. It is verified first, then made what the program
   * declares, defaults included. Leaving the argument out later changes nothing.
   */
  adoptId?: pulumi.Input<string>;
}

/**
 * The group that devices join while Windows Autopilot device preparation enrols them: a security group with assigned
 * membership, owned by the Intune Provisioning Client. Its members are the service's own and never drift.
 *
 * A lost owner shows in previews as `ownedByIntune: false => true`, a group that was turned dynamic as
 * `membershipType: "dynamic" => "assigned"`. `pulumi up --refresh` repairs both, and so does `pulumi refresh` with `pulumi up`
 * after it. A group that is mail-enabled or assignable to roles can't be repaired, and is an error that says so.
 *
 * Permissions: `Group.ReadWrite.All` and `Application.Read.All`; `Group.Read.All` and `Application.Read.All` for previews with
 * `--refresh` and drift.
 *
 * @example
 * ```ts
 * const devices = new autopilot.DeviceGroup("autopilot-devices", {
 *   displayName: "Autopilot devices",
 *   description: "Devices prepared by Windows Autopilot",
 * });
 * ```
 */
export class DeviceGroup extends AutopilotResource {
  /** The group's name. */
  declare readonly displayName: pulumi.Output<string>;
  /** What the group is for. */
  declare readonly description: pulumi.Output<string>;
  /** The group's mail nickname; absent for an adopted group, unless the program gives one. */
  declare readonly mailNickname: pulumi.Output<string | undefined>;
  /** Whether another group may have the same name. */
  declare readonly allowDuplicateName: pulumi.Output<boolean>;
  /** The owners that the program names, as far as they own the group. */
  declare readonly additionalOwnerIds: pulumi.Output<string[] | undefined>;
  /** Whether a missing service principal is created. */
  declare readonly createServicePrincipal: pulumi.Output<boolean>;
  /** The object id by which an existing group was taken over. */
  declare readonly adoptId: pulumi.Output<string | undefined>;
  /** Whether the Intune Provisioning Client owns the group: without it no device can join. */
  declare readonly ownedByIntune: pulumi.Output<boolean>;
  /** `assigned`, or `dynamic` if somebody changed the group. */
  declare readonly membershipType: pulumi.Output<"assigned" | "dynamic">;

  /** Declares a device group. */
  constructor(name: string, args: DeviceGroupArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(KIND, Object.keys(DEVICE_GROUP_FIELDS), name, opts?.id ? undefined : { ...args }, opts);
  }

  /** Looks up an existing group by its object id, to refer to it. It is read, never changed. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): DeviceGroup {
    return new DeviceGroup(name, {}, { ...opts, id });
  }

  /** Whether an object is a device group, of whichever copy of this package. */
  static override isInstance(obj: unknown): obj is DeviceGroup {
    return isOfKind(obj, KIND);
  }
}
