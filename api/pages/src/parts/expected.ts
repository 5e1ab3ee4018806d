// What the model expects and the graph lacks, with the paths that speak for it. Asked for when it comes into sight.

import { ask } from "../graphql";
import { Expect, type Expected, type Ref } from "../answers";
import { type Child, h } from "../dom";
import { percent, relationName } from "../format";
import { type Group, predictable, type Row } from "../groups";
import { belief } from "./belief";
import { link } from "./names";
import { empty, show } from "./notice";

const LEAST = 0.05; // less probable guesses are not worth a line
const SHOWN = 10;

/** Shows predictions of an entity in `place` once it is scrolled to. */
export function expectations(place: HTMLElement, entity: Ref, relations: Row[], held: Group[]): void {
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    void show(place, "Asking the model…", async () => listed(await asked(entity, relations, held), entity, relations));
  });
  place.append(h("p", { class: "waiting" }, "The model is asked when you come here."));
  seen.observe(place);
}

/** Asks of one relation after the other: a model does not know them all, and each may take its time. */
async function asked(entity: Ref, relations: Row[], held: Group[]): Promise<Expected[]> {
  const found: Expected[] = [];
  const failures: unknown[] = [];
  const sides = predictable(entity, relations, held);
  for (const { relation, direction } of sides) {
    try {
      found.push(...(await ask(Expect, { id: entity.id, relation, direction })).predictions);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length && failures.length === sides.length) throw failures[0];
  return found
    .filter((one) => one.probability >= LEAST)
    .sort((a, b) => b.probability - a.probability)
    .slice(0, SHOWN);
}

function listed(found: Expected[], entity: Ref, relations: Row[]): Child {
  if (!found.length) return empty("The model expects nothing here that is likelier than 5%.");
  const named = new Map(relations.map((row) => [row.name, row]));
  return [
    h("p", { class: "quiet" }, "Guesses of the model, never stored as facts."),
    h(
      "ul",
      { class: "facts expected" },
      found.map((one) => h("li", {}, guess(one, entity, named))),
    ),
  ];
}

function guess(one: Expected, entity: Ref, named: Map<string, Row>): Child {
  const out = one.subject?.id === entity.id;
  const other = out ? one.object : one.subject;
  return [
    h(
      "div",
      { class: "fact" },
      h(
        "span",
        { class: "what" },
        h("span", { class: "relation" }, relationName(named.get(one.relation), one.relation, out ? "OUT" : "IN")),
        " ",
        other && link(other),
      ),
      h("span", { class: "sure" }, belief(one.probability, one.interval)),
    ),
    one.because.sentence && h("p", { class: "because" }, one.because.sentence),
    one.because.paths.length > 0 &&
      h(
        "details",
        { class: "paths" },
        h("summary", {}, "The paths behind it"),
        h(
          "ol",
          {},
          one.because.paths.map((path) => h("li", {}, walked(path, named))),
        ),
      ),
  ];
}

function walked(path: Expected["because"]["paths"][number], named: Map<string, Row>): Child {
  const steps = path.steps.map((step) => {
    const name = named.get(step.relation)?.label ?? step.relation;
    return [h("span", { class: "step" }, step.forward ? ` ${name} → ` : ` ← ${name} `), step.to && link(step.to)];
  });
  const start = path.steps[0]?.from;
  return [h("span", { class: "share" }, percent(path.weight)), " ", start && link(start), steps];
}
