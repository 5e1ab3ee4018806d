// A server that does not answer: says so above the page, asks every few seconds, and reads again once it is back.

import { h } from "../dom";

const EVERY = 2_000; // ms between two questions whether it is back

const waiting = new Map<Element, () => void>();
let notice: HTMLElement | null = null;

/** Calls `again` once the server answers, if `element`, which tells of the failure, is still shown then. */
export function untilBack(element: Element, again: () => void): void {
  waiting.set(element, again);
  if (notice) return;
  notice = h("p", { class: "gone", role: "status" }, "The server does not answer. Asking again every few seconds…");
  document.body.prepend(notice);
  window.setTimeout(() => void look(), EVERY);
}

async function look(): Promise<void> {
  const back = await fetch("/health").then(
    (response) => response.ok,
    () => false,
  );
  if (!back) return void window.setTimeout(() => void look(), EVERY);
  const shown = [...waiting].filter(([element]) => element.isConnected);
  waiting.clear();
  notice?.remove();
  notice = null;
  for (const [, again] of shown) again();
}
