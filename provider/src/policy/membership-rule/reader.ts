/** One mistake or oddity; the column counts characters from 1. */
export interface Remark {
  column: number;
  message: string;
}

/** A remark about the place, counted from 0. Words that are too long for a message are cut. */
export function remark(at: number, message: string): Remark {
  const short = message.replace(/\S{65,}/g, (word) => `${word.slice(0, 60)}...`);
  return { column: at + 1, message: short };
}

/** Where that is in the text, for a person: rules of several lines are counted in lines. */
export function placeOf(text: string, column: number): string {
  const lines = text.slice(0, column - 1).split("\n");
  const inLine = (lines.at(-1)?.length ?? 0) + 1;
  return text.includes("\n") ? `line ${lines.length}, column ${inLine}` : `column ${column}`;
}

/** A mistake after which the rest of the comparison makes no sense. Caught where reading can go on. */
export class Fault extends Error {
  override readonly name = "Fault";
  /** Where it is, from 0. */
  readonly at: number;
  /** The text ends before this is over, so that nothing can be said about the rest. */
  readonly fatal: boolean;

  constructor(at: number, message: string, fatal = false) {
    super(message);
    this.at = at;
    this.fatal = fatal;
  }
}

/** A place in a text, moved forward by what is recognised there. */
export class Reader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** The character here, empty at the end. */
  get here(): string {
    return this.text.charAt(this.at);
  }

  /** Moves over spaces, tabs and line breaks. */
  skipSpace(): void {
    this.take(/\s+/y);
  }

  /** What the sticky expression finds here. Moves behind it. */
  take(expression: RegExp): string | undefined {
    const found = this.see(expression);
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** What the sticky expression finds here. */
  see(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    return expression.exec(this.text)?.[0];
  }

  /** What stands here, as a message shows it. */
  shown(): string {
    const piece = this.see(/[\w.$-]+|\S/uy) ?? "";
    return piece === "" ? "the end" : brief(piece);
  }
}

/** A piece of the rule as a message shows it: short, and on one line. */
export function brief(piece: string): string {
  const line = piece.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 37)}...` : line;
}
