import { connect } from "node:net";

/** How often the engine is looked for, in milliseconds. */
const INTERVAL = 2000;

/** How many looks in a row must fail. */
const MISSES = 2;

/**
 * Ends this process when its engine is gone. The engine starts providers in a process group of their own: one that was killed
 * leaves them behind, and nobody would ever end them. What is under way is finished first.
 *
 * @param argv the process's arguments: `node .../dynamic-provider <address of the engine>`; of any other process nothing is watched
 * @param busy tells whether a request is under way
 */
export function endWithEngine(
  argv: readonly string[],
  busy: () => boolean,
  exit: (code: number) => void = (code) => process.exit(code),
): void {
  const [, script = "", address = ""] = argv;
  const [, host, port] = /^(127\.0\.0\.1|localhost|\[::1\]):(\d+)$/.exec(address) ?? [];
  if (!script.includes("dynamic-provider") || host === undefined || port === undefined) return;
  let misses = 0;
  const timer = setInterval(() => {
    reachable(host.replace(/[[\]]/g, ""), Number(port)).then(
      () => (misses = 0),
      () => {
        misses += 1;
        if (misses >= MISSES && !busy()) exit(0);
      },
    );
  }, INTERVAL);
  timer.unref();
}

function reachable(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve();
    });
    socket.unref();
    socket.once("error", reject);
  });
}
