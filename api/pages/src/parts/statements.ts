// Statements as lines, each with what became of it and its evidence on demand.

import type { Line } from "../answers";
import { type Child, h } from "../dom";
import { literal, verb } from "../format";
import { belief, standing } from "./belief";
import { opener } from "./facts";
import { link } from "./names";

/** One statement: its ends as links, where it stands, how sure one is, and a button for the evidence. */
export function statementLine(one: Line): HTMLElement {
  const { button, place } = opener(one.id, one.sentence, one.evidence[0]?.source);
  const object: Child = one.object
    ? link(one.object)
    : one.literal && h("span", { class: "value" }, literal(one.literal));
  return h(
    "li",
    {},
    h(
      "div",
      { class: "fact" },
      h(
        "span",
        { class: "what" },
        one.subject && link(one.subject),
        h("span", { class: "relation" }, ` ${verb(one)} `),
        object,
      ),
      h("span", { class: "sure" }, standing(one.status), belief(one.probability, one.interval)),
      h("span", { class: "more" }, button),
    ),
    place,
  );
}
