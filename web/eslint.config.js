/** The rules of the page's sources; how they are laid out is Prettier's. */
import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import ts from "typescript-eslint";

/** What the browser and Node give; the compiler knows them for TypeScript. */
const GLOBALS = [
  "console",
  "document",
  "performance",
  "process",
  "requestAnimationFrame",
  "window",
];

export default defineConfig(
  { ignores: ["node_modules", "coverage", "src/api/schema.d.ts"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{js,mjs}"],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(GLOBALS.map((name) => [name, "readonly"])),
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [
      js.configs.recommended,
      ts.configs.strictTypeChecked,
      hooks.configs.flat["recommended-latest"],
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // What returns nothing may be returned where nothing is awaited: a leap out of a function.
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "react-hooks/exhaustive-deps": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.object.name='Math'] > SpreadElement",
          message: "A spread holds as many values as the stack has room for: use extentOf.",
        },
        {
          selector: "CallExpression[callee.property.name=/^(push|unshift)$/] > SpreadElement",
          message: "A spread holds as many values as the stack has room for: use a loop.",
        },
        {
          selector: "CallExpression[callee.property.name='set'] > ArrayExpression > SpreadElement",
          message: "It copies the group for each value: use groupBy or addTo.",
        },
      ],
      // No component is compiled: the compiler's advice on memoising libraries is moot.
      "react-hooks/incompatible-library": "off",
    },
  },
  {
    // What the page knows and can do is told and tested without a page.
    files: ["src/{graph,state,commands}/**/*.ts"],
    rules: {
      "no-restricted-globals": ["error", "document", "window", "innerWidth", "innerHeight"],
      "no-restricted-imports": [
        "error",
        { patterns: ["react", "react-dom", "react/*", "**/panels/*", "**/ui/*"] },
      ],
    },
  },
  {
    // A test that finds nothing where it looks shall fail there and then.
    files: ["**/*.test.{ts,tsx}", "e2e/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
);
