// The runs, newest first.

import { ask } from "../graphql";
import { type Ledger, Runs } from "../answers";
import { h } from "../dom";
import { ago, capital, moment, number, took, words } from "../format";
import { title } from "../parts/frame";
import { counted, runHref, runStatus } from "../parts/ledger";
import { empty, failure, say, show } from "../parts/notice";

const COUNTS = ["records", "documents", "claims", "statements", "accepted", "review", "rejected", "refused"];
const NAMES: Record<string, string> = { documents: "Texts", statements: "New", review: "To review" };
const PAGE = 50;

export async function draw(main: HTMLElement): Promise<void> {
  title("Runs");
  const place = h("div", {});
  main.append(h("h1", {}, "Runs"), place);
  await show(place, "Reading the runs…", async () => {
    const { refreshRuns } = await ask(Runs, { first: PAGE });
    if (!refreshRuns.edges.length) return empty("Nothing was done to this store yet.");
    const body = h(
      "tbody",
      {},
      refreshRuns.edges.map(({ node }) => row(node)),
    );
    const { hasNextPage, endCursor } = refreshRuns.pageInfo;
    return [
      h(
        "p",
        { class: "quiet" },
        `${number(refreshRuns.totalCount ?? refreshRuns.edges.length)} in all. Each was applied whole or not at all.`,
      ),
      h("div", { class: "scrolls", tabindex: 0, role: "region", "aria-label": "Runs" }, table(body)),
      hasNextPage && further(body, endCursor),
    ];
  });
}

const table = (body: HTMLElement): HTMLElement =>
  h(
    "table",
    { class: "runs" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ["Started", "What", "Status"].map((name) => h("th", { scope: "col" }, name)),
        ["Took", ...COUNTS.map((name) => NAMES[name] ?? capital(name))].map((name) =>
          h("th", { scope: "col", class: "number" }, name),
        ),
      ),
    ),
    body,
  );

function row(run: Ledger): HTMLElement {
  const cell = (name: string): HTMLElement => {
    const count = counted(run, name);
    const called = (NAMES[name] ?? name).toLowerCase();
    return h("td", { class: count ? "number" : "number none", "data-name": called }, count ? number(count) : "·");
  };
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row" },
      h(
        "a",
        { href: runHref(run.id) },
        h("time", { datetime: run.started, title: moment(run.started) }, ago(run.started)),
      ),
    ),
    h(
      "td",
      { class: "what" },
      words(run.kind),
      run.sources.length > 0 && h("span", { class: "quiet" }, ` ${run.sources.join(", ")}`),
      run.message && h("p", { class: "why" }, run.message),
    ),
    h("td", {}, runStatus(run)),
    h("td", { class: "number", "data-name": "took" }, took(run.started, run.finished) || "·"),
    COUNTS.map(cell),
  );
}

function further(body: HTMLElement, cursor: string | null): HTMLElement {
  let after = cursor;
  const read = async (): Promise<void> => {
    button.disabled = true;
    try {
      const { refreshRuns } = await ask(Runs, { first: PAGE, after });
      body.append(...refreshRuns.edges.map(({ node }) => row(node)));
      say(`${refreshRuns.edges.length} more`);
      after = refreshRuns.pageInfo.endCursor;
      if (!refreshRuns.pageInfo.hasNextPage) button.remove();
    } catch (error) {
      button.before(failure(error));
    }
    button.disabled = false;
  };
  const button = h("button", { type: "button", class: "further", onclick: () => void read() }, "Older runs");
  return button;
}
