import { poll, settling } from "../../../../provider/src/lifecycle/poll";

/** A clock that only sleeping moves. */
function clockAt(start = 0) {
  const slept: number[] = [];
  let now = start;
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

/** Gives the answers one after the other, then the last one again and again. */
function looking(...answers: string[]) {
  return jest.fn(async () => (answers.length > 1 ? answers.shift()! : answers[0]!));
}

const good = (answer: string) => answer === "good";

test("a good first answer costs no wait", async () => {
  const clock = clockAt();
  expect(await poll(looking("good"), good, { clock, deadline: 0 })).toBe("good");
  expect(clock.slept).toEqual([]);
});

test("waits grow up to ten seconds", async () => {
  const clock = clockAt();
  await poll(looking(...Array<string>(8).fill("bad"), "good"), good, { clock, deadline: Infinity });
  expect(clock.slept).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test("the last answer is given when the deadline would pass", async () => {
  const clock = clockAt();
  expect(await poll(looking("bad", "worse"), good, { clock, deadline: 600 })).toBe("worse");
  expect(clock.slept).toEqual([250]);
});

test("each wait is told with the answer that causes it", async () => {
  const waiting = jest.fn();
  const look = looking("bad", "worse", "good");
  await poll(look, good, { clock: clockAt(), deadline: Infinity, waiting });
  expect(waiting.mock.calls).toEqual([["bad"], ["worse"]]);
});

test("a look that fails ends the waiting", async () => {
  const look = () => Promise.reject(new Error("403"));
  await expect(poll(look, good, { clock: clockAt(), deadline: Infinity })).rejects.toThrow("403");
});

describe("reading back", () => {
  test.each([
    ["a minute after the write", Infinity, 61_000],
    ["with the operation, if that is sooner", 5000, 5000],
  ])("ends %s", (_fact, deadline, end) => {
    expect(settling({ clock: clockAt(1000), deadline }).deadline).toBe(end);
  });
});
