import * as azuread from "@pulumi/azuread";
import * as autopilot from "pulumi-autopilot";

// The users' group is an ordinary Entra ID group: any package can declare it.
const lead = azuread.getUserOutput({ userPrincipalName: "alva.holm@northwind.example" });
const pilots = new azuread.Group("autopilot-pilots", {
  displayName: "Autopilot pilots",
  securityEnabled: true,
  members: [lead.objectId],
});

// The device group needs the Intune Provisioning Client as its owner, which DeviceGroup takes care of.
const devices = new autopilot.DeviceGroup("autopilot-devices", {
  displayName: "Autopilot devices",
});

const policy = new autopilot.DevicePreparationPolicy("standard-laptops", {
  displayName: "Standard laptops",
  deviceGroupId: devices.id,
  userGroupIds: [pilots.objectId],
});

export const policyId = policy.id;
