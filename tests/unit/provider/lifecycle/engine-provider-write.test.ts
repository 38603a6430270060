import { Failure } from "../../../../provider/src/lifecycle/failure";
import { boxes, failureOf, INPUTS, LIVE, STATE } from "./fake-kind";

const full = new Failure("the shelf is full.", ["Make room.", "request id r"]);

const created = { id: "1", live: LIVE };

describe("state after a create", () => {
  test("holds inputs, outputs, the text of the provider and the layout's version", async () => {
    expect(await boxes({ create: async () => created }).create(INPUTS)).toEqual({
      id: "1",
      outs: STATE,
    });
  });

  test("holds what the service shows where that is another form of the same", async () => {
    const live = { ...LIVE, inputs: { ...LIVE.inputs, tagIds: ["0", "0"] } };
    const { outs } = await boxes({ create: async () => ({ id: "1", live }) }).create(INPUTS);
    expect(outs["tagIds"]).toEqual(["0", "0"]);
  });

  test("does not hold what the program leaves alone", async () => {
    const live = { ...LIVE, inputs: { ...LIVE.inputs, memberIds: ["a"] } };
    const { outs } = await boxes({ create: async () => ({ id: "1", live }) }).create(INPUTS);
    expect(outs).toEqual(STATE);
  });

  test("holds no undefined value", async () => {
    const live = {
      inputs: { ...LIVE.inputs, groupId: undefined },
      outputs: { priority: undefined },
    };
    const inputs = { ...INPUTS, groupId: undefined };
    const { outs } = await boxes({ create: async () => ({ id: "1", live }) }).create(inputs);
    expect(Object.values(outs)).not.toContain(undefined);
  });
});

describe("a create that fails before anything exists", () => {
  const failing = boxes({ create: () => Promise.reject(full) });

  test("keeps nothing", async () => {
    const error = await failureOf(failing.create(INPUTS));
    expect(error).not.toHaveProperty("id");
    expect(error).not.toHaveProperty("properties");
  });

  test("says what failed, for which object, why, and what to do", async () => {
    expect((await failureOf(failing.create(INPUTS))).message).toBe(
      'Could not create the box "Box": the shelf is full.\n  Make room.\n  request id r',
    );
  });
});

describe("a create that fails after the object exists", () => {
  const failing = boxes({
    create: async (context) => {
      context.made("1", { inputs: { size: 2 }, outputs: { priority: 7 } });
      throw full;
    },
  });

  test("keeps the id", async () => {
    expect((await failureOf(failing.create(INPUTS))).id).toBe("1");
  });

  test("keeps inputs, what exists, the text of the provider and the layout's version", async () => {
    expect((await failureOf(failing.create(INPUTS))).properties).toEqual({ ...STATE, size: 2 });
  });

  test("keeps the inputs where nothing else is known", async () => {
    const provider = boxes({
      create: async (context) => {
        context.made("1");
        throw full;
      },
    });
    expect((await failureOf(provider.create(INPUTS))).properties).toEqual({
      ...INPUTS,
      schemaVersion: 1,
    });
  });

  test("gives its whole text as the reason, as the engine shows nothing else", async () => {
    expect((await failureOf(failing.create(INPUTS))).reasons).toEqual([
      'Could not create the box "Box": the shelf is full.\n  Make room.\n  request id r\n  It exists (id 1) and is kept: `pulumi up` goes on with it.',
    ]);
  });

  test("keeps no undefined value", async () => {
    const error = await failureOf(failing.create({ ...INPUTS, groupId: undefined }));
    expect(Object.values(error.properties!)).not.toContain(undefined);
  });
});

