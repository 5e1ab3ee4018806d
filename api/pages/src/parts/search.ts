// Search as one types: a combobox whose list is walked with the arrow keys.

import { ask } from "../graphql";
import { type Kind, Search, type SearchAnswer } from "../answers";
import { fill, freshId, h } from "../dom";
import { kindName, years } from "../format";
import { href } from "./names";

export type Found = SearchAnswer["search"][number];

const PAUSE = 120; // ms without a key before the server is asked

/** The search field. `large` is the one of the start page. */
export function searchField(large = false, text = ""): HTMLElement {
  const list = h("ul", { role: "listbox", id: freshId("found"), "aria-label": "Found", hidden: true });
  const told = h("span", { class: "unseen", "aria-live": "polite" });
  const input = h("input", {
    type: "search",
    name: "q",
    value: text,
    role: "combobox",
    "aria-label": "Search by name",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: large ? "A film, a person, a company, an award…" : "Search",
  });
  const form = h("form", { role: "search", action: "/", class: large ? "search large" : "search" }, input, list, told);
  new Combobox(form, input, list, told);
  return form;
}

class Combobox {
  private timer = 0;
  private asked = new AbortController();
  private at = -1;
  private found: Found[] = [];

  constructor(
    form: HTMLElement,
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly told: HTMLElement,
  ) {
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("focus", () => this.found.length && this.open(true));
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget as Node | null)) this.open(false);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (input.value.trim()) location.assign(`/?q=${encodeURIComponent(input.value.trim())}`);
    });
  }

  private later(): void {
    clearTimeout(this.timer);
    this.asked.abort();
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    const text = this.input.value.trim();
    if (!text) return this.show([], "");
    this.asked = new AbortController();
    try {
      const { search } = await ask(Search, { text, first: 10 }, this.asked.signal);
      this.show(search, search.length ? `${search.length} found` : `Nothing is called “${text}”.`);
    } catch (error) {
      if (!(error instanceof DOMException)) this.show([], error instanceof Error ? error.message : String(error));
    }
  }

  private show(found: Found[], told: string): void {
    this.found = found;
    this.told.textContent = told;
    fill(
      this.list,
      found.length
        ? found.map((one, at) => this.option(one, at))
        : told && h("li", { class: "empty", role: "option", "aria-disabled": "true" }, told),
    );
    this.open(Boolean(told));
    this.move(-1);
  }

  private option(one: Found, at: number): HTMLElement {
    return h(
      "li",
      {
        role: "option",
        id: `${this.list.id}-${at}`,
        "aria-selected": "false",
        onmousedown: (event: MouseEvent) => event.preventDefault(),
        onclick: () => this.go(at),
      },
      row(one),
    );
  }

  private key(event: KeyboardEvent): void {
    const last = this.found.length - 1;
    if (event.key === "ArrowDown" && last >= 0) this.move(this.at >= last ? 0 : this.at + 1);
    else if (event.key === "ArrowUp" && last >= 0) this.move(this.at <= 0 ? last : this.at - 1);
    else if (event.key === "Enter" && this.at >= 0) this.go(this.at);
    else if (event.key === "Escape" && this.input.getAttribute("aria-expanded") === "true") this.open(false);
    else return;
    event.preventDefault();
  }

  private move(to: number): void {
    this.at = to;
    for (const [at, option] of [...this.list.children].entries())
      option.setAttribute("aria-selected", String(at === to));
    const active = this.list.children[to];
    active?.scrollIntoView({ block: "nearest" });
    if (active && to >= 0) {
      this.open(true);
      this.input.setAttribute("aria-activedescendant", active.id);
    } else this.input.removeAttribute("aria-activedescendant");
  }

  private open(open: boolean): void {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  private go(at: number): void {
    const one = this.found[at];
    if (one) location.assign(href(one.entity.id));
  }
}

/** What tells one found entity from another: name, the name that matched where it is another, kind and years. */
export function row({ entity, matched }: Found, name?: HTMLElement): HTMLElement[] {
  return [
    h(
      "span",
      { class: "found-name" },
      name ?? entity.name,
      matched !== entity.name && h("span", { class: "matched" }, ` as “${matched}”`),
    ),
    h(
      "span",
      { class: `kind ${entity.level.toLowerCase()}` },
      [kindName(entity.kind as Kind), years(entity)].filter(Boolean).join(" · "),
    ),
  ];
}
