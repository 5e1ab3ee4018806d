// How sure one is of a statement: a small bar with its interval, the figure, and where it stands.

import type { Status } from "../answers";
import { h } from "../dom";
import { percent, words } from "../format";

interface Interval {
  low: number;
  high: number;
}

/** The bar: the band is the interval, the tick the probability. An unjudged statement shows a dash. */
export function belief(probability: number | null, interval: Interval | null): HTMLElement {
  if (probability === null) return h("span", { class: "belief none" }, h("span", { class: "figure" }, "unjudged"));
  const { low, high } = interval ?? { low: probability, high: probability };
  const label = `${percent(probability)} likely` + (interval ? `, between ${percent(low)} and ${percent(high)}` : "");
  return h(
    "span",
    { class: "belief", role: "img", "aria-label": label, title: label },
    h(
      "span",
      { class: "track", "--low": low, "--high": high, "--at": probability },
      h("span", { class: "band" }),
      h("span", { class: "tick" }),
    ),
    h("span", { class: "figure" }, percent(probability)),
  );
}

export const standing = (status: Status): HTMLElement =>
  h("span", { class: `status ${status.toLowerCase()}` }, words(status));
