import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEVICE_GROUP_FIELDS } from "../../../provider/src/kinds/device-group";
import { POLICY_FIELDS } from "../../../provider/src/kinds/policy-fields";
import { POLICY_ORDER_FIELDS } from "../../../provider/src/kinds/policy-order";
import { USER_GROUP_FIELDS } from "../../../provider/src/kinds/user-group";

const root = join(__dirname, "../../..");
const page = readFileSync(join(root, "docs/reference.md"), "utf8");

test("docs/reference.md is what the doc comments say (`npm run reference` writes it)", () => {
  // A process of its own: jest can't do the `import()` with which prettier loads its parsers.
  const script = join(root, "scripts/reference.mjs");
  const made = execFileSync(process.execPath, [script, "--print"], { encoding: "utf8" });
  expect(page).toBe(made);
});

test.each([
  ["DeviceGroup", DEVICE_GROUP_FIELDS],
  ["UserGroup", USER_GROUP_FIELDS],
  ["DevicePreparationPolicy", POLICY_FIELDS],
  ["PolicyOrder", POLICY_ORDER_FIELDS],
])("every property of %s is in its section", (kind, fields) => {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${kind}\n`)) ?? "";
  const listed = new Set(Array.from(section.matchAll(/^\| `(\w+)`/gm), ([, name]) => name));
  expect(Object.keys(fields).filter((name) => !listed.has(name))).toEqual([]);
});
