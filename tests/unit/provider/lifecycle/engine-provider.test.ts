import { Failure } from "../../../../provider/src/lifecycle/failure";
import { UNKNOWN } from "../values";
import { boxes, failureOf, INPUTS, LIVE, STATE } from "./fake-kind";

const failing = () => Promise.reject(new Failure("no luck.", ["Try again."]));
const provider = boxes({ create: failing, read: failing, update: failing, delete: failing });

describe("an error of", () => {
  const operations: [string, () => Promise<unknown>][] = [
    ["create", () => provider.create(INPUTS)],
    ["read", () => provider.read("1", STATE)],
    ["update", () => provider.update("1", STATE, INPUTS)],
    ["delete", () => provider.delete("1", STATE)],
  ];

  test.each(operations)(
    "%s has no stack, which the engine would print",
    async (_name, operation) => {
      expect((await failureOf(operation())).stack).toBe("");
    },
  );

  test.each(operations)(
    "%s is one line where it is turned into a text",
    async (name, operation) => {
      expect(String(await failureOf(operation()))).toBe(
        `Could not ${name} the box "Box": no luck.`,
      );
    },
  );

  test.each(operations)("%s keeps its cause", async (_name, operation) => {
    expect((await failureOf(operation())).cause).toBeInstanceOf(Failure);
  });

  test.each(operations)(
    "%s has no code, which would become a status of the call",
    async (_name, operation) => {
      expect(await failureOf(operation())).not.toHaveProperty("code");
    },
  );
});

describe("with AUTOPILOT_DEBUG", () => {
  beforeEach(() => {
    process.env["AUTOPILOT_DEBUG"] = "1";
  });
  afterEach(() => {
    delete process.env["AUTOPILOT_DEBUG"];
  });

  test("an error shows where it came from", async () => {
    expect((await failureOf(provider.read("1", STATE))).stack).toContain("engine-provider.test");
  });
});

describe("an object is called", () => {
  const named = async (props: Record<string, unknown>) =>
    (await failureOf(provider.create(props))).message.split(":")[0];

  test("by its name", async () => {
    expect(await named({ displayName: "Box" })).toBe('Could not create the box "Box"');
  });

  test("by its kind where the name is not known", async () => {
    expect(await named({ displayName: UNKNOWN })).toBe("Could not create the box");
  });

  test("by its id where it has no name", async () => {
    const error = await failureOf(provider.read("1", { schemaVersion: 1 }));
    expect(error.message).toContain("Could not read the box 1:");
  });
});

describe("what was thrown and is no Failure", () => {
  test.each<[string, unknown, string]>([
    ["an error", new Error("boom"), "boom"],
    [
      "an error with advice",
      Object.assign(new Error("boom"), { advice: ["do x"] }),
      "boom\n  do x",
    ],
    ["an error with odd advice", Object.assign(new Error("boom"), { advice: "x" }), "boom"],
    ["a text", "boom", "boom"],
    ["nothing", undefined, "undefined"],
  ])("%s is a text all the same", async (_fact, thrown, text) => {
    const throwing = boxes({
      delete: async () => {
        throw thrown;
      },
    });
    expect((await failureOf(throwing.delete("1", STATE))).message).toBe(
      `Could not delete the box "Box": ${text}`,
    );
  });
});

describe("the connection", () => {
  test("is made with the configuration that was given last", async () => {
    const seen: (string | undefined)[] = [];
    const one = boxes({ delete: async () => undefined }, (config) => {
      seen.push(config("autopilot:endpoint"));
      throw new Error("enough");
    });
    await failureOf(one.delete("1", STATE));
    one.configure({ config: { get: (key) => `value of ${key}` } });
    await failureOf(one.delete("1", STATE));
    expect(seen).toEqual([undefined, "value of autopilot:endpoint"]);
  });

  test("that can't be made is the operation's failure", async () => {
    const one = boxes({}, () => {
      throw Object.assign(new Error("no credential."), { advice: ["Sign in."] });
    });
    expect((await failureOf(one.create(INPUTS))).message).toBe(
      'Could not create the box "Box": no credential.\n  Sign in.',
    );
  });

  test("is not made by configure, check and diff", () => {
    const one = boxes({}, () => {
      throw new Error("connected");
    });
    one.configure({ config: { get: () => undefined } });
    one.check({}, INPUTS);
    expect(one.diff("1", STATE, INPUTS)).toEqual({ changes: false });
  });
});

test("every method works without its object, as the engine may call it", async () => {
  const { read } = boxes({ read: async () => LIVE });
  expect(await read("1", STATE)).toMatchObject({ id: "1" });
});
