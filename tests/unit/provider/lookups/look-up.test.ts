import { connect } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import * as autopilot from "pulumi-autopilot";
import type { LookupArgs, LookupOutputArgs } from "pulumi-autopilot";

const PLAIN = {
  getGroup: autopilot.getGroup,
  getMobileApp: autopilot.getMobileApp,
  getPolicy: autopilot.getPolicy,
  getScript: autopilot.getScript,
} satisfies Record<string, (args: LookupArgs) => Promise<{ id: string }>>;

const OUTPUT = {
  getGroupOutput: autopilot.getGroupOutput,
  getMobileAppOutput: autopilot.getMobileAppOutput,
  getPolicyOutput: autopilot.getPolicyOutput,
  getScriptOutput: autopilot.getScriptOutput,
} satisfies Record<string, (args: LookupOutputArgs) => pulumi.Output<{ id: string }>>;

/** Nothing listens there, so whatever is sent fails at once. */
const NOWHERE = "http://127.0.0.1:9";

type Run = "preview" | "update";

async function begin(run: Run, config: Record<string, string>): Promise<void> {
  const mocks = { call: () => ({}), newResource: () => ({ id: "id", state: {} }) };
  await pulumi.runtime.setMocks(mocks, "fleet", "prod", run === "preview");
  pulumi.runtime.setAllConfig(config);
}

const offline = { "autopilot:endpoint": NOWHERE, "autopilot:offline": "true" };

/** How an output ends; the SDK's own view of unknown values. */
async function outcome(output: pulumi.Output<unknown>): Promise<{ known: boolean }> {
  const inside = output as unknown as Record<"isKnown" | "isSecret", Promise<boolean>>;
  const [known] = await Promise.all([inside.isKnown, inside.isSecret]);
  return { known };
}

test("the port of these tests is closed", async () => {
  const error = await new Promise<Error>((resolve) => connect(9, "127.0.0.1").on("error", resolve));
  expect(error.message).toContain("ECONNREFUSED");
});

const all = <T extends object>(calls: T) => Object.entries(calls) as [string, T[keyof T]][];

describe.each(all(PLAIN))("%s", (name, call) => {
  const noun = { getGroup: "group", getMobileApp: "mobile app", getScript: "platform script" }[
    name
  ];

  test.each([
    [undefined, "is missing"],
    [{}, "is missing"],
    [{ name: "Pilots" }, "is missing"],
    [{ displayName: "" }, "is empty"],
    [{ displayName: " \t" }, "is empty"],
    [{ displayName: 7 }, "is of type number"],
    [{ displayName: ["Pilots"] }, "is of type object"],
  ])("refuses the arguments %j", async (args, why) => {
    await begin("update", offline);
    await expect(call(args as LookupArgs)).rejects.toThrow(
      `${name}: displayName ${why}; it is the name of the ${noun ?? "device preparation policy"}.`,
    );
  });

  test.each<Run>(["preview", "update"])("rejects offline in the %s, with a hint", async (run) => {
    await begin(run, offline);
    await expect(call({ displayName: "Pilots" })).rejects.toThrow(
      `${name}: autopilot:offline (or AUTOPILOT_OFFLINE) is set, so nothing is looked up.\n` +
        `  In a preview ${name}Output gives an unknown value instead.\n  Or write the id instead: `,
    );
  });
});

describe.each(all(OUTPUT))("%s", (name, call) => {
  test("is unknown offline in the preview, with each of its properties", async () => {
    await begin("preview", offline);
    const output = call({ displayName: "Pilots" });
    expect(await outcome(output)).toEqual({ known: false });
    expect(await outcome(output.id)).toEqual({ known: false });
    expect(await outcome(pulumi.interpolate`the id is ${output.id}`)).toEqual({ known: false });
  });

  test("is an error offline in an update", async () => {
    await begin("update", offline);
    await expect(outcome(call({ displayName: "Pilots" }))).rejects.toThrow(
      `${name}: autopilot:offline (or AUTOPILOT_OFFLINE) is set, and only a preview can go on without an answer.\n` +
        "  Unset it for this run, or write the id instead: ",
    );
  });

  test("refuses an empty name offline too", async () => {
    await begin("preview", offline);
    const displayName = pulumi.output(Promise.resolve(""));
    await expect(outcome(call({ displayName }))).rejects.toThrow(`${name}: displayName is empty`);
  });

  test("is unknown and asks nothing while its name is unknown", async () => {
    await begin("preview", { "autopilot:endpoint": NOWHERE });
    const displayName = pulumi.output(pulumi.unknown as unknown as string);
    expect(await outcome(call({ displayName }))).toEqual({ known: false });
  });

  test("keeps the name's secret", async () => {
    await begin("preview", offline);
    const output: pulumi.Output<{ id: string }> = call({ displayName: pulumi.secret("Pilots") });
    expect(await pulumi.isSecret(output)).toBe(true);
  });
});

describe("the connection", () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  const look = () => autopilot.getGroup({ displayName: "Pilots" });

  test("mistakes in the configuration are told at once, for the look-up", async () => {
    await begin("preview", {
      "autopilot:environment": "moon",
      "autopilot:operationMinutes": "0",
      "autopilot:offline": "true",
    });
    await expect(look()).rejects.toThrow(
      /^getGroup: "Pilots" could not be looked up: autopilot:environment is "moon".*\n {2}autopilot:operationMinutes is/,
    );
  });

  test.each(["autopilot", "azuread"])("%s: in the stack's configuration counts", async (space) => {
    await begin("preview", { [`${space}:environment`]: "moon" });
    await expect(look()).rejects.toThrow('is "moon"');
  });

  test("the environment counts", async () => {
    await begin("preview", { "autopilot:endpoint": NOWHERE });
    process.env["AUTOPILOT_OFFLINE"] = "1";
    await expect(look()).rejects.toThrow("AUTOPILOT_OFFLINE");
  });
});

test("the errors are ones that Pulumi prints without a stack trace", async () => {
  await begin("preview", offline);
  const error: unknown = await autopilot
    .getGroup({ displayName: "" })
    .catch((reason: unknown) => reason);
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({ name: "LookupError" });
});
