/** `adoptId` against the sandbox tenant over HTTP, without the engine: what is written, what is refused, what a fault leaves. */
import { type Sandbox, startSandbox } from "pulumi-autopilot-sandbox";
import { v1 } from "../../provider/src/runtime";
import { InProcessStack } from "../support/in-process";
import { type Declared, flat, type Program, writes } from "../support/stack";
import * as tenant from "../support/tenant";
import { automatic, automaticTemplate, userDriven } from "./sandbox-policies-bodies";

const SALES_LAPTOPS = "9a000000-0000-4000-8000-000000000002";
const SALES_STAFF = "9a000000-0000-4000-8000-000000000003";
const BERLIN = "9a000000-0000-4000-8000-000000000004";
const PILOTS = "9a000000-0000-4000-8000-000000000005";
const NOBODY = "9a000000-0000-4000-8000-00000000dead";
const USERS = [7, 9].map(
  (index) => `a1ce0000-0000-4000-8000-${String(index).padStart(12, "0")}`,
) as [string, string];
const POLICIES = "/beta/deviceManagement/configurationPolicies";
const INTUNE_APP_ID = "f1346770-5b25-470b-88bd-d5744ab7952c";

let sandbox: Sandbox;
let stack: InProcessStack;
let said: string[];
let connections = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
});

beforeEach(() => {
  sandbox.reset();
  connections += 1;
  stack = new InProcessStack({
    "autopilot:endpoint": sandbox.url,
    // Another connection each time, which remembers nothing of the last.
    "autopilot:operationMinutes": String(10 + connections / 1e6),
  });
  said = [];
  jest.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
});

afterEach(() => jest.restoreAllMocks());
afterAll(() => sandbox.close());

const graphRequests = () => sandbox.requests.filter(({ kind }) => kind === "graph");

/** What one run wrote, with `{id}` in the place of an id. */
async function written(run: () => Promise<unknown>, id = ""): Promise<string[]> {
  const before = graphRequests().length;
  await run();
  return writes(graphRequests().slice(before)).map((line) => line.replaceAll(id, "{id}"));
}

/** The error of a run that must have written nothing. */
async function refusal(program: Program): Promise<string> {
  let text = "";
  const sent = await written(() =>
    stack.up(program).catch((error: unknown) => {
      text = (error as { reasons?: string[]; message: string }).message;
    }),
  );
  expect(sent).toEqual([]);
  expect(text).not.toBe("");
  expect(stack.state.size).toBe(0);
  return text;
}

async function portalPolicy(body: unknown): Promise<string> {
  return String((await tenant.ask(sandbox, "POST", POLICIES, body))["id"]);
}

const only = (kind: Declared["kind"], args: Record<string, unknown>): Program => ({
  one: { kind, args },
});

describe("a user group that equals the program", () => {
  const program = only("UserGroup", {
    displayName: "Pilot users",
    description: "First to get what is new",
    adoptId: PILOTS,
  });

  test("is taken over with one request that only reads, and without a word", async () => {
    expect(await written(() => stack.up(program))).toEqual([]);
    expect(graphRequests()).toHaveLength(1);
    expect(stack.state.get("one")?.id).toBe(PILOTS);
    expect(said).toEqual([]);
    await stack.refresh();
    expect(stack.preview(program)).toEqual({});
  });

  test("goes like any other when the stack is destroyed", async () => {
    await stack.up(program);
    await stack.destroy();
    await expect(tenant.group(sandbox, PILOTS)).rejects.toThrow("404");
  });
});

