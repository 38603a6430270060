import { connectGraph, type Graph } from "../graph/client";
import { connection } from "../identity/connection";
import { tokenSource } from "../identity/token";
import type { ConfigReader, ContextMaker } from "../lifecycle/engine-provider";
import { systemClock } from "../lifecycle/poll";

/** One connection for all resources of the process: they share the token, and gather their reads. */
let shared: { config: string; graph: Graph; operationMinutes: number } | undefined;

function connected(get: ConfigReader): { graph: Graph; operationMinutes: number } {
  const chosen = connection(get, process.env);
  const config = JSON.stringify(chosen);
  if (shared?.config !== config) {
    const graph = connectGraph({
      endpoint: chosen.endpoint,
      token: tokenSource(chosen),
      clock: systemClock,
    });
    shared = { config, graph, operationMinutes: chosen.operationMinutes };
  }
  return shared;
}

/** The context of one operation on the configured tenant. Decides the connection, and contacts nothing. */
export const connectTenant: ContextMaker<Graph> = (config, made) => {
  const { graph, operationMinutes } = connected(config);
  return {
    service: graph,
    clock: systemClock,
    deadline: systemClock.now() + operationMinutes * 60_000,
    // The engine shows what the provider writes here on the stack's row.
    say: (line) => {
      console.error(line);
    },
    made,
  };
};
