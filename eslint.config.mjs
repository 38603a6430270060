// @ts-check
import eslint from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { directionRules } from "./scripts/lib/import-direction.mjs";

const typescript = ["**/*.ts"];
const relaxed = ["tests/**/*.ts", "examples/**/*.ts"];

export default defineConfig(
  globalIgnores(["**/dist/", "**/node_modules/", "coverage/", ".state/", ".sandbox/"]),
  eslint.configs.recommended,
  {
    // The direction rules apply to scripts too, which don't load the TypeScript set.
    plugins: { "@typescript-eslint": tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // TypeScript finds undefined names, in scripts too (`@ts-check`).
      "no-undef": "off",
      eqeqeq: ["error", "always"],
      "no-var": "error",
      "prefer-const": "error",
      "object-shorthand": "error",
    },
  },
  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers read well inside a template; the rest of the rule stays.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `_` marks what a signature demands and the body doesn't need.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  ...directionRules,
  {
    files: relaxed,
    rules: {
      // A test may say what it knows: a failing assertion is a failing test.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/unbound-method": "off",
      // Resources are declared for their effect.
      "no-new": "off",
    },
  },
);
