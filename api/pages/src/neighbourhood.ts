// The picture's graph as a value: a centre, some of those around it, and the way one came.

import type { AroundAnswer, Ref, RelationName } from "./answers";

export type Around = NonNullable<AroundAnswer["entity"]>;
type Fact = Around["facts"]["edges"][number];

export interface Tie {
  source: string;
  target: string;
  relation: RelationName;
}

export interface Neighbourhood {
  centre: string;
  nodes: Map<string, Ref>;
  ties: Map<string, Tie>;
}

export const MOST = 14; // neighbours of a centre

/** The neighbourhood of a centre. The one that was walked from stays, so that one can walk back. */
export function neighbourhood(around: Around, from?: Neighbourhood, most = MOST): Neighbourhood {
  const nodes = new Map<string, Ref>([[around.id, around]]);
  const ties = new Map<string, Tie>();
  const last = from && from.centre !== around.id ? from.nodes.get(from.centre) : undefined;
  if (from && last) {
    nodes.set(last.id, last);
    for (const [key, tie] of from.ties) if ([tie.source, tie.target].includes(around.id)) ties.set(key, tie);
  }
  for (const { node, relation, direction } of chosen(around.facts.edges, most)) {
    if (!node || node.id === around.id) continue;
    nodes.set(node.id, node);
    const [source, target] = direction === "IN" ? [node.id, around.id] : [around.id, node.id];
    ties.set(`${source} ${relation} ${target}`, { source, target, relation });
  }
  return { centre: around.id, nodes, ties };
}

/** The facts of the neighbours to show: of each relation in turn, so that one with many does not crowd out the others. */
export function chosen(facts: Fact[], most: number): Fact[] {
  const turns = new Map<string, number>();
  const ranked = facts.map((fact) => {
    const turn = turns.get(fact.relation) ?? 0;
    turns.set(fact.relation, turn + 1);
    return { fact, turn };
  });
  const ids = new Set<string>();
  for (const { fact } of ranked.sort((a, b) => a.turn - b.turn))
    if (fact.node && ids.size < most) ids.add(fact.node.id);
  return facts.filter((fact) => fact.node && ids.has(fact.node.id));
}
