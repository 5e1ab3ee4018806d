// Facts of an entity as rows: the other end, what narrows it down, how sure, and the evidence on demand.

import type { FactPage } from "../answers";
import { type Child, freshId, h } from "../dom";
import { before, date, literal } from "../format";
import { belief, standing } from "./belief";
import { detail } from "./detail";
import { href, kindTag, link } from "./names";
import { show } from "./notice";
import { yearOf } from "./years";

export type FactRow = FactPage["edges"][number];

interface Shown {
  relation?: (row: FactRow) => string; // what to put before the other end
  status?: boolean; // say where it stands
  review?: boolean; // lead to the review queue
  kinds?: boolean; // say what the other end is
}

/** A list of facts; the kind of the other end is said where they differ in it. */
export const factList = (rows: FactRow[], shown: Shown = {}): HTMLElement =>
  h(
    "ul",
    { class: "facts" },
    rows.map((row) => factRow(row, { kinds: mixed(rows), ...shown })),
  );

/** Whether the other ends are of several kinds. */
export const mixed = (rows: FactRow[]): boolean => new Set(rows.map((row) => row.node?.kind)).size > 1;

/** One fact; its button opens the evidence below it. */
export function factRow(row: FactRow, shown: Shown = {}): HTMLLIElement {
  const { statement } = row;
  const name = row.node?.name ?? (row.literal ? literal(row.literal) : "");
  const { button, place } = opener(statement.id, name, row.evidence[0]?.source);
  return h(
    "li",
    {},
    h(
      "div",
      { class: "fact" },
      h(
        "span",
        { class: "what" },
        shown.relation && h("span", { class: "relation" }, shown.relation(row), " "),
        end(row, shown.kinds),
        qualified(row),
      ),
      h(
        "span",
        { class: "sure" },
        shown.status && standing(statement.status),
        belief(statement.probability, statement.interval),
      ),
      h("span", { class: "more" }, shown.review && review(statement.id, name), button),
    ),
    place,
  );
}

/** A button that names the best source of a statement, and the place below the statement that it opens. */
export function opener(id: string, name: string, source = "evidence"): { button: HTMLElement; place: HTMLElement } {
  const place = h("div", { class: "detail", id: freshId("detail"), hidden: true });
  const button = h(
    "button",
    {
      type: "button",
      class: "open",
      "aria-expanded": "false",
      "aria-controls": place.id,
      onclick: () => toggle(button, place, id),
    },
    h("span", { class: "unseen" }, `Evidence for ${name}: `),
    h("span", { class: "source" }, source),
    h("span", { class: "chevron", "aria-hidden": "true" }),
  );
  return { button, place };
}

function end(row: FactRow, kinds = false): Child {
  if (row.node) {
    const { id, level } = row.node;
    return [link(row.node), level === "WORK" && yearOf(id), kinds && [" ", kindTag(row.node)]];
  }
  return row.literal && h("span", { class: "value" }, literal(row.literal));
}

function qualified(row: FactRow): Child {
  const { qualifiers, validFrom, validTo } = row.statement;
  const said: Child[] = qualifiers
    .filter((one) => one.name !== "billing")
    .map((one) => [before(one), one.entity ? h("a", { href: href(one.entity.id) }, one.text) : one.text]);
  if (validFrom || validTo) said.push(`${validFrom ? date(validFrom) : ""}–${validTo ? date(validTo) : ""}`);
  return (
    said.length > 0 &&
    h(
      "span",
      { class: "qualifiers" },
      said.map((one, at) => [at ? ", " : " ", one]),
    )
  );
}

const review = (statement: string, name: string): HTMLElement =>
  h(
    "a",
    { class: "decide", href: `/review?statement=${encodeURIComponent(statement)}`, "aria-label": `Decide on ${name}` },
    "decide",
  );

function toggle(button: HTMLElement, place: HTMLElement, statement: string): void {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  place.hidden = !open;
  if (open && !place.childElementCount) void show(place, "Reading the evidence…", () => detail(statement));
}
