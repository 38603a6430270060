import * as pulumi from "@pulumi/pulumi";
import { POLICY_FIELDS } from "../kinds/policy-fields";
import type { Mode } from "../policy/settings";
import { AutopilotResource, isOfKind } from "./autopilot-resource";

const KIND = "DevicePreparationPolicy";

/** The arguments of a {@link DevicePreparationPolicy}. */
export interface DevicePreparationPolicyArgs {
  /**
   * The policy's name, 1 to 256 characters. It is stamped on devices, so that renaming a policy breaks what filters on it. A
   * second policy of one name is never made.
   * @default the resource's Pulumi name
   */
  displayName?: pulumi.Input<string>;
  /**
   * What the policy is for, up to 1,000 characters.
   * @default ""
   */
  description?: pulumi.Input<string>;
  /**
   * How devices are prepared: `userDriven` when a user signs in to a new device, `userDrivenWithAssociation` the same for
   * devices that are associated with the tenant, with settings for their first screens, `automatic` for Windows 365, which
   * has only apps, scripts and a device group. Changing it makes a new policy.
   * @default "userDriven"
   */
  mode?: pulumi.Input<Mode>;
  /**
   * Object id of the group that devices join: the `id` of a {@link DeviceGroup}. Without one the policy never launches on a device,
   * and the program warns.
   */
  deviceGroupId?: pulumi.Input<string>;
  /**
   * Object ids of the groups of users whom the policy is for: exactly these. Not in mode `automatic`.
   * @default none
   */
  userGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Whether the policy is for all users of the tenant. Not in mode `automatic`.
   * @default false
   */
  assignToAllUsers?: pulumi.Input<boolean>;
  /**
   * What the user becomes on the device. Not in mode `automatic`.
   * @default "standardUser"
   */
  accountType?: pulumi.Input<"administrator" | "standardUser">;
  /**
   * Minutes until the device shows an installation error, 15 to 720. Not in mode `automatic`.
   * @default 60
   */
  timeoutMinutes?: pulumi.Input<number>;
  /**
   * What the user reads when preparation fails, 1 to 1,000 characters. Not in mode `automatic`.
   * @default "Contact your organization’s support person for help."
   */
  customErrorMessage?: pulumi.Input<string>;
  /**
   * Whether the user may go on to the desktop after a failure. Not in mode `automatic`.
   * @default true
   */
  allowSkip?: pulumi.Input<boolean>;
  /**
   * Whether the user is offered the diagnostics after a failure. Not in mode `automatic`.
   * @default true
   */
  allowDiagnostics?: pulumi.Input<boolean>;
  /**
   * Ids of the apps that are installed before the desktop, at most 25. Each must also be assigned to the device group as required,
   * and install in system context, or the device skips it.
   * @default none
   */
  appIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Ids of the PowerShell scripts that run before the desktop, at most 10. Each must also be assigned to the device group and run in
   * system context.
   * @default none
   */
  scriptIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Language and region of the first screens: a tag such as `"de-DE"`, `"osDefault"`, or `"userSelect"` to ask the user. Only in
   * mode `userDrivenWithAssociation`.
   * @default "osDefault"
   */
  language?: pulumi.Input<string>;
  /**
   * Whether the keyboard page is skipped, if a language is set. Only in mode `userDrivenWithAssociation`.
   * @default true
   */
  configureKeyboardAutomatically?: pulumi.Input<boolean>;
  /**
   * Whether the Microsoft Software License Terms are hidden. Only in mode `userDrivenWithAssociation`.
   * @default true
   */
  hideLicenseTerms?: pulumi.Input<boolean>;
  /**
   * Whether the privacy settings are hidden. Only in mode `userDrivenWithAssociation`.
   * @default true
   */
  hidePrivacySettings?: pulumi.Input<boolean>;
  /**
   * Whether the links to another account are hidden; needs company branding. Only in mode `userDrivenWithAssociation`.
   * @default true
   */
  hideChangeAccountOptions?: pulumi.Input<boolean>;
  /**
   * The name that devices get, 1 to 70 characters: letters, digits and hyphens, with `%SERIAL%` or `%RAND:x%` (x random digits) once
   * at most. Without one, devices keep their names. Only in mode `userDrivenWithAssociation`.
   * @default none
   */
  deviceNameTemplate?: pulumi.Input<string>;
  /**
   * Whether Windows updates are installed, which may restart the device. Left alone when it is not given, and an error where the
   * tenant's template has no such setting. Only in mode `userDrivenWithAssociation`.
   */
  installUpdates?: pulumi.Input<boolean>;
  /**
   * Whether the Company Portal opens at the end and shows what is still to come. Left alone when it is not given, and an error where
   * the tenant's template has no such setting. Only in mode `userDrivenWithAssociation`.
   */
  launchCompanyPortal?: pulumi.Input<boolean>;
  /**
   * Ids of policies that are applied before the desktop, at most 600 by the service's definition and 10 by its documentation. Left
   * alone when it is not given, and an error where the tenant's template has no such setting. Only in mode
   * `userDrivenWithAssociation`.
   */
  policyIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Ids of the scope tags that decide which administrators see the policy.
   * @default ["0"]
   */
  roleScopeTagIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Id of an existing policy of the same mode to take over in the place of making one. It is verified first, then made what the
   * program declares, defaults included. Leaving the argument out later changes nothing.
   */
  adoptId?: pulumi.Input<string>;
}

