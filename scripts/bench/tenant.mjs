// @ts-check
/** The sandbox tenant of the benchmark, in a process of its own, so that its work is not the provider's. */
import { setTimeout as sleep } from "node:timers/promises";
import { node24 } from "../lib/node24.mjs";
import { Failure, tail } from "../lib/output.mjs";
import { inRoot } from "../lib/paths.mjs";
import { freePort, run } from "../lib/run.mjs";

/** @typedef {import("pulumi-autopilot-sandbox").RecordedRequest} RecordedRequest */
/** @typedef {{ groups: Entity[], policies: Entity[], servicePrincipals: Entity[] }} Contents */
/** @typedef {{ id: string, [property: string]: unknown }} Entity */

export const ids = {
  /** Groups that belong to no stack. */
  devices: "9a000000-0000-4000-8000-000000000001",
  users: [2, 3, 4].map((n) => `9a000000-0000-4000-8000-00000000000${n}`),
  /** Of the sandbox tenant's own seed. */
  apps: [3, 1, 2, 4, 5, 6].map((n) => `ab000000-0000-4000-8000-00000000000${n}`),
  scripts: [1, 2, 3].map((n) => `5c000000-0000-4000-8000-00000000000${n}`),
};

const provisioningClient = "f1346770-5b25-470b-88bd-d5744ab7952c";

export class Tenant {
  /** @param {string} url @param {() => Promise<void>} end */
  constructor(url, end) {
    this.url = url;
    this.end = end;
  }

  static async start() {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    let pid = 0;
    let ended = false;
    const program = run(
      node24(),
      [inRoot("sandbox/dist/main.js"), "--port", String(port), "--quiet"],
      { started: (started) => (pid = started) },
    ).then((result) => {
      ended = true;
      return result;
    });
    for (let look = 0; look < 200 && !ended; look++) {
      if (await answers(`${url}/sandbox`)) {
        return new Tenant(url, async () => {
          if (!ended) process.kill(pid, "SIGTERM");
          await program;
        });
      }
      await sleep(50);
    }
    if (!ended) process.kill(pid, "SIGTERM");
    throw new Failure(`The sandbox tenant did not start.\n${tail((await program).text)}`);
  }

  /** As at the start, with the groups of `ids` in it. */
  async reset() {
    await this.control("POST", "reset");
    await this.latency(0);
    const { servicePrincipals } = await this.contents();
    const owner = servicePrincipals.find(({ appId }) => appId === provisioningClient);
    if (owner === undefined) throw new Failure("The seed has no Intune Provisioning Client.");
    const group = (/** @type {string} */ id, /** @type {string} */ displayName) => ({
      id,
      displayName,
      mailNickname: displayName.replace(" ", "-"),
      description: null,
      mailEnabled: false,
      securityEnabled: true,
      groupTypes: [],
      ownerIds: [owner.id],
    });
    const users = ids.users.map((id, index) => group(id, `bench users-${index}`));
    await this.seed({ groups: [group(ids.devices, "bench devices"), ...users] });
  }

  /** Everything that is in it. @returns {Promise<Contents>} */
  contents() {
    return this.control("GET", "state");
  }

  /** Adds objects without a request to Graph. @param {Partial<Contents>} objects */
  async seed(objects) {
    await this.control("POST", "seed", objects);
  }

  /** @param {number} latencyMs of every request from now */
  async latency(latencyMs) {
    await this.control("PUT", "latency", { latencyMs });
  }

  /** Forgets the requests so far. */
  async forget() {
    await this.control("DELETE", "requests");
  }

  /** The requests since the last forgetting, tokens and metadata included. @returns {Promise<RecordedRequest[]>} */
  async requests() {
    const { requests } = await this.control("GET", "requests");
    return requests.filter((/** @type {RecordedRequest} */ { kind }) => kind !== "control");
  }

  /** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  async control(method, path, body) {
    const response = await fetch(`${this.url}/sandbox/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    if (response.ok) return text === "" ? undefined : JSON.parse(text);
    throw new Failure(`The sandbox tenant refused ${method} ${path}: ${text}`);
  }
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Requests to Graph; a `$batch` is one, and those for tokens don't count. @param {RecordedRequest[]} requests */
export const graphOnly = (requests) => requests.filter(({ kind }) => kind === "graph");

/** A request in few words: `$batch of 3`, `PATCH /groups/{id}`. @param {RecordedRequest} request */
export function inWords({ method, path, batch }) {
  if (batch !== undefined) return `$batch of ${batch.length}`;
  const plain = path
    .replace(/\?.*/, "")
    .replace(/^\/(v1\.0|beta)/, "")
    .replace(/^\/deviceManagement/, "")
    .replace(/\([^)]*\)/, "({key})")
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "{id}");
  return `${method} ${plain}`;
}

/** Whether it changes nothing in the tenant. @param {RecordedRequest} request */
export const isRead = ({ method, path, batch }) =>
  batch === undefined
    ? method === "GET" || /\/retrieveEnrollment/.test(path)
    : batch.every((part) => part.method === "GET");

/** When it arrived, in milliseconds. @param {RecordedRequest} request */
export const begun = ({ time }) => Date.parse(time);

/** When it was answered. @param {RecordedRequest} request */
export const answered = (request) => begun(request) + request.durationMs;
