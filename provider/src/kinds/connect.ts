import type { Graph } from "../graph/client";
import { sharedGraph } from "../graph/shared";
import { connection } from "../identity/connection";
import { tokenSource } from "../identity/token";
import type { ContextMaker } from "../lifecycle/engine-provider";
import { systemClock } from "../lifecycle/poll";

/** The context of one operation on the configured tenant. Decides the connection, and contacts nothing. */
export const connectTenant: ContextMaker<Graph> = (config, made) => {
  const chosen = connection(config, process.env);
  return {
    service: sharedGraph(chosen, () => tokenSource(chosen)),
    clock: systemClock,
    deadline: systemClock.now() + chosen.operationMinutes * 60_000,
    // The engine shows what the provider writes here on the stack's row.
    say: (line) => {
      console.error(line);
    },
    made,
  };
};
