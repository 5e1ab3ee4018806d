// A reviewer's decisions: sent one after the other, since a store takes one change at a time.

import { ask } from "./graphql";
import { type Action, Decide, type Whole } from "./answers";
import { reviewer } from "./token";

export type State = "saving" | "saved" | "failed";

export interface Decision {
  statement: string;
  action: Action;
  state: State;
  message: string;
  restated: boolean; // accepted about another than the one that stood in
}

export class Decisions {
  private readonly made = new Map<string, Decision>();
  private readonly order: string[] = [];
  private line: Promise<void> = Promise.resolve();

  /** `changed` hears of each step of a decision, with the statement as it then stands where that is known. */
  constructor(private readonly changed: (decision: Decision, statement: Whole | null) => void) {}

  of(statement: string): Decision | undefined {
    return this.made.get(statement);
  }

  /** Takes a decision; it is sent when those before it are through. */
  take(statement: string, action: Action, reason: string, choice: string | null): void {
    this.order.push(statement);
    this.send(statement, action, reason, choice);
  }

  /** Puts the last decision's statement back to review; its id, or null where there is none to take back. */
  undo(): string | null {
    const last = this.order.pop();
    if (!last) return null;
    this.send(last, "REVIEW", "Taken back by the reviewer", null);
    return last;
  }

  get undoable(): boolean {
    return this.order.length > 0;
  }

  private send(statement: string, action: Action, reason: string, choice: string | null): void {
    const decision = { statement, action, message: "", restated: choice !== null };
    this.step({ ...decision, state: "saving" }, null);
    this.line = this.line.then(async () => {
      try {
        const { decide } = await ask(Decide, { statement, action, reason, choice, by: reviewer() || "curator" });
        this.step({ ...decision, state: "saved" }, decide.statement);
      } catch (error) {
        this.order.splice(this.order.lastIndexOf(statement) >>> 0, 1);
        const message = error instanceof Error ? error.message : String(error);
        this.step({ ...decision, state: "failed", message }, null);
      }
    });
  }

  private step(decision: Decision, statement: Whole | null): void {
    if (decision.action === "REVIEW" && decision.state === "saved") this.made.delete(decision.statement);
    else this.made.set(decision.statement, decision);
    this.changed(decision, statement);
  }
}
