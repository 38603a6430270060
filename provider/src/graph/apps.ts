import type { Graph } from "./client";
import { orNothing } from "./groups";

/** The kind of an app as policies name it, for example `#microsoft.graph.win32LobApp`. Permission: DeviceManagementApps.Read.All. */
export async function getAppType(graph: Graph, id: string): Promise<string | undefined> {
  const app = await orNothing(
    graph.get<{ "@odata.type"?: string }>(
      `/deviceAppManagement/mobileApps/${id}?$select=id,displayName`,
    ),
  );
  return app?.["@odata.type"];
}
