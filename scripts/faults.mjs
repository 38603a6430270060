// @ts-check
/**
 * `npm run faults`: every cell of the fault matrix; `npm run soak`: 200 policies through three cycles. `npm test` runs a sample of
 * both. `npm run kills`: a kill at every request.
 */
import { setup } from "./lib/setup.mjs";
import { engineEnv } from "./lib/engine.mjs";
import { node24 } from "./lib/node24.mjs";
import { Failure, main } from "./lib/output.mjs";
import { jsCommand, root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";

/** @type {Record<string, { file: string, project: string, env: NodeJS.ProcessEnv }>} */
const COMMANDS = {
  faults: {
    file: "tests/faults/matrix.test.ts",
    project: "faults",
    env: { AUTOPILOT_FAULT_STEP: "1" },
  },
  soak: {
    file: "tests/faults/soak.test.ts",
    project: "faults",
    env: { AUTOPILOT_SOAK_POLICIES: "200", AUTOPILOT_SOAK_CYCLES: "3" },
  },
  kills: { file: "tests/engine/kill.test.ts", project: "engine", env: { AUTOPILOT_KILL: "all" } },
};

await main(async () => {
  const [name = ""] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (command === undefined) throw new Failure(`Name one of ${Object.keys(COMMANDS).join(", ")}.`);
  const { file, project, env } = command;
  await setup();
  const { code } = await run(
    node24(),
    [jsCommand.jest, "--runInBand", "--selectProjects", project, "--runTestsByPath", file],
    { cwd: root, env: engineEnv({ env }), output: "inherit" },
  );
  return code;
});
