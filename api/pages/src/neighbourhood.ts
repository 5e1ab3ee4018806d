// The picture's graph as a value: nodes and edges, grown by walking, never larger than what the eye takes.

import type { AroundAnswer, Ref, RelationName } from "./answers";

export type Around = NonNullable<AroundAnswer["entity"]>;

export interface Neighbourhood {
  nodes: Map<string, Ref>;
  edges: Map<string, { source: string; target: string; relation: RelationName }>;
  walked: string[]; // centres, in the order they were walked to
}

export const MOST = 48; // nodes of a picture
export const EACH = 14; // neighbours of a centre

export const nothing = (): Neighbourhood => ({ nodes: new Map(), edges: new Map(), walked: [] });

type Fact = Around["facts"]["edges"][number];

/** The neighbours to show: of each relation in turn, so that one with many does not crowd out the others. */
export function chosen(facts: Fact[], most: number): Fact[] {
  const by = new Map<string, Fact[]>();
  for (const fact of facts) by.set(fact.relation, [...(by.get(fact.relation) ?? []), fact]);
  const turns = [...by.values()].flatMap((some) => some.map((fact, turn) => ({ fact, turn })));
  const ids = new Set<string>();
  for (const { fact } of turns.sort((a, b) => a.turn - b.turn)) if (fact.node && ids.size < most) ids.add(fact.node.id);
  return facts.filter((fact) => fact.node && ids.has(fact.node.id));
}

/** The neighbourhood with those around another centre; what hangs on the oldest centres goes where it grows too large. */
export function grown(old: Neighbourhood, around: Around, most = EACH): Neighbourhood {
  const nodes = new Map(old.nodes).set(around.id, around);
  const edges = new Map(old.edges);
  for (const { node, relation, direction } of chosen(around.facts.edges, most)) {
    if (!node || node.id === around.id) continue;
    nodes.set(node.id, nodes.get(node.id) ?? node);
    const [source, target] = direction === "IN" ? [node.id, around.id] : [around.id, node.id];
    edges.set(`${source} ${relation} ${target}`, { source, target, relation });
  }
  const walked = [...old.walked.filter((id) => id !== around.id), around.id];
  return trimmed({ nodes, edges, walked });
}

function trimmed(given: Neighbourhood): Neighbourhood {
  let { nodes, edges, walked } = given;
  while (nodes.size > MOST && walked.length > 1) {
    walked = walked.slice(1);
    const centres = new Set(walked);
    edges = new Map([...edges].filter(([, { source, target }]) => centres.has(source) || centres.has(target)));
    const held = new Set([...edges.values()].flatMap(({ source, target }) => [source, target]));
    nodes = new Map([...nodes].filter(([id]) => held.has(id) || centres.has(id)));
  }
  return { nodes, edges, walked };
}
