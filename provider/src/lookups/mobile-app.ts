import type { Output } from "@pulumi/pulumi";
import { listBeginning, listNamed, MOBILE_APPS, type MobileApp } from "../graph/names";
import type { Candidate, Search } from "./find-one";
import { lookUp, lookUpOutput, type LookupArgs, type LookupOutputArgs } from "./look-up";

/** What is known of an app. */
export interface MobileAppResult {
  /** The app's id, for `appIds` of a `DevicePreparationPolicy`. */
  id: string;
  /** The app's name. */
  displayName: string;
  /** The kind of app in Microsoft Graph's words, for example `win32LobApp` or `winGetApp`. */
  type: string;
  /** Who publishes the app, if Intune knows. */
  publisher?: string;
}

/** @internal */
export const mobileApps: Search<MobileAppResult> = {
  call: "getMobileApp",
  noun: "mobile app",
  idGoes: "in appIds of a DevicePreparationPolicy",
  permission: "DeviceManagementApps.Read.All",
  named: async (graph, name) => (await listNamed(graph, MOBILE_APPS, name)).map(candidate),
  beginning: async (graph, start) =>
    (await listBeginning(graph, MOBILE_APPS, start)).map(candidate),
};

function candidate(app: MobileApp): Candidate<MobileAppResult> {
  const { id, displayName, publisher } = app;
  const type = (app["@odata.type"] ?? "mobileApp").replace(/^#?microsoft\.graph\./, "");
  return { found: { id, displayName, type, ...(publisher && { publisher }) }, kind: type };
}

/**
 * Finds an app of Intune by its name, when the program runs: in previews too. The name must be that of exactly one app, of
 * whatever platform; an app for another platform can share it.
 *
 * Rejects if no app or several have the name (it lists those, or similar names, with ids), if the tenant refuses, and if
 * `autopilot:offline` is set.
 *
 * Permission: `DeviceManagementApps.Read.All`.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const portal = await autopilot.getMobileApp({ displayName: "Company Portal" });
 *   new autopilot.DevicePreparationPolicy("laptops", { appIds: [portal.id] });
 * };
 * ```
 */
export function getMobileApp(args: LookupArgs): Promise<MobileAppResult> {
  return lookUp(mobileApps, args);
}

/**
 * Finds an app of Intune by its name, as {@link getMobileApp} does, and gives an output. With `autopilot:offline` the output
 * is unknown in a preview, and an error in an update.
 *
 * @example
 * ```ts
 * const portal = autopilot.getMobileAppOutput({ displayName: "Company Portal" });
 * new autopilot.DevicePreparationPolicy("laptops", { appIds: [portal.id] });
 * ```
 */
export function getMobileAppOutput(args: LookupOutputArgs): Output<MobileAppResult> {
  return lookUpOutput(mobileApps, args);
}
