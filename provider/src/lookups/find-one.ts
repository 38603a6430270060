import type { Graph } from "../graph/client";
import { LookupError } from "./lookup-error";

/** One object that the service gave for a name. */
export interface Candidate<Found> {
  found: Found;
  /** In words, for a list of several: "winGetApp", "assigned security group". */
  kind: string;
  /** Another sort of object that shares the list; it is named in messages, and never the answer. */
  foreign?: boolean;
}

/** How one kind of object is found by its name. */
export interface Search<Found extends Named> {
  /** The function that the program calls. */
  call: string;
  /** What it looks for, in the singular and with its article: "a mobile app". */
  noun: string;
  /** Where the object's id can be written instead. */
  idGoes: string;
  /** What the identity needs. */
  permission: string;
  /** Everything of that name; may bring more. */
  named(graph: Graph, displayName: string): Promise<Candidate<Found>[]>;
  /** Some whose names begin so. Absent where `named` brings all there is. */
  beginning?(graph: Graph, start: string): Promise<Candidate<Found>[]>;
}

/** What every object that is looked up has. */
export interface Named {
  id: string;
  displayName: string;
}

/** So many similar names are shown. */
const SHOWN = 5;

/**
 * Finds the one object of exactly that name, letter by letter.
 *
 * @throws LookupError if none or more than one has the name; it lists what there is
 */
export async function findOne<Found extends Named>(
  graph: Graph,
  search: Search<Found>,
  displayName: string,
): Promise<Found> {
  const answers = await search.named(graph, displayName);
  const exact = answers.filter(
    ({ found, foreign }) => found.displayName === displayName && foreign !== true,
  );
  const [only, second] = exact;
  if (only !== undefined && second === undefined) return only.found;
  const { call, noun, idGoes } = search;
  const quoted = JSON.stringify(displayName);
  if (only !== undefined) {
    throw new LookupError(`${call}: ${exact.length} objects are named ${quoted}:`, [
      ...exact.map(({ found, kind }) => `${found.id} (${kind})`),
      `Write the id of the right one instead: ${idGoes}.`,
    ]);
  }
  const similar = await similarNames(graph, search, displayName, answers);
  throw new LookupError(`${call}: there is no ${noun} named ${quoted}.`, [
    ...(similar.length > 0
      ? ["Similar names, of which none is taken for it:", ...similar.map(line)]
      : ["Compare it with the name in the admin center."]),
    `The whole name counts, upper and lower case too. Or write the id instead: ${idGoes}.`,
  ]);
}

/** What is there under a name that begins alike, the closest first. */
async function similarNames<Found extends Named>(
  graph: Graph,
  search: Search<Found>,
  displayName: string,
  answers: Candidate<Found>[],
): Promise<Candidate<Found>[]> {
  const letters = Array.from(displayName);
  const start = letters.slice(0, Math.max(3, Math.ceil(letters.length / 2))).join("");
  // Only for the message: if it fails, it is still true that there is no object of the name.
  const more =
    answers.length > 0 ? answers : await search.beginning?.(graph, start).catch(() => []);
  return (more ?? [])
    .map((one) => ({ one, common: commonLetters(one.found.displayName, displayName) }))
    .filter(({ common }) => common >= start.length)
    .sort((a, b) => b.common - a.common)
    .slice(0, SHOWN)
    .map(({ one }) => one);
}

function commonLetters(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  let count = 0;
  while (count < left.length && left[count] === right[count]) count += 1;
  return count;
}

function line({ found, kind }: Candidate<Named>): string {
  return `${JSON.stringify(found.displayName)} (${kind}, id ${found.id})`;
}
