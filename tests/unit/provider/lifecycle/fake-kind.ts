import {
  type ContextMaker,
  engineProvider,
  type EngineProvider,
} from "../../../../provider/src/lifecycle/engine-provider";
import type { Fields } from "../../../../provider/src/lifecycle/field";
import type { Kind } from "../../../../provider/src/lifecycle/kind";

/** One row of each sort that the engine's provider treats in its own way. */
export const FIELDS = {
  displayName: { kind: "string" },
  size: { kind: "integer", minimum: 1, maximum: 9, unit: "boxes" },
  groupId: { kind: "id" },
  tagIds: { kind: "textSet" },
  memberIds: { kind: "textSet", unmanagedWhenAbsent: true },
  createMissing: { kind: "boolean", local: true },
  healthy: { kind: "boolean", invariant: true },
} as const satisfies Fields;

/** Inputs as check makes them, with what the engine and the class add. */
export const INPUTS = {
  displayName: "Box",
  size: 3,
  tagIds: ["0"],
  createMissing: true,
  healthy: true,
  __provider: "text",
  __origin: "acme/fleet/prod/box",
};

/** What the tenant shows for those inputs. */
export const LIVE = {
  inputs: { displayName: "Box", size: 3, tagIds: ["0"], healthy: true },
  outputs: { priority: 7 },
};

/** State as a create leaves it. */
export const STATE = { ...INPUTS, priority: 7, schemaVersion: 1 };

/** What a test says of the service: what each method does, and how often. Untold methods fail. */
export type Service = Partial<Pick<Kind<string>, "create" | "read" | "update" | "delete">>;

const untold = () => Promise.reject(new Error("not expected"));

const connect: ContextMaker<string> = (_config, made) => ({
  service: "service",
  clock: { now: () => 0, sleep: async () => undefined },
  deadline: 0,
  say: () => undefined,
  made,
});

/** A kind of boxes over that service, as the engine sees it. */
export function boxes(service: Service, maker: ContextMaker<string> = connect): EngineProvider {
  return engineProvider(
    {
      name: "Box",
      noun: "box",
      fields: FIELDS,
      complete: (inputs) => ({ inputs, failures: [] }),
      create: untold,
      read: untold,
      update: untold,
      delete: untold,
      ...service,
    },
    maker,
  );
}

/** An error as the engine sees it: with what makes it keep a half-made object, if anything. */
export interface EngineError extends Error {
  id?: string;
  properties?: Record<string, unknown>;
  reasons?: string[];
}

/** The error of an operation that must fail. */
export async function failureOf(operation: Promise<unknown>): Promise<EngineError> {
  try {
    await operation;
  } catch (error) {
    return error as EngineError;
  }
  throw new Error("it did not fail");
}
