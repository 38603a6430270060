import {
  connectGraph,
  type GraphOptions,
  type Request,
} from "../../../../provider/src/graph/client";
import { NoAnswer } from "../../../../provider/src/graph/errors";

type Reply = Response | Error;
interface Sent {
  url: string;
  method: string | undefined;
  headers: Headers;
  body: unknown;
  redirect: string | undefined;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const refused = (status: number, headers?: Record<string, string>) =>
  json(status, { error: { code: "c", message: "m" } }, headers);
const page = (status: number) =>
  new Response("<html>Blocked</html>", { status, headers: { "content-type": "text/html" } });

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** A connection over a network that gives the replies one after the other, and a clock that only sleeping moves. */
function connected(replies: Reply[], options: Partial<GraphOptions> = {}) {
  const sent: Sent[] = [];
  const slept: number[] = [];
  globalThis.fetch = async (input, init) => {
    sent.push({
      url: input as string,
      method: init?.method,
      headers: new Headers(init?.headers),
      body: init?.body,
      redirect: init?.redirect,
    });
    const reply = replies.shift() ?? new TypeError("nothing more was expected");
    if (reply instanceof Error) throw reply;
    return reply;
  };
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
  const graph = connectGraph({
    endpoint: "http://127.0.0.1:8080",
    token: () => Promise.resolve("t0ken"),
    clock,
    random: () => 0.5,
    ...options,
  });
  return { graph, sent, slept };
}

const read: Request = { method: "GET", version: "v1.0", path: "/groups/1" };
const create: Request = { method: "POST", version: "beta", path: "/policies", body: { name: "x" } };

describe("a request", () => {
  test.each(["http://127.0.0.1:8080", "https://graph.microsoft.com"])(
    "to %s carries the token",
    async (endpoint) => {
      const { graph, sent } = connected([json(200, {})], { endpoint });
      await graph.send(read);
      expect(sent[0]!.url).toBe(`${endpoint}/v1.0/groups/1`);
      expect(sent[0]!.headers.get("authorization")).toBe("Bearer t0ken");
    },
  );

  test("keeps its own headers beside the token", async () => {
    const { graph, sent } = connected([json(201, {})]);
    await graph.send({
      ...read,
      method: "PATCH",
      headers: { Prefer: "create-if-missing" },
      body: {},
    });
    expect(sent[0]!.headers.get("prefer")).toBe("create-if-missing");
    expect(sent[0]!.headers.get("authorization")).toBe("Bearer t0ken");
  });

  test("carries its body as JSON", async () => {
    const { graph, sent } = connected([json(201, {})]);
    await graph.send(create);
    expect(sent[0]).toMatchObject({ method: "POST", body: '{"name":"x"}' });
    expect(sent[0]!.headers.get("content-type")).toBe("application/json");
  });

  test("keeps its query as it is written", async () => {
    const { graph, sent } = connected([json(200, {})]);
    const path = "/groups?$filter=displayName%20eq%20'a%26b''c'&$select=id";
    await graph.send({ ...read, path });
    expect(sent[0]!.url).toBe(`http://127.0.0.1:8080/v1.0${path}`);
  });

  test.each(["GET", "POST", "PUT", "PATCH", "DELETE"] as const)("is sent as %s", async (method) => {
    const { graph, sent } = connected([json(200, {})]);
    await graph.send({ ...read, method });
    expect(sent[0]!.method).toBe(method);
  });

  test("follows no redirect", async () => {
    const { graph, sent } = connected([json(200, {})]);
    await graph.send(read);
    expect(sent[0]!.redirect).toBe("error");
  });

  test("asks for the token each time, so that a renewed one is used", async () => {
    let number = 0;
    const token = () => Promise.resolve(`t${++number}`);
    const { graph, sent } = connected([refused(503), json(200, {})], { token });
    await graph.send(read);
    expect(sent.map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer t1",
      "Bearer t2",
    ]);
  });
});

