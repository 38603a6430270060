/** Look-ups in a real program: what a preview and an update send, and what a reviewer reads when the answer is missing. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { flat, Stack, writes } from "../support/stack";
import * as tenant from "../support/tenant";

jest.setTimeout(300_000);

const PILOTS = "9a000000-0000-4000-8000-000000000005";
const PORTAL = "ab000000-0000-4000-8000-000000000003";
const TIME_ZONE = "5c000000-0000-4000-8000-000000000001";

const OFFLINE = { AUTOPILOT_OFFLINE: "true" };

const program = (group = "Pilot users") => `
const autopilot = require("pulumi-autopilot");
const pilots = autopilot.getGroupOutput({ displayName: ${JSON.stringify(group)} });
const portal = autopilot.getMobileAppOutput({ displayName: "Company Portal" });
const zone = autopilot.getScriptOutput({ displayName: "Set time zone" });
const devices = new autopilot.DeviceGroup("devices");
const policy = new autopilot.DevicePreparationPolicy("policy", {
  displayName: "Laptops",
  deviceGroupId: devices.id,
  userGroupIds: [pilots.id],
  appIds: [portal.id],
  scriptIds: [zone.id],
});
exports.ids = { policy: policy.id };
`;

const PLAIN = `
const autopilot = require("pulumi-autopilot");
module.exports = async () => ({
  pilots: (await autopilot.getGroup({ displayName: "Pilot users" })).id,
});
`;

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start();
});
afterAll(() => stack.close());

const declare = (text: string) => {
  writeFileSync(join(stack.folder, "index.js"), text);
};

test("an offline preview sends nothing and shows what is looked up as unknown", async () => {
  declare(program());
  const preview = await stack.pulumiWith(OFFLINE, "preview", "--diff");
  expect(preview).toMatchObject({ code: 0, requests: [] });
  expect(preview.stdout.match(/\[0\]: \[unknown\]/g)).toHaveLength(3);
});

test("an offline update fails, says why once for each, and makes nothing of what needs the answer", async () => {
  declare(program());
  const up = await stack.pulumiWith(OFFLINE, "up", "--yes", "--skip-preview");
  expect(up.code).not.toBe(0);
  expect(writes(up.requests).filter((line) => line.includes("configurationPolicies"))).toEqual([]);
  for (const call of ["getGroupOutput", "getMobileAppOutput", "getScriptOutput"]) {
    const diagnostics = up.text.slice(up.text.indexOf("Diagnostics:"));
    const why = `${call}: autopilot:offline (or AUTOPILOT_OFFLINE) is set, and only a preview`;
    expect(diagnostics.split(why)).toHaveLength(2);
  }
  expect(up.text).not.toContain("look-up.js");
});

test("a preview sends one request for all look-ups and shows the ids", async () => {
  declare(program());
  const preview = await stack.preview();
  expect(preview).toMatchObject({ code: 0 });
  expect(preview.requests).toHaveLength(1);
  expect(flat(preview.requests)).toHaveLength(3);
  for (const id of [PILOTS, PORTAL, TIME_ZONE]) expect(preview.stdout).toContain(id);
});

test("an update uses what is found, and the next preview has nothing to do", async () => {
  declare(program());
  await stack.up();
  const { policy = "" } = await stack.ids();
  const made = await tenant.policy(stack.sandbox, policy);
  expect(await tenant.assignedTo(stack.sandbox, policy)).toEqual([PILOTS]);
  expect(tenant.setting(made, "allowedscriptids")).toEqual([TIME_ZONE]);
  expect(tenant.setting(made, "allowedappids")).toEqual([expect.stringContaining(PORTAL)]);
  const again = await stack.pulumi("preview", "--refresh", "--expect-no-changes");
  expect(again).toMatchObject({ code: 0 });
});

test("a name that is not there fails the preview, and the error lists what is", async () => {
  declare(program("Pilot user"));
  const preview = await stack.preview();
  expect(preview.code).not.toBe(0);
  expect(preview.text).toContain('getGroupOutput: there is no group named "Pilot user".');
  expect(preview.text).toContain(`"Pilot users" (assigned security group, id ${PILOTS})`);
  expect(writes(preview.requests)).toEqual([]);
});

test("the plain form is awaited, and offline it fails with a hint", async () => {
  declare(PLAIN);
  const offline = await stack.pulumiWith(OFFLINE, "preview");
  expect(offline.code).not.toBe(0);
  expect(offline.requests).toEqual([]);
  expect(offline.text).toContain("In a preview getGroupOutput gives an unknown value instead.");
  const preview = await stack.preview();
  expect(preview).toMatchObject({ code: 0 });
  expect(preview.stdout).toContain(PILOTS);
});

test("offline may be set in the stack's configuration", async () => {
  declare(program());
  await stack.pulumi("config", "set", "autopilot:offline", "true");
  const preview = await stack.preview();
  expect(preview).toMatchObject({ code: 0, requests: [] });
  expect(preview.stdout).toContain("[unknown]");
});
