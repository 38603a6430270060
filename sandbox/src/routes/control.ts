/** The control routes under `/sandbox/`: look at the tenant and its log, and script what should happen. No token needed. */
import type { Context, Hono } from "hono";
import { badRequest } from "../errors";
import type { Surroundings } from "../graph-middleware";
import { isJson, rawBody } from "../request-context";
import { checkedSeed } from "../seed";
import { setSwitches, switchPositions } from "../switches";
import type { Json } from "../tenant";

export function control(app: Hono, around: Surroundings): void {
  const { tenant, log, faults, latency } = around;
  app.get("/sandbox", (c) => c.json({ routes, switches: switchPositions }));
  app.get("/sandbox/requests", (c) => {
    const kind = c.req.query("kind");
    const path = c.req.query("path");
    const chosen = log.entries.filter(
      (entry) =>
        (kind === undefined || entry.kind === kind) &&
        (path === undefined || entry.path.includes(path)),
    );
    return c.json({ count: chosen.length, requests: chosen });
  });
  app.delete("/sandbox/requests", (c) => {
    log.clear();
    return c.body(null, 204);
  });
  app.post("/sandbox/reset", (c) => {
    tenant.reset();
    log.clear();
    faults.set([]);
    return c.body(null, 204);
  });
  app.get("/sandbox/state", (c) => c.json(tenant.toJSON()));
  app.post("/sandbox/seed", async (c) => {
    const body = await object(c);
    sandboxError(() => {
      tenant.seed(checkedSeed(body, "seed"));
    });
    return c.body(null, 204);
  });
  app.get("/sandbox/faults", (c) => c.json({ faults: faults.records }));
  app.put("/sandbox/faults", async (c) => {
    const body = await json(c);
    const list: unknown = isJson(body) ? body["faults"] : body;
    if (!Array.isArray(list)) throw badRequest("sandbox: faults must be a list");
    sandboxError(() => {
      faults.set(list);
    });
    return c.json({ faults: faults.records });
  });
  app.get("/sandbox/switches", (c) =>
    c.json({ switches: tenant.switches, positions: switchPositions }),
  );
  app.put("/sandbox/switches", async (c) => {
    const wanted = await object(c);
    sandboxError(() => {
      setSwitches(tenant.switches, wanted);
    });
    return c.json({ switches: tenant.switches });
  });
  app.get("/sandbox/lag", (c) => c.json(tenant.lag));
  app.put("/sandbox/lag", async (c) => {
    Object.assign(tenant.lag, numbers(await object(c), Object.keys(tenant.lag)));
    return c.json(tenant.lag);
  });
  app.get("/sandbox/latency", (c) => c.json({ latencyMs: latency.ms }));
  app.put("/sandbox/latency", async (c) => {
    latency.ms = numbers(await object(c), ["latencyMs"])["latencyMs"] ?? latency.ms;
    return c.json({ latencyMs: latency.ms });
  });
  app.post("/sandbox/clock", async (c) => {
    tenant.advance(numbers(await object(c), ["advanceMs"])["advanceMs"] ?? 0);
    return c.json({ now: tenant.now().toISOString() });
  });
}

/** Answered by `GET /sandbox`, so that nobody has to look for a page. */
const routes: Readonly<Record<string, string>> = {
  "GET /sandbox/requests?kind=&path=": "every request since the start or the last clearing",
  "DELETE /sandbox/requests": "clear the log",
  "POST /sandbox/reset": "seed, ids, clock, switches, lag, faults and log as at the start",
  "GET /sandbox/state": "everything in the tenant",
  "POST /sandbox/seed": "add seed data",
  "GET|PUT /sandbox/faults": "scripted faults and whether each fired",
  "GET|PUT /sandbox/switches": "positions where the sources contradict each other",
  "GET|PUT /sandbox/lag": "directoryMs, indexMs, intuneGroupVisibleMs",
  "GET|PUT /sandbox/latency": "latencyMs of every Graph request",
  "POST /sandbox/clock": "advanceMs, when the clock was given as an option",
};

async function json(c: Context): Promise<unknown> {
  try {
    return JSON.parse((await rawBody(c)).toString("utf8"));
  } catch {
    throw badRequest("sandbox: the body must be JSON");
  }
}

async function object(c: Context): Promise<Json> {
  const body = await json(c);
  if (!isJson(body)) throw badRequest("sandbox: the body must be a JSON object");
  return body;
}

function numbers(body: Json, names: readonly string[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const [name, value] of Object.entries(body)) {
    if (!names.includes(name))
      throw badRequest(`sandbox: '${name}' is not one of ${names.join(", ")}`);
    if (typeof value !== "number" || !(value >= 0))
      throw badRequest(`sandbox: '${name}' must be a number from 0`);
    result[name] = value;
  }
  return result;
}

function sandboxError(run: () => void): void {
  try {
    run();
  } catch (error) {
    throw badRequest(`sandbox: ${error instanceof Error ? error.message : String(error)}`);
  }
}
