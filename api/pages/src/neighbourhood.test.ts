import { expect, test } from "vitest";
import type { Ref, RelationName } from "./answers";
import { type Around, chosen, MOST, neighbourhood } from "./neighbourhood";

const ref = (id: string): Ref => ({ id, name: id, kind: "PERSON", level: "PERSON" });

function around(id: string, ...facts: Array<[string, RelationName]>): Around {
  const edges = facts.map(([other, relation]) => ({
    relation,
    direction: "IN" as const,
    node: { ...ref(other), popularity: null },
  }));
  return { ...ref(id), facts: { totalCount: edges.length, edges } };
}

test("each relation has its turn", () => {
  const facts = around("film", ["a", "ACTED_IN"], ["b", "ACTED_IN"], ["c", "ACTED_IN"], ["d", "DIRECTED"]).facts.edges;
  expect(chosen(facts, 2).map((fact) => fact.node?.id)).toEqual(["a", "d"]);
});

test("two facts between the same two are two ties and one node", () => {
  const { nodes, ties } = neighbourhood(around("film", ["a", "ACTED_IN"], ["a", "DIRECTED"]));
  expect([nodes.size, ties.size]).toEqual([2, 2]);
});

test("walking on keeps the one that was walked from, and its tie, and never grows", () => {
  let last = neighbourhood(around("p0", ["p1", "ACTED_IN"]));
  for (let step = 1; step < 9; step += 1) {
    const next = Array.from({ length: 40 }, (_, at): [string, RelationName] => [
      at ? `x${step}.${at}` : `p${step + 1}`,
      "ACTED_IN",
    ]);
    last = neighbourhood(around(`p${step}`, ...next), last);
    expect(last.nodes.size).toBeLessThanOrEqual(MOST + 2);
    expect([...last.ties.values()].some((tie) => tie.source === `p${step}` && tie.target === `p${step - 1}`)).toBe(
      true,
    );
    for (const { source, target } of last.ties.values())
      expect(last.nodes.has(source) && last.nodes.has(target)).toBe(true);
  }
});
