import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { driftPage } from "../../support/drift-page";
import { ROWS } from "../../engine/rows";

const file = join(__dirname, "..", "..", "..", "docs", "drift.md");

test("docs/drift.md is the engine's table of rows (AUTOPILOT_WRITE_DOCS=1 writes it)", () => {
  const page = driftPage(ROWS);
  if (process.env["AUTOPILOT_WRITE_DOCS"]) writeFileSync(file, page);
  expect(readFileSync(file, "utf8")).toBe(page);
});