describe("an update", () => {
  test("gives the new state", async () => {
    const live = { ...LIVE, inputs: { ...LIVE.inputs, size: 5 } };
    const provider = boxes({ update: async () => live });
    expect(await provider.update("1", STATE, { ...INPUTS, size: 5 })).toEqual({
      outs: { ...STATE, size: 5 },
    });
  });

  test("is told the id, the old state and the new inputs", async () => {
    const update = jest.fn(async (..._told: unknown[]) => LIVE);
    await boxes({ update }).update("1", { ...STATE, size: 1 }, INPUTS);
    expect(update.mock.calls[0]!.slice(1)).toEqual(["1", { ...STATE, size: 1 }, INPUTS]);
  });

  test("that fails keeps the old state", async () => {
    const provider = boxes({ update: () => Promise.reject(full) });
    const error = await failureOf(provider.update("1", STATE, INPUTS));
    expect(error).not.toHaveProperty("properties");
    expect(error.message).toContain('Could not update the box "Box": the shelf is full.');
  });
});

describe("a change that the service accepts and does not keep", () => {
  const drop = (key: keyof typeof LIVE.inputs) => {
    const { [key]: _dropped, ...inputs } = LIVE.inputs;
    return { ...LIVE, inputs };
  };
  const other = { ...LIVE, inputs: { ...LIVE.inputs, size: 1 } };

  test("is a half-made object at a create", async () => {
    const provider = boxes({ create: async () => ({ id: "1", live: other }) });
    const error = await failureOf(provider.create(INPUTS));
    expect(error).toMatchObject({ id: "1", properties: { ...STATE, size: 1 } });
    expect(error.reasons).toEqual([
      'Could not create the box "Box": the service accepted the change, but shows size as 1 instead of 3.\n  It exists (id 1) and is kept: `pulumi up` goes on with it.',
    ]);
  });

  test("is a half-made object at an update, with what the service holds", async () => {
    const error = await failureOf(boxes({ update: async () => other }).update("1", STATE, INPUTS));
    expect(error).toMatchObject({ id: "1", properties: { ...STATE, size: 1 } });
    expect(error.reasons).toEqual([error.message]);
  });

  test("is noticed where the service holds what should be absent", async () => {
    const live = { ...LIVE, inputs: { ...LIVE.inputs, groupId: "g" } };
    const error = await failureOf(boxes({ update: async () => live }).update("1", STATE, INPUTS));
    expect(error.message).toContain('shows groupId as "g" instead of nothing');
  });

  test("is noticed where the service dropped it", async () => {
    const provider = boxes({ update: async () => drop("size") });
    const error = await failureOf(provider.update("1", STATE, INPUTS));
    expect(error.message).toContain("shows size as nothing instead of 3");
  });

  test("is not what only the program knows", async () => {
    const live = { ...LIVE, inputs: { ...LIVE.inputs, createMissing: false } };
    await expect(
      boxes({ update: async () => live }).update("1", STATE, INPUTS),
    ).resolves.toBeDefined();
  });

  test("is not what the program leaves alone", async () => {
    const live = { ...LIVE, inputs: { ...LIVE.inputs, memberIds: ["a"] } };
    await expect(
      boxes({ update: async () => live }).update("1", STATE, INPUTS),
    ).resolves.toBeDefined();
  });

  test("is noticed where the program manages it and the service shows nothing", async () => {
    const provider = boxes({ update: async () => LIVE });
    const error = await failureOf(provider.update("1", STATE, { ...INPUTS, memberIds: ["a"] }));
    expect(error.message).toContain('shows memberIds as nothing instead of ["a"]');
  });
});

describe("a delete", () => {
  test("is told the id and the state", async () => {
    const remove = jest.fn(async (..._told: unknown[]) => undefined);
    await boxes({ delete: remove }).delete("1", STATE);
    expect(remove.mock.calls[0]!.slice(1)).toEqual(["1", STATE]);
  });

  test("that fails says so", async () => {
    const provider = boxes({ delete: () => Promise.reject(full) });
    expect((await failureOf(provider.delete("1", STATE))).message).toContain(
      'Could not delete the box "Box": the shelf is full.',
    );
  });
});
