import type { Output } from "@pulumi/pulumi";
import { listScripts } from "../graph/scripts";
import type { Search } from "./find-one";
import { lookUp, lookUpOutput, type LookupArgs, type LookupOutputArgs } from "./look-up";

/** What is known of a platform script. */
export interface ScriptResult {
  /** The script's id, for `scriptIds` of a `DevicePreparationPolicy`. */
  id: string;
  /** The script's name. */
  displayName: string;
  /** The name of the file that was uploaded, for example `Set-TimeZone.ps1`. */
  fileName: string;
}

/** @internal */
export const scripts: Search<ScriptResult> = {
  call: "getScript",
  noun: "platform script",
  idGoes: "in scriptIds of a DevicePreparationPolicy",
  permission: "DeviceManagementScripts.Read.All",
  named: async (graph) =>
    (await listScripts(graph)).map(({ id, displayName, fileName }) => ({
      found: { id, displayName, fileName: fileName ?? "" },
      kind: fileName ?? "script",
    })),
};

/**
 * Finds a platform script (a PowerShell script for Windows) of Intune by its name, when the program runs: in previews too.
 *
 * Rejects if no script or several have the name (it lists those, or similar names, with ids), if the tenant refuses, and if
 * `autopilot:offline` is set.
 *
 * Permission: `DeviceManagementScripts.Read.All`.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const zone = await autopilot.getScript({ displayName: "Set time zone" });
 *   new autopilot.DevicePreparationPolicy("laptops", { scriptIds: [zone.id] });
 * };
 * ```
 */
export function getScript(args: LookupArgs): Promise<ScriptResult> {
  return lookUp(scripts, args);
}

/**
 * Finds a platform script of Intune by its name, as {@link getScript} does, and gives an output. With `autopilot:offline` the
 * output is unknown in a preview, and an error in an update.
 *
 * @example
 * ```ts
 * const zone = autopilot.getScriptOutput({ displayName: "Set time zone" });
 * new autopilot.DevicePreparationPolicy("laptops", { scriptIds: [zone.id] });
 * ```
 */
export function getScriptOutput(args: LookupOutputArgs): Output<ScriptResult> {
  return lookUpOutput(scripts, args);
}
