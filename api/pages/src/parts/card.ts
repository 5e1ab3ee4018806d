// The card of one statement under review: what is claimed, the quotes, the gate's reasons, open names, and the decision.

import type { Action, Whole } from "../answers";
import { type Child, h } from "../dom";
import { before, literal, percent, verb, words } from "../format";
import type { May } from "../access";
import type { Decision } from "../decisions";
import { belief, standing } from "./belief";
import { because, parts } from "./detail";
import { evidenceList } from "./evidence";
import { outcome } from "./queue";
import { kindTag, link } from "./names";
import { yearOf } from "./years";

export interface Card {
  element: HTMLElement;
  reason: (action: Action) => string;
  choice: () => string | null;
  focusReason: () => void;
}

interface Acts {
  decide: (action: "ACCEPT" | "REJECT") => void;
  undo: () => void;
  logIn: () => void;
}

const DEFAULTS: Partial<Record<Action, string>> = {
  ACCEPT: "The evidence says so",
  REJECT: "The evidence does not say so",
};

/** `may`: whether this page may decide on it. */
export function card(one: Whole, decision: Decision | undefined, may: May, acts: Acts): Card {
  const reason = h("input", {
    type: "text",
    id: "reason",
    maxlength: 500,
    placeholder: "may be left empty",
    autocomplete: "off",
  });
  const names = one.candidates.map(openName);
  const element = h(
    "article",
    { class: "card", "aria-label": "Statement under review" },
    claim(one),
    h(
      "p",
      { class: "standing" },
      standing(one.status),
      belief(one.probability, one.interval),
      one.support !== null && h("span", { class: "quiet" }, `the sources together give it ${percent(one.support)}`),
    ),
    evidenceList(one),
    names,
    because(one, "h3"),
    parts(one),
    decided(decision) ? settled(one, decision, acts) : may === "now" ? decide(reason, acts) : locked(may, acts),
  );
  return {
    element,
    reason: (action) => reason.value.trim() || (DEFAULTS[action] ?? ""),
    choice: () => element.querySelector<HTMLInputElement>("fieldset.open-name input:checked")?.value || null,
    focusReason: () => reason.focus(),
  };
}

const decided = (decision: Decision | undefined): decision is Decision =>
  decision !== undefined && decision.state !== "failed";

function claim(one: Whole): HTMLElement {
  const object: Child = one.object
    ? [link(one.object), one.object.level === "WORK" && yearOf(one.object.id), " ", kindTag(one.object)]
    : h("span", { class: "value" }, one.literal ? literal(one.literal) : "");
  return h(
    "h2",
    { class: "claim" },
    one.subject && [link(one.subject), " ", kindTag(one.subject)],
    h("span", { class: "relation" }, ` ${verb(one)} `),
    object,
    one.qualifiers.length > 0 &&
      h("span", { class: "qualifiers" }, " ", one.qualifiers.map((q) => before(q) + q.text).join(", ")),
  );
}

function openName(open: Whole["candidates"][number], at: number): HTMLElement {
  const group = `open-${at}`;
  const option = (value: string, checked: boolean, ...label: Child[]): HTMLElement =>
    h("label", {}, h("input", { type: "radio", name: group, value, checked }), h("span", {}, label));
  return h(
    "fieldset",
    { class: "open-name" },
    h("legend", {}, `${open.candidates[0]?.entity?.level === "PERSON" ? "Whom" : "What"} “${open.name}” means`),
    option("", true, "As it stands above"),
    open.candidates.map(
      (one) =>
        one.entity &&
        option(
          one.entity.id,
          false,
          link(one.entity),
          yearOf(one.entity.id),
          " ",
          kindTag(one.entity),
          h("span", { class: "quiet" }, ` score ${one.score.toFixed(2)}${speaking(one.features)}`),
        ),
    ),
    option(
      "new",
      false,
      "None of these: someone or something new",
      h("span", { class: "quiet" }, ` ${open.noneOfThese.toFixed(2)}`),
    ),
  );
}

/** The numbers behind a candidate's score that are not nothing. */
function speaking(features: Array<{ name: string; value: number }>): string {
  const said = features.filter(({ value }) => Math.abs(value) >= 0.005);
  return said.length ? `: ${said.map(({ name, value }) => `${words(name)} ${value.toFixed(2)}`).join(", ")}` : "";
}

function decide(reason: HTMLInputElement, acts: Acts): HTMLElement {
  return h(
    "div",
    { class: "decision" },
    h("label", { for: "reason" }, "Reason"),
    reason,
    h(
      "div",
      { class: "actions" },
      button("Accept", "A", "primary accept", () => acts.decide("ACCEPT")),
      button("Reject", "R", "reject", () => acts.decide("REJECT")),
    ),
  );
}

/** What stands in the place of the buttons where they would not work. */
function locked(may: May, acts: Acts): HTMLElement {
  if (may === "never")
    return h(
      "div",
      { class: "decision" },
      h(
        "p",
        {},
        "This server takes no decisions: it was started without a token. Set ",
        h("code", {}, "MARQUEE_TOKEN"),
        " and start it again, or decide with ",
        h("code", {}, "marquee review"),
        ".",
      ),
    );
  return h(
    "div",
    { class: "decision" },
    h("p", {}, "Deciding needs the token that the server was started with."),
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", class: "primary", onclick: acts.logIn }, "Give the token"),
    ),
  );
}

function settled(one: Whole, decision: Decision, acts: Acts): HTMLElement {
  const text = decision.state === "saving" ? "Saving…" : `You decided: ${outcome(decision, one)}.`;
  return h(
    "div",
    { class: "decision settled" },
    h("p", {}, text),
    decision.state === "saved" && button("Undo the last decision", "U", "", acts.undo),
  );
}

const button = (name: string, key: string, kind: string, act: () => void): HTMLElement =>
  h(
    "button",
    { type: "button", class: kind, onclick: act, "aria-keyshortcuts": key },
    name,
    " ",
    h("kbd", { "aria-hidden": "true" }, key),
  );
