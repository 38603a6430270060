import { GraphError, NoAnswer } from "../../../../provider/src/graph/errors";
import { pauseBeforeRetry, RETRY } from "../../../../provider/src/graph/retry";

const status = (code: number, retryAfterSeconds?: number) =>
  new GraphError({
    method: "GET",
    path: "/x",
    status: code,
    code: "c",
    message: "m",
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });

const lost = new NoAnswer("GET", "/x", "the network");
const middle = () => 0.5;
const pause = (error: unknown, repeatable: boolean, attempt = 1, random = middle) =>
  pauseBeforeRetry(error, attempt, repeatable, random);

describe("tried again", () => {
  test.each<[string, unknown, boolean]>([
    ["a throttled read", status(429), true],
    ["a throttled creation, as the service did not act", status(429), false],
    ["an overloaded read", status(503), true],
    ["an overloaded creation, as the service did not act", status(503), false],
    ["a read that failed inside", status(500), true],
    ["a read through a bad gateway", status(502), true],
    ["a read through a slow gateway", status(504), true],
    ["a read without an answer", lost, true],
  ])("%s", (_fact, error, repeatable) => {
    expect(pause(error, repeatable)).toBeGreaterThanOrEqual(0);
  });
});

describe("final", () => {
  test.each<[string, unknown, boolean]>([
    ["a creation that failed inside", status(500), false],
    ["a creation through a bad gateway", status(502), false],
    ["a creation through a slow gateway", status(504), false],
    ["a creation without an answer", lost, false],
    ["a wrong request", status(400), true],
    ["a refused token", status(401), true],
    ["a forbidden request", status(403), true],
    ["a missing object", status(404), true],
    ["a conflict", status(409), true],
    ["a failed precondition", status(412), true],
    ["an error of another kind", new Error("no token"), true],
    ["what is no error", "x", true],
  ])("%s", (_fact, error, repeatable) => {
    expect(pause(error, repeatable)).toBeUndefined();
  });

  test("the last attempt", () => {
    expect(pause(status(503), true, RETRY.attempts)).toBeDefined();
    expect(pause(status(503), true, RETRY.attempts + 1)).toBeUndefined();
  });
});

describe("the pause", () => {
  test.each([
    [1, 375],
    [2, 750],
    [3, 1500],
    [4, 3000],
  ])("before repetition %d is %d ms in the middle of its range", (attempt, milliseconds) => {
    expect(pause(status(503), true, attempt)).toBe(milliseconds);
  });

  test("is at least half of its range, and never more than the whole", () => {
    expect(pause(status(503), true, 1, () => 0)).toBe(RETRY.pause / 2);
    expect(pause(status(503), true, 1, () => 1)).toBe(RETRY.pause);
  });

  test.each([
    [17, 17_000],
    [0, 0],
    [1.5, 1500],
  ])("is what the service says: %d s", (seconds, milliseconds) => {
    expect(pause(status(429, seconds), false)).toBe(milliseconds);
  });
});
