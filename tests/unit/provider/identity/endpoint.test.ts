import { connection, isLoopback } from "../../../../provider/src/identity/connection";

describe("on this machine is", () => {
  test.each([
    "http://127.0.0.1:8080",
    "https://127.0.0.1:8443",
    "http://127.0.0.1",
    "http://127.255.255.254:1",
    "http://localhost:8080",
    "http://LOCALHOST:8080",
    "http://[::1]:1",
    "http://127.1:8080",
    "http://evil.example@127.0.0.1:1",
  ])("%s", (endpoint) => {
    expect(isLoopback(endpoint)).toBe(true);
  });
});

const FOREIGN = [
  "http://127.0.0.1.evil.example",
  "http://localhost.evil.example",
  "http://evil.example/127.0.0.1",
  "http://evil.example?x=127.0.0.1",
  "http://evil.example#127.0.0.1",
  "http://127.0.0.1@evil.example",
  "http://localhost:80@evil.example",
  "http://evil.example\\@127.0.0.1",
  "http://[::1].evil.example",
  "http://[::2]:1",
  "http://128.0.0.1",
  "http://0.0.0.0:8080",
  "http://10.0.0.1",
  "http://notlocalhost",
  "file:///127.0.0.1",
  "ftp://127.0.0.1",
  "127.0.0.1:8080",
  "localhost:8080",
  "https://graph.microsoft.com.evil.example",
  "https://graph.microsoft.com@evil.example",
  "https://evil.example/graph.microsoft.com",
  "http://graph.microsoft.com",
  "https://graph.microsoft.us",
  "https://graph.microsoft.com:8443",
  "https://graph.microsoft.com/v1.0",
  "not an address",
];

describe("not on this machine is", () => {
  test.each(FOREIGN)("%s", (endpoint) => {
    expect(isLoopback(endpoint)).toBe(false);
  });
});

describe("no token goes to", () => {
  test.each(FOREIGN)("%s", (endpoint) => {
    const connect = () => connection(() => undefined, { AUTOPILOT_ENDPOINT: endpoint });
    expect(connect).toThrow("tokens go only to https://graph.microsoft.com or to a sandbox tenant");
  });
});

test.each([
  ["https://graph.microsoft.com/", "https://graph.microsoft.com"],
  ["http://127.0.0.1:8080//", "http://127.0.0.1:8080"],
])("the slash at the end of %s is dropped", (AUTOPILOT_ENDPOINT, endpoint) => {
  expect(connection(() => undefined, { AUTOPILOT_ENDPOINT }).endpoint).toBe(endpoint);
});

test("the endpoint must be that of the chosen cloud", () => {
  const env = { ARM_ENVIRONMENT: "china", AUTOPILOT_ENDPOINT: "https://graph.microsoft.com" };
  expect(() => connection(() => undefined, env)).toThrow(
    "tokens go only to https://microsoftgraph",
  );
});
