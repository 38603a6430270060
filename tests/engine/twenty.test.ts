/** A stack of twenty policies of all kinds: what was made is not written again, in both positions of what sources dispute. */
import { switchPositions } from "pulumi-autopilot-sandbox";
import { ALL_KINDS } from "../support/all-kinds";
import { type Outcome, Stack, writes } from "../support/stack";

jest.setTimeout(300_000);

/** Every switch in its other position; each by itself is tested without the engine. */
const others = Object.fromEntries(
  Object.entries(switchPositions).map(([name, positions]) => [name, positions.at(-1)]),
);

test.each([
  ["the likelier position", {}],
  ["the other position", others],
])("two ups, a refresh and a preview write nothing after the first, in %s", async (_, switches) => {
  const stack = await Stack.start({ switches });
  try {
    stack.declare(ALL_KINDS);
    await stack.up();
    const outcomes: Outcome[] = [
      await stack.up(),
      await stack.pulumi("refresh", "--yes", "--skip-preview"),
      await stack.pulumi("preview", "--refresh", "--expect-no-changes"),
    ];
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(outcomes.flatMap(({ requests }) => writes(requests))).toEqual([]);
  } finally {
    await stack.close();
  }
});
