// What a run counted, in the order of its work and in words.

import type { Ledger } from "../answers";
import { type Child, h } from "../dom";
import { capital, number, words } from "../format";

type Heading = "Read" | "Stated" | "Judged" | "Not taken" | "Decided" | "Counted";

// Each count under its heading; what is not here stands at the end under its own name.
const SAID: Record<string, [Heading, string]> = {
  records: ["Read", "records"],
  documents: ["Read", "texts"],
  unchanged: ["Read", "read before, and unchanged since"],
  claims: ["Read", "claims found in them"],
  statements: ["Stated", "new statements"],
  confirmed: ["Stated", "known statements that gained evidence"],
  new_entities: ["Stated", "new entities"],
  accepted: ["Judged", "accepted by the gate"],
  review: ["Judged", "put to review"],
  rejected: ["Judged", "rejected by the gate"],
  judged: ["Judged", "judged again"],
  doubtful: ["Judged", "accepted ones put to review as doubtful"],
  refused: ["Not taken", "refused: rows, texts and claims"],
  refused_claims: ["Not taken", "of these, claims that the vocabulary or the dates forbid"],
  denied: ["Not taken", "claims that their own text denies"],
  decided: ["Decided", "decided by a reviewer"],
  accept: ["Decided", "accepted"],
  reject: ["Decided", "rejected"],
  corrected: ["Decided", "stated by hand"],
};
const HEADINGS: Heading[] = ["Read", "Stated", "Judged", "Not taken", "Decided", "Counted"];

/** The counts of a run under headings. */
export function tally(run: Ledger): HTMLElement {
  const reviewed = run.kind === "review"; // there `review` is what a reviewer put back
  const said = (name: string): [Heading, string] =>
    reviewed && name === "review" ? ["Decided", "put back to review"] : (SAID[name] ?? ["Counted", words(name)]);
  const order = Object.keys(SAID);
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const counts = run.counts.filter((one) => one.count).sort((a, b) => rank(a.name) - rank(b.name));
  return h(
    "div",
    { class: "tally" },
    HEADINGS.map((heading) => {
      const rows = counts.filter(({ name }) => said(name)[0] === heading);
      return (
        rows.length > 0 &&
        column(
          heading,
          rows.map(({ name, count }) => [count, said(name)[1]]),
        )
      );
    }),
  );
}

const column = (heading: string, rows: Array<[number, string]>): Child =>
  h(
    "section",
    {},
    h("h2", {}, heading),
    h(
      "dl",
      {},
      rows.map(([count, name]) =>
        h("div", {}, h("dt", {}, capital(name)), h("dd", { class: "number" }, number(count))),
      ),
    ),
  );
