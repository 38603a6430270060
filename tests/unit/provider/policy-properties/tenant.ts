import { ALL_USERS_GROUP_ID, assignmentTargets } from "../../../../provider/src/kinds/assignments";
import type { Graph } from "../../../../provider/src/graph/client";
import type { WireAssignment } from "../../../../provider/src/graph/configuration-policies";
import { GraphError } from "../../../../provider/src/graph/errors";
import type { Context } from "../../../../provider/src/lifecycle/kind";
import type { Props } from "../../../../provider/src/lifecycle/props";
import type { encode, WireSetting } from "../../../../provider/src/policy/codec";
import {
  type Mode,
  MODES,
  type TemplateMap,
  TEMPLATES,
} from "../../../../provider/src/policy/settings";
import { templateOf } from "../policy/wire";

export const ID = "00000000-0000-4000-8000-00000000cafe";
export const NO_ROUTE = Symbol("the tenant does not route the request");
export const ALL_USERS = ALL_USERS_GROUP_ID;

export type Json = Record<string, unknown>;

/** The template of each mode. */
export const TEMPLATE = Object.fromEntries(MODES.map((mode) => [mode, templateOf(mode)])) as Record<
  Mode,
  TemplateMap
>;

/** What the service holds of one policy, as it answers it. */
export interface Tenant {
  policy: Json & { settings?: unknown; assignments?: unknown };
  verdict: unknown;
  /** The settings, where the policy's own answer cuts them short. */
  pages?: WireSetting[][];
}

/** A kind of app for each id, as a tenant has it. */
export const appTypes = (values: Props): Map<string, string> =>
  new Map(
    ((values["appIds"] ?? []) as string[]).map((id, index) => [
      id,
      ["#microsoft.graph.winGetApp", "#microsoft.graph.win32LobApp"][index % 2]!,
    ]),
  );

/** The tenant that holds exactly these properties. */
export function tenantOf(
  inputs: Props,
  write: typeof encode,
  mode = inputs["mode"] as Mode,
): Tenant {
  const settings = write(inputs, TEMPLATE[mode], appTypes(inputs));
  return {
    policy: {
      "@odata.context": "https://graph.microsoft.com/beta/$metadata#x/$entity",
      id: ID,
      name: inputs["displayName"],
      description: inputs["description"],
      platforms: "windows10",
      technologies: "enrollment",
      roleScopeTagIds: [...(inputs["roleScopeTagIds"] as string[])],
      templateReference: {
        templateId: TEMPLATES[mode],
        templateFamily: "enrollmentConfiguration",
      },
      priorityMetaData: { priority: 3 },
      settings,
      assignments: [
        ...assignmentTargets(inputs),
        ...((inputs["otherAssignments"] ?? []) as string[]).map(targetOf),
      ],
    },
    verdict: verdictOn(inputs["deviceGroupId"], inputs["deviceGroupStatus"]),
  };
}

function targetOf(text: string): WireAssignment {
  const [kind, groupId] = text.split(" ");
  return {
    target: {
      "@odata.type": `#microsoft.graph.${kind!}`,
      ...(groupId !== undefined && { groupId }),
    },
  };
}

function verdictOn(targetId: unknown, status: unknown): Json {
  const rejected = status !== undefined && status !== "bound";
  const code = rejected && status !== "rejected" ? status : "unknown";
  return {
    validationSucceeded: !rejected,
    enrollmentTimeDeviceMembershipTargetValidationStatuses:
      targetId === undefined ? [] : [{ targetId, targetValidationErrorCode: code }],
  };
}

/** The context of a program that reads that tenant. Anything but a read is an error. */
export function contextOf({ policy, verdict, pages = [] }: Tenant): Context<Graph> {
  const answer = (method: string, path: string): unknown => {
    if (path.includes("/retrieveEnrollmentTimeDeviceMembershipTarget")) {
      if (verdict !== NO_ROUTE) return verdict;
      const message = "No OData route exists that match template";
      throw new GraphError({ method, path, status: 400, code: "BadRequest", message });
    }
    const page = /\/settings\?.*?(\d+)?$/.exec(path.replace("$top=100", ""));
    if (page === null) return policy;
    const number = Number(page[1] ?? 0);
    const next = `https://x/beta/deviceManagement/configurationPolicies/${ID}/settings?$skip=${number + 1}`;
    return {
      value: pages[number],
      ...(number + 1 < pages.length && { "@odata.nextLink": next }),
    };
  };
  return {
    service: {
      get: async <T>(path: string) => overTheWire(answer("GET", path)) as T,
      send: async ({ method, path }) => {
        const body = overTheWire(answer(method, path)) as never;
        if (path.includes("/retrieve")) return { status: 200, body };
        throw new Error(`${method} ${path} while reading`);
      },
    },
    clock: { now: () => 0, sleep: async () => undefined },
    deadline: 0,
    say: () => undefined,
    made: () => undefined,
  };
}

/** A copy that holds what JSON can hold. */
function overTheWire(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
