import { limitWrites, LIMITS } from "../../../../provider/src/graph/limiter";

const write = { method: "PUT", version: "beta", path: "/deviceManagement/x" } as const;
const read = { ...write, method: "GET" } as const;
const elsewhere = { ...write, path: "/groups/x" } as const;

/** A clock that stands still unless somebody sleeps. */
function fakeClock(): {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  slept: number[];
} {
  let now = 0;
  const slept: number[] = [];
  return {
    now: () => now,
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    slept,
  };
}

test("nothing waits while there is room", async () => {
  const clock = fakeClock();
  const wait = limitWrites(clock);
  for (let count = 0; count < 100; count++) await wait(write);
  expect(clock.slept).toEqual([]);
});

test("the write over the limit waits until the oldest leaves the window", async () => {
  const clock = fakeClock();
  const wait = limitWrites(clock);
  for (let count = 0; count < 101; count++) await wait(write);
  expect(clock.slept).toEqual([21_000]);
});

test("never more than the limit is sent in any window", async () => {
  const clock = fakeClock();
  const wait = limitWrites(clock);
  const sent: number[] = [];
  for (let count = 0; count < 450; count++) {
    await wait(write);
    sent.push(clock.now());
  }
  const { writes, seconds } = LIMITS[0] ?? { writes: 0, seconds: 0 };
  for (const [index, time] of sent.entries()) {
    const before = sent[index - writes];
    if (before !== undefined) expect(time - before).toBeGreaterThanOrEqual(seconds * 1000);
  }
});

test.each([
  ["reads", read],
  ["writes to the directory", elsewhere],
])("%s are not counted", async (_, request) => {
  const clock = fakeClock();
  const wait = limitWrites(clock);
  for (let count = 0; count < 300; count++) await wait(request);
  expect(clock.slept).toEqual([]);
});
