// Evidence: who says so, in which words, and where; a quote from a text stands in its context.

import { ask } from "../graphql";
import { InContext, type InContextAnswer, type Whole } from "../answers";
import { h } from "../dom";
import { capital, moment, number, words } from "../format";
import { pieces } from "../highlight";
import { failure } from "./notice";

type Evidence = Whole["evidence"][number];
type Place = Evidence["place"];

/** The list of a statement's evidence; names of its ends stand out in each quote. */
export function evidenceList(statement: Whole): HTMLElement {
  const names = [statement.subject?.name, statement.object?.name, ...statement.candidates.map((one) => one.name)];
  const known = names.filter((name): name is string => Boolean(name));
  return h(
    "ul",
    { class: "evidence" },
    statement.evidence.map((piece) => h("li", {}, one(piece, known))),
  );
}

function one(piece: Evidence, names: string[]): HTMLElement {
  const quote = h("blockquote", {}, h("p", {}, h("mark", {}, marked(piece.quote, names))));
  const article = h("article", {}, quote, caption(piece));
  if (piece.place.start !== null && piece.place.end !== null) void putInContext(article, quote, piece.place, names);
  return article;
}

const marked = (quote: string, names: string[]): Array<string | HTMLElement> =>
  pieces(quote, names).map((piece) => (piece.named ? h("b", {}, piece.text) : piece.text));

function caption(piece: Evidence): HTMLElement {
  const said = piece.modality === "ASSERTED" ? null : h("span", { class: "modality" }, words(piece.modality));
  const supports = piece.supports.map((one) => `${words(one.name)}: ${one.text}`).join(", ");
  return h(
    "footer",
    {},
    h("cite", {}, piece.source),
    h("span", { class: "place" }, where(piece.place)),
    said,
    supports && h("span", {}, `also says ${supports}`),
    h("span", { class: "quiet" }, `read by ${piece.extractor} v${piece.version}, ${moment(piece.observedAt)}`),
  );
}

function where(place: Place): string {
  if (place.row !== null) return `${place.item}, row ${number(place.row)}`;
  if (place.start !== null && place.end !== null) return `characters ${number(place.start)} to ${number(place.end)}`;
  return place.item;
}

async function putInContext(article: HTMLElement, quote: HTMLElement, place: Place, names: string[]): Promise<void> {
  try {
    const found = await ask(InContext, { document: place.item, start: place.start ?? 0, end: place.end ?? 0 });
    if (found.passage) show(article, quote, found.passage, names);
  } catch (error) {
    article.append(failure(error));
  }
}

function show(
  article: HTMLElement,
  quote: HTMLElement,
  passage: NonNullable<InContextAnswer["passage"]>,
  names: string[],
): void {
  const before = passage.starts ? passage.before : `… ${passage.before.replace(/^\S*\s/, "")}`;
  const after = passage.ends ? passage.after : `${passage.after.replace(/\s\S*$/, "")} …`;
  quote.replaceChildren(h("p", {}, before, h("mark", {}, marked(passage.quote, names)), after));
  const title = capital(passage.name) + (passage.licence && `, ${passage.licence}`);
  article.querySelector(".place")?.before(h("span", { class: "text-name" }, title));
}
