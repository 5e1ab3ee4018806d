// What the pages of runs share.

import type { Ledger, RunStatus } from "../answers";
import { type Child, h } from "../dom";
import { words } from "../format";

export const runHref = (id: string): string => `/runs/${encodeURIComponent(id)}`;

export const counted = (run: Ledger, name: string): number => run.counts.find((one) => one.name === name)?.count ?? 0;

export const runStatus = (run: Ledger): HTMLElement =>
  h("span", { class: `status run-${run.status.toLowerCase()}` }, words(run.status));

const ENDED: Partial<Record<RunStatus, string>> = {
  FAILED: "It failed, and was taken back whole.",
  INTERRUPTED: "It was interrupted, and taken back whole.",
  RUNNING: "It is under way: nothing of it can be seen before it is done.",
};

/** Why a run has changed nothing, or not yet; null for one that is done. */
export function reason(run: Ledger): Child {
  const why = ENDED[run.status];
  if (!why) return null;
  return h(
    "div",
    { class: run.status === "RUNNING" ? "under-way" : "failure" },
    h("p", {}, why),
    run.message && h("p", {}, run.message),
  );
}
