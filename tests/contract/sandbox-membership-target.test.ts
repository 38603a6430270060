/** The device group of a policy: verdicts, what is bound, what is seen again, and what the sources dispute. */
import { automatic, type Json, userDriven } from "./sandbox-policies-bodies";
import {
  client,
  type Client,
  deviceGroup,
  ownerPrincipal,
  policies,
  userGroup,
} from "./sandbox-policies-client";

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

describe("set", () => {
  it("binds a group that Intune owns, and retrieve shows it", async () => {
    const { post, get, path } = await start();
    const answer = await post(`${path}/${set}`, targets(deviceGroup));
    expect(answer.status).toBe(200);
    expect(result(answer.body)).toEqual(verdict(deviceGroup));
    expect(result((await post(`${path}/${retrieve}`)).body)).toEqual(verdict(deviceGroup));
    expect(result((await get(`${path}/${retrieve}`)).body)).toEqual(verdict(deviceGroup));
  });

  it.each([
    "microsoft.graph.enrollmentTimeDeviceMembershipTarget",
    "#microsoft.graph.enrollmentTimeDeviceMembershipTarget",
  ])("takes the target with @odata.type %s (CIPP, SJK)", async (type) => {
    const { post, path } = await start();
    const body = {
      enrollmentTimeDeviceMembershipTargets: [
        { "@odata.type": type, targetType: "staticSecurityGroup", targetId: deviceGroup },
      ],
    };
    expect(result((await post(`${path}/${set}`, body)).body)).toEqual(verdict(deviceGroup));
  });

  it("works for the automatic template too (TF PR #3624)", async () => {
    const { made, post } = client();
    const id = await made(automatic());
    expect(result((await post(`${policies}/${id}/${set}`, targets(deviceGroup))).body)).toEqual(
      verdict(deviceGroup),
    );
  });

  it.each([
    ["securityGroupNotFound", nowhere, {}],
    ["firstPartyAppNotAnOwner", userGroup, {}],
    ["notSecurityGroup", deviceGroup, { securityEnabled: false, mailEnabled: true }],
    ["notSecurityGroup", deviceGroup, { groupTypes: ["Unified"] }],
    ["notStaticSecurityGroup", deviceGroup, { groupTypes: ["DynamicMembership"] }],
    ["securityGroupNotInCallerScope", deviceGroup, { outsideCallerScope: true }],
  ])("rejects with %s: HTTP 200, nothing bound (facts 2.2)", async (code, id, changes) => {
    const { post, path, tenant } = await start();
    Object.assign(tenant.groups.get(id) ?? {}, changes);
    const answer = await post(`${path}/${set}`, targets(id));
    expect(answer.status).toBe(200);
    expect(result(answer.body)).toEqual(verdict(id, code));
    expect(result((await post(`${path}/${retrieve}`)).body)).toEqual(nothing);
  });

  it("replaces the group that was bound", async () => {
    const { post, path, tenant } = await start();
    tenant.groups.get(userGroup)?.ownerIds.push(ownerPrincipal);
    await post(`${path}/${set}`, targets(userGroup));
    await post(`${path}/${set}`, targets(deviceGroup));
    expect(result((await post(`${path}/${retrieve}`)).body)).toEqual(verdict(deviceGroup));
  });

  it("does not find a fresh group until Intune sees it", async () => {
    const { post, path, tenant } = await start({ lag: { intuneGroupVisibleMs: 30_000 } });
    const group = tenant.groups.get(deviceGroup);
    if (group !== undefined) group.createdAt = tenant.now().getTime();
    expect(result((await post(`${path}/${set}`, targets(deviceGroup))).body)).toEqual(
      verdict(deviceGroup, "securityGroupNotFound"),
    );
    tenant.advance(30_000);
    expect(result((await post(`${path}/${set}`, targets(deviceGroup))).body)).toEqual(
      verdict(deviceGroup),
    );
  });

  it.each([
    ["no target", targets()],
    ["two targets", targets(deviceGroup, userGroup)],
    ["another wrapper", { targets: [] }],
    [
      "a target instead of the list",
      {
        enrollmentTimeDeviceMembershipTargets: {
          targetType: "staticSecurityGroup",
          targetId: deviceGroup,
        },
      },
    ],
    [
      "the type of 2024",
      {
        enrollmentTimeDeviceMembershipTargets: [
          { targetType: "entraSecurityGroup", targetId: deviceGroup },
        ],
      },
    ],
    ["no type", { enrollmentTimeDeviceMembershipTargets: [{ targetId: deviceGroup }] }],
    [
      "no id",
      {
        enrollmentTimeDeviceMembershipTargets: [
          { targetType: "staticSecurityGroup", targetId: null },
        ],
      },
    ],
    [
      "another @odata.type",
      {
        enrollmentTimeDeviceMembershipTargets: [
          {
            "@odata.type": "#microsoft.graph.groupAssignmentTarget",
            targetType: "staticSecurityGroup",
            targetId: deviceGroup,
          },
        ],
      },
    ],
    [
      "an unknown property",
      {
        enrollmentTimeDeviceMembershipTargets: [
          { targetType: "staticSecurityGroup", targetId: deviceGroup, groupId: deviceGroup },
        ],
      },
    ],
  ])("refuses %s with 400", async (_, body) => {
    const { post, path } = await start();
    expect((await post(`${path}/${set}`, body)).status).toBe(400);
    expect(result((await post(`${path}/${retrieve}`)).body)).toEqual(nothing);
  });
});

describe("retrieve validates again", () => {
  it.each([
    [
      "firstPartyAppNotAnOwner",
      "the owner was removed",
      (at: Client): void => void (at.tenant.groups.get(deviceGroup)!.ownerIds = []),
    ],
    [
      "notStaticSecurityGroup",
      "the group was made dynamic",
      (at: Client): void =>
        void (at.tenant.groups.get(deviceGroup)!["groupTypes"] = ["DynamicMembership"]),
    ],
    [
      "securityGroupNotFound",
      "the group was deleted",
      (at: Client): void => void at.tenant.groups.delete(deviceGroup),
    ],
  ] as const)("%s when %s", async (code, _, change) => {
    const at = await start();
    await at.post(`${at.path}/${set}`, targets(deviceGroup));
    change(at);
    const answer = await at.post(`${at.path}/${retrieve}`);
    expect(answer.status).toBe(200);
    expect(result(answer.body)).toEqual(verdict(deviceGroup, code));
  });
});

describe("clear", () => {
  it("answers 200 and true, with or without something bound, with or without a body", async () => {
    const { post, path } = await start();
    await post(`${path}/${set}`, targets(deviceGroup));
    for (const body of [undefined, {}]) {
      const answer = await post(`${path}/${clear}`, body);
      expect({ status: answer.status, value: answer.body["value"] }).toEqual({
        status: 200,
        value: true,
      });
    }
    expect(result((await post(`${path}/${retrieve}`)).body)).toEqual(nothing);
  });
});

it("a policy that isn't there has no target either", async () => {
  const { post } = client();
  for (const action of [set, retrieve, clear]) {
    expect((await post(`${policies}/${nowhere}/${action}`, targets(deviceGroup))).status).toBe(404);
  }
});
