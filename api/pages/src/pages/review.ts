// The review queue: one statement at a time beside the list of all that wait, decided by keys or by hand.

import { ask } from "../graphql";
import { logIn, may, type May } from "../access";
import { type Action, Fact, Queue, type Whole } from "../answers";
import { type Child, fill, h } from "../dom";
import { number } from "../format";
import { type Decision, Decisions } from "../decisions";
import { card, type Card } from "../parts/card";
import { address, FilterBar, filterOf, isWhole, type Part, partOf, told } from "../parts/filters";
import { title } from "../parts/frame";
import { empty, failure, say, show } from "../parts/notice";
import { queueItem } from "../parts/queue";

const PAGE = 25;
const PAST: Record<Action, string> = { ACCEPT: "Accepted", REJECT: "Rejected", REVIEW: "Back to review" };

export async function draw(main: HTMLElement): Promise<void> {
  title("Review");
  const place = h("div", {});
  main.append(h("h1", {}, "Review"), place);
  await show(place, "Reading the queue…", async () => {
    const review = new Review();
    await review.start(new URLSearchParams(location.search).get("statement"));
    return review.element;
  });
}

class Review {
  private readonly list = h("ol", { class: "queue" });
  private readonly total = h("span", { class: "count" });
  private readonly card = h("div", { class: "card-place", tabindex: -1 });
  private readonly bar = h("p", { class: "done", role: "status" });
  private readonly keys = h("input", { type: "checkbox", id: "keys", checked: true });
  private readonly further = h("button", { type: "button", class: "further", onclick: () => void this.more() }, "More");
  readonly element: HTMLElement;
  private readonly filters = new FilterBar((part, pointed) => void this.narrow(part, pointed));
  private readonly decisions = new Decisions((decision, statement) => this.changed(decision, statement));
  private items: Whole[] = [];
  private at = 0;
  private after: string | null = null;
  private waiting: number | null = 0; // null: more than the server counts
  private shown: Card | null = null;
  private part: Part = partOf(location.search);
  private may: May = "with a token";

  constructor() {
    const open = matchMedia("(min-width: 60rem)").matches;
    const queue = h(
      "details",
      { class: "queue-place", open },
      h("summary", {}, h("h2", {}, "Waiting ", this.total)),
      this.filters.element,
      this.list,
      this.further,
    );
    this.element = h("div", { class: "review" }, queue, h("div", { class: "work" }, this.card, this.bar, this.help()));
  }

  /** Reads the head of the queue; `first` names a statement to begin with. */
  async start(first: string | null): Promise<void> {
    const [given, found] = await Promise.all([first ? ask(Fact, { id: first }) : null, may(), this.read()]);
    this.may = found;
    if (given?.statement) this.put(given.statement);
    this.go(0);
    this.drawFilters();
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("popstate", () => void this.narrow(partOf(location.search), false, false));
  }

  /** Puts a statement before all others. */
  private put(one: Whole): void {
    this.items = [one, ...this.items.filter(({ id }) => id !== one.id)];
  }

  /** Reads another part of the queue; the address names it, so that it can be kept and gone back from. */
  private async narrow(part: Part, pointed: boolean, kept = true): Promise<void> {
    this.part = part;
    if (kept) history.pushState(null, "", address(part));
    [this.items, this.after, this.at] = [[], null, 0];
    this.drawFilters();
    await show(this.card, "Reading the queue…", async () => {
      await this.read();
      say(`${this.counted()} waiting`);
      return this.present(0);
    });
    if (pointed) this.card.focus({ preventScroll: true });
  }

  private drawFilters(): void {
    this.filters.draw(this.part).catch((error: unknown) => fill(this.filters.element, failure(error)));
  }

  private counted(): string {
    return this.waiting === null ? "over 1,000" : number(this.waiting);
  }

  private help(): HTMLElement {
    const keys: Array<[string, string]> = [
      ["A", "accept"],
      ["R", "reject"],
      ["J", "next"],
      ["K", "back"],
      ["U", "undo"],
      ["E", "reason"],
      ["Esc", "leaves a field"],
    ];
    return h(
      "p",
      { class: "keys" },
      this.keys,
      h("label", { for: "keys" }, " Keys: "),
      keys.map(([key, what]) => [h("kbd", {}, key), ` ${what} `]),
    );
  }

  private async read(): Promise<void> {
    const part = this.part;
    const { reviewQueue } = await ask(Queue, { where: filterOf(part), first: PAGE, after: this.after });
    if (part !== this.part) return; // another part was asked for meanwhile
    const known = new Set(this.items.map((one) => one.id));
    this.items.push(...reviewQueue.edges.map(({ node }) => node).filter((one) => !known.has(one.id)));
    this.after = reviewQueue.pageInfo.endCursor;
    this.waiting = reviewQueue.totalCount;
    this.further.hidden = !reviewQueue.pageInfo.hasNextPage;
    this.drawList();
  }

