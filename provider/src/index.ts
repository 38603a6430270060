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
export { PolicyOrder, type PolicyOrderArgs } from "./resources/policy-order";
export type { Mode } from "./policy/settings";
export { getGroup, getGroupOutput, type GroupResult } from "./lookups/group";
export type { LookupArgs, LookupOutputArgs } from "./lookups/look-up";
export { getMobileApp, getMobileAppOutput, type MobileAppResult } from "./lookups/mobile-app";
export { getPolicy, getPolicyOutput, type PolicyResult } from "./lookups/policy";
export { getScript, getScriptOutput, type ScriptResult } from "./lookups/script";