/**
 * A Windows Autopilot device preparation policy: what a new device is given while a user, or Windows 365, prepares it.
 *
 * The device group is bound by an action whose verdict is read: a group that Intune rejects fails the update with the reason, and
 * one that it rejects later shows in previews as `deviceGroupStatus: "firstPartyAppNotAnOwner" => "bound"`. Settings that this
 * version does not know are kept. The priority among policies is an output and never drift; {@link PolicyOrder} manages it.
 *
 * Permissions: `DeviceManagementConfiguration.ReadWrite.All`, and `DeviceManagementApps.Read.All` with apps;
 * `DeviceManagementConfiguration.Read.All` for previews with `--refresh` and drift.
 *
 * @example
 * ```ts
 * new autopilot.DevicePreparationPolicy("standard-laptops", {
 *   deviceGroupId: devices.id,
 *   userGroupIds: [sales.id],
 *   timeoutMinutes: 90,
 * });
 * ```
 */
export class DevicePreparationPolicy extends AutopilotResource {
  /** The policy's name. */
  declare readonly displayName: pulumi.Output<string>;
  /** What the policy is for. */
  declare readonly description: pulumi.Output<string>;
  /** How devices are prepared. */
  declare readonly mode: pulumi.Output<Mode>;
  /** The bound device group. */
  declare readonly deviceGroupId: pulumi.Output<string | undefined>;
  /** `bound`, or the code with which Intune rejects the device group. Absent without a declared device group. */
  declare readonly deviceGroupStatus: pulumi.Output<string | undefined>;
  /** The groups of users whom the policy is for; absent in mode `automatic`. */
  declare readonly userGroupIds: pulumi.Output<string[] | undefined>;
  /** Whether the policy is for all users; absent in mode `automatic`. */
  declare readonly assignToAllUsers: pulumi.Output<boolean | undefined>;
  /** Assignments of kinds that this provider never makes; they show as drift. */
  declare readonly otherAssignments: pulumi.Output<string[] | undefined>;
  /** What the user becomes on the device. */
  declare readonly accountType: pulumi.Output<"administrator" | "standardUser" | undefined>;
  /** Minutes until the device shows an installation error. */
  declare readonly timeoutMinutes: pulumi.Output<number | undefined>;
  /** What the user reads when preparation fails. */
  declare readonly customErrorMessage: pulumi.Output<string | undefined>;
  /** Whether the user may go on to the desktop after a failure. */
  declare readonly allowSkip: pulumi.Output<boolean | undefined>;
  /** Whether the user is offered the diagnostics after a failure. */
  declare readonly allowDiagnostics: pulumi.Output<boolean | undefined>;
  /** The apps that are installed before the desktop. */
  declare readonly appIds: pulumi.Output<string[]>;
  /** The scripts that run before the desktop. */
  declare readonly scriptIds: pulumi.Output<string[]>;
  /** Language and region of the first screens. */
  declare readonly language: pulumi.Output<string | undefined>;
  /** Whether the keyboard page is skipped. */
  declare readonly configureKeyboardAutomatically: pulumi.Output<boolean | undefined>;
  /** Whether the Microsoft Software License Terms are hidden. */
  declare readonly hideLicenseTerms: pulumi.Output<boolean | undefined>;
  /** Whether the privacy settings are hidden. */
  declare readonly hidePrivacySettings: pulumi.Output<boolean | undefined>;
  /** Whether the links to another account are hidden. */
  declare readonly hideChangeAccountOptions: pulumi.Output<boolean | undefined>;
  /** The name that devices get. */
  declare readonly deviceNameTemplate: pulumi.Output<string | undefined>;
  /** Whether Windows updates are installed, where the program says so. */
  declare readonly installUpdates: pulumi.Output<boolean | undefined>;
  /** Whether the Company Portal opens at the end, where the program says so. */
  declare readonly launchCompanyPortal: pulumi.Output<boolean | undefined>;
  /** The policies that are applied before the desktop, where the program names them. */
  declare readonly policyIds: pulumi.Output<string[] | undefined>;
  /** The scope tags. */
  declare readonly roleScopeTagIds: pulumi.Output<string[]>;
  /** The object id by which an existing policy was taken over. */
  declare readonly adoptId: pulumi.Output<string | undefined>;
  /** The id of the policy's template. */
  declare readonly templateId: pulumi.Output<string>;
  /** The place among all device preparation policies, 1 first. Shared by the whole tenant, so it is no argument and never drift. */
  declare readonly priority: pulumi.Output<number | undefined>;

  /** Declares a policy. */
  constructor(
    name: string,
    args: DevicePreparationPolicyArgs = {},
    opts?: pulumi.CustomResourceOptions,
  ) {
    const declared = opts?.id ? undefined : { ...args };
    super(KIND, [...Object.keys(POLICY_FIELDS), "templateId", "priority"], name, declared, opts);
    if (declared !== undefined && (args.deviceGroupId ?? undefined) === undefined) {
      void pulumi.log.warn(
        `${name}: no deviceGroupId. Without a device group the policy never launches on a device.`,
      );
    }
  }

  /** Looks up an existing policy by its id, to refer to it. It is read, never changed. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): DevicePreparationPolicy {
    return new DevicePreparationPolicy(name, {}, { ...opts, id });
  }

  /** Whether an object is such a policy, of whichever copy of this package. */
  static override isInstance(obj: unknown): obj is DevicePreparationPolicy {
    return isOfKind(obj, KIND);
  }
}
