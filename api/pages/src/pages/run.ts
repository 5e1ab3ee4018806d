// One run: what it read, with which model, how long it took, and all that it counted.

import { ask } from "../graphql";
import { type Ledger, OneRun } from "../answers";
import { type Child, h } from "../dom";
import { capital, moment, number, took, words } from "../format";
import { title } from "../parts/frame";
import { runStatus } from "../parts/ledger";
import { empty, show } from "../parts/notice";

export async function draw(main: HTMLElement, id: string): Promise<void> {
  title("Run");
  await show(main, "Reading the run…", async () => {
    const run = (await ask(OneRun, { id })).node as Partial<Ledger> | null;
    return run && isRun(run)
      ? whole(run)
      : [
          h("h1", {}, "No such run"),
          empty(h("code", {}, id), " is unknown here. ", h("a", { href: "/runs" }, "All runs"), "."),
        ];
  });
}

const isRun = (run: Partial<Ledger>): run is Ledger => run.id !== undefined;

function whole(run: Ledger): Child {
  title(`${capital(words(run.kind))}, ${moment(run.started)}`);
  const most = Math.max(1, ...run.counts.map((one) => one.count));
  const facts: Array<[string, Child]> = [
    ["Status", runStatus(run)],
    ["Started", moment(run.started)],
    ["Finished", run.finished ? moment(run.finished) : "not yet"],
    ["Took", took(run.started, run.finished) || "·"],
    ["Sources", run.sources.join(", ") || "none"],
    ["Model", run.model ?? "none"],
    ["Id", h("code", {}, run.id)],
  ];
  return [
    h("p", { class: "eyebrow" }, h("a", { href: "/runs" }, "Runs")),
    h("h1", {}, capital(words(run.kind))),
    h(
      "dl",
      { class: "times" },
      facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
    ),
    run.counts.length ? counts(run, most) : empty("It counted nothing."),
  ];
}

const counts = (run: Ledger, most: number): HTMLElement =>
  h(
    "table",
    { class: "counted" },
    h("caption", {}, "What it did"),
    h(
      "tbody",
      {},
      run.counts.map((one) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, capital(words(one.name))),
          h("td", { class: "bar", "aria-hidden": "true" }, h("span", { "--share": one.count / most })),
          h("td", { class: "number" }, number(one.count)),
        ),
      ),
    ),
  );
