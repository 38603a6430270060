/**
 * Switches of the policy half, in the form of ../switches.ts, which spreads them: the first position is the default.
 * Those that stand there already (emptyCollection, requiredSettings, membership…) are not repeated.
 */
export const policySwitchRows = {
  /**
   * What a policy that isn't there answers. Other tools treat 404 as gone; two public code bases report, one with a
   * body recorded in a lab, that this family answers 400 with code `ResourceNotFound` to GET and DELETE
   * (docs/graph-facts.md 1.5).
   */
  missingPolicy: ["404", "400"],
  /** Schema: the retrieve call is an action (POST); tools use GET as well, and one says it doesn't route everywhere. */
  membershipRetrieveMethod: ["both", "get", "post"],
  /** A value without `settingValueTemplateReference`: the schema has it nullable. */
  valueTemplateReference: ["optional", "required"],
  /** Ids that no public source has: only the seeded ones, or any guid that doesn't belong elsewhere. */
  unpublishedTemplateIds: ["seeded", "any"],
  /** The header of 70d256b3 counts 18 settings, 20 definitions are candidates. */
  associationTemplateMembers: ["counted", "all"],
  /** `isAssigned` in a GET without `$select`: the POST answer lacks it, the documents show it. */
  isAssignedUnselected: ["absent", "present"],
  /** Whether the service keeps the order of settings and of values in collections. */
  settingOrder: ["kept", "reversed"],
  /** What a PUT without `description` does to it. */
  descriptionOmitted: ["kept", "reset"],
  /** All devices: the portal can't, an older tool sent it. */
  allDevicesTarget: ["refused", "accepted"],
  /** An assignment filter on a target: other tools model it, the portal shows no filter column. */
  assignmentFilter: ["accepted", "refused"],
} as const satisfies Record<string, readonly [string, ...string[]]>;
