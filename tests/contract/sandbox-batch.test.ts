import { client, deviceGroup, ids, link, type Answer, type Json } from "./sandbox-client";

const json = { "Content-Type": "application/json" };
const get = (id: string, url = `/groups/${ids.admins}?$select=id`): Json => ({
  id,
  method: "GET",
  url,
});
const responses = (answer: Answer): Json[] => answer.body["responses"] as Json[];

const malformed: readonly [string, unknown, RegExp][] = [
  ["no list", {}, /Invalid batch payload/],
  ["an empty list", { requests: [] }, /at least one/],
  [
    "21 requests",
    { requests: Array.from({ length: 21 }, (_, n) => get(String(n))) },
    /maximum value of 20/,
  ],
  ["an id twice", { requests: [get("1"), get("1")] }, /not unique/],
  ["no id", { requests: [{ method: "GET", url: "/groups" }] }, /'id'/],
  ["no method", { requests: [{ id: "1", url: "/groups" }] }, /method/],
  ["no url", { requests: [{ id: "1", method: "GET" }] }, /url/],
  [
    "an absolute url",
    { requests: [get("1", "https://graph.microsoft.com/v1.0/groups")] },
    /relative/,
  ],
  [
    "a body without Content-Type",
    { requests: [{ id: "1", method: "POST", url: "/groups", body: deviceGroup() }] },
    /Content-Type/,
  ],
  [
    "a dependency that isn't there",
    { requests: [{ ...get("1"), dependsOn: ["2"] }] },
    /depends on/,
  ],
  ["a list of text", { requests: ["x"] }, /Invalid batch payload/],
];

test.each(malformed)("a batch with %s is refused as a whole", async (_, body, says) => {
  const answer = await client().send("POST", "/v1.0/$batch", body);
  expect(answer).toMatchObject({ status: 400, message: expect.stringMatching(says) as string });
});

test.each(["v1.0", "beta"])("parts are answered one by one on %s", async (version) => {
  const { send } = client();
  const requests = [
    get("read"),
    {
      id: "create",
      method: "POST",
      url: "/groups",
      headers: json,
      body: deviceGroup({ "owners@odata.bind": [link(ids.intune)] }),
    },
    {
      id: "patch",
      method: "PATCH",
      url: `groups/${ids.admins}`,
      headers: json,
      body: { displayName: "New" },
    },
    get("missing", `/groups/${ids.nobody}`),
  ];
  const parts = responses(await send("POST", `/${version}/$batch`, { requests }));
  expect(parts.map(({ id, status }) => [id, status])).toEqual([
    ["read", 200],
    ["create", 201],
    ["patch", 204],
    ["missing", 404],
  ]);
  expect(parts[0]).toMatchObject({
    headers: { "Content-Type": expect.stringContaining("application/json") as string },
    body: { id: ids.admins },
  });
  expect(parts[2]).not.toHaveProperty("body");
  expect(parts[3]).toMatchObject({ body: { error: { code: "Request_ResourceNotFound" } } });
});

test("a part whose dependency failed is 424 and not run", async () => {
  const { send, tenant } = client();
  const requests = [
    get("1", `/groups/${ids.nobody}`),
    { id: "2", method: "DELETE", url: `/groups/${ids.admins}`, dependsOn: ["1"] },
    get("3"),
  ];
  expect(
    responses(await send("POST", "/v1.0/$batch", { requests })).map(({ status }) => status),
  ).toEqual([404, 424, 200]);
  expect(tenant.groups.has(ids.admins)).toBe(true);
});

test("a batch is one request in the log, with its parts", async () => {
  const { send, log } = client();
  await send("POST", "/v1.0/$batch", { requests: [get("1"), get("2", "/nothing")] });
  expect(log.entries).toHaveLength(1);
  expect(log.entries[0]).toMatchObject({
    n: 1,
    kind: "graph",
    path: "/v1.0/$batch",
    status: 200,
    batch: [
      { method: "GET", status: 200 },
      { path: "/v1.0/nothing", status: 400 },
    ],
  });
});

test("faults hit parts of a batch", async () => {
  const { send, faults } = client();
  faults.set([
    {
      match: { path: `/groups/${ids.admins}` },
      occurrence: 2,
      action: { status: 429, headers: { "Retry-After": "3" } },
    },
  ]);
  const parts = responses(
    await send("POST", "/v1.0/$batch", { requests: [get("1"), get("2"), get("3")] }),
  );
  expect(parts.map(({ status }) => status)).toEqual([200, 429, 200]);
  expect(parts[1]).toMatchObject({ headers: { "Retry-After": "3" } });
  expect(faults.records[0]).toMatchObject({ met: 3, fired: 1 });
});
