import type * as pulumi from "@pulumi/pulumi";
import { USER_GROUP_FIELDS } from "../kinds/user-group";
import { AutopilotResource, isOfKind } from "./autopilot-resource";

const KIND = "UserGroup";

/** The arguments of a {@link UserGroup}. Give `memberIds` or `membershipRule`, or neither. */
export interface UserGroupArgs {
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
   * @default derived from the resource's Pulumi name, and then kept; an adopted group keeps its own
   */
  mailNickname?: pulumi.Input<string>;
  /**
   * Whether another group of the same name may exist in the tenant.
   * @default false
   */
  allowDuplicateName?: pulumi.Input<boolean>;
  /**
   * Object ids of the members of an assigned group: exactly these. Without this argument the members are left alone, and an
   * empty list means that there are none.
   */
  memberIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The rule of a dynamic group, up to 3,072 characters, for example `(user.department -eq "Sales")`. Needs Entra ID P1.
   * Giving one to an assigned group removes its members; taking it away keeps the members that it found.
   */
  membershipRule?: pulumi.Input<string>;
  /**
   * Whether Entra ID evaluates the rule.
   * @default "on", with a rule
   */
  ruleProcessing?: pulumi.Input<"on" | "paused">;
  /**
   * Object id of an existing group to take over in the place of making one. It is verified first, then made what the program
   * declares, defaults included. Leaving the argument out later changes nothing.
   */
  adoptId?: pulumi.Input<string>;
}

/**
 * The users whom a device preparation policy is for: a security group with assigned or dynamic membership.
 *
 * Permissions: `Group.ReadWrite.All`; `Group.Read.All` for previews with `--refresh` and drift.
 *
 * @example
 * ```ts
 * const sales = new autopilot.UserGroup("sales", {
 *   membershipRule: '(user.department -eq "Sales") and (user.accountEnabled -eq true)',
 * });
 * ```
 */
export class UserGroup extends AutopilotResource {
  /** The group's name. */
  declare readonly displayName: pulumi.Output<string>;
  /** What the group is for. */
  declare readonly description: pulumi.Output<string>;
  /** The group's mail nickname; absent for an adopted group, unless the program gives one. */
  declare readonly mailNickname: pulumi.Output<string | undefined>;
  /** Whether another group may have the same name. */
  declare readonly allowDuplicateName: pulumi.Output<boolean>;
  /** The members, where the program manages them. */
  declare readonly memberIds: pulumi.Output<string[] | undefined>;
  /** The rule of a dynamic group. */
  declare readonly membershipRule: pulumi.Output<string | undefined>;
  /** Whether Entra ID evaluates the rule; absent for an assigned group. */
  declare readonly ruleProcessing: pulumi.Output<"on" | "paused" | undefined>;
  /** The object id by which an existing group was taken over. */
  declare readonly adoptId: pulumi.Output<string | undefined>;
  /** `dynamic` with a rule, else `assigned`. */
  declare readonly membershipType: pulumi.Output<"assigned" | "dynamic">;

  /** Declares a user group. */
  constructor(name: string, args: UserGroupArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(KIND, Object.keys(USER_GROUP_FIELDS), name, opts?.id ? undefined : { ...args }, opts);
  }

  /** Looks up an existing group by its object id, to refer to it. It is read, never changed. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): UserGroup {
    return new UserGroup(name, {}, { ...opts, id });
  }

  /** Whether an object is a user group, of whichever copy of this package. */
  static override isInstance(obj: unknown): obj is UserGroup {
    return isOfKind(obj, KIND);
  }
}
