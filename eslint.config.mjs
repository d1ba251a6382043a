// Layers, and what a formatter or compiler cannot see.

import { builtinModules } from "node:module";
import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** Forbids imports and globals in a layer, with the reason. Imports of types count too. */
function layer(files, patterns, globals = []) {
  return {
    files,
    rules: {
      "no-restricted-imports": ["error", { patterns }],
      "no-restricted-globals": ["error", ...globals],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ImportExpression[source.value=/^(vscode$|node:)/]",
          message: "Import it at the top of the file, where its layer shows.",
        },
      ],
    },
  };
}

const editor = {
  group: ["vscode", "**/vscode/**"],
  message: "This layer knows no editor: pass a port in.",
};
const node = {
  // The package named "buffer/" is not the module of Node.
  regex: `^node:|^(${builtinModules.join("|")})$|/node/`,
  message: "This layer runs in a browser worker too.",
};
const worker = {
  group: ["**/web/**"],
  message: "This layer runs in Node too.",
};
const entries = {
  group: ["**/extension.node*", "**/extension.web*", "**/cli.js"],
  message: "Entry points are imported by nobody.",
};
const nodeGlobals = ["Buffer", "process", "global", "setImmediate", "__dirname", "__filename"].map(
  (name) => ({ name, message: node.message }),
);

/** The rooms of a folder, the lowest first: each may import those before it. */
function rooms(folder, names, patterns, globals = nodeGlobals) {
  return names.map((name, height) => {
    const above = names.slice(height + 1).join("|");
    const room = {
      regex: `^(?:\\.\\./)+(?:${above})/`,
      message: "A room imports only those below it; eslint.config.mjs lists them.",
    };
    const all = above === "" ? patterns : [...patterns, room];
    return layer([`${folder}/${name}/**/*.ts`], all, globals);
  });
}

const COMMON_ROOMS = [
  ...["text", "storage", "capture", "git", "meaning", "memories", "recall", "rewrite", "tools"],
  ...["agents", "import", "views"],
];
const EDITOR_ROOMS = [
  ...["storage", "git", "capture", "documents", "status", "views", "commands", "tools", "chat"],
  ...["import", "agents"],
];
const NODE_ROOMS = ["git", "import", "mcp", "cli"];

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "**/dist/",
      "**/target/",
      "pkg/",
      "tests/hosts/test-model/",
      "**/screenshots/",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // A text is taken apart by code points on purpose.
      "@typescript-eslint/no-misused-spread": "off",
      // An editor's interfaces are met by plain objects.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    // node:test keeps its own account of the promises of tests.
    files: ["**/*.test.ts", "extension/test/**/*.ts", "tests/**/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
  layer(["extension/src/common/**/*.ts"], [editor, node, worker, entries], nodeGlobals),
  ...rooms("extension/src/common", COMMON_ROOMS, [editor, node, worker, entries]),
  layer(["extension/src/http/**/*.ts"], [editor, node, worker, entries], nodeGlobals),
  layer(["extension/src/vscode/**/*.ts"], [node, worker, entries], nodeGlobals),
  ...rooms("extension/src/vscode", EDITOR_ROOMS, [node, worker, entries]),
  layer(["extension/src/webview/**/*.ts"], [editor, node, worker, entries], nodeGlobals),
  layer(["extension/src/node/**/*.ts"], [editor, worker, entries]),
  ...rooms("extension/src/node", NODE_ROOMS, [editor, worker, entries], []),
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: {
        AbortSignal: "readonly",
        Buffer: "readonly",
        EventSource: "readonly",
        URL: "readonly",
        URLSearchParams: "readonly",
        clearInterval: "readonly",
        clearTimeout: "readonly",
        console: "readonly",
        document: "readonly",
        fetch: "readonly",
        location: "readonly",
        process: "readonly",
        setInterval: "readonly",
        setTimeout: "readonly",
        window: "readonly",
      },
    },
  },
);
