// One run: what it read, what it stated and what became of that, what it refused, and why it failed.

import { ask } from "../graphql";
import { OneRun, type OneRunAnswer, Staged, type StagedAnswer, type Status } from "../answers";
import { type Child, h } from "../dom";
import { ago, capital, moment, number, took, words } from "../format";
import { title } from "../parts/frame";
import { address } from "../parts/filters";
import { counted, reason, runStatus } from "../parts/ledger";
import { empty, failure, say, show } from "../parts/notice";
import { statementLine } from "../parts/statements";
import { tally } from "../parts/tally";

type Run = Required<NonNullable<OneRunAnswer["node"]>>;
type Page = Required<NonNullable<StagedAnswer["node"]>>;

const AGAIN = 3_000; // ms until a run under way is looked at again
const PAGE = 25;

export async function draw(main: HTMLElement, id: string): Promise<void> {
  title("Run");
  await show(main, "Reading the run…", async () => {
    const run = (await ask(OneRun, { id })).node as Partial<Run> | null;
    if (run && isRun(run)) {
      if (run.status === "RUNNING") window.setTimeout(() => void draw(main, id), AGAIN);
      return whole(run);
    }
    return [
      h("h1", {}, "No such run"),
      empty(h("code", {}, id), " is unknown here. ", h("a", { href: "/runs" }, "All runs"), "."),
    ];
  });
}

const isRun = (run: Partial<Run>): run is Run => run.id !== undefined;

function whole(run: Run): Child {
  title(`${capital(words(run.kind))}, ${moment(run.started)}`);
  return [
    h("p", { class: "eyebrow" }, h("a", { href: "/runs" }, "Runs")),
    h("h1", {}, capital(words(run.kind)), run.sources.length > 0 && ` of ${run.sources.join(", ")}`),
    reason(run),
    facts(run),
    run.counts.length > 0 && tally(run),
    run.status === "DONE" && !run.counts.length && empty("It counted nothing."),
    run.status === "DONE" && counted(run, "statements") > 0 && stated(run),
    refused(run),
  ];
}

function facts(run: Run): HTMLElement {
  const rows: Array<[string, Child]> = [
    ["Status", runStatus(run)],
    ["Started", `${moment(run.started)}, ${ago(run.started)}`],
    ["Finished", run.finished ? moment(run.finished) : "not yet"],
    ["Took", took(run.started, run.finished ?? new Date().toISOString()) + (run.finished ? "" : " so far")],
    ["Judged by", run.model === "prior" ? "the prior, no model" : (run.model ?? "nothing")],
    ["Id", h("code", {}, run.id)],
  ];
  return h(
    "dl",
    { class: "times" },
    rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

interface Shown {
  name: string;
  count: number | null;
  status: Status[] | null;
  waiting: boolean | null;
}

/** What it was the first to state, as that stands today, by where it stands. */
function stated(run: Run): HTMLElement {
  const parts: Shown[] = [
    { name: "waiting for review", count: run.waiting.totalCount, status: null, waiting: true },
    { name: "accepted", count: run.accepted.totalCount, status: ["ACCEPTED"], waiting: null },
    {
      name: "rejected or corrected since",
      count: run.rejected.totalCount,
      status: ["REJECTED", "SUPERSEDED", "WITHDRAWN"],
      waiting: null,
    },
  ];
  const place = h("div", {});
  const tabs = parts.map((part) =>
    h(
      "button",
      { type: "button", "aria-pressed": "false", onclick: () => void choose(part) },
      `${capital(part.name)} `,
      h("span", { class: "count" }, part.count === null ? "over 1,000" : number(part.count)),
    ),
  );
  const choose = async (part: Shown): Promise<void> => {
    tabs.forEach((tab, at) => tab.setAttribute("aria-pressed", String(parts[at] === part)));
    await show(place, "Reading the statements…", () => lines(run, part));
  };
  void choose(parts.find((part) => part.count !== 0) ?? (parts[0] as Shown));
  return h(
    "section",
    { class: "stated", "aria-labelledby": "stated" },
    h("h2", { id: "stated" }, "What became of its statements"),
    h("div", { class: "tabs", role: "group", "aria-label": "Where they stand today" }, tabs),
    place,
  );
}

async function lines(run: Run, part: Shown): Promise<Child> {
  const list = h("ul", { class: "facts" });
  const further = h("button", { type: "button", class: "further", onclick: () => void more() }, "Show more");
  let after: string | null = null;
  const read = async (): Promise<number> => {
    const { status, waiting } = part;
    const { node } = await ask(Staged, { id: run.id, status, waiting, first: PAGE, after });
    const { edges, pageInfo } = (node as Page).staged;
    list.append(...edges.map((edge) => statementLine(edge.node)));
    after = pageInfo.endCursor;
    further.hidden = !pageInfo.hasNextPage;
    return edges.length;
  };
  const more = async (): Promise<void> => {
    further.disabled = true;
    await read().then(
      (count) => say(`${count} more`),
      (error: unknown) => further.before(failure(error)),
    );
    further.disabled = false;
  };
  if (!(await read())) return empty(`None of them is ${part.name}.`);
  const review = part.waiting && h("p", {}, h("a", { href: address({ run: run.id }) }, "Review these"));
  return [review, list, further];
}

function refused(run: Run): Child {
  const count = counted(run, "refused");
  if (!run.refusedFile && !count) return null;
  const line = (one: Run["refused"][number]): HTMLElement =>
    h("li", {}, h("code", {}, one.locator), h("p", {}, one.what, " ", h("span", { class: "quiet" }, one.mend)));
  return h(
    "section",
    { class: "not-taken", "aria-labelledby": "not-taken" },
    h("h2", { id: "not-taken" }, "Refused ", count > 0 && h("span", { class: "count" }, number(count))),
    run.refusedFile
      ? h(
          "p",
          { class: "quiet" },
          "All of it lies in Marquee's folder, in ",
          h("code", {}, run.refusedFile),
          ". Mend it there, and read it again: ",
          h("code", {}, `marquee ingest ${run.refusedFile}`),
        )
      : empty("The file of what was refused is no longer there."),
    h("ul", { class: "refusals" }, run.refused.map(line)),
    run.refused.length < count &&
      run.refusedFile &&
      h("p", { class: "quiet" }, `The first ${run.refused.length} are shown.`),
  );
}
