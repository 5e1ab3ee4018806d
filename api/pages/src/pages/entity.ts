// The page of an entity: who it is, its neighbourhood, what is known of it, what is doubted, and what is expected.

import { ask } from "../graphql";
import { Decided, type FactPage, MoreFacts, Subject, type SubjectAnswer } from "../answers";
import { type Child, h } from "../dom";
import { capital, kindName, number, relationName, rounded, words, years } from "../format";
import { catalogue, page } from "../catalogues";
import { type Group, groups, order, type Row } from "../groups";
import { factList, factRow, type FactRow, mixed } from "../parts/facts";
import { title } from "../parts/frame";
import { empty, failure, say, show } from "../parts/notice";
import { expectations } from "../parts/expected";

type Known = NonNullable<SubjectAnswer["entity"]>;

const WEAK = 0.7; // an accepted fact below this is doubtful all the same

export async function draw(main: HTMLElement, id: string): Promise<void> {
  await show(main, "Reading…", async () => {
    const { entity, vocabulary, access } = await ask(Subject, { id });
    if (!entity) {
      title("Not found");
      return [
        h("h1", {}, "Nothing has this id"),
        empty(h("code", {}, id), " is unknown here. ", h("a", { href: "/" }, "Search by name"), "."),
      ];
    }
    title(entity.name);
    return whole(entity, await weak(entity), vocabulary.relations, access.changes);
  });
}

/** Accepted facts that are not likely, unless a reviewer accepted them. */
async function weak(entity: Known): Promise<FactRow[]> {
  const rows = entity.weak.edges.filter(
    ({ statement }) => statement.probability !== null && statement.probability < WEAK,
  );
  if (!rows.length) return [];
  const { decisions } = await ask(Decided, { statements: rows.map((row) => row.statement.id) });
  const accepted = new Set(decisions.filter((one) => one.action === "ACCEPT").map((one) => one.statement));
  return rows.filter((row) => !accepted.has(row.statement.id));
}

/** `review`: this server takes decisions. */
function whole(entity: Known, weak: FactRow[], relations: Row[], review: boolean): Child {
  const facts = h("div", { class: "facts-place" });
  const expected = h("div", {});
  const picture = h("div", { class: "picture-place" });
  const read = show(facts, "Reading the facts…", async () => {
    const found = await groups(entity, relations);
    expectations(expected, entity, relations, found);
    if (!found.length) return empty("No fact is accepted yet.");
    return [
      particulars(found.filter((one) => one.row.literal)),
      found.filter((one) => !one.row.literal).map(group(entity.id)),
    ];
  });
  void read.then(() => import("../parts/picture")).then(({ picture: draw }) => draw(picture, entity, relations));
  return [
    head(entity),
    h(
      "div",
      { class: "columns" },
      h(
        "div",
        { class: "main-column" },
        h("section", { "aria-labelledby": "facts" }, h("h2", { id: "facts" }, "Facts"), facts),
        doubts(entity, weak, relations, review),
        h(
          "section",
          { "aria-labelledby": "expected" },
          h("h2", { id: "expected" }, "Expected, yet not stated"),
          expected,
        ),
        refused(entity, relations, review),
      ),
      h("aside", { "aria-label": "Neighbourhood" }, picture),
    ),
  ];
}

function head(entity: Known): HTMLElement {
  const others = [...new Set(entity.names.map((name) => name.text))].filter((name) => name !== entity.name);
  return h(
    "header",
    { class: `who ${entity.level.toLowerCase()}` },
    h(
      "p",
      { class: "eyebrow" },
      h("span", { class: `kind ${entity.level.toLowerCase()}` }, kindName(entity.kind)),
      years(entity) && ` ${years(entity)}`,
    ),
    h("h1", {}, entity.name),
    others.length > 0 &&
      h(
        "p",
        { class: "aliases" },
        "also ",
        others.slice(0, 8).map((name, at) => [at > 0 && ", ", h("span", {}, name)]),
        others.length > 8 && ` and ${others.length - 8} more`,
      ),
    h(
      "ul",
      { class: "ids" },
      entity.externalIds.map(({ scheme, value }) => h("li", {}, elsewhere(scheme, value, entity))),
    ),
    numbers(entity),
  );
}

