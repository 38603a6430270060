import type { Graph } from "./client";
import { listAll } from "./groups";

/** What this project reads of a platform script. */
export interface Script {
  id: string;
  displayName: string;
  fileName: string | null;
}

/**
 * All platform scripts, without their text. Public samples disagree whether this endpoint heeds `$filter`, and no document
 * promises it, so whoever wants one compares here. Permission: DeviceManagementScripts.Read.All.
 */
export function listScripts(graph: Graph): Promise<Script[]> {
  return listAll(
    graph,
    "/deviceManagement/deviceManagementScripts?$select=id,displayName,fileName",
  );
}
