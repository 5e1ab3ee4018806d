// What a part of a page shows while it waits, when it is empty, and when it fails.

import { type Child, fill, h } from "../dom";
import { Refused } from "../graphql";
import { untilBack } from "./gone";

export const waiting = (what: string): HTMLElement =>
  h("p", { class: "waiting", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), what);

export const empty = (...children: Child[]): HTMLElement => h("p", { class: "empty" }, children);

/** A failure with its message, and a way to try again; where the server is gone, it is tried again by itself. */
export function failure(error: unknown, again?: () => void): HTMLElement {
  const message = error instanceof Error ? error.message : String(error);
  const element = h(
    "div",
    { class: "failure", role: "alert" },
    h("p", {}, message),
    again && h("button", { type: "button", onclick: again }, "Try again"),
  );
  if (again && error instanceof Refused && error.code === "UNREACHABLE") untilBack(element, again);
  return element;
}

/** Shows that it waits, then what `work` gives, or why it failed, in `place`. */
export async function show(place: HTMLElement, what: string, work: () => Promise<Child>): Promise<void> {
  fill(place, waiting(what));
  place.setAttribute("aria-busy", "true");
  try {
    fill(place, await work());
  } catch (error) {
    fill(
      place,
      failure(error, () => void show(place, what, work)),
    );
  }
  place.removeAttribute("aria-busy");
}

const spoken = h("div", { class: "unseen", "aria-live": "polite", role: "status" });

/** Tells those who listen rather than look. */
export function say(text: string): void {
  if (!spoken.isConnected) document.body.append(spoken);
  spoken.textContent = text;
}