  private async more(): Promise<void> {
    this.further.disabled = true;
    try {
      await this.read();
    } catch (error) {
      this.further.before(failure(error));
    }
    this.further.disabled = false;
  }

  private drawList(): void {
    this.total.textContent = this.counted();
    fill(
      this.list,
      this.items.map((one, at) => queueItem(one, this.decisions.of(one.id), at === this.at, () => this.go(at, true))),
    );
  }

  /** Shows the statement at a place of the queue; `focus` moves to it. */
  private go(at: number, focus = false): void {
    fill(this.card, this.present(at));
    if (focus) this.card.focus({ preventScroll: true });
  }

  private present(at: number): Child {
    const one = this.items[at];
    if (!one) return this.nothing();
    this.at = at;
    this.shown = card(one, this.decisions.of(one.id), this.may, {
      decide: (action) => void this.decide(action),
      undo: () => this.undo(),
      logIn: () => void this.logIn(),
    });
    this.drawList();
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
    if (at >= this.items.length - 3 && !this.further.hidden && !this.further.disabled) void this.more();
    return this.shown.element;
  }

  /** Why there is nothing to look at. */
  private nothing(): Child {
    this.shown = null;
    if (!isWhole(this.part))
      return [
        empty(`Nothing waits that is ${told(this.part)}.`),
        h("p", {}, h("a", { href: "/review" }, "Show all that waits")),
      ];
    return [
      empty("Nothing waits for a reviewer."),
      h(
        "p",
        { class: "quiet" },
        "Here comes what the gate neither accepts nor rejects, what has a name that may mean several, and a few drawn at random to check the gate. ",
        h("a", { href: "/runs" }, "The runs"),
        " say what came in.",
      ),
    ];
  }

  private async logIn(): Promise<boolean> {
    try {
      this.may = await logIn();
    } catch (error) {
      fill(this.bar, failure(error));
    }
    this.go(this.at, true);
    return this.may === "now";
  }

  private async decide(action: "ACCEPT" | "REJECT"): Promise<void> {
    if (this.may === "never") return say("This server takes no decisions.");
    const reason = this.shown?.reason(action) ?? "";
    const choice = this.shown?.choice() ?? null;
    if (this.may !== "now" && !(await this.logIn())) return;
    const one = this.items[this.at];
    if (!one || this.decisions.of(one.id)?.state === "saving") return;
    this.decisions.take(one.id, action, reason, action === "ACCEPT" ? choice : null);
    const next = this.items.findIndex((item, at) => at > this.at && !this.decisions.of(item.id));
    this.go(next < 0 ? this.items.length - 1 : next);
    this.card.focus({ preventScroll: true });
  }

  private undo(): void {
    const id = this.decisions.undo();
    if (!id) return say("Nothing to take back.");
    const at = this.items.findIndex((one) => one.id === id);
    if (at >= 0) this.go(at);
  }

  private changed(decision: Decision, statement: Whole | null): void {
    if (decision.state === "saved" && this.waiting !== null) this.waiting += decision.action === "REVIEW" ? 1 : -1;
    const back = decision.action === "REVIEW" && statement;
    if (back && !this.items.some(({ id }) => id === back.id)) this.put(back); // it stands in another part
    const at = this.items.findIndex((one) => one.id === decision.statement);
    const one = this.items[at];
    if (one && statement) this.items[at] = statement.id === one.id ? statement : { ...one, status: statement.status };
    this.tell(decision, one?.sentence ?? "one of another part");
    this.drawList();
    if (decision.state !== "saving" && at === this.at) this.go(at);
  }

  private tell(decision: Decision, sentence: string): void {
    if (decision.state === "saving")
      return fill(this.bar, h("span", { class: "spinner", "aria-hidden": "true" }), "Saving…");
    if (decision.state === "failed") return fill(this.bar, failure(new Error(decision.message)));
    const undo =
      this.decisions.undoable &&
      h("button", { type: "button", class: "quiet-button", onclick: () => this.undo() }, "Undo");
    fill(
      this.bar,
      h("strong", {}, decision.restated ? "Restated about whom you chose" : PAST[decision.action], ": "),
      sentence,
      " ",
      undo,
    );
  }

  private key(event: KeyboardEvent): void {
    const typing =
      event.target instanceof HTMLElement &&
      event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select, dialog *");
    if (typing && event.key === "Escape") return this.card.focus();
    if (typing || !this.keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    const does: Record<string, () => void> = {
      a: () => void this.decide("ACCEPT"),
      r: () => void this.decide("REJECT"),
      j: () => this.go(Math.min(this.at + 1, this.items.length - 1), true),
      k: () => this.go(Math.max(this.at - 1, 0), true),
      u: () => this.undo(),
      e: () => this.shown?.focusReason(),
    };
    const act = does[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }
}
