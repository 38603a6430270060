import type { Live } from "../../../../provider/src/lifecycle/kind";
import { boxes, failureOf, INPUTS, LIVE, STATE } from "./fake-kind";

const showing = (live: Live | undefined) => boxes({ read: async () => live });

const { __provider, ...OWN_INPUTS } = INPUTS;

describe("reading what is unchanged", () => {
  test("gives the stored inputs and the stored state", async () => {
    expect(await showing(LIVE).read("1", STATE)).toEqual({
      id: "1",
      props: { ...OWN_INPUTS, priority: 7, schemaVersion: 1 },
      inputs: OWN_INPUTS,
    });
  });

  test("is no difference to the inputs of the last run", async () => {
    const provider = showing(LIVE);
    const { props } = await provider.read("1", STATE);
    expect(provider.diff("1", props!, INPUTS)).toEqual({ changes: false });
  });
});

describe("reading what was changed", () => {
  test.each<[string, object, object]>([
    ["a text", { displayName: "Other" }, { displayName: "Other" }],
    ["an invariant", { healthy: false }, { healthy: false }],
    ["what was added though the program gives none", { groupId: "g" }, { groupId: "g" }],
  ])("shows %s as input", async (_fact, live, inputs) => {
    const read = await showing({ ...LIVE, inputs: { ...LIVE.inputs, ...live } }).read("1", STATE);
    expect(read.inputs).toEqual({ ...OWN_INPUTS, ...inputs });
  });

  test("shows what is missing by leaving it out", async () => {
    const { size: _size, ...inputs } = LIVE.inputs;
    const read = await showing({ ...LIVE, inputs }).read("1", STATE);
    expect(read.inputs).not.toHaveProperty("size");
    expect(read.props).not.toHaveProperty("size");
  });

  test("shows a changed output in the state only", async () => {
    const read = await showing({ ...LIVE, outputs: { priority: 8 } }).read("1", STATE);
    expect(read.props).toMatchObject({ priority: 8 });
    expect(read.inputs).toEqual(OWN_INPUTS);
  });
});

describe("what the program leaves alone", () => {
  const live = { ...LIVE, inputs: { ...LIVE.inputs, memberIds: ["a"] } };

  test("is in neither inputs nor state", async () => {
    const read = await showing(live).read("1", STATE);
    expect(read.inputs).not.toHaveProperty("memberIds");
    expect(read.props).not.toHaveProperty("memberIds");
  });

  test("is in both as soon as the program manages it", async () => {
    const read = await showing(live).read("1", { ...STATE, memberIds: [] });
    expect(read).toMatchObject({ inputs: { memberIds: ["a"] }, props: { memberIds: ["a"] } });
  });
});

test("what only says how is taken from state, whatever the service shows", async () => {
  const live = { ...LIVE, inputs: { ...LIVE.inputs, createMissing: false } };
  expect((await showing(live).read("1", STATE)).inputs).toMatchObject({ createMissing: true });
});

test("what the service shows besides the rows is no input", async () => {
  const live = { ...LIVE, inputs: { ...LIVE.inputs, etag: "x" } };
  expect((await showing(live).read("1", STATE)).inputs).toEqual(OWN_INPUTS);
});

test("what an older version stored besides the rows does not stay", async () => {
  const { props } = await showing(LIVE).read("1", { ...STATE, obsolete: 1 });
  expect(props).not.toHaveProperty("obsolete");
});

test("no value is undefined", async () => {
  const live = {
    inputs: { ...LIVE.inputs, groupId: undefined },
    outputs: { priority: undefined },
  };
  const { props, inputs } = await showing(live).read("1", STATE);
  expect([...Object.values(props!), ...Object.values(inputs!)]).not.toContain(undefined);
});

test("reading is told the state", async () => {
  const read = jest.fn(async (..._told: unknown[]) => LIVE);
  await boxes({ read }).read("1", STATE);
  expect(read.mock.calls[0]!.slice(1)).toEqual(["1", STATE]);
});

describe("a look-up by id", () => {
  const bare = { __provider };

  test("is told that there is no state", async () => {
    const read = jest.fn(async (..._told: unknown[]) => LIVE);
    await boxes({ read }).read("1", bare);
    expect(read.mock.calls[0]!.slice(1)).toEqual(["1", undefined]);
  });

  test("gives everything that is live, and nothing that only a program says", async () => {
    const live = { ...LIVE, inputs: { ...LIVE.inputs, memberIds: ["a"] } };
    expect((await showing(live).read("1", bare)).inputs).toEqual(live.inputs);
  });

  test("of what does not exist fails", async () => {
    const error = await failureOf(showing(undefined).read("1", bare));
    expect(error.message).toBe("Could not read the box 1: There is no box with the id 1.");
  });
});

test("a refresh of what does not exist gives nothing, so that the engine forgets it", async () => {
  expect(await showing(undefined).read("1", STATE)).toEqual({});
});

test("any other failure is never taken for gone", async () => {
  const provider = boxes({ read: () => Promise.reject(new Error("status 403")) });
  const error = await failureOf(provider.read("1", STATE));
  expect(error.message).toBe('Could not read the box "Box": status 403');
});
