// @ts-check
/** The steps of the benchmark, in their order. Nothing here needs an installed package: the set-up may come later. */
import { parseArgs } from "node:util";
import { load } from "./load.mjs";
import { requests } from "./requests.mjs";
import { scale } from "./scale.mjs";
import { stateSize } from "./state-size.mjs";
import { trips } from "./trips.mjs";

/** @type {readonly import("./numbers.mjs").Step[]} */
export const steps = [requests, trips, scale, stateSize, load];

/** What `npm run bench` was asked for; throws for what it does not know. */
export const wishes = () =>
  parseArgs({
    options: {
      only: { type: "string", multiple: true, default: [] },
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  }).values;
