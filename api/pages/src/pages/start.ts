// The start page: search, what the graph holds, and how fresh it is.

import { ask } from "../graphql";
import { type Level, Levels, Overview, type OverviewAnswer, type Popular, Search } from "../answers";
import { type Child, h } from "../dom";
import { ago, capital, kindName, moment, number, words } from "../format";
import { title } from "../parts/frame";
import { kindTag, link } from "../parts/names";
import { empty, say, show } from "../parts/notice";
import { type Found, row, searchField } from "../parts/search";

export async function draw(main: HTMLElement): Promise<void> {
  const asked = new URLSearchParams(location.search);
  const text = asked.get("q")?.trim() ?? "";
  title(text);
  const place = h("div", {});
  main.append(
    h(
      "section",
      { class: "hero" },
      h("h1", {}, text ? "Search" : "Every fact, with who says so and how sure one can be"),
      searchField(true, text),
    ),
    place,
  );
  if (text) return show(place, "Searching…", () => results(text, asked.get("level")));
  main.querySelector("input")?.focus();
  return show(place, "Reading what the graph holds…", async () => overview(await ask(Overview, {})));
}

const NAMES: Record<Level, string> = {
  WORK: "Works",
  PERSON: "People",
  INSTITUTION: "Institutions",
  SHARED: "What they share",
};

async function results(text: string, level: string | null): Promise<Child> {
  const { levels } = (await ask(Levels, {})).vocabulary;
  const only = levels.find((one) => one.level === level);
  const { search } = await ask(Search, { text, first: 50, kinds: only?.kinds ?? null });
  return h("div", { class: "results" }, filters(text, only?.level), found(text, search));
}

function filters(text: string, only?: Level): HTMLElement {
  const tab = (name: string, level?: Level): HTMLElement => {
    const href = `/?q=${encodeURIComponent(text)}${level ? `&level=${level}` : ""}`;
    return h("li", {}, h("a", { href, "aria-current": level === only ? "page" : null }, name));
  };
  const levels = Object.entries(NAMES).map(([level, name]) => tab(name, level as Level));
  return h("nav", { "aria-label": "Levels" }, h("ul", { class: "filters" }, tab("All"), levels));
}

function found(text: string, search: Found[]): Child {
  say(search.length ? `${search.length} found` : "Nothing found");
  if (!search.length)
    return empty(`Nothing is called “${text}”. The last word may be cut short; accents do not matter.`);
  return [
    h("h2", {}, search.length === 50 ? "The first 50" : `${search.length} found`),
    h(
      "ul",
      { class: "hits" },
      search.map((hit) => h("li", {}, row(hit, link(hit.entity)))),
    ),
  ];
}

function overview(answer: OverviewAnswer): Child {
  const { status } = answer;
  if (!status.entities) return nothing();
  return [
    fresh(answer),
    h(
      "dl",
      { class: "figures" },
      figure("entities", status.entities),
      figure("statements", status.statements),
      figure("pieces of evidence", status.evidence),
      figure("texts", status.documents),
      figure("waiting for review", status.review, "/review"),
    ),
    h(
      "div",
      { class: "levels" },
      level("Works", "work", answer.work, status),
      level("People", "person", answer.person, status),
      level("Institutions", "institution", answer.institution, status),
    ),
    h(
      "div",
      { class: "tables" },
      counted("Statements by where they stand", status.byStatus, words),
      counted("Statements by relation", status.byRelation.slice(0, 12), words),
      counted("Entities by kind", status.byKind.slice(0, 12), kindName),
    ),
  ];
}

const nothing = (): HTMLElement =>
  empty(
    "The graph is empty. ",
    h("code", {}, "marquee demo"),
    " builds one of real facts, ",
    h("code", {}, "marquee ingest FILE"),
    " reads yours.",
  );

function fresh({ refreshRuns }: OverviewAnswer): Child {
  const run = refreshRuns.edges[0]?.node;
  if (!run) return null;
  const at = run.finished ?? run.started;
  const sources = run.sources.length ? ` of ${run.sources.join(", ")}` : "";
  return h(
    "p",
    { class: "fresh" },
    "Last changed ",
    h("time", { datetime: at, title: moment(at) }, ago(at)),
    " by ",
    h("a", { href: `/runs/${encodeURIComponent(run.id)}` }, words(run.kind), sources),
    ".",
  );
}

const figure = (name: string, count: number, href?: string): HTMLElement =>
  h("div", {}, h("dt", {}, href ? h("a", { href }, name) : name), h("dd", {}, number(count)));

function level(name: string, key: string, popular: Popular, status: OverviewAnswer["status"]): HTMLElement {
  const count = status.byLevel.find((one) => one.name === key)?.count ?? 0;
  const best = popular.entities.edges.map(({ node }) => h("li", {}, link(node), " ", kindTag(node)));
  return h(
    "section",
    { class: `level ${key}` },
    h("h2", {}, name, " ", h("span", { class: "count" }, number(count))),
    best.length ? [h("p", { class: "quiet" }, "Best known"), h("ol", {}, best)] : empty("None yet."),
  );
}

function counted(
  name: string,
  rows: Array<{ name: string; count: number }>,
  read: (name: string) => string,
): HTMLElement {
  const most = Math.max(1, ...rows.map((row) => row.count));
  const line = (row: { name: string; count: number }): HTMLElement =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, capital(read(row.name))),
      h("td", { class: "bar", "aria-hidden": "true" }, h("span", { "--share": row.count / most })),
      h("td", { class: "number" }, number(row.count)),
    );
  return h(
    "table",
    { class: "counted" },
    h("caption", {}, name),
    h("tbody", {}, rows.filter((row) => row.count).map(line)),
  );
}