function elsewhere(scheme: string, value: string, entity: Known): HTMLElement {
  const href = page(scheme, value, entity.kind);
  const shown = [h("span", { class: "scheme" }, catalogue(scheme)), " ", value];
  return href ? h("a", { href, rel: "noreferrer external" }, shown) : h("span", {}, shown);
}

function numbers(entity: Known): Child {
  if (!entity.attributes.length) return null;
  const line = (one: Known["attributes"][number]): HTMLElement =>
    h(
      "div",
      {},
      h("dt", {}, capital(words(one.name))),
      h("dd", { title: one.unit }, rounded(one.value), " ", h("span", { class: "quiet" }, unit(one.unit))),
    );
  return h("dl", { class: "computed" }, entity.attributes.map(line));
}

/** "0-100, share of the level's highest" is "of 100"; the whole is its title. */
const unit = (text: string): string => (text.startsWith("0-100") ? "of 100" : text);

/** Dates, durations and sums: one list for all of them. */
function particulars(found: Group[]): Child {
  if (!found.length) return null;
  const rows = found.flatMap((one) => one.facts.edges);
  return h(
    "section",
    { class: "group" },
    h("h3", {}, "Particulars"),
    h("div", {}, factList(rows, { relation: sayIn(found.map((one) => one.row)) })),
  );
}

const group =
  (id: string) =>
  (one: Group): HTMLElement => {
    const name = capital(relationName(one.row, one.row.name, one.direction));
    const list = factList(one.facts.edges);
    const total = one.facts.totalCount ?? one.facts.edges.length;
    return h(
      "section",
      { class: "group" },
      h("h3", {}, name, total > 1 && [" ", h("span", { class: "count" }, number(total))]),
      h("div", {}, list, one.facts.pageInfo.hasNextPage && more(id, one, list, name)),
    );
  };

function more(id: string, one: Group, list: HTMLElement, name: string): HTMLElement {
  let after = one.facts.pageInfo.endCursor;
  const button = h(
    "button",
    { type: "button", class: "further", onclick: () => void read() },
    "Show more",
    h("span", { class: "unseen" }, ` of ${name}`),
  );
  const read = async (): Promise<void> => {
    button.disabled = true;
    try {
      const { entity } = await ask(MoreFacts, {
        id,
        relation: one.row.name,
        direction: one.direction,
        order: order(one),
        after,
      });
      if (!entity) return;
      const rows = entity.facts.edges.map((row) => factRow(row, { kinds: mixed(entity.facts.edges) }));
      list.append(...rows);
      rows[0]?.querySelector<HTMLElement>("a, button")?.focus();
      say(`${rows.length} more`);
      after = entity.facts.pageInfo.endCursor;
      if (!entity.facts.pageInfo.hasNextPage) button.remove();
    } catch (error) {
      button.before(failure(error));
    }
    button.disabled = false;
  };
  return button;
}

function doubts(entity: Known, weak: FactRow[], relations: Row[], review: boolean): Child {
  const rows = [...entity.doubtful.edges, ...weak];
  const body = rows.length
    ? factList(rows, { relation: sayIn(relations), status: true, review })
    : empty("Nothing waits for a reviewer, and nothing accepted is below 70%.");
  return h(
    "section",
    { class: "doubtful", "aria-labelledby": "doubtful" },
    h("h2", { id: "doubtful" }, "Doubtful ", count(entity.doubtful, rows.length)),
    body,
  );
}

function refused(entity: Known, relations: Row[], review: boolean): Child {
  const rows = entity.refused.edges;
  if (!rows.length) return null;
  return h(
    "section",
    { class: "refused" },
    h(
      "details",
      {},
      h("summary", {}, h("h2", {}, "Not believed ", count(entity.refused, rows.length))),
      factList(rows, { relation: sayIn(relations), status: true, review }),
    ),
  );
}

const count = (page: FactPage, shown: number): Child =>
  shown > 0 && h("span", { class: "count" }, number(Math.max(shown, page.totalCount ?? 0)));

function sayIn(relations: Row[]): (row: FactRow) => string {
  const named = new Map(relations.map((row) => [row.name, row]));
  return (row) => relationName(named.get(row.relation), row.relation, row.direction);
}