describe("what differs is said and written, and nothing else:", () => {
  test("a user group's texts and members", async () => {
    const program = only("UserGroup", {
      displayName: "Pilots",
      memberIds: [USERS[0]],
      adoptId: PILOTS,
    });
    expect(await written(() => stack.up(program), PILOTS)).toEqual([
      "PATCH /groups/{id}",
      `DELETE /groups/{id}/members/${USERS[1]}/$ref`,
    ]);
    expect(said).toEqual([
      'adopting user group "Pilot users": displayName "Pilot users" -> "Pilots"',
      'adopting user group "Pilot users": description "First to get what is new" -> ""',
      `adopting user group "Pilot users": memberIds ${JSON.stringify(USERS)} -> ["${USERS[0]}"]`,
    ]);
    expect(await tenant.group(sandbox, PILOTS)).toMatchObject({
      displayName: "Pilots",
      description: null,
      mailNickname: "pilot-users",
    });
    expect(await tenant.linked(sandbox, PILOTS, "members")).toEqual([USERS[0]]);
    await stack.refresh();
    expect(stack.preview(program)).toEqual({});
  });

  test("members that the program does not manage are left alone", async () => {
    await stack.up(only("UserGroup", { displayName: "Pilots", adoptId: PILOTS }));
    expect(await tenant.linked(sandbox, PILOTS, "members")).toEqual(USERS);
  });

  test("a dynamic group without a declared rule becomes assigned", async () => {
    const description = "Everybody in sales";
    await stack.up(
      only("UserGroup", { displayName: "All sales staff", description, adoptId: SALES_STAFF }),
    );
    expect(said.slice(0, 3)).toEqual([
      'adopting user group "All sales staff": membershipRule "(user.department -eq \\"Sales\\")" -> nothing',
      'adopting user group "All sales staff": ruleProcessing "on" -> nothing',
      'adopting user group "All sales staff": membershipType "dynamic" -> "assigned"',
    ]);
    expect(await tenant.group(sandbox, SALES_STAFF)).toMatchObject({ groupTypes: [] });
  });

  test("a device group gets its owner and keeps the others", async () => {
    const program = only("DeviceGroup", {
      displayName: "Sales laptops",
      description: "Devices of the sales department, kept by hand",
      adoptId: SALES_LAPTOPS,
    });
    expect(await written(() => stack.up(program), SALES_LAPTOPS)).toEqual([
      "POST /groups/{id}/owners/$ref",
    ]);
    expect(said).toEqual(['adopting device group "Sales laptops": ownedByIntune false -> true']);
    const { owners } = (await tenant.group(sandbox, SALES_LAPTOPS)) as {
      owners: { id: string; appId?: string }[];
    };
    expect(owners.map(({ id, appId }) => appId ?? id).sort()).toEqual(
      [tenant.ADMINISTRATOR, INTUNE_APP_ID].sort(),
    );
    await stack.refresh();
    expect(stack.preview(program)).toEqual({});
  });

  test("a policy's minutes, assignments and device group", async () => {
    await stack.up(only("DeviceGroup", {}));
    const devices = stack.state.get("one")?.id ?? "";
    const id = await portalPolicy(userDriven({ name: "Laptops", description: "By hand" }));
    await tenant.assign(sandbox, id, [tenant.groupTarget(PILOTS)]);
    const program: Program = {
      ...only("DeviceGroup", {}),
      policy: {
        kind: "DevicePreparationPolicy",
        args: {
          displayName: "Laptops",
          description: "By hand",
          deviceGroupId: { $id: "one" },
          timeoutMinutes: 90,
          adoptId: id,
        },
      },
    };
    expect(await written(() => stack.up(program), id)).toEqual([
      "POST /deviceManagement/configurationPolicies/{id}/setEnrollmentTimeDeviceMembershipTarget",
      "POST /deviceManagement/configurationPolicies/{id}/assign",
      "PUT /deviceManagement/configurationPolicies/{id}",
    ]);
    const start = 'adopting device preparation policy "Laptops": ';
    expect(said.filter((line) => /deviceGroupId|userGroupIds|timeout/.test(line))).toEqual([
      `${start}deviceGroupId nothing -> "${devices}"`,
      `${start}userGroupIds ["${PILOTS}"] -> []`,
      `${start}timeoutMinutes 60 -> 90`,
    ]);
    expect(said.every((line) => line.startsWith(start))).toBe(true);
    expect(await tenant.assignedTo(sandbox, id)).toEqual([]);
    expect(await tenant.boundGroup(sandbox, id)).toMatchObject({ id: devices });
    await stack.refresh();
    expect(stack.preview(program)).toEqual({});
  });
});

