/** examples/automatic: the steps of its README, in their order. */
import * as known from "../../support/example";
import { Example, NOTHING_LEFT, NOTHING_TO_DO, POLICIES } from "../../support/example";
import * as tenant from "../../support/tenant";

jest.setTimeout(300_000);

let example: Example;
let devices: string;
let policy: string;

beforeAll(async () => {
  example = await Example.start("automatic");
});

afterAll(() => example.stack.close());

/** The ids of the policy's apps in the tenant. */
async function apps(): Promise<unknown[]> {
  const { allowedappids } = await example.settings(policy);
  return (allowedappids as string[]).map((app) => (JSON.parse(app) as { id: string }).id).sort();
}

test("the preview needs no tenant", async () => {
  const preview = await example.previewOffline();
  expect(preview).toMatchObject({ code: 0, requests: [] });
  expect(preview.stdout).toContain("+ 3 to create");
});

test("up makes a policy of the template for Windows 365, for nobody", async () => {
  await example.stack.up();
  const ids = await example.ids();
  devices = ids["cloud-pcs"]!;
  policy = ids["cloud-pc-preparation"]!;
  expect(await tenant.policy(example.sandbox, policy)).toMatchObject({
    name: "Cloud PC preparation",
    templateReference: { templateId: "a6157a7f-aa00-42d9-ac82-7d2479f545db_1" },
  });
  expect(await tenant.assignedTo(example.sandbox, policy)).toEqual([]);
});

test("the policy has the app, the device group and no other setting", async () => {
  expect(await apps()).toEqual([known.OFFICE]);
  expect(Object.keys(await example.settings(policy))).toEqual(["allowedappids"]);
  expect(await example.owners(devices)).toEqual([known.PROVISIONING_CLIENT]);
  expect(await tenant.boundGroup(example.sandbox, policy)).toEqual({
    id: devices,
    code: "unknown",
  });
});

test("then nothing is left to do", async () => {
  expect(await example.drift()).toEqual(NOTHING_TO_DO);
});

test("an argument of the other mode fails in the preview", async () => {
  const mode = 'mode: "automatic",';
  const preview = await example.mistake(mode, `${mode} timeoutMinutes: 60,`);
  expect(preview).toMatchObject({ code: 1, requests: [] });
  expect(preview.text).toContain("timeoutMinutes exists only in mode userDriven");
});

test("another app is one line and one write", async () => {
  const { lines, sent } = await example.change(
    `["${known.OFFICE}"]`,
    `["${known.OFFICE}", "${known.COMPANY_PORTAL}"]`,
  );
  expect(lines).toEqual({ "cloud-pc-preparation": [expect.stringMatching(/^~ appIds: \[.*\]$/)] });
  expect(sent).toEqual([`PUT ${POLICIES}/${policy}`]);
  expect(await apps()).toEqual([known.COMPANY_PORTAL, known.OFFICE]);
});

test("a device group that was taken away shows", async () => {
  await tenant.bind(example.sandbox, policy);
  expect(await example.drift()).toEqual({
    code: 7,
    lines: { "cloud-pc-preparation": [`+ deviceGroupId: "${devices}"`] },
  });
});

test("up binds it again", async () => {
  await example.stack.up("--refresh");
  expect(await tenant.boundGroup(example.sandbox, policy)).toEqual({
    id: devices,
    code: "unknown",
  });
  expect(await example.drift()).toEqual(NOTHING_TO_DO);
});

test("destroy leaves nothing", async () => {
  expect(await example.destroy()).toEqual(NOTHING_LEFT);
});