describe("an answer", () => {
  test("is its status and its body", async () => {
    const { graph } = connected([json(201, { id: "1" })]);
    expect(await graph.send(create)).toEqual({ status: 201, body: { id: "1" } });
  });

  test("may be empty", async () => {
    const { graph } = connected([new Response(null, { status: 204 })]);
    expect(await graph.send({ ...read, method: "DELETE" })).toEqual({
      status: 204,
      body: undefined,
    });
  });

  test("that refuses is the service's error", async () => {
    const { graph } = connected([refused(404)]);
    await expect(graph.send(read)).rejects.toMatchObject({ name: "GraphError", status: 404 });
  });

  test.each<[string, () => Response]>([
    ["a page of status 404", () => page(404)],
    ["a page of status 200", () => page(200)],
    ["JSON of status 404 without an error", () => json(404, { message: "no such host" })],
    ["an empty 404", () => new Response(null, { status: 404 })],
    ["a redirect", () => new Response(null, { status: 302, headers: { location: "https://x" } })],
    ["JSON that is cut short", () => new Response('{"id": "1', { status: 200 })],
  ])("that is %s is no answer", async (_fact, reply) => {
    const { graph } = connected([reply()]);
    await expect(graph.send(create)).rejects.toThrow(NoAnswer);
  });

  test("that never came says why", async () => {
    const cause = new Error("connect ECONNREFUSED 127.0.0.1:8080");
    const { graph } = connected([new TypeError("fetch failed", { cause })]);
    await expect(graph.send(create)).rejects.toThrow(
      "Microsoft Graph gave no answer: fetch failed (connect ECONNREFUSED 127.0.0.1:8080)",
    );
  });

  test("that takes too long is no answer", async () => {
    const { graph } = connected([], { requestTimeout: 1 });
    globalThis.fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        // What holds the process keeps the time limit's own timer alive.
        const hold = setInterval(() => undefined, 1000);
        init?.signal?.addEventListener("abort", () => {
          clearInterval(hold);
          reject(Object.assign(new Error("aborted"), { name: "TimeoutError" }));
        });
      });
    await expect(graph.send(create)).rejects.toThrow("the time limit of the request has passed");
  });
});

describe("after a failure", () => {
  test.each([429, 500, 502, 503, 504])("a read is repeated: %d", async (status) => {
    const { graph, sent } = connected([refused(status), json(200, { id: "1" })]);
    expect((await graph.send(read)).body).toEqual({ id: "1" });
    expect(sent).toHaveLength(2);
  });

  test("a read without an answer is repeated", async () => {
    const { graph, slept } = connected([new TypeError("fetch failed"), page(502), json(200, {})]);
    await graph.send(read);
    expect(slept).toEqual([375, 750]);
  });

  test("the pause is what the service says", async () => {
    const { graph, slept } = connected([refused(429, { "retry-after": "17" }), json(200, {})]);
    await graph.send(create);
    expect(slept).toEqual([17_000]);
  });

  test("a creation is repeated where the service did not act", async () => {
    const { graph, sent } = connected([refused(503), refused(429), json(201, {})]);
    await graph.send(create);
    expect(sent.map(({ body }) => body)).toEqual(Array(3).fill('{"name":"x"}'));
  });

  test.each<[string, Reply]>([
    ["a lost answer", new TypeError("fetch failed")],
    ["a page", page(502)],
    ["an error inside", refused(500)],
    ["a slow gateway", refused(504)],
  ])("a creation is not repeated: %s", async (_fact, reply) => {
    const { graph, sent } = connected([reply, json(201, {})]);
    await expect(graph.send(create)).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });

  test("a POST that may be repeated is", async () => {
    const { graph, sent } = connected([new TypeError("fetch failed"), json(200, {})]);
    await graph.send({ ...create, repeatable: true });
    expect(sent).toHaveLength(2);
  });

  test("the error of the fifth attempt is final", async () => {
    const { graph, slept } = connected(Array.from({ length: 9 }, () => refused(503)));
    await expect(graph.send(read)).rejects.toMatchObject({ status: 503 });
    expect(slept).toEqual([375, 750, 1500, 3000]);
  });

  test("nothing is repeated that would begin after the patience ends", async () => {
    const { graph, slept } = connected([refused(503), refused(503), json(200, {})], {
      patience: 1000,
    });
    await expect(graph.send(read)).rejects.toMatchObject({ status: 503 });
    expect(slept).toEqual([375]);
  });
});

test("a failed sign-in surfaces as itself, and no request goes out", async () => {
  const failure = new Error("the secret has expired");
  const { graph, sent, slept } = connected([], { token: () => Promise.reject(failure) });
  await expect(graph.send(read)).rejects.toBe(failure);
  expect({ sent, slept }).toEqual({ sent: [], slept: [] });
});

test("concurrent reads share one request to the beta endpoint", async () => {
  const responses = ["0", "1"].map((id) => ({ id, status: 200, body: { id } }));
  const { graph, sent } = connected([json(200, { responses })]);
  expect(await Promise.all([graph.get("/a"), graph.get("/b")])).toEqual([{ id: "0" }, { id: "1" }]);
  expect(sent.map(({ url }) => url)).toEqual(["http://127.0.0.1:8080/beta/$batch"]);
});
