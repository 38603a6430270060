/**
 * Where sources about the service contradict each other the sandbox tenant has a switch. In both positions of each: what was
 * made is not written again, shows nothing, is repaired after drift and is gone in the end.
 */
import { startSandbox, switchPositions, type Sandbox } from "pulumi-autopilot-sandbox";
import { ALL_KINDS } from "../support/all-kinds";
import { InProcessStack } from "../support/in-process";
import { writes } from "../support/stack";
import * as tenant from "../support/tenant";

/** Positions in which the service refuses what the program asks for: the error is right. */
const REFUSES: Readonly<Record<string, string>> = {};

jest.setTimeout(120_000);

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(() => sandbox.close());

const positions = Object.entries(switchPositions).flatMap(([name, all]) =>
  all.map((position) => [name, position] as const),
);

test.each(positions)("%s: %s", async (name, position) => {
  sandbox.reset();
  Object.assign(sandbox.tenant.switches, { [name]: position });
  const stack = new InProcessStack({ "autopilot:endpoint": sandbox.url });
  const refused = REFUSES[`${name}: ${position}`];
  if (refused !== undefined) {
    await expect(stack.up(ALL_KINDS)).rejects.toThrow(refused);
    return;
  }
  await stack.up(ALL_KINDS);
  const before = sandbox.requests.length;

  expect(stack.preview(ALL_KINDS)).toEqual({});
  const again = await stack.up(ALL_KINDS);
  expect(new Set(Object.values(again))).toEqual(new Set(["same"]));
  await stack.refresh();
  expect(stack.preview(ALL_KINDS)).toEqual({});
  expect(writes(sandbox.requests.slice(before))).toEqual([]);

  const policy = stack.state.get("policy-3")?.id ?? "";
  await tenant.editPolicy(sandbox, policy, tenant.editSetting("timeout", 45));
  await stack.refresh();
  expect(stack.preview(ALL_KINDS)).toEqual({ "policy-3": ["timeoutMinutes"] });
  await stack.up(ALL_KINDS);
  await stack.refresh();
  expect(stack.preview(ALL_KINDS)).toEqual({});

  await stack.destroy();
  expect(await tenant.ours(sandbox)).toEqual({ groups: [], policies: [] });
});
