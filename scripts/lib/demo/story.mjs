// @ts-check
/**
 * The story of `npm run demo`, on Node 24: a tenant, `up`, a change behind Pulumi's back, the preview that
 * finds exactly it, the repair, `destroy`. Every step is checked; a step that fails ends the story with 1.
 */
import { once } from "node:events";
import { isDeepStrictEqual } from "node:util";
import { startSandbox } from "pulumi-autopilot-sandbox";
import { Failure, duration, heading, main, say, styled } from "../output.mjs";
import { goingOn } from "./going-on.mjs";
import { Stopped, changesIn, example, isResult, makeStack, updateLines } from "./stack.mjs";
import * as tenant from "./tenant.mjs";

/** @typedef {import("pulumi-autopilot-sandbox").Sandbox} Sandbox */
/** @typedef {Awaited<ReturnType<typeof makeStack>>} Stack */

/** What the preview must say after the change: this and nothing else. */
const expectedDrift = new Map([
  ["update DeviceGroup", ["~ ownedByIntune: false => true"]],
  [
    "update DevicePreparationPolicy",
    ['~ deviceGroupStatus: "firstPartyAppNotAnOwner" => "bound"', "~ timeoutMinutes: 45 => 90"],
  ],
]);

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop.abort(signal));

await main(async () => {
  const begun = Date.now();
  const sandbox = await startSandbox();
  try {
    introduce(sandbox);
    await tenant.showCompany(sandbox);
    const stack = await makeStack(sandbox, stop.signal);
    try {
      await play(sandbox, stack);
      if (process.argv.includes("--keep")) return await wait(sandbox, stack);
      await end(sandbox, stack);
    } finally {
      stack.remove();
    }
    const requests = sandbox.requests.filter(({ kind }) => kind === "graph").length;
    const time = duration(Date.now() - begun);
    say(
      `\n${styled("green", "Done.")} ${time}, ${requests} Graph requests in all (a batch is one).`,
    );
    say("Go on by hand in a tenant that stays: npm run demo -- --keep");
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    say("\nStopped. Nothing is left behind.");
    return 130;
  } finally {
    await sandbox.close();
  }
});

/** @param {Sandbox} sandbox */
function introduce(sandbox) {
  heading("1. A tenant to work with");
  const { displayName } = sandbox.tenant.organization;
  say(`  The sandbox tenant "${displayName}", a strict local Microsoft Graph: ${sandbox.url}`);
}

/** @param {Sandbox} sandbox @param {Stack} stack */
async function play(sandbox, { pulumi }) {
  heading(`2. Pulumi makes what the program declares (${example}/index.ts)`);
  await pulumi(["up", "--yes", "--skip-preview"], { show: isResult });

  heading("3. What is in the tenant now (asked from the tenant, not from Pulumi)");
  await tenant.showTenant(sandbox);

  heading("4. Someone changes things in the portal");
  await tenant.changeTimeout(sandbox, 45);
  say(`  The timeout of "${tenant.names.policy}" is set to 45 minutes.`);
  await tenant.removeOwner(sandbox);
  say(`  The Intune Provisioning Client is taken from the owners of "${tenant.names.devices}".`);

  heading("5. The preview finds exactly that");
  const preview = await pulumi(["preview", "--refresh", "--diff", "--expect-no-changes"], {
    expect: 7,
    show: updateLines(),
  });
  if (!isDeepStrictEqual(sorted(changesIn(preview.stdout)), sorted(expectedDrift))) {
    throw new Failure("The preview shows something else than what was changed in the tenant.");
  }
  say(
    "  Left: the tenant. Right: what Pulumi would make of it. The exit code is 7: there is drift.",
  );
  say(
    "  deviceGroupStatus is Intune's own verdict: without that owner no device can join the group.",
  );

  heading("6. Pulumi repairs it");
  await pulumi(["up", "--refresh", "--yes", "--skip-preview"], { show: isResult });

  heading("7. Nothing is left to do");
  await pulumi(["preview", "--refresh", "--expect-no-changes"]);
  say("  The preview is empty and its exit code 0: the tenant is what the program says.");
}

/** @param {Sandbox} sandbox @param {Stack} stack */
async function end(sandbox, { pulumi }) {
  heading("8. Pulumi removes everything");
  await pulumi(["destroy", "--yes", "--skip-preview"], { show: isResult });
  const { living, restorable } = await tenant.leftovers(sandbox);
  if (living.length > 0) throw new Failure(`Still in the tenant: ${living.join(", ")}.`);
  say("  Nothing of it is in the tenant any more.");
  if (restorable.length > 0) {
    say(`  Entra ID keeps deleted groups for 30 days, to be restored: ${restorable.join(", ")}.`);
  }
}

/**
 * Keeps tenant and stack until Ctrl-C.
 * @param {Sandbox} sandbox
 * @param {Stack} stack
 */
async function wait(sandbox, stack) {
  goingOn(sandbox, stack);
  if (!stop.signal.aborted) await once(stop.signal, "abort");
  say("\nStopped: tenant and stack are gone.");
}

/** Property lines in any order. @param {Map<string, string[]>} changes */
function sorted(changes) {
  return Object.fromEntries([...changes].map(([resource, lines]) => [resource, [...lines].sort()]));
}
