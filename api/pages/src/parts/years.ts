// Years of works and lives, put beside their names after these are shown: asked for together, and apart from the facts.

import { ask, type Query } from "../graphql";
import { h } from "../dom";
import { years } from "../format";

type Year = { year: number | null } | null;
type Dated = { releaseDate?: Year; birthDate?: Year; deathDate?: Year } | null;

const DATES = "... on Work { releaseDate { year } } ... on Person { birthDate { year } deathDate { year } }";
const AT_ONCE = 40; // entities of one request

const known = new Map<string, string>();
const waiting = new Map<string, HTMLElement[]>();

/** A place for the year of a work, or the years of a life; it is filled in as soon as that is known. */
export function yearOf(id: string): HTMLElement {
  const year = known.get(id);
  const place = h("span", { class: "year" }, year !== undefined && shown(year));
  if (year !== undefined) return place;
  if (!waiting.size) window.setTimeout(() => void read());
  waiting.set(id, [...(waiting.get(id) ?? []), place]);
  return place;
}

const shown = (year: string): string => (year ? ` ${year}` : "");

async function read(): Promise<void> {
  const places = new Map(waiting);
  waiting.clear();
  for (let ids = [...places.keys()]; ids.length; ids = ids.slice(AT_ONCE)) {
    const found = await asked(ids.slice(0, AT_ONCE)).catch(() => new Map<string, string>()); // a name does without
    for (const [id, year] of found) {
      known.set(id, year);
      for (const place of places.get(id) ?? []) place.textContent = shown(year);
    }
  }
}

async function asked(ids: string[]): Promise<Map<string, string>> {
  const named = ids.map((_, at) => `$i${at}: ID!`).join(", ");
  const fields = ids.map((_, at) => `y${at}: entity(id: $i${at}) { ${DATES} }`).join(" ");
  const query: Query<Record<string, Dated>, Record<string, string>> = { text: `query Years(${named}) { ${fields} }` };
  const answer = await ask(query, Object.fromEntries(ids.map((id, at) => [`i${at}`, id])));
  return new Map(ids.map((id, at) => [id, years(answer[`y${at}`] ?? {})]));
}
