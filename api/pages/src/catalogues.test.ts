import { expect, test } from "vitest";
import { page } from "./catalogues";

test.each([
  ["wikidata", "Q44578", "https://www.wikidata.org/wiki/Q44578"],
  ["imdb", "tt0120338", "https://www.imdb.com/title/tt0120338/"],
  ["tmdb", "597", "https://www.themoviedb.org/movie/597"],
  ["wikidata", "javascript:alert(1)", null],
  ["tmdb", "../x", null],
  ["house", "7", null],
] as const)("%s %s leads to %s", (scheme, value, href) => {
  expect(page(scheme, value, "FILM")).toBe(href);
});
