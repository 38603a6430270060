import { policySwitchRows } from "./settings/switches";
/**
 * Points where the sources about the service contradict each other or are silent (docs/graph-facts.md
 * 9, and the rows that it marks "disputed" or "not known"). Each is a switch: both positions are served, the first one is
 * the default, and tests run both. Add a row here; the types, the options of `startSandbox` and the
 * control route `PUT /sandbox/switches` follow.
 */

const rows = {
  ...policySwitchRows,
  // --- the directory ---------------------------------------------------------------------------
  /** Old pages: a security group is deleted for good; Entra's recovery pages: kept for 30 days. */
  groupDelete: ["soft", "hard"],
  /** Whether a soft-deleted group still holds its `uniqueName` (seen for applications only). */
  uniqueNameAfterDelete: ["held", "released"],
  /** Owners bound in the upsert that creates the group fail once (msgraph-bicep-types#273, #276). */
  upsertOwners: ["accepted", "failFirst"],
  /** Old limitation of v1.0: service principals missing from `/owners`; the cast shows them. */
  v1OwnersServicePrincipals: ["listed", "omitted"],
  /** Whether the caller may create service principals (Application.ReadWrite.All). */
  servicePrincipalCreate: ["allowed", "denied"],
  /** The service may append the calling principal as owner when the create is app-only. */
  callerOwner: ["notAdded", "added"],
  /** An issue comment says 1024, another tool's schema 1500. */
  groupDescriptionLimit: ["1024", "1500"],
  /** Newer pages allow `.` in mailNickname, older ones exclude it. */
  mailNicknameDot: ["allowed", "refused"],
  /** Clients avoid `description: ""`; whether the service refuses it or keeps null isn't known. */
  emptyDescription: ["null", "refused"],

  // --- Intune ----------------------------------------------------------------------------------
  /** Microsoft's pages list the application permission; Terraform users see a 500. */
  appOnlyMembership: ["accepted", "refused"],
  /** OData puts a single complex result at the root; the documents' sample wraps it in `value`. */
  membershipResult: ["root", "wrapped"],
  /** Schema: `…ValidationStatuses`; one tool reads `enrollmentTimeDeviceMembershipTargets`. */
  membershipRetrieve: ["statuses", "targets"],
  /** One tool: the retrieve action "does not route on every tenant". */
  membershipRetrieveRoute: ["exists", "missing"],
  /** Resource page and one mock: each status has its own `validationSucceeded`; schema: no. */
  membershipStatusVerdict: ["absent", "present"],
  /** Whether the bound group survives a set that fails. */
  membershipAfterFailedSet: ["kept", "cleared"],
  /** Whether `priorityMetaData` in a POST or PUT body is honoured. */
  priorityInBody: ["ignored", "honoured"],
  /** Whether a collection setting without values is accepted. */
  emptyCollection: ["accepted", "refused"],
  /** Whether the template's required settings may be left out. */
  requiredSettings: ["optional", "required"],
  /** What a PUT without `roleScopeTagIds` does to them. */
  roleScopeTagsOmitted: ["kept", "reset"],
  /** `allLicensedUsersAssignmentTarget`: one tool offers and tests it, one says it has no effect. */
  allLicensedUsersTarget: ["accepted", "refused"],
  /** Exclusion groups: other tools leave them out, the portal doesn't offer them. */
  exclusionTarget: ["refused", "accepted"],
  /** Length of a device name template: the definition says 63, the documents 15. */
  deviceNameTemplateLimit: ["63", "15"],

  // --- policies: settings/switches.ts ------------------------------------------------------------
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type SwitchName = keyof typeof rows;

export type Switches = { -readonly [K in SwitchName]: (typeof rows)[K][number] };

/** Every switch with its positions; the first is the default. */
export const switchPositions: Readonly<Record<SwitchName, readonly [string, ...string[]]>> = rows;

export function defaultSwitches(): Switches {
  const entries = Object.entries(rows).map(([name, positions]) => [name, positions[0]]);
  return Object.fromEntries(entries) as Switches;
}

/** Sets the switches that are named; an unknown name or position is an error that lists the right ones. */
export function setSwitches(target: Switches, wanted: Readonly<Record<string, unknown>>): void {
  for (const [name, position] of Object.entries(wanted)) {
    const positions: readonly string[] | undefined = isSwitch(name) ? rows[name] : undefined;
    if (positions === undefined) {
      throw new Error(`no switch "${name}"; there are: ${Object.keys(rows).join(", ")}`);
    }
    if (typeof position !== "string" || !positions.includes(position)) {
      throw new Error(`switch "${name}" takes ${positions.join(" or ")}`);
    }
    Object.assign(target, { [name]: position });
  }
}

function isSwitch(name: string): name is SwitchName {
  return Object.hasOwn(rows, name);
}
