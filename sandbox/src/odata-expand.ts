/** `$expand`: names with nested options in parentheses, e.g. `settings($expand=settingDefinitions)`. */
import { badRequest } from "./errors";

export interface ExpandItem {
  readonly name: string;
  /** Properties of the nested `$select`, when given. */
  readonly select?: readonly string[];
  readonly expand?: readonly ExpandItem[];
  readonly top?: number;
}

export function parseExpand(text: string): ExpandItem[] {
  return splitTop(text, ",").map((part) => {
    const match = /^\s*([\w./]+)\s*(?:\((.*)\))?\s*$/s.exec(part);
    const name = match?.[1];
    if (name === undefined)
      throw badRequest(
        `Parsing OData Select and Expand failed: Term '${part}' is not valid in a $select or $expand expression.`,
      );
    const item: { -readonly [K in keyof ExpandItem]: ExpandItem[K] } = { name };
    for (const option of splitTop(match?.[2] ?? "", ";").filter((each) => each.trim() !== "")) {
      const equals = option.indexOf("=");
      const key = option.slice(0, equals).trim().toLowerCase().replace(/^\$/, "");
      const value = option.slice(equals + 1).trim();
      if (key === "select") item.select = value.split(",").map((each) => each.trim());
      else if (key === "expand") item.expand = parseExpand(value);
      else if (key === "top" && /^\d+$/.test(value)) item.top = Number(value);
      else throw badRequest(`sandbox: '${option.trim()}' is not served inside $expand`);
    }
    return item;
  });
}

/** Splits at a character that stands outside parentheses and quotes. */
export function splitTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let current = "";
  for (const char of text) {
    if (char === "'") quoted = !quoted;
    else if (!quoted && char === "(") depth += 1;
    else if (!quoted && char === ")") depth -= 1;
    if (char === separator && depth === 0 && !quoted) {
      parts.push(current);
      current = "";
    } else current += char;
  }
  return [...parts, current];
}
