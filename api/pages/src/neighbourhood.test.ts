import { expect, test } from "vitest";
import type { Ref, RelationName } from "./answers";
import { type Around, chosen, grown, MOST, nothing } from "./neighbourhood";

const ref = (id: string): Ref => ({ id, name: id, kind: "PERSON", level: "PERSON" });

function around(id: string, ...facts: Array<[string, RelationName]>): Around {
  const edges = facts.map(([other, relation]) => ({ relation, direction: "IN" as const, node: { ...ref(other), popularity: null } }));
  return { ...ref(id), facts: { totalCount: edges.length, edges } };
}

test("each relation has its turn", () => {
  const facts = around("film", ["a", "ACTED_IN"], ["b", "ACTED_IN"], ["c", "ACTED_IN"], ["d", "DIRECTED"]).facts.edges;
  expect(chosen(facts, 2).map((fact) => fact.node?.id)).toEqual(["a", "d"]);
});

test("two facts between the same two are two edges and one node", () => {
  const { nodes, edges } = grown(nothing(), around("film", ["a", "ACTED_IN"], ["a", "DIRECTED"]));
  expect([nodes.size, edges.size]).toEqual([2, 2]);
});

test("walking on keeps the centre and never grows too large", () => {
  let graph = nothing();
  for (let step = 0; step < 12; step += 1) {
    const next = Array.from({ length: 14 }, (_, at): [string, RelationName] => [`p${step + 1}.${at}`, "ACTED_IN"]);
    graph = grown(graph, around(step ? `p${step}.0` : "film", ...next));
    expect(graph.nodes.size).toBeLessThanOrEqual(MOST);
    expect(graph.nodes.has(graph.walked.at(-1) ?? "")).toBe(true);
    for (const { source, target } of graph.edges.values()) expect(graph.nodes.has(source) && graph.nodes.has(target)).toBe(true);
  }
});
