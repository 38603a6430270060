/** What the sources dispute about the membership target: both positions of each switch. */
import { type Json, userDriven } from "./sandbox-policies-bodies";
import { client, type Client, deviceGroup, policies, token } from "./sandbox-policies-client";

const set = "setEnrollmentTimeDeviceMembershipTarget";
const retrieve = "retrieveEnrollmentTimeDeviceMembershipTarget";
const clear = "clearEnrollmentTimeDeviceMembershipTarget";
const statuses = "enrollmentTimeDeviceMembershipTargetValidationStatuses";
const nowhere = "00000000-0000-4000-8000-000000000001";

const targets = (...ids: string[]): Json => ({
  enrollmentTimeDeviceMembershipTargets: ids.map((targetId) => ({
    targetType: "staticSecurityGroup",
    targetId,
  })),
});
const result = (body: Json): Json => ({
  validationSucceeded: body["validationSucceeded"],
  [statuses]: body[statuses],
});
const verdict = (id: string, targetValidationErrorCode = "unknown"): Json => ({
  validationSucceeded: targetValidationErrorCode === "unknown",
  [statuses]: [{ targetId: id, targetValidationErrorCode }],
});
const nothing = { validationSucceeded: true, [statuses]: [] };

async function start(
  options: Parameters<typeof client>[0] = {},
): Promise<Client & { path: string; id: string }> {
  const made = client(options);
  const id = await made.made(userDriven());
  return { ...made, id, path: `${policies}('${id}')` };
}

describe("switches", () => {
  it.each([
    ["root", false],
    ["wrapped", true],
  ] as const)("membershipResult = %s", async (membershipResult, wrapped) => {
    const { post, path } = await start({ switches: { membershipResult } });
    for (const [action, body] of [
      [set, targets(deviceGroup)],
      [retrieve, undefined],
    ] as const) {
      const answer = (await post(`${path}/${action}`, body)).body;
      expect(result(wrapped ? (answer["value"] as Json) : answer)).toEqual(verdict(deviceGroup));
      expect("value" in answer).toBe(wrapped);
    }
  });

  it("membershipRetrieve = targets shows what CIPP reads", async () => {
    const { post, path } = await start({ switches: { membershipRetrieve: "targets" } });
    expect((await post(`${path}/${retrieve}`)).body).toMatchObject({
      enrollmentTimeDeviceMembershipTargets: [],
    });
    await post(`${path}/${set}`, targets(deviceGroup));
    const { body } = await post(`${path}/${retrieve}`);
    expect(body).toMatchObject({ validationSucceeded: true, ...targets(deviceGroup) });
    expect(body[statuses]).toBeUndefined();
  });

  it("membershipStatusVerdict = present gives each status its own verdict", async () => {
    const { post, path } = await start({ switches: { membershipStatusVerdict: "present" } });
    const { body } = await post(`${path}/${set}`, targets(nowhere));
    expect(body[statuses]).toEqual([
      {
        targetId: nowhere,
        targetValidationErrorCode: "securityGroupNotFound",
        validationSucceeded: false,
      },
    ]);
  });

  it.each([
    ["kept", verdict(deviceGroup)],
    ["cleared", nothing],
  ] as const)(
    "membershipAfterFailedSet: the bound group is %s",
    async (membershipAfterFailedSet, expected) => {
      const { post, path } = await start({ switches: { membershipAfterFailedSet } });
      await post(`${path}/${set}`, targets(deviceGroup));
      await post(`${path}/${set}`, targets(nowhere));
      expect(result((await post(`${path}/${retrieve}`)).body)).toEqual(expected);
    },
  );

  it.each([
    ["both", { GET: 200, POST: 200 }],
    ["get", { GET: 200, POST: 400 }],
    ["post", { GET: 400, POST: 200 }],
  ] as const)("membershipRetrieveMethod = %s", async (membershipRetrieveMethod, expected) => {
    const { send, path } = await start({ switches: { membershipRetrieveMethod } });
    for (const [method, status] of Object.entries(expected)) {
      const answer = await send(method, `${path}/${retrieve}`);
      expect([method, answer.status]).toEqual([method, status]);
      if (status === 400)
        expect(answer.message).toMatch(
          /^No OData route exists that match template .* with http verb (GET|POST) for request /,
        );
    }
  });

  it("membershipRetrieveRoute = missing routes neither (CIPP)", async () => {
    const { send, path } = await start({ switches: { membershipRetrieveRoute: "missing" } });
    for (const method of ["GET", "POST"]) {
      const answer = await send(method, `${path}/${retrieve}`);
      expect([answer.status, answer.code]).toEqual([400, "No method match route template"]);
    }
  });

  const appOnly = token({
    appid: "a",
    idtyp: "app",
    roles: ["DeviceManagementConfiguration.ReadWrite.All"],
  });
  const delegated = token({ appid: "a", scp: "DeviceManagementConfiguration.ReadWrite.All" });

  it.each([
    ["accepted", appOnly, 200],
    ["accepted", delegated, 200],
    ["refused", appOnly, 500],
    ["refused", delegated, 200],
  ] as const)("appOnlyMembership = %s (%#)", async (appOnlyMembership, bearer, status) => {
    const { send, path } = await start({ switches: { appOnlyMembership } });
    for (const [action, body] of [
      [set, targets(deviceGroup)],
      [clear, {}],
    ] as const) {
      const answer = await send("POST", `${path}/${action}`, body, bearer);
      expect([action, answer.status]).toEqual([action, status]);
      if (status !== 500) continue;
      expect(answer.code).toBe("InternalError");
      expect((JSON.parse(answer.message) as Json)["Message"]).toMatch(/DeviceConfigV2/);
    }
    expect((await send("POST", `${path}/${retrieve}`, undefined, bearer)).status).toBe(200);
  });
});
