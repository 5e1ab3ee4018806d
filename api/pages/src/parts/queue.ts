// A statement as a line of the queue.

import type { Whole } from "../answers";
import { h } from "../dom";
import { percent, words } from "../format";
import type { Decision } from "../decisions";

/** What became of a decision, in a word. */
export function outcome(decision: Decision, one: Whole): string {
  if (decision.state !== "saved") return decision.state;
  return decision.restated ? "restated" : words(one.status);
}

export function queueItem(
  one: Whole,
  decision: Decision | undefined,
  current: boolean,
  choose: () => void,
): HTMLElement {
  const state = decision ? outcome(decision, one) : "";
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", "aria-current": current ? "true" : null, class: state && `is-${state}`, onclick: choose },
      h("span", {}, one.sentence),
      h("span", { class: "figure" }, state || (one.probability === null ? "" : percent(one.probability))),
    ),
  );
}
