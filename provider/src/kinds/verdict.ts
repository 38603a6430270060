/**
 * What Intune says of a policy's device group, in words: why, and what to do.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-shared-enrollmenttimedevicemembershiptargetstatus
 */
const VERDICTS: Readonly<Record<string, readonly [why: string, what: string]>> = {
  securityGroupNotFound: [
    "Intune does not find the group",
    "Check deviceGroupId. A group made a moment ago can take some minutes to be seen.",
  ],
  notSecurityGroup: [
    "the group is no security group",
    "Declare a DeviceGroup and use its id: a mail-enabled group can't be mended.",
  ],
  notStaticSecurityGroup: [
    "the group is dynamic, so nothing can join it during enrolment",
    "Make it an assigned group, or declare a DeviceGroup and use its id.",
  ],
  firstPartyAppNotAnOwner: [
    "the Intune Provisioning Client does not own the group",
    "Declare the group as a DeviceGroup, which keeps that owner, or add the owner by hand.",
  ],
  securityGroupNotInCallerScope: [
    "the group is outside the scope of the identity that runs this",
    "Grant it the Intune role permission 'Enrollment time device membership assignment' for that scope.",
  ],
};

/** The reason and the remedy for a status that is neither `bound` nor `none`. */
export function explain(status: string): { why: string; what: string } {
  const known = VERDICTS[status];
  return {
    why: known?.[0] ?? `Intune rejects the group`,
    what: known?.[1] ?? "Look the code up in the Microsoft Graph documentation.",
  };
}
