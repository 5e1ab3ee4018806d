// The review queue: one statement at a time beside the list of all that wait, decided by keys or by hand.

import { ask } from "../graphql";
import { type Action, Fact, Queue, type Whole } from "../answers";
import { type Child, fill, h } from "../dom";
import { number } from "../format";
import { type Decision, Decisions } from "../decisions";
import { card, type Card } from "../parts/card";
import { title } from "../parts/frame";
import { empty, failure, say, show } from "../parts/notice";
import { queueItem, said } from "../parts/queue";

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
  private readonly decisions = new Decisions((decision, statement) => this.changed(decision, statement));
  private items: Whole[] = [];
  private at = 0;
  private after: string | null = null;
  private waiting = 0;
  private shown: Card | null = null;

  constructor() {
    const open = matchMedia("(min-width: 60rem)").matches;
    const queue = h(
      "details",
      { class: "queue-place", open },
      h("summary", {}, h("h2", {}, "Waiting ", this.total)),
      this.list,
      this.further,
    );
    this.element = h("div", { class: "review" }, queue, h("div", { class: "work" }, this.card, this.bar, this.help()));
    document.addEventListener("keydown", (event) => this.key(event));
  }

  /** Reads the head of the queue; `first` names a statement to begin with. */
  async start(first: string | null): Promise<void> {
    const given = first ? (await ask(Fact, { id: first })).statement : null;
    if (given) this.items = [given];
    await this.read();
    this.go(0);
  }

  private help(): HTMLElement {
    const keys: Array<[string, string]> = [
      ["A", "accept"],
      ["R", "reject"],
      ["J", "next"],
      ["K", "back"],
      ["U", "undo"],
      ["E", "reason"],
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
    const { reviewQueue } = await ask(Queue, { first: PAGE, after: this.after });
    const known = new Set(this.items.map((one) => one.id));
    this.items.push(...reviewQueue.edges.map(({ node }) => node).filter((one) => !known.has(one.id)));
    this.after = reviewQueue.pageInfo.endCursor;
    this.waiting = reviewQueue.totalCount ?? this.waiting;
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
    this.total.textContent = number(this.waiting);
    fill(
      this.list,
      this.items.map((one, at) => queueItem(one, this.decisions.of(one.id), at === this.at, () => this.go(at, true))),
    );
  }

  private go(at: number, focus = false): void {
    const one = this.items[at];
    if (!one)
      return this.drawCard(
        this.items.length
          ? empty("You have come to the end of the queue.")
          : empty("Nothing waits for a reviewer. Well done."),
      );
    this.at = at;
    this.shown = card(one, this.decisions.of(one.id), {
      decide: (action) => this.decide(action),
      undo: () => this.undo(),
    });
    this.drawCard(this.shown.element);
    this.drawList();
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
    if (focus) this.card.focus({ preventScroll: true });
    if (at >= this.items.length - 3 && !this.further.hidden && !this.further.disabled) void this.more();
  }

  private drawCard(child: Child): void {
    fill(this.card, child);
  }

  private decide(action: "ACCEPT" | "REJECT"): void {
    const one = this.items[this.at];
    if (!one || !this.shown || this.decisions.of(one.id)?.state === "saving") return;
    this.decisions.take(one.id, action, this.shown.reason(action), action === "ACCEPT" ? this.shown.choice() : null);
    const next = this.items.findIndex((item, at) => at > this.at && !this.decisions.of(item.id));
    this.go(next < 0 ? this.items.length - 1 : next);
    this.card.focus({ preventScroll: true });
  }

  private undo(): void {
    const id = this.decisions.undo();
    if (!id) return say("Nothing to take back.");
    this.go(this.items.findIndex((one) => one.id === id));
  }

  private changed(decision: Decision, statement: Whole | null): void {
    const at = this.items.findIndex((one) => one.id === decision.statement);
    const one = this.items[at];
    if (!one) return;
    if (decision.state === "saved") {
      this.waiting += decision.action === "REVIEW" ? 1 : -1;
      if (statement) this.items[at] = statement.id === one.id ? statement : { ...one, status: statement.status };
    }
    this.tell(decision, one);
    this.drawList();
    if (decision.state !== "saving" && at === this.at) this.go(at);
  }

  private tell(decision: Decision, one: Whole): void {
    if (decision.state === "saving")
      return fill(this.bar, h("span", { class: "spinner", "aria-hidden": "true" }), "Saving…");
    if (decision.state === "failed") return fill(this.bar, failure(new Error(decision.message)));
    const undo =
      this.decisions.undoable &&
      h("button", { type: "button", class: "quiet-button", onclick: () => this.undo() }, "Undo");
    fill(
      this.bar,
      h("strong", {}, decision.restated ? "Restated about whom you chose" : PAST[decision.action], ": "),
      said(one),
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
      a: () => this.decide("ACCEPT"),
      r: () => this.decide("REJECT"),
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
