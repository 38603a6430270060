import * as autopilot from "pulumi-autopilot";

const devices = new autopilot.DeviceGroup("cloud-pcs", {
  displayName: "Cloud PCs",
});

// Windows 365 picks the policy in its provisioning policy, so it is assigned to nobody here.
const policy = new autopilot.DevicePreparationPolicy("cloud-pc-preparation", {
  displayName: "Cloud PC preparation",
  mode: "automatic",
  deviceGroupId: devices.id,
  appIds: ["ab000000-0000-4000-8000-000000000005"], // Microsoft 365 Apps, in the sandbox tenant
});

export const policyId = policy.id;