describe("refused, with nothing written and nothing in state:", () => {
  test.each<[string, Declared["kind"], Record<string, unknown>, string]>([
    ["an id that is nobody's", "UserGroup", { adoptId: NOBODY }, `there is no user group with`],
    ["the same of a device group", "DeviceGroup", { adoptId: NOBODY }, "there is no device group"],
    [
      "the same of a policy",
      "DevicePreparationPolicy",
      { adoptId: NOBODY },
      `there is no device preparation policy with the id ${NOBODY}`,
    ],
    [
      "a Microsoft 365 group",
      "UserGroup",
      { adoptId: BERLIN },
      `group "Northwind Berlin" (id ${BERLIN}) is mail-enabled and no security group`,
    ],
    ["the same for devices", "DeviceGroup", { adoptId: BERLIN }, "must be a plain security group"],
    [
      "a name that another group has",
      "UserGroup",
      { adoptId: PILOTS, displayName: "Sales laptops" },
      `another group of that name exists already (id ${SALES_LAPTOPS})`,
    ],
  ])("%s", async (_what, kind, args, text) => {
    const refused = await refusal(only(kind, args));
    expect(refused).toMatch(/^Could not adopt the /);
    expect(refused).toContain(text);
  });

  test("a group whose name another one has too", async () => {
    const body = { displayName: "Pilot users", mailNickname: "p", mailEnabled: false };
    await tenant.ask(sandbox, "POST", "/v1.0/groups", { ...body, securityEnabled: true });
    const args = { displayName: "Pilot users", adoptId: PILOTS };
    const refused = await refusal(only("UserGroup", args));
    expect(refused).toContain("another group of that name exists already");
    expect(refused).not.toContain(PILOTS);
    await stack.up(only("UserGroup", { ...args, allowDuplicateName: true }));
    expect(stack.state.get("one")?.id).toBe(PILOTS);
  });

  test("a group that is assignable to roles", async () => {
    const made = await tenant.ask(sandbox, "POST", "/v1.0/groups", {
      displayName: "Admins",
      mailNickname: "admins",
      mailEnabled: false,
      securityEnabled: true,
      isAssignableToRole: true,
    });
    expect(await refusal(only("UserGroup", { adoptId: made["id"] }))).toContain(
      "is assignable to roles, which was fixed when it was made",
    );
  });

  test("a policy of another mode, which the error names", async () => {
    const id = await portalPolicy(automatic({ name: "Cloud PCs" }));
    const refused = await refusal(only("DevicePreparationPolicy", { adoptId: id }));
    expect(refused).toContain(
      `policy "Cloud PCs" (id ${id}) is of mode automatic, and the program declares userDriven: a policy can't change its mode.`,
    );
    expect(refused).toContain('Declare mode: "automatic"');
  });

  test("another kind of policy", async () => {
    const id = await portalPolicy(automatic({ name: "Antivirus" }));
    // The sandbox makes no others: an answer in the place of the service's.
    sandbox.faults.set([
      {
        match: { path: `configurationPolicies/${id}` },
        occurrence: "every",
        action: {
          status: 200,
          body: {
            id,
            name: "Antivirus",
            roleScopeTagIds: ["0"],
            templateReference: { templateId: "", templateFamily: "none" },
          },
        },
      },
    ]);
    const refused = await refusal(only("DevicePreparationPolicy", { adoptId: id }));
    expect(refused).toContain(`policy "Antivirus" (id ${id}) is no device preparation policy.`);
    expect(refused).toContain(automaticTemplate);
    sandbox.faults.set([]);
  });

  test("a policy whose declared name another one has", async () => {
    await portalPolicy(userDriven({ name: "Taken" }));
    const id = await portalPolicy(userDriven({ name: "Laptops" }));
    expect(
      await refusal(only("DevicePreparationPolicy", { displayName: "Taken", adoptId: id })),
    ).toContain("a policy of that name exists already");
  });
});

describe("the errors of a create advise the line", () => {
  const advised = (text: string) => /adoptId: "([0-9a-f-]{36})"/.exec(text)?.[1];

  test("of a group whose name is taken, and following it helps", async () => {
    const program = (more: object) =>
      only("DeviceGroup", { displayName: "Sales laptops", ...more });
    const adoptId = advised(await refusal(program({})));
    expect(adoptId).toBe(SALES_LAPTOPS);
    await stack.up(program({ adoptId }));
    expect(stack.state.get("one")?.id).toBe(SALES_LAPTOPS);
  });

  test("but not for a group that can't be one of these", async () => {
    expect(advised(await refusal(only("UserGroup", { displayName: "Northwind Berlin" })))).toBe(
      undefined,
    );
  });

  test("of a policy whose name is taken, and following it helps", async () => {
    const id = await portalPolicy(userDriven({ name: "Laptops" }));
    const program = (more: object) =>
      only("DevicePreparationPolicy", { displayName: "Laptops", ...more });
    const adoptId = advised(await refusal(program({})));
    expect(adoptId).toBe(id);
    await stack.up(program({ adoptId }));
    expect(stack.state.get("one")?.id).toBe(id);
  });

  test("but not for a policy of another mode", async () => {
    await portalPolicy(automatic({ name: "Laptops" }));
    const program = only("DevicePreparationPolicy", { displayName: "Laptops" });
    expect(advised(await refusal(program))).toBe(undefined);
  });

  test("of a group under the own key with another name, and following it helps", async () => {
    await stack.up(only("UserGroup", { displayName: "Before" }));
    const id = stack.state.get("one")?.id;
    stack.state.clear();
    const program = (more: object) => only("UserGroup", { displayName: "After", ...more });
    const adoptId = advised(await refusal(program({})));
    expect(adoptId).toBe(id);
    await stack.up(program({ adoptId }));
    expect(await tenant.group(sandbox, id ?? "")).toMatchObject({ displayName: "After" });
  });

  test("but not when an existing group is renamed", async () => {
    await stack.up(only("UserGroup", { displayName: "Mine" }));
    const renamed = stack.up(only("UserGroup", { displayName: "Pilot users" }));
    const error = await renamed.catch((thrown: unknown) => thrown as Error);
    expect(advised((error as Error).message)).toBe(undefined);
  });
});

