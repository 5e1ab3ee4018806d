// GraphiQL over this server, with example queries and the token of the other pages.

import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";
import "./graphiql.css";
import { remember, reviewer, token } from "../token";

interface Call {
  query: string;
  variables?: unknown;
  operationName?: string | null;
}

async function fetcher(call: Call, options?: { headers?: Record<string, string> }): Promise<unknown> {
  const known = token();
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      ...(known && { Authorization: `Bearer ${known}` }),
      ...options?.headers,
    },
    body: JSON.stringify({ ...call, operationName: current(call) }),
  });
  return response.json();
}

/** The operation to run; just after a change of tab GraphiQL still names the last tab's. */
function current({ query, operationName }: Call): string | null {
  return operationName && new RegExp(`\\b${operationName}\\b`).test(query) ? operationName : null;
}

const examples = (await fetch("/examples.json").then((response) => response.json())) as Record<string, string>;
const tabs = Object.entries(examples).map(([name, query]) => ({
  query: `# ${name}\n${named(name, query)}\n`,
  variables: "",
  headers: "",
}));

/** A query under its example's name, which GraphiQL shows on its tab. */
function named(name: string, query: string): string {
  const title = name.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return query.replace(/^(query \w+)?/, `query ${title}`).replace(/^(query \w+)\{/, "$1 {");
}

function Mark() {
  return (
    <a className="graphiql-marquee" href="/">
      Marquee
    </a>
  );
}

function Token() {
  return (
    <label className="graphiql-token">
      Token{" "}
      <input
        type="password"
        autoComplete="off"
        defaultValue={token()}
        placeholder="for mutations"
        onChange={(event) => remember(event.target.value.trim(), reviewer() || "curator")}
      />
    </label>
  );
}

/** Names the editors for those who listen, and lets their panes be scrolled by keys; GraphiQL does neither. */
function label(): void {
  for (const field of document.querySelectorAll(".CodeMirror textarea:not([aria-label])")) {
    field.setAttribute("aria-label", field.closest("[aria-label]")?.getAttribute("aria-label") ?? "Result");
  }
  for (const pane of document.querySelectorAll(".CodeMirror-scroll[tabindex='-1']")) pane.setAttribute("tabindex", "0");
}

new MutationObserver(label).observe(document.body, { childList: true, subtree: true });

createRoot(document.getElementById("root") as HTMLElement).render(
  <GraphiQL
    fetcher={fetcher as never}
    defaultTabs={tabs}
    shouldPersistHeaders={false}
    defaultEditorToolsVisibility="variables"
  >
    <GraphiQL.Logo>
      <Mark />
    </GraphiQL.Logo>
    <GraphiQL.Footer>
      <Token />
    </GraphiQL.Footer>
  </GraphiQL>,
);
