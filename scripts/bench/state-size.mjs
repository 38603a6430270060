// @ts-check
/** How much state a policy takes. */
import { Failure, note } from "../lib/output.mjs";
import { atMost, bytes } from "./numbers.mjs";
import { dynamicEntries, Stack } from "./stack.mjs";
import { ids } from "./tenant.mjs";

const EXAMPLE = "examples/user-driven";

/** @type {import("./numbers.mjs").Step} */
export const stateSize = {
  name: "state",
  title: "State",
  about: `Inputs and outputs of a policy in \`pulumi stack export\`, as JSON without spaces. The policy is that of \`${EXAMPLE}\`.`,
  measure: async (tenant) => {
    await tenant.reset();
    const example = await Stack.make("example", tenant.url, EXAMPLE);
    await example.up();
    const size = await sizeOfPolicy(example);
    note(`${EXAMPLE}: ${bytes(size)}`);
    example.remove();

    const stack = await Stack.make("state", tenant.url);
    /** @param {Record<string, string[]>} args */
    const sizeWith = async (args) => {
      stack.declare({ policy: { kind: "DevicePreparationPolicy", args } });
      await stack.up();
      return sizeOfPolicy(stack);
    };
    const few = {
      appIds: ids.apps.slice(0, 1),
      scriptIds: ids.scripts.slice(0, 1),
      userGroupIds: ids.users.slice(0, 1),
    };
    const before = await sizeWith(few);
    /** @type {number[]} */
    const further = [];
    for (const [argument, all] of Object.entries({
      appIds: ids.apps,
      scriptIds: ids.scripts,
      userGroupIds: ids.users,
    })) {
      const each = ((await sizeWith({ ...few, [argument]: all })) - before) / (all.length - 1);
      note(`a further id in ${argument}: ${bytes(each)}`);
      further.push(each);
    }
    stack.remove();
    return [
      atMost(`policy of \`${EXAMPLE}\``, size, 3 * 1024, bytes),
      atMost("each further app, script or group", Math.max(...further), 100, bytes),
    ];
  },
};

/** @param {Stack} stack */
async function sizeOfPolicy(stack) {
  const entries = dynamicEntries(await stack.exportState());
  const policy = entries.find(({ type }) => type.endsWith(":DevicePreparationPolicy"));
  if (policy === undefined) throw new Failure("The stack has no policy.");
  const { inputs, outputs } = policy;
  return Buffer.byteLength(JSON.stringify({ inputs, outputs }));
}
