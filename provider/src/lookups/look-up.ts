import * as pulumi from "@pulumi/pulumi";
import type { Graph } from "../graph/client";
import { sharedGraph } from "../graph/shared";
import { connection } from "../identity/connection";
import { tokenSource } from "../identity/token";
import { findOne, type Named, type Search } from "./find-one";
import { LookupError } from "./lookup-error";

/** What an object is looked up by. */
export interface LookupArgs {
  /** The whole name as the admin center shows it; upper and lower case count. */
  displayName: string;
}

/** What an object is looked up by, where the name may be an output. */
export interface LookupOutputArgs {
  /** The whole name as the admin center shows it; upper and lower case count. */
  displayName: pulumi.Input<string>;
}

/** Asks the tenant now. Each mistake and each refusal is a `LookupError`. */
export function lookUp<Found extends Named>(
  search: Search<Found>,
  args: LookupArgs,
): Promise<Found> {
  return explained(search, args, async (displayName) => {
    const { graph, offline } = connected();
    if (offline) {
      throw new LookupError(`${search.call}: ${OFFLINE}, so nothing is looked up.`, [
        `In a preview ${search.call}Output gives an unknown value instead.`,
        `Or write the id instead: ${search.idGoes}.`,
      ]);
    }
    return findOne(graph, search, displayName);
  });
}

/** Asks the tenant when the name is known. Offline, a preview goes on with an unknown value. */
export function lookUpOutput<Found extends Named>(
  search: Search<Found>,
  args: LookupOutputArgs,
): pulumi.Output<Found> {
  const asked = { ...search, call: `${search.call}Output` };
  return pulumi.output<LookupOutputArgs>(args).apply<Found>((given) =>
    explained(asked, given, async (displayName) => {
      const { graph, offline } = connected();
      if (!offline) return findOne(graph, asked, displayName);
      if (pulumi.runtime.isDryRun()) return UNKNOWN as Found;
      throw new LookupError(
        `${asked.call}: ${OFFLINE}, and only a preview can go on without an answer.`,
        [`Unset it for this run, or write the id instead: ${search.idGoes}.`],
      );
    }),
  );
}

const OFFLINE = "autopilot:offline (or AUTOPILOT_OFFLINE) is set";

/** An output with this value is unknown, as one of a resource that is not created yet. */
const UNKNOWN: unknown = pulumi.unknown;

function connected(): { graph: Graph; offline: boolean } {
  const chosen = connection(configured, process.env);
  return { graph: sharedGraph(chosen, () => tokenSource(chosen)), offline: chosen.offline };
}

/** The stack's configuration under whole keys: `autopilot:endpoint`, `azuread:tenantId`. */
function configured(key: string): string | undefined {
  const colon = key.indexOf(":");
  return new pulumi.Config(key.slice(0, colon)).get(key.slice(colon + 1));
}

/** Checks the name, then turns whatever goes wrong into words about this look-up. */
async function explained<Found extends Named, Answer>(
  { call, noun, permission }: Search<Found>,
  args: Partial<Record<keyof LookupArgs, unknown>> | undefined,
  ask: (displayName: string) => Promise<Answer>,
): Promise<Answer> {
  const { displayName } = args ?? {};
  if (typeof displayName !== "string" || displayName.trim() === "") {
    const is =
      displayName === undefined
        ? "is missing"
        : `is ${typeof displayName === "string" ? "empty" : `of type ${typeof displayName}`}`;
    throw new LookupError(`${call}: displayName ${is}; it is the name of the ${noun}.`);
  }
  try {
    return await ask(displayName);
  } catch (error) {
    if (error instanceof LookupError) throw error;
    const { message, advice = [], status } = error as Partial<Refused>;
    throw new LookupError(
      `${call}: ${JSON.stringify(displayName)} could not be looked up: ${message ?? String(error)}`,
      [...(status === 403 ? [`This look-up needs ${permission}.`] : []), ...advice],
      { cause: error },
    );
  }
}

/** What the errors of connection and service have in common; not each has everything. */
interface Refused {
  message: string;
  advice: readonly string[];
  status: number;
}