test("what another run of another program made is taken over like any other", async () => {
  await stack.up(only("DevicePreparationPolicy", { displayName: "Laptops" }));
  const id = stack.state.get("one")?.id;
  stack.state.clear();
  await tenant.editPolicy(sandbox, id ?? "", (body) => {
    body["description"] = "Being prepared by Pulumi: o/p/other/one";
  });
  await stack.up(only("DevicePreparationPolicy", { displayName: "Laptops", adoptId: id }));
  expect(await tenant.policy(sandbox, id ?? "")).toMatchObject({ id, description: "" });
});

describe("a fault at any request of an adoption", () => {
  const ADOPTIONS: Record<string, () => Promise<Program>> = {
    DeviceGroup: () =>
      Promise.resolve(only("DeviceGroup", { displayName: "Laptops", adoptId: SALES_LAPTOPS })),
    UserGroup: () =>
      Promise.resolve(
        only("UserGroup", { displayName: "Pilots", memberIds: [USERS[0]], adoptId: PILOTS }),
      ),
    DevicePreparationPolicy: async () => {
      const adoptId = await portalPolicy(userDriven({ name: "Laptops" }));
      await tenant.assign(sandbox, adoptId, [tenant.groupTarget(PILOTS)]);
      return only("DevicePreparationPolicy", { displayName: "Renamed", adoptId });
    },
  };

  test.each(Object.keys(ADOPTIONS))(
    "of a %s leaves state empty and the object in place, and the next run finishes it",
    async (kind) => {
      const program: () => Promise<Program> = ADOPTIONS[kind] ?? (() => Promise.resolve({}));
      await stack.up(await program());
      const parts = flat(graphRequests()).filter(({ path }) => !path.endsWith("$batch"));
      const places = [...new Set(parts.map(({ method, path }) => `${method} ${path}`))];
      expect(places.length).toBeGreaterThan(3);
      let failed = 0;
      for (const place of places) {
        sandbox.reset();
        stack.state.clear();
        const declared = await program();
        const id = declared["one"]?.args?.["adoptId"] as string;
        const [method = "", path = ""] = place.split(" ");
        const pattern = path
          .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
          .replace(/configurationPolicies\/[0-9a-f-]{36}/, "configurationPolicies/[0-9a-f-]{36}");
        sandbox.faults.set([
          { match: { method, path: pattern }, occurrence: "every", action: { status: 403 } },
        ]);
        const error = await stack.up(declared).then(
          () => undefined,
          (thrown: unknown) => thrown as Error,
        );
        const fired = sandbox.faults.records.some((record) => record.fired > 0);
        sandbox.faults.set([]);
        expect({ place, failed: error !== undefined }).toEqual({ place, failed: fired });
        if (error !== undefined) {
          failed += 1;
          expect(error).not.toHaveProperty("properties");
          expect(error.message).toMatch(/^Could not adopt the /);
          expect(stack.state.size).toBe(0);
        }
        await stack.up(declared);
        expect(stack.state.get("one")?.id).toBe(id);
        await stack.refresh();
        expect(stack.preview(declared)).toEqual({});
      }
      // The service principal is asked for once in a connection.
      expect(failed).toBeGreaterThanOrEqual(places.length - 2);
    },
    60_000,
  );

  test("that came after something was written says that it goes on", async () => {
    sandbox.faults.set([
      {
        match: { method: "DELETE", path: "/members/" },
        occurrence: "every",
        action: { status: 403 },
      },
    ]);
    const program = only("UserGroup", {
      displayName: "Pilots",
      memberIds: [USERS[0]],
      adoptId: PILOTS,
    });
    await expect(stack.up(program)).rejects.toThrow(
      `It (id ${PILOTS}) is not in the stack's state yet: \`pulumi up\` goes on with it.`,
    );
    sandbox.faults.set([]);
  });
});

test("an id that a lagging replica does not show is looked up twice", async () => {
  sandbox.faults.set([
    {
      match: { path: `/groups/${PILOTS}\\?` },
      action: { status: 404, body: { error: { code: "Request_ResourceNotFound", message: "x" } } },
    },
  ]);
  await stack.up(only("UserGroup", { displayName: "Pilot users", adoptId: PILOTS }));
  expect(stack.state.get("one")?.id).toBe(PILOTS);
  sandbox.faults.set([]);
});

test("the id of the state is the adopted one, and outputs hold the argument", async () => {
  const provider = v1("UserGroup");
  provider.configure({
    config: { get: (key) => ({ "autopilot:endpoint": sandbox.url })[key] },
  });
  const { inputs } = provider.check(
    {},
    { displayName: "Pilot users", adoptId: PILOTS.toUpperCase(), __origin: "o/p/s/n" },
  );
  expect(await provider.create(inputs)).toMatchObject({ id: PILOTS, outs: { adoptId: PILOTS } });
});
