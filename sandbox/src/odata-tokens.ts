/** Words, quoted strings and punctuation of a `$filter`. A quote inside a string is doubled. */
import { badRequest } from "./errors";

export interface Token {
  readonly kind: "word" | "string" | "punctuation";
  readonly text: string;
  readonly at: number;
}

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:'((?:[^']|'')*)'|([(),:])|([^\s'(),:]+(?::\d[^\s'(),]*)?))/gy;
  while (pattern.lastIndex < text.trimEnd().length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null)
      throw badRequest(
        `Invalid filter clause: There is an unterminated string literal at position ${at} in '${text}'.`,
      );
    const [, string, punctuation, word] = match;
    if (string !== undefined)
      tokens.push({ kind: "string", text: string.replaceAll("''", "'"), at });
    else if (punctuation !== undefined) tokens.push({ kind: "punctuation", text: punctuation, at });
    else tokens.push({ kind: "word", text: word ?? "", at });
  }
  return tokens;
}
