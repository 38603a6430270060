/**
 * The sandbox tenant: a strict local Microsoft Graph for Windows Autopilot device preparation.
 *
 * @example
 * const sandbox = await startSandbox();
 * const group = await sandbox.graph("GET", "/v1.0/groups?$top=1");
 * sandbox.requests.filter((request) => request.method !== "GET"); // every write, by anyone
 * await sandbox.close();
 */
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import type { Fault, Faults } from "./faults";
import { certificate, type Certificate } from "./https";
import { markAside } from "./request-context";
import type { RecordedRequest } from "./request-log";
import { buildApp, type AppOptions } from "./server";
import type { Tenant } from "./tenant";

export type { Fault, FaultAction, FaultRecord } from "./faults";
export { markAside } from "./request-context";
export type { RecordedPart, RecordedRequest, RequestKind } from "./request-log";
export { defaultSeed, readSeed, type Seed } from "./seed";
export { buildApp, type AppOptions, type SandboxApp } from "./server";
export { defaultSwitches, switchPositions, type SwitchName, type Switches } from "./switches";
export { guidOf, Tenant } from "./tenant";
export type {
  DeletedItem,
  DirectoryKind,
  Entity,
  Group,
  Json,
  Lag,
  Policy,
  PolicyAssignment,
  TenantOptions,
} from "./tenant";

export interface SandboxOptions extends AppOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** A loopback address; anything else is refused. Default 127.0.0.1. */
  readonly host?: string;
  /** Serves HTTPS too, on this port (0: any free one). Default: HTTP only. */
  readonly httpsPort?: number;
  /** A certificate to use instead of a made one. */
  readonly certificate?: Certificate;
  /** Where a made certificate is kept and found again. Default: a temporary folder. */
  readonly certificateFolder?: string;
  readonly faults?: readonly Fault[];
}

/** An answer as a test wants it. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, the text when it isn't JSON, undefined when there is none. */
  readonly body: unknown;
}

export interface Sandbox {
  /** The HTTP origin, e.g. http://127.0.0.1:4300. */
  readonly url: string;
  readonly httpsUrl: string | undefined;
  /** What a client has to trust for `httpsUrl`. */
  readonly caFile: string | undefined;
  readonly tenant: Tenant;
  /** Every request since the start or `reset`, oldest first. */
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  /** Changes the latency of every Graph request from now. */
  setLatency(ms: number): void;
  /** Seed, ids, clock, switches, lag, faults and log as at the start. */
  reset(): void;
  /** Looks at or changes the tenant as another administrator would: not recorded, no faults, no latency. */
  graph(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<GraphAnswer>;
  close(): Promise<void>;
}

/** The Hono app for in-process tests: `createApp().request("/v1.0/groups", …)`. */
export function createApp(options: AppOptions = {}): Hono {
  return buildApp(options).app;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const host = options.host ?? "127.0.0.1";
  if (!/^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host)) {
    throw new Error(
      `the sandbox tenant is for this machine only: it binds 127.0.0.1, ::1 or localhost, not ${host}`,
    );
  }
  const { app, tenant, log, faults, latency } = buildApp(options);
  const starting = [...(options.faults ?? [])];
  faults.set(starting);
  const servers: Server[] = [];
  const listen = async (server: Server, port: number, scheme: string): Promise<string> => {
    await new Promise<void>((done, fail) => {
      server.once("error", fail);
      server.listen(port, host, done);
    });
    servers.push(server);
    const shown = host === "::1" ? "[::1]" : host;
    return `${scheme}://${shown}:${(server.address() as AddressInfo).port}`;
  };
  const common = { fetch: app.fetch, overrideGlobalObjects: false };
  const url = await listen(
    createAdaptorServer({ ...common, createServer }) as Server,
    options.port ?? 0,
    "http",
  );
  let httpsUrl: string | undefined;
  let caFile: string | undefined;
  if (options.httpsPort !== undefined) {
    const made = options.certificate ?? (await certificate(options.certificateFolder));
    const serverOptions = { key: made.key, cert: made.cert };
    const secure = createAdaptorServer({
      ...common,
      createServer: createSecureServer,
      serverOptions,
    });
    const address = await listen(secure as Server, options.httpsPort, "https");
    // Clients check the name; localhost is in every certificate.
    httpsUrl = address.replace("127.0.0.1", "localhost");
    caFile = made.caFile;
  }
  return {
    url,
    httpsUrl,
    caFile,
    tenant,
    requests: log.entries,
    faults,
    setLatency: (ms) => {
      latency.ms = ms;
    },
    reset: () => {
      tenant.reset();
      log.clear();
      faults.set(starting);
    },
    graph: async (method, path, body, headers = {}) => {
      const request = new Request(`${url}${path}`, {
        method,
        headers: {
          authorization: "Bearer administrator",
          "content-type": "application/json",
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return answerOf(await app.fetch(markAside(request)));
    },
    close: async () => {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((done) => {
              server.close(() => {
                done();
              });
              // Stalled and kept-alive connections would hold it open.
              server.closeAllConnections();
            }),
        ),
      );
    },
  };
}

async function answerOf(response: Response): Promise<GraphAnswer> {
  const text = await response.text();
  const json = (response.headers.get("content-type") ?? "").includes("json");
  const body: unknown = text === "" ? undefined : json ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body };
}
