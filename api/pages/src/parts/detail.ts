// All that is known of one statement: its evidence, what its probability is made of, and its dates.

import { ask } from "../graphql";
import { Decided, type DecidedAnswer, Fact, type Whole } from "../answers";
import { type Child, h } from "../dom";
import { date, moment, percent } from "../format";
import { belief, standing } from "./belief";
import { evidenceList } from "./evidence";

/** The detail of a statement, read from the server. */
export async function detail(id: string): Promise<Child> {
  const [{ statement }, { decisions }] = await Promise.all([ask(Fact, { id }), ask(Decided, { statements: [id] })]);
  if (!statement) throw new Error("This statement is no longer there.");
  return [evidenceList(statement), because(statement), history(decisions), parts(statement), times(statement)];
}

/** What the gate or a reviewer gave as reasons. */
export function because(statement: Whole, heading: "h3" | "p" = "p"): Child {
  if (!statement.reasons.length) return null;
  return [
    h(heading, { class: "small" }, "Why it stands where it does"),
    h(
      "ul",
      { class: "reasons" },
      statement.reasons.map((one) => h("li", {}, one)),
    ),
  ];
}

const PAST = { ACCEPT: "accepted it", REJECT: "rejected it", REVIEW: "put it back to review" } as const;

/** What reviewers decided, in order of time. */
function history(decisions: DecidedAnswer["decisions"]): Child {
  if (!decisions.length) return null;
  const line = (one: DecidedAnswer["decisions"][number]): HTMLElement =>
    h("li", {}, h("time", { datetime: one.at }, moment(one.at)), `: ${one.by} ${PAST[one.action]}: ${one.reason}`);
  return [h("p", { class: "small" }, "What reviewers decided"), h("ul", { class: "reasons" }, decisions.map(line))];
}

/** The summands of the probability, in log-odds, as bars to either side of nothing. */
export function parts(statement: Whole): Child {
  if (!statement.parts.length) return null;
  const most = Math.max(1, ...statement.parts.map((part) => Math.abs(part.logOdds)));
  return h(
    "details",
    { class: "parts" },
    h("summary", {}, "What the probability is made of"),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "Part"),
          h("th", { scope: "col" }, "Log-odds"),
          h("th", { scope: "col" }, "Read from"),
        ),
      ),
      h(
        "tbody",
        {},
        statement.parts.map((part) => row(part, most)),
      ),
    ),
  );
}

function row(part: Whole["parts"][number], most: number): HTMLElement {
  const share = Math.abs(part.logOdds) / most;
  const side = part.logOdds < 0 ? "against" : "for";
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, part.name),
    h(
      "td",
      {},
      h("span", { class: `weight ${side}`, "--share": share }, h("span", { class: "fill" })),
      h("span", { class: "figure" }, `${part.logOdds < 0 ? "−" : "+"}${Math.abs(part.logOdds).toFixed(2)}`),
    ),
    h("td", {}, part.note),
  );
}

function times(statement: Whole): HTMLElement {
  const valid = [
    statement.validFrom && `since ${date(statement.validFrom)}`,
    statement.validTo && `until ${date(statement.validTo)}`,
  ];
  const rows: Array<[string, Child]> = [
    ["Stands", [standing(statement.status), " ", belief(statement.probability, statement.interval)]],
    ["Support of the sources", statement.support === null ? null : percent(statement.support)],
    ["True", valid.filter(Boolean).join(", ") || null],
    ["Known here since", moment(statement.recordedFrom)],
    ["Believed until", statement.recordedTo ? moment(statement.recordedTo) : null],
    ["Id", h("code", {}, statement.id)],
  ];
  const shown = rows.filter(([, value]) => value !== null);
  return h(
    "dl",
    { class: "times" },
    shown.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}
