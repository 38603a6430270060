import { mkdtempSync, readFileSync, existsSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { get as httpsGet } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { startSandbox, Tenant, type Sandbox, type SandboxOptions } from "pulumi-autopilot-sandbox";
import { deviceGroup, ids, type Json } from "./sandbox-client";

const open: Sandbox[] = [];

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  open.push(sandbox);
  return sandbox;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

const headers = { authorization: "Bearer top-secret-token", "content-type": "application/json" };
const groupPath = `/v1.0/groups/${ids.admins}`;

function control(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  return fetch(`${sandbox.url}/sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

test.each(["0.0.0.0", "192.168.1.1", "::", "example.com"])(
  "binding %s is refused",
  async (host) => {
    await expect(startSandbox({ host })).rejects.toThrow("this machine only");
  },
);

test("a gzip body and a chunked body are read", async () => {
  const { url } = await start();
  const zipped = await fetch(`${url}/v1.0/groups`, {
    method: "POST",
    headers: { ...headers, "content-encoding": "gzip" },
    body: gzipSync(JSON.stringify(deviceGroup())),
  });
  expect(zipped.status).toBe(201);
  const status = await new Promise<number | undefined>((done) => {
    const request = httpRequest(
      `${url}/v1.0/groups`,
      { method: "POST", headers: { ...headers, "transfer-encoding": "chunked" } },
      (response) => {
        response.resume();
        done(response.statusCode);
      },
    );
    const text = JSON.stringify(deviceGroup());
    request.write(text.slice(0, 10));
    request.end(text.slice(10));
  });
  expect(status).toBe(201);
});

test("HTTPS is trusted by its CA file, and links follow the origin", async () => {
  const certificateFolder = mkdtempSync(join(tmpdir(), "sandbox-test-"));
  const { httpsUrl, caFile } = await start({ httpsPort: 0, certificateFolder });
  const text = await new Promise<string>((done, fail) => {
    httpsGet(
      `${String(httpsUrl)}/v1.0/groups?$top=1`,
      { ca: readFileSync(String(caFile)), headers },
      (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () => {
          done(body);
        });
      },
    ).on("error", fail);
  });
  const body = JSON.parse(text) as Json;
  expect(body["@odata.context"]).toBe(`${String(httpsUrl)}/v1.0/$metadata#groups`);
  expect(body["@odata.nextLink"]).toContain(`${String(httpsUrl)}/v1.0/groups?$top=1`);
  const again = await start({ httpsPort: 0, certificateFolder });
  expect(again.caFile).toBe(caFile);
});

test("every answer carries its ids and a date; client-request-id is echoed", async () => {
  const { url } = await start();
  const plain = await fetch(`${url}${groupPath}`, { headers });
  expect(plain.headers.get("request-id")).toBe(plain.headers.get("client-request-id"));
  expect(Date.parse(plain.headers.get("date") ?? "")).not.toBeNaN();
  const named = await fetch(`${url}/v1.0/nothing`, {
    headers: { ...headers, "client-request-id": "mine" },
  });
  expect(named.headers.get("client-request-id")).toBe("mine");
});

test("the log has bodies but no token and no secret", async () => {
  const sandbox = await start();
  await fetch(`${sandbox.url}/t/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({ client_secret: "top-secret-value" }),
  });
  await fetch(`${sandbox.url}${groupPath}`, {
    method: "PATCH",
    headers,
    body: JSON.stringify({ displayName: "New" }),
  });
  expect(sandbox.requests).toMatchObject([
    { n: 1, kind: "token" },
    {
      n: 2,
      kind: "graph",
      method: "PATCH",
      path: groupPath,
      status: 204,
      requestBody: { displayName: "New" },
    },
  ]);
  expect(JSON.stringify(sandbox.requests)).not.toContain("top-secret");
});

test("graph() looks at the tenant without being seen", async () => {
  const sandbox = await start({
    latencyMs: 5000,
    faults: [{ match: { path: "." }, occurrence: "every", action: { status: 503 } }],
  });
  expect((await sandbox.graph("PATCH", groupPath, { displayName: "New" })).status).toBe(204);
  expect((await sandbox.graph("GET", groupPath)).body).toMatchObject({ displayName: "New" });
  expect(sandbox.requests).toEqual([]);
});

test("faults: a status once, then the service again", async () => {
  const sandbox = await start();
  await control(sandbox, "PUT", "faults", [
    {
      match: { method: "GET", path: "/groups" },
      action: { status: 503, headers: { "Retry-After": "1" } },
    },
  ]);
  const first = await fetch(`${sandbox.url}${groupPath}`, { headers });
  expect([first.status, first.headers.get("retry-after")]).toEqual([503, "1"]);
  expect((await fetch(`${sandbox.url}${groupPath}`, { headers })).status).toBe(200);
  expect(sandbox.faults.records[0]).toMatchObject({ met: 2, fired: 1 });
});

test.each([
  ["before", 0],
  ["after", 1],
] as const)("faults: a connection reset %s leaves %d new groups", async (reset, count) => {
  const sandbox = await start({
    faults: [{ match: { method: "POST", path: "/groups$" }, action: { reset } }],
  });
  const before = sandbox.tenant.groups.size;
  await expect(
    fetch(`${sandbox.url}/v1.0/groups`, {
      method: "POST",
      headers,
      body: JSON.stringify(deviceGroup()),
    }),
  ).rejects.toThrow();
  expect(sandbox.tenant.groups.size - before).toBe(count);
});

test("faults: an answer that stops in the middle", async () => {
  const sandbox = await start({
    faults: [{ match: { path: "/groups" }, action: { truncate: true } }],
  });
  const answer = await fetch(`${sandbox.url}${groupPath}`, { headers });
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
});

test("faults: a write whose answer never comes is done and logged", async () => {
  const sandbox = await start({
    faults: [{ match: { path: "/groups" }, action: { stall: true } }],
  });
  const body = JSON.stringify({ displayName: "Done" });
  const asked = fetch(`${sandbox.url}${groupPath}`, {
    method: "PATCH",
    headers,
    body,
    signal: AbortSignal.timeout(300),
  });
  await expect(asked).rejects.toThrow();
  expect(sandbox.tenant.groups.get(ids.admins)?.["displayName"]).toBe("Done");
  expect(sandbox.requests).toMatchObject([{ method: "PATCH", status: 0 }]);
});

test.each([
  ["faults", [{ match: {}, action: { status: 500 } }]],
  ["faults", [{ match: { path: "(" }, action: { status: 500 } }]],
  ["faults", [{ match: { path: "x" }, occurrence: 0, action: { status: 500 } }]],
  ["faults", [{ match: { path: "x" }, action: {} }]],
  ["faults", { faults: 1 }],
  ["switches", { groupDelete: "maybe" }],
  ["switches", { noSwitch: "x" }],
  ["switches", { noSwitch: 1 }],
  ["lag", { directoryMs: -1 }],
  ["lag", { otherMs: 1 }],
  ["latency", { latencyMs: "1" }],
])("control: PUT %s refuses %j", async (path, body) => {
  const answer = await control(await start(), "PUT", path, body);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("sandbox: ");
});

test("control: switches, lag, latency and reset", async () => {
  const sandbox = await start();
  await control(sandbox, "PUT", "switches", { groupDelete: "hard" });
  await control(sandbox, "PUT", "lag", { intuneGroupVisibleMs: 5 });
  await control(sandbox, "PUT", "latency", { latencyMs: 1 });
  expect(sandbox.tenant).toMatchObject({
    switches: { groupDelete: "hard" },
    lag: { intuneGroupVisibleMs: 5 },
  });
  await sandbox.graph("DELETE", groupPath);
  expect((await control(sandbox, "POST", "reset")).status).toBe(204);
  expect((await sandbox.graph("GET", groupPath)).status).toBe(200);
  expect(sandbox.tenant.switches.groupDelete).toBe("soft");
});

test("the same seed gives the same ids", async () => {
  const make = async (): Promise<unknown> =>
    ((await (await start()).graph("POST", "/v1.0/groups", deviceGroup())).body as Json)["id"];
  expect(await make()).toBe(await make());
});

test("a state file is written after a write and loaded at the next start", async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "sandbox-test-")), "tenant.json");
  const first = await start({ stateFile });
  await fetch(`${first.url}${groupPath}`, { headers });
  expect(existsSync(stateFile)).toBe(false);
  await fetch(`${first.url}${groupPath}`, {
    method: "PATCH",
    headers,
    body: JSON.stringify({ displayName: "Kept" }),
  });
  const second = new Tenant({ stateFile });
  expect(second.groups.get(ids.admins)?.["displayName"]).toBe("Kept");
  expect(second.newId()).toBe(first.tenant.newId());
});

test("control: seed adds objects and refuses what isn't a seed", async () => {
  const sandbox = await start();
  const user = { id: "b0000000-0000-4000-8000-000000000001", displayName: "Nina" };
  expect((await control(sandbox, "POST", "seed", { users: [user] })).status).toBe(204);
  expect((await sandbox.graph("GET", `/v1.0/users/${user.id}`)).body).toMatchObject(user);
  expect((await control(sandbox, "POST", "seed", { people: [] })).status).toBe(400);
  expect((await control(sandbox, "POST", "seed", { users: [{}] })).status).toBe(400);
});
