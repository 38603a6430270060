import * as autopilot from "pulumi-autopilot";

const devices = new autopilot.DeviceGroup("sales-devices", {
  displayName: "Sales devices",
});

// Entra ID keeps the members up to date: whoever joins the department is in, whoever leaves it is out.
const sales = new autopilot.UserGroup("sales-users", {
  displayName: "Sales users",
  membershipRule: '(user.department -eq "Sales") and (user.accountEnabled -eq true)',
});

const policy = new autopilot.DevicePreparationPolicy("sales-laptops", {
  displayName: "Sales laptops",
  deviceGroupId: devices.id,
  userGroupIds: [sales.id],
});

export const userGroupId = sales.id;
export const policyId = policy.id;
