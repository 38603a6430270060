// @ts-check
/** `npm run demo`: sets up, then plays the story of `scripts/lib/demo/story.mjs` on Node 24. */
import { parseArgs } from "node:util";
import { node24 } from "./lib/node24.mjs";
import { Failure, duration, heading, main, note, say } from "./lib/output.mjs";
import { engineVersion, inRoot } from "./lib/paths.mjs";
import { handOver } from "./lib/run.mjs";
import { setup } from "./lib/setup.mjs";

const help = `Usage: npm run demo [-- --keep]

Shows on this machine, without a tenant or an account, what the project does: the real Pulumi engine
prepares a local sandbox tenant, somebody changes things there, the preview finds it, Pulumi repairs it.

  --keep   leave tenant and stack running, and say how to go on by hand; Ctrl-C ends both
  --help
`;

/** What was asked for; a failure for anything else. */
function given() {
  try {
    return parseArgs({
      options: {
        keep: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

await main(async () => {
  const wanted = given();
  if (wanted.help) return say(help.trimEnd());
  const begun = Date.now();
  say("Windows Autopilot device preparation with Pulumi. No tenant and no account are needed.");
  heading("Set-up");
  await setup();
  note(
    `Packages, Node 24 and the Pulumi engine ${engineVersion} are ready (${duration(Date.now() - begun)}).`,
  );
  return handOver(node24(), [
    inRoot("scripts/lib/demo/story.mjs"),
    ...(wanted.keep ? ["--keep"] : []),
  ]);
});
