import { expect, test } from "vitest";
import type { Direction, Kind, RelationName } from "./answers";
import { order, type Side } from "./groups";

function side(name: RelationName, direction: Direction, domain: Kind[], range: Kind[], family = "between"): Side {
  const rest = { label: "", inverseLabel: "", literal: null, symmetric: false, computed: false, single: false };
  return { row: { name, domain, range, family, ...rest }, direction };
}

test.each([
  ["a cast by billing", side("ACTED_IN", "IN", ["PERSON"], ["FILM", "SERIES"]), "BILLING"],
  ["works by year", side("ACTED_IN", "OUT", ["PERSON"], ["FILM", "SERIES"]), "YEAR"],
  ["a studio's works by year", side("PRODUCTION_COMPANY", "IN", ["FILM", "ALBUM"], ["STUDIO"]), "YEAR"],
  ["people as they came", side("DIRECTED", "IN", ["PERSON"], ["FILM"]), undefined],
  ["values as they came", side("RUNTIME", "OUT", ["FILM"], [], "literal"), undefined],
])("facts are ordered: %s", (_, given, by) => {
  expect(order(given)?.by).toBe(by);
});
