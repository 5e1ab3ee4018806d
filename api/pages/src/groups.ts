// An entity's facts by relation: which groups it may have, how large each is, and the first of each.

import { ask, type Query } from "./graphql";
import {
  type Direction,
  type FactOrder,
  type FactPage,
  FactPageText,
  type Kind,
  type Ref,
  type RelationName,
  type SubjectAnswer,
} from "./answers";

export type Row = SubjectAnswer["vocabulary"]["relations"][number];

/** One relation seen from one end. */
export interface Side {
  row: Row;
  direction: Direction;
}

export interface Group extends Side {
  facts: FactPage;
}

/** The order of a side's facts: a cast by billing, works newest first, the rest as they came. */
export function order({ row, direction }: Side): FactOrder | null {
  if (row.name === "ACTED_IN" && direction === "IN") return { by: "BILLING", direction: "ASC" };
  const others = direction === "IN" ? row.domain : row.range;
  const works = row.family === "between" && others.length > 0 && others.every((kind) => WORKS.includes(kind));
  return works ? { by: "YEAR", direction: "DESC" } : null;
}

const WORKS: Kind[] = ["FILM", "SERIES", "SEASON", "EPISODE", "ALBUM", "SONG", "FRANCHISE"];
const FIRST = 8; // facts of a group to begin with
const AT_ONCE = 12; // groups of one request: each is about 40 of the 1,000 fields it may have, and takes its time to plan

/** The sides of relations on which an entity of this kind may stand; values first, then as the vocabulary has them. */
export function sides(entity: Ref, relations: Row[]): Side[] {
  const found = relations.flatMap((row): Side[] => [
    ...(row.domain.includes(entity.kind)
      ? [{ row, direction: row.symmetric ? ("BOTH" as const) : ("OUT" as const) }]
      : []),
    ...(row.range.includes(entity.kind) && !row.symmetric ? [{ row, direction: "IN" as const }] : []),
  ]);
  return [...found.filter((side) => side.row.literal), ...found.filter((side) => !side.row.literal)];
}

/** The groups that hold anything, each with its first facts. */
export async function groups(entity: Ref, relations: Row[]): Promise<Group[]> {
  const all = sides(entity, relations);
  const counted = await Promise.all(
    chunks(all, AT_ONCE).map((some) =>
      aliased<{ totalCount: number | null }>(entity.id, some, "{ totalCount }", "", ", first: 1"),
    ),
  );
  const sizes = counted.flat();
  const held = all.filter((_, at) => sizes[at]?.totalCount);
  const parts = await Promise.all(
    chunks(held, AT_ONCE).map((some) =>
      aliased<FactPage>(entity.id, some, "{ ...FactPage }", FactPageText, `, first: ${FIRST}`),
    ),
  );
  const pages = parts.flat();
  return held.flatMap((side, at) => {
    const facts = pages[at];
    return facts ? [{ ...side, facts }] : [];
  });
}

async function aliased<Page>(
  id: string,
  sides: Side[],
  what: string,
  fragment = "",
  more = "",
): Promise<Array<Page | undefined>> {
  const fields = sides.map(
    (side, at) =>
      `g${at}: facts(relations: [${side.row.name}], direction: ${side.direction}${more}${fragment && ordered(side)}) ${what}`,
  );
  const text = `query Groups($id: ID!) { entity(id: $id) { id ${fields.join(" ")} } } ${fragment}`;
  const query: Query<{ entity: Record<string, Page> | null }, { id: string }> = { text };
  const { entity } = await ask(query, { id });
  return sides.map((_, at) => entity?.[`g${at}`]);
}

function ordered(side: Side): string {
  const found = order(side);
  return found ? `, orderBy: {by: ${found.by}, direction: ${found.direction}}` : "";
}

/** The sides worth asking the model about: between entities, and nothing that is computed. */
export function predictable(
  entity: Ref,
  relations: Row[],
  held: Group[],
): Array<{ relation: RelationName; direction: Direction }> {
  const known = new Set(held.map((group) => `${group.row.name} ${group.direction}`));
  const asked = sides(entity, relations).filter(({ row }) => !row.literal && !row.computed);
  const rank = ({ row, direction }: Side): number => (known.has(`${row.name} ${direction}`) ? 0 : 1);
  return asked
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, AT_ONCE)
    .map(({ row, direction }) => ({ relation: row.name, direction: direction === "IN" ? "IN" : "OUT" }));
}

function chunks<T>(items: T[], size: number): T[][] {
  return items.length ? [items.slice(0, size), ...chunks(items.slice(size), size)] : [];
}
