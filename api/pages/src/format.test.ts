import { expect, test } from "vitest";
import {
  ago,
  before,
  capital,
  date,
  kindName,
  literal,
  percent,
  relationName,
  took,
  verb,
  words,
  years,
} from "./format";

test.each([
  [0, "0%"],
  [0.004, "<1%"],
  [0.5, "50%"],
  [0.994, "99%"],
  [0.9995, ">99%"],
  [1, "100%"],
])("%d is %s", (probability, text) => {
  expect(percent(probability)).toBe(text);
});

test.each([
  ["1999", "1999"],
  ["1999-03", "March 1999"],
  ["1999-03-31", "31 March 1999"],
  ["1990s", "1990s"],
  ["soon", "soon"],
])("%s reads %s", (text, read) => {
  expect(date(text)).toBe(read);
});

test("literals read by their type", () => {
  expect(literal({ type: "DURATION", value: "6300", unit: null })).toBe("1 h 45 min");
  expect(literal({ type: "MONEY", value: "1200000", unit: "USD" })).toBe("1,200,000 USD");
  expect(literal({ type: "TEXT", value: "<b>", unit: null })).toBe("<b>");
});

test("kinds come in two spellings", () => {
  expect([kindName("RECORD_LABEL"), kindName("RecordLabel"), kindName("FILM")]).toEqual([
    "record label",
    "record label",
    "film",
  ]);
});

test("a relation reads from either end", () => {
  const row = { label: "acted in", inverseLabel: "cast" };
  expect(relationName(row, "ACTED_IN", "OUT")).toBe("acted in");
  expect(relationName(row, "ACTED_IN", "IN")).toBe("cast");
  expect(relationName(undefined, "ACTED_IN", "IN")).toBe("acted in");
  expect(capital(words("WON_BY"))).toBe("Won by");
});

test("times", () => {
  const now = Date.parse("2024-05-01T12:00:00Z");
  expect(ago("2024-05-01T11:59:30Z", now)).toBe("just now");
  expect(ago("2024-05-01T11:20:00Z", now)).toBe("40 minutes ago");
  expect(ago("2024-04-28T12:00:00Z", now)).toBe("3 days ago");
  expect(took("2024-05-01T11:00:00Z", "2024-05-01T11:00:12.34Z")).toBe("12.3 s");
  expect(took("2024-05-01T11:00:00Z", "2024-05-01T11:03:20Z")).toBe("3 min 20 s");
  expect(took("2024-05-01T11:00:00Z", null)).toBe("");
});

test("years of works and lives", () => {
  expect(years({ releaseDate: { year: 1997 } })).toBe("1997");
  expect(years({ birthDate: { year: 1900 }, deathDate: { year: 1980 } })).toBe("1900–1980");
  expect(years({ birthDate: { year: 1970 }, deathDate: null })).toBe("born 1970");
  expect(years({})).toBe("");
});

test("what narrows a fact down reads as words", () => {
  const said = (name: string, text: string): string => before({ name, text }) + text;
  expect(said("character", "Mona")).toBe("as Mona");
  expect(said("work", "Titanic")).toBe("for Titanic");
  expect(said("year", "1997")).toBe("1997");
  expect(said("start", "1999")).toBe("start 1999");
});

test("the verb of a statement stands between its ends", () => {
  const [subject, object] = [{ name: "Howl" }, { name: "animation" }];
  const said = { sentence: "Howl is of genre animation", relation: "GENRE", subject, object };
  expect(verb(said)).toBe("is of genre");
  expect(verb({ ...said, sentence: "The runtime of Howl is 2 h", relation: "RUNTIME", object: null })).toBe("runtime");
  expect(verb({ ...said, subject: null })).toBe("genre");
});
