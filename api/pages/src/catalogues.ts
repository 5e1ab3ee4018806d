// Where an id of another catalogue leads.

import type { Kind } from "./answers";

const NAMES: Record<string, string> = { wikidata: "Wikidata", imdb: "IMDb", tmdb: "TMDB", freebase: "Freebase" };
const IMDB: Record<string, string> = { tt: "title", nm: "name", co: "company" };
const TMDB: Partial<Record<Kind, string>> = {
  FILM: "movie",
  SERIES: "tv",
  PERSON: "person",
  STUDIO: "company",
  NETWORK: "network",
};

/** The catalogue's name as it writes itself. */
export const catalogue = (scheme: string): string => NAMES[scheme] ?? scheme;

/** The page of an id in its catalogue; null where there is none that we know of. */
export function page(scheme: string, value: string, kind: Kind): string | null {
  const id = encodeURIComponent(value);
  if (scheme === "wikidata" && /^[QP]\d+$/.test(value)) return `https://www.wikidata.org/wiki/${id}`;
  const imdb = IMDB[value.slice(0, 2)];
  if (scheme === "imdb" && imdb) return `https://www.imdb.com/${imdb}/${id}/`;
  const tmdb = TMDB[kind];
  return scheme === "tmdb" && tmdb && /^\d+$/.test(value) ? `https://www.themoviedb.org/${tmdb}/${id}` : null;
}
