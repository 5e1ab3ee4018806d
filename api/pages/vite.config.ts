import { defineConfig } from "vite";
import { licences } from "./scripts/licences.mjs";

const here = (path: string) => decodeURI(new URL(path, import.meta.url).pathname);

// GraphiQL's style sheet carries fonts as data, four fifths of its size; the system's do.
const systemFonts = {
  name: "system-fonts",
  enforce: "pre" as const,
  transform: (code: string, id: string) =>
    id.includes("graphiql/dist/style.css") ? code.replace(/@font-face\s*\{[^}]*\}/g, "") : undefined,
};

// What the bundler says of others' sources, and of a busy machine.
const QUIET = ["MODULE_LEVEL_DIRECTIVE", "PLUGIN_TIMINGS"];

export default defineConfig({
  base: "/",
  plugins: [systemFonts, licences],
  resolve: {
    // GraphiQL's dialogs add style elements, which the policy forbids; ours adopts style sheets instead.
    alias: { "react-style-singleton": here("src/graphiql/sheets.ts") },
  },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      input: [here("index.html"), here("graphiql.html")],
      onLog: (level, log, handle) => !QUIET.includes(log.code ?? "") && handle(level, log),
    },
  },
  server: { proxy: { "^/(graphql|examples.json|schema.graphql)": "http://127.0.0.1:8765" } },
  test: { include: ["src/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
