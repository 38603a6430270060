/**
 * Windows Autopilot device preparation as Pulumi resources.
 *
 * @packageDocumentation
 */
export { DeviceGroup, type DeviceGroupArgs } from "./resources/device-group";
export { UserGroup, type UserGroupArgs } from "./resources/user-group";
export {
  DevicePreparationPolicy,
  type DevicePreparationPolicyArgs,
} from "./resources/device-preparation-policy";
export type { Mode } from "./policy/settings";
