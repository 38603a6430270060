import type { Fields } from "../lifecycle/field";
import type { Props } from "../lifecycle/props";
import { type Mode, MODES, SETTINGS, USER_DRIVEN_MODES } from "../policy/settings";
import { ADOPTION_FIELDS } from "./adoption";
import type { Assignments } from "./assignments";

export const DEFAULT_MODE: Mode = "userDriven";

/** Every property of a device preparation policy; the settings stand in `policy/settings.ts`. */
export const POLICY_FIELDS = {
  displayName: { kind: "string", minLength: 1, maxLength: 256 },
  description: { kind: "string", maxLength: 1000, default: "" },
  mode: { kind: "choice", choices: MODES, default: DEFAULT_MODE, replaces: true },
  deviceGroupId: { kind: "id" },
  userGroupIds: { kind: "idSet", default: [], modes: USER_DRIVEN_MODES },
  assignToAllUsers: { kind: "boolean", default: false, modes: USER_DRIVEN_MODES },
  ...SETTINGS,
  roleScopeTagIds: { kind: "textSet", default: ["0"] },
  ...ADOPTION_FIELDS,
  /** `bound`, or the code with which Intune rejects the group. Absent without a declared device group. */
  deviceGroupStatus: { kind: "string", invariant: true },
  /** Targets that this provider never makes. */
  otherAssignments: { kind: "textSet", default: [], modes: USER_DRIVEN_MODES, invariant: true },
} as const satisfies Fields;

/** The inputs that a policy has after check. */
export interface PolicyInputs extends Props, Assignments {
  displayName: string;
  description: string;
  mode: Mode;
  deviceGroupId?: string;
  appIds: string[];
  roleScopeTagIds: string[];
  adoptId?: string;
}
