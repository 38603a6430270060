import { setTimeout as sleep } from "node:timers/promises";
import { connectGraph, type ConnectedGraph, type Graph } from "./client";

let shared: { settings: string; graph: ConnectedGraph } | undefined;

/**
 * The connection with these settings: one for all who ask for it in this process, so that they share the token and gather
 * their reads. Contacts nothing.
 */
export function sharedGraph(
  settings: { endpoint: string; operationMinutes: number; local: boolean },
  tokenSource: () => () => Promise<string>,
): Graph {
  const key = JSON.stringify(settings);
  if (shared?.settings !== key) {
    const { endpoint, operationMinutes, local } = settings;
    const patience = operationMinutes * 60_000;
    const clock = { now: () => Date.now(), sleep: (milliseconds: number) => sleep(milliseconds) };
    shared = {
      settings: key,
      graph: connectGraph({
        endpoint,
        token: tokenSource(),
        clock,
        patience,
        ...(local && { limits: [] }),
      }),
    };
  }
  return shared.graph;
}

/** Whether a request of this process is under way. */
export function isBusy(): boolean {
  return shared?.graph.busy() ?? false;
}
