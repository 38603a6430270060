/** An error for people: what failed and why, then what to do. Its text is complete without a stack. */
export class Failure extends Error {
  override readonly name = "Failure";

  constructor(
    message: string,
    readonly advice: string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** All lines, the most important one first: the progress row of a resource shows only that one. */
  get text(): string {
    return [this.message, ...this.advice.map((line) => `  ${line}`)].join("\n");
  }
}

/** Errors of this shape bring their own advice, for example those of the Graph client. */
interface Advised {
  advice: string[];
}

/** The text of any error, with its advice if it has some. */
export function failureText(error: unknown): string {
  if (error instanceof Failure) return error.text;
  if (error instanceof Error) {
    const { advice } = error as Partial<Advised>;
    return Array.isArray(advice) ? new Failure(error.message, advice).text : error.message;
  }
  return String(error);
}
