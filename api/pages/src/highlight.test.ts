import { expect, test } from "vitest";
import { pieces } from "./highlight";

const named = (quote: string, ...names: string[]): string[] =>
  pieces(quote, names)
    .filter((one) => one.named)
    .map((one) => one.text);

test("names stand out, whatever their case, also by their last word", () => {
  expect(named("ANN ARBOR plays Mona; Arbor was late.", "Ann Arbor")).toEqual(["ANN ARBOR", "Arbor"]);
});

test("a name within a word does not", () => {
  expect(named("The Arborist.", "Arbor")).toEqual([]);
});

test("signs in names are no pattern", () => {
  expect(named("(500) Days of Summer", "(500) Days of Summer", ".*")).toEqual(["(500) Days of Summer"]);
});

test("joined, the pieces are the quote", () => {
  const quote = "<b>夜行列車</b> with Dé Lü, “Night Train” & more";
  expect(
    pieces(quote, ["夜行列車", "Dé Lü", "Night Train"])
      .map((one) => one.text)
      .join(""),
  ).toBe(quote);
});
