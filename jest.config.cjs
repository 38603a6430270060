// @ts-check
/** Three projects: unit (no I/O), contract (the sandbox tenant over HTTP), engine (real processes). */

/** @type {import("jest").Config} */
const shared = {
  testEnvironment: "node",
  rootDir: __dirname,
  // Types are checked by `npm run types`; here they are only stripped.
  transform: {
    "\\.m?[jt]s$": [
      "@swc/jest",
      {
        swcrc: false,
        jsc: { target: "es2023", parser: { syntax: "typescript" } },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
  moduleFileExtensions: ["ts", "js", "mjs", "cjs", "json", "node"],
  // Sources, not builds. The same list is in tsconfig.json.
  moduleNameMapper: {
    "^pulumi-autopilot$": "<rootDir>/provider/src/index.ts",
    "^pulumi-autopilot/runtime$": "<rootDir>/provider/src/runtime.ts",
    "^pulumi-autopilot-sandbox$": "<rootDir>/sandbox/src/index.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/(provider|sandbox)/dist/"],
};

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    { ...shared, displayName: "unit", testMatch: ["<rootDir>/tests/unit/**/*.test.ts"] },
    { ...shared, displayName: "contract", testMatch: ["<rootDir>/tests/contract/**/*.test.ts"] },
    { ...shared, displayName: "faults", testMatch: ["<rootDir>/tests/faults/**/*.test.ts"] },
    {
      ...shared,
      displayName: "engine",
      testMatch: ["<rootDir>/tests/engine/**/*.test.ts"],
      testTimeout: 300_000,
    },
  ],
};
