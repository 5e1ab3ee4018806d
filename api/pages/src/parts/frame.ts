// What every page has: the way past the header, the header with its search, and the place for the page.

import { h } from "../dom";
import { searchField } from "./search";

const PLACES: Array<[string, string]> = [
  ["/review", "Review"],
  ["/runs", "Runs"],
  ["/graphql", "GraphQL"],
];

/** Builds the frame; the page goes into what it returns. `search` is left out where the page has its own. */
export function frame(search = true): HTMLElement {
  const main = h("main", { id: "main", tabindex: "-1" });
  const here = location.pathname;
  const nav = PLACES.map(([href, name]) =>
    h("li", {}, h("a", { href, "aria-current": here === href || here.startsWith(`${href}/`) ? "page" : null }, name)),
  );
  document.body.append(
    h("a", { class: "skip", href: "#main" }, "To the content"),
    h(
      "header",
      { class: "top" },
      h(
        "a",
        { class: "wordmark", href: "/", "aria-label": "Marquee, start", "aria-current": here === "/" ? "page" : null },
        "Marquee",
      ),
      search && searchField(),
      h("nav", { "aria-label": "Pages" }, h("ul", {}, nav)),
    ),
    main,
  );
  return main;
}

/** Names the page in the tab. */
export function title(text: string): void {
  document.title = text ? `${text} · Marquee` : "Marquee";
}
