import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { withLock } from "../../../scripts/lib/lock.mjs";

const folder = mkdtempSync(join(tmpdir(), "lock-"));
const file = join(folder, "setup.lock");
beforeEach(() => jest.spyOn(console, "log").mockReturnValue());
afterAll(() => rmSync(folder, { recursive: true }));

test("two set-ups work one after the other", async () => {
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push(`${name} ends`);
  };
  await Promise.all([withLock(file, work("first")), withLock(file, work("second"))]);
  expect(order).toEqual(["first begins", "first ends", "second begins", "second ends"]);
});

test("the lock is gone after the work, also after a failure", async () => {
  await expect(withLock(file, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
});

test("the lock of a process that has ended doesn't count", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  writeFileSync(file, JSON.stringify({ owner: "x", host: hostname(), pids: [pid] }));
  await expect(withLock(file, () => Promise.resolve("done"))).resolves.toBe("done");
});
