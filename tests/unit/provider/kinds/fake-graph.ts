import type { Graph } from "../../../../provider/src/graph/client";
import { GraphError } from "../../../../provider/src/graph/errors";
import type { Context } from "../../../../provider/src/lifecycle/kind";

/** A Graph that answers reads from a table; what is not in it does not exist. Anything else than a read is an error. */
export function reading(answers: Record<string, unknown>): Context<Graph> {
  const graph: Graph = {
    get: async <T>(path: string) => {
      const found = Object.entries(answers).find(([start]) => path.split("?")[0] === start);
      if (found !== undefined) return structuredClone(found[1]) as T;
      throw new GraphError({ method: "GET", path, status: 404, code: "c", message: "m" });
    },
    send: ({ method, path }) => Promise.reject(new Error(`${method} ${path} while reading`)),
  };
  return {
    service: graph,
    clock: { now: () => 0, sleep: async () => undefined },
    deadline: 0,
    say: () => undefined,
    made: () => undefined,
  };
}
