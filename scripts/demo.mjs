// @ts-check
/** `npm run demo`: sets up, then plays the story. */
import { Failure, main } from "./lib/output.mjs";
import { setup } from "./lib/setup.mjs";

await main(async () => {
  await setup();
  throw new Failure("The story is not written yet.");
});
