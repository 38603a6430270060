import { gather, MAX_BATCH } from "../../../../provider/src/graph/batch";
import type { Answer, Request } from "../../../../provider/src/graph/client";
import { GraphError, isGone, NoAnswer } from "../../../../provider/src/graph/errors";

interface Part {
  id: string;
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

const found = (id: string, url: string): Part => ({ id, status: 200, body: { url } });
const refusal = (code: string) => ({ error: { code, message: "m" } });

/** A `get` over a service that answers each part, and what was sent. */
function service(answer: (id: string, url: string) => Part | undefined = found) {
  const sent: Request[] = [];
  const send = async <T>(request: Request): Promise<Answer<T>> => {
    sent.push(request);
    if (request.method === "GET") return { status: 200, body: { alone: request.path } as T };
    const { requests } = request.body as { requests: { id: string; url: string }[] };
    const responses = requests.map(({ id, url }) => answer(id, url)).filter((part) => part);
    return { status: 200, body: { responses } as T };
  };
  return { sent, get: gather(send) };
}

const paths = (count: number) => Array.from({ length: count }, (_, index) => `/things/${index}`);

test("a single read goes out as itself", async () => {
  const { get, sent } = service();
  expect(await get("/things/1")).toEqual({ alone: "/things/1" });
  expect(sent).toEqual([{ method: "GET", version: "beta", path: "/things/1" }]);
});

test("reads of the same turn share one request", async () => {
  const { get, sent } = service();
  const answers = await Promise.all([get("/a"), get("/b")]);
  expect(answers).toEqual([{ url: "/a" }, { url: "/b" }]);
  expect(sent).toEqual([
    {
      method: "POST",
      version: "beta",
      path: "/$batch",
      body: {
        requests: [
          { id: "0", method: "GET", url: "/a" },
          { id: "1", method: "GET", url: "/b" },
        ],
      },
      repeatable: true,
    },
  ]);
});

test("reads that follow promises of the same turn still share it", async () => {
  const { get, sent } = service();
  await Promise.all([get("/a"), Promise.resolve().then(() => get("/b"))]);
  expect(sent).toHaveLength(1);
});

test("reads of two turns are two requests", async () => {
  const { get, sent } = service();
  await get("/a");
  await get("/b");
  expect(sent.map(({ path }) => path)).toEqual(["/a", "/b"]);
});

test.each([
  [20, [20]],
  [21, [20, 1]],
  [40, [20, 20]],
  [45, [20, 20, 5]],
])("%d reads go out in %j", async (count, sizes) => {
  const { get, sent } = service();
  await Promise.all(paths(count).map((path) => get(path)));
  const size = ({ body }: Request) =>
    (body as { requests: unknown[] } | undefined)?.requests.length;
  expect(sent.map((request) => size(request) ?? 1)).toEqual(sizes);
  expect(Math.max(...sizes)).toBe(MAX_BATCH);
});

test("answers in another order reach who asked", async () => {
  const send = async <T>({ body }: Request): Promise<Answer<T>> => {
    const { requests } = body as { requests: { id: string; url: string }[] };
    const responses = requests.map(({ id, url }) => found(id, url)).reverse();
    return { status: 200, body: { responses } as T };
  };
  const get = gather(send);
  expect(await Promise.all(paths(3).map((path) => get(path)))).toEqual(
    paths(3).map((url) => ({ url })),
  );
});

test("a part that fails fails alone, with the service's error", async () => {
  const { get } = service((id, url) =>
    url === "/b"
      ? { id, status: 404, headers: { "request-id": "r" }, body: refusal("ResourceNotFound") }
      : found(id, url),
  );
  const [first, second] = await Promise.allSettled([get("/a"), get("/b")]);
  expect(first).toEqual({ status: "fulfilled", value: { url: "/a" } });
  expect(second).toMatchObject({
    status: "rejected",
    reason: {
      name: "GraphError",
      status: 404,
      code: "ResourceNotFound",
      path: "/b",
      requestId: "r",
    },
  });
});

test("a part of status 404 without the service's error is no answer", async () => {
  const { get } = service((id) => ({ id, status: 404, body: "<html>" }));
  const [first] = await Promise.allSettled([get("/a"), get("/b")]);
  expect(first).toMatchObject({ reason: expect.any(NoAnswer) as unknown });
});

test("a part that is missing is no answer", async () => {
  const { get } = service((id, url) => (url === "/b" ? undefined : found(id, url)));
  const [first, second] = await Promise.allSettled([get("/a"), get("/b")]);
  expect(first.status).toBe("fulfilled");
  expect(second).toMatchObject({ reason: expect.any(NoAnswer) as unknown });
});

test.each([429, 500, 502, 503, 504])(
  "a part of status %d is asked again by itself",
  async (status) => {
    const { get, sent } = service((id, url) =>
      url === "/b" ? { id, status, body: refusal("Busy") } : found(id, url),
    );
    expect(await Promise.all([get("/a"), get("/b")])).toEqual([{ url: "/a" }, { alone: "/b" }]);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /$batch", "GET /b"]);
  },
);

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["no responses", {}],
  ["responses of null", { responses: null }],
])("a batch that comes back with %s is no answer to any", async (_fact, body) => {
  const get = gather(async <T>(): Promise<Answer<T>> => ({ status: 200, body: body as T }));
  const results = await Promise.allSettled([get("/a"), get("/b")]);
  expect(results).toMatchObject([
    { reason: expect.any(NoAnswer) as unknown },
    { reason: expect.any(NoAnswer) as unknown },
  ]);
});

describe("a batch that fails as a whole", () => {
  const failing = (error: Error) => gather(() => Promise.reject(error));
  const refused = (status: number) =>
    new GraphError({ method: "POST", path: "/$batch", status, code: "c", message: "m" });

  test("fails all its reads", async () => {
    const error = refused(403);
    const get = failing(error);
    const results = await Promise.allSettled([get("/a"), get("/b")]);
    expect(results).toEqual([
      { status: "rejected", reason: error },
      { status: "rejected", reason: error },
    ]);
  });

  test("with 404 does not make the objects gone", async () => {
    const get = failing(refused(404));
    const results = await Promise.allSettled([get("/a"), get("/b")]);
    expect(results.map((one) => one.status === "rejected" && isGone(one.reason))).toEqual([
      false,
      false,
    ]);
  });
});
