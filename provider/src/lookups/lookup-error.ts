import { RunError } from "@pulumi/pulumi";

/** Why a look-up has no answer. Pulumi prints the message of such an error without a stack trace, once, and ends the program. */
export class LookupError extends RunError {
  override readonly name = "LookupError";

  /** The first line says what is wrong, the others what to do. */
  constructor(first: string, more: readonly string[] = [], options: { cause?: unknown } = {}) {
    super([first, ...more.map((line) => `  ${line}`)].join("\n"));
    if (options.cause !== undefined) this.cause = options.cause;
  }
}
