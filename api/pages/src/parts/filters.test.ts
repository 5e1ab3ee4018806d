import { expect, test } from "vitest";
import { address, filterOf, isWhole, partOf, told } from "./filters";

test("a part and its address say the same", () => {
  const part = { source: "a & b", relation: "acted_in", run: "r1" };
  expect(partOf(new URL(address(part), "http://here").search)).toEqual(part);
  expect(address({ source: "", relation: "", run: "" })).toBe("/review");
  expect(isWhole(partOf("?statement=s1"))).toBe(true);
  expect(isWhole(part)).toBe(false);
});

test("the server is asked for what was chosen alone", () => {
  expect(filterOf(partOf("?relation=acted_in"))).toEqual({ relations: ["ACTED_IN"] });
  expect(filterOf(partOf(""))).toEqual({});
});

test("a part is told in words", () => {
  expect(told(partOf("?source=notes&relation=acted_in&run=r1"))).toBe("from notes, acted in, of run r1");
});
