// What the pages of runs share.

import type { Ledger } from "../answers";
import { h } from "../dom";
import { words } from "../format";

export const runHref = (id: string): string => `/runs/${encodeURIComponent(id)}`;

export const counted = (run: Ledger, name: string): number => run.counts.find((one) => one.name === name)?.count ?? 0;

export const runStatus = (run: Ledger): HTMLElement =>
  h("span", { class: `status run-${run.status.toLowerCase()}` }, words(run.status));
