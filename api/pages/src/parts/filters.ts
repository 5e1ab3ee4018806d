// Which part of the queue to show: by source, relation and run, kept in the address.

import { ask } from "../graphql";
import { Filters, type RelationName, type ReviewFilter } from "../answers";
import { type Child, fill, freshId, h } from "../dom";
import { capital, moment, number, words } from "../format";
import { counted } from "./ledger";

type Name = "source" | "relation" | "run";
export type Part = Record<Name, string>;

interface Option {
  value: string;
  name: string;
  count: string;
}

const NAMES: Name[] = ["source", "relation", "run"];
const ALL: Part = { source: "any source", relation: "any relation", run: "any run" };

/** The part that an address names. */
export function partOf(search: string): Part {
  const asked = new URLSearchParams(search);
  return { source: asked.get("source") ?? "", relation: asked.get("relation") ?? "", run: asked.get("run") ?? "" };
}

/** The address of a part of the queue. */
export function address(part: Partial<Part>): string {
  const named = NAMES.flatMap((name) => (part[name] ? [[name, part[name]]] : []));
  return named.length ? `/review?${new URLSearchParams(named as string[][]).toString()}` : "/review";
}

/** The part as the server takes it. */
export function filterOf({ source, relation, run }: Part): ReviewFilter {
  return {
    ...(source && { source }),
    ...(relation && { relations: [relation.toUpperCase() as RelationName] }),
    ...(run && { run }),
  };
}

export const isWhole = (part: Part): boolean => NAMES.every((name) => !part[name]);

/** The part in words: "from demo-texts, acted in". */
export const told = ({ source, relation, run }: Part): string =>
  [source && `from ${source}`, relation && words(relation), run && `of run ${run}`].filter(Boolean).join(", ");

/** Three lists to choose from. `changed` hears of each choice, and whether it was made with the pointer. */
export class FilterBar {
  readonly element = h("div", { class: "filter-bar", role: "group", "aria-label": "Show only" });
  private pointed = false;
  private part: Part = partOf("");

  constructor(private readonly changed: (part: Part, pointed: boolean) => void) {}

  /** Draws the lists for a part, first without counts, then with what waits. */
  async draw(part: Part): Promise<void> {
    this.part = part;
    if (!this.element.childElementCount) this.fill({ source: [], relation: [], run: [] });
    for (const select of this.element.querySelectorAll("select")) select.value = part[select.dataset["name"] as Name];
    const found = await options(part);
    if (part === this.part) this.fill(found);
  }

  private fill(found: Record<Name, Option[]>): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset["name"];
    fill(
      this.element,
      NAMES.map((name) => this.list(name, found[name])),
    );
    if (focused) this.element.querySelector<HTMLElement>(`[data-name="${focused}"]`)?.focus();
  }

  private list(name: Name, found: Option[]): Child {
    const id = freshId("filter");
    const chosen = this.part[name];
    const known = found.some((one) => one.value === chosen) || !chosen;
    const all = known ? found : [{ value: chosen, name: chosen, count: "" }, ...found];
    const select = h(
      "select",
      {
        id,
        "data-name": name,
        onpointerdown: () => (this.pointed = true),
        onkeydown: () => (this.pointed = false),
        onchange: () => this.changed({ ...this.part, [name]: select.value }, this.pointed),
      },
      h("option", { value: "" }, ALL[name]),
      all.map((one) =>
        h("option", { value: one.value, selected: one.value === chosen }, one.name, one.count && ` (${one.count})`),
      ),
    );
    return [h("label", { class: "unseen", for: id }, capital(name)), select];
  }
}

async function options(part: Part): Promise<Record<Name, Option[]>> {
  const { bySource, byRelation, refreshRuns } = await ask(Filters, {
    besidesSource: filterOf({ ...part, source: "" }),
    besidesRelation: filterOf({ ...part, relation: "" }),
  });
  const counts = (complete: boolean, count: number): string => number(count) + (complete ? "" : "+");
  return {
    source: bySource.sources.map(({ name, count }) => ({ value: name, name, count: counts(bySource.complete, count) })),
    relation: byRelation.relations.map(({ name, count }) => ({
      value: name,
      name: words(name),
      count: counts(byRelation.complete, count),
    })),
    run: refreshRuns.edges
      .map(({ node }) => node)
      .filter((run) => run.kind !== "review" && counted(run, "statements") > 0)
      .map((run) => ({
        value: run.id,
        name: [words(run.kind), ...run.sources.slice(0, 2), moment(run.started)].join(" "),
        count: "",
      })),
  };
}
