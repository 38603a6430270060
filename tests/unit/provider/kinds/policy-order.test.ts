import fc from "fast-check";
import { nextMove } from "../../../../provider/src/kinds/policy-order";

/** What the service does: takes the policy out and puts it in at the place, which shifts those in between. */
function move(order: string[], id: string, priority: number): string[] {
  const rest = order.filter((one) => one !== id);
  return [...rest.slice(0, priority - 1), id, ...rest.slice(priority - 1)];
}

const ranked = (order: string[]) =>
  order.map((id, index) => ({ id, name: id, priority: index + 1 }));

/** Moves until nothing is left to do. */
function arrange(order: string[], wanted: string[]): { order: string[]; moves: number } {
  const places = ranked(order)
    .filter(({ id }) => wanted.includes(id))
    .map(({ priority }) => priority);
  let now = order;
  for (let moves = 0; moves <= 3 * wanted.length; moves++) {
    const next = nextMove(ranked(now), wanted, places);
    if (next === undefined) return { order: now, moves };
    now = move(now, next.id, next.priority);
  }
  throw new Error(`never ends: ${order.join()} to ${wanted.join()}`);
}

const orders = fc
  .integer({ min: 1, max: 9 })
  .map((count) => Array.from({ length: count }, (_, index) => String.fromCharCode(97 + index)))
  .chain((ids) =>
    fc.record({
      order: fc.constant(ids),
      wanted: fc.shuffledSubarray(ids, { minLength: 1 }),
    }),
  );

test("the listed policies end in their order, and the others where they were", () => {
  fc.assert(
    fc.property(orders, ({ order, wanted }) => {
      const result = arrange(order, wanted);
      expect(result.order.filter((id) => wanted.includes(id))).toEqual(wanted);
      for (const [index, id] of order.entries()) {
        if (!wanted.includes(id)) expect(result.order[index]).toBe(id);
      }
    }),
    { numRuns: 5000 },
  );
});

test("an order that holds already needs no move", () => {
  expect(arrange(["a", "b", "c", "d"], ["b", "d"])).toMatchObject({ moves: 0 });
});

test("two neighbours need one move", () => {
  expect(arrange(["a", "b", "c"], ["b", "a"])).toEqual({ order: ["b", "a", "c"], moves: 1 });
});
