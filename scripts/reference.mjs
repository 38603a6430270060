// @ts-check
/**
 * `npm run reference`: writes docs/reference.md from the doc comments in `provider/src/resources`. With `--print` it
 * writes nothing and shows the page.
 */
import { writeFileSync } from "node:fs";
import prettier from "prettier";
import { main, say } from "./lib/output.mjs";
import { inRoot } from "./lib/paths.mjs";
import { referencePage } from "./lib/reference-page.mjs";

const file = inRoot("docs/reference.md");

await main(async () => {
  const options = { ...(await prettier.resolveConfig(file)), filepath: file };
  const page = await prettier.format(referencePage(), { ...options, proseWrap: "always" });
  if (process.argv.includes("--print")) {
    process.stdout.write(page);
    return;
  }
  writeFileSync(file, page);
  say("docs/reference.md is written.");
});
