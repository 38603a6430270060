/**
 * The changed properties that `pulumi preview --diff` prints for each resource: one line each, a list folded into one line.
 * With `--refresh` the engine prints what it found first and what it would do second; this is the second.
 */
export function changedLines(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let operation = "";
  let current: string[] | undefined;
  let depth = 0;
  for (const line of text.split("\n").map((one) => one.trim())) {
    const header = /^([~+-]+ )?pulumi[-:].*: \((\w[\w-]*)\)/.exec(line);
    const urn = /^\[urn=.*::([^:\]]+)\]$/.exec(line);
    if (header) {
      operation = header[2] ?? "";
      current = undefined;
    } else if (urn?.[1] !== undefined) {
      current = ["same", "refresh"].includes(operation) ? undefined : [];
      if (current) found.set(urn[1], current);
      depth = 0;
    } else if (/^(--outputs:--|Resources:|Diagnostics:|error:|warning:)/.test(line)) {
      current = undefined;
    } else if (current !== undefined && line !== "") {
      if (depth > 0) current.push(`${current.pop() ?? ""} ${line}`);
      else if (/^[~+-] /.test(line)) current.push(line.replace(/^(. \w+)\s*:/, "$1:"));
      if (/[[{]$/.test(line)) depth += 1;
      else if (/^([~+-] )?[\]}]$/.test(line)) depth = Math.max(0, depth - 1);
    }
  }
  return found;
}
