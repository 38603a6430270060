import * as autopilot from "pulumi-autopilot";

// The group that devices join while they are prepared.
const devices = new autopilot.DeviceGroup("autopilot-devices", {
  displayName: "Autopilot devices",
  description: "Devices prepared by Windows Autopilot",
});

// The users whose devices are prepared. Give memberIds to manage who is in; here the members are left alone.
const pilots = new autopilot.UserGroup("autopilot-pilots", {
  displayName: "Autopilot pilots",
  description: "Users whose new devices are prepared by Windows Autopilot",
});

const policy = new autopilot.DevicePreparationPolicy("standard-laptops", {
  displayName: "Standard laptops",
  description: "Company laptops, prepared while the user signs in",
  deviceGroupId: devices.id,
  userGroupIds: [pilots.id],
  timeoutMinutes: 90,
  customErrorMessage: "Call the service desk: extension 4000.",
  allowSkip: false,
  // Windows apps and PowerShell scripts by their ids in Intune; these are the sandbox tenant's.
  appIds: ["ab000000-0000-4000-8000-000000000003"], // Company Portal
  scriptIds: ["5c000000-0000-4000-8000-000000000001"], // Set time zone
});

export const deviceGroupId = devices.id;
export const userGroupId = pilots.id;
export const policyId = policy.id;
export const priority = policy.priority;
