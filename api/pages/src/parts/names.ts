// Entities by name: a link, with the colour of its level and its kind.

import type { Ref } from "../answers";
import { type Child, h } from "../dom";
import { kindName } from "../format";

export const href = (id: string): string => `/entity/${encodeURIComponent(id)}`;

/** A link to an entity's page. */
export const link = (entity: Ref): HTMLElement =>
  h("a", { href: href(entity.id), class: `entity ${entity.level.toLowerCase()}` }, entity.name);

export const kindTag = (entity: Ref, ...more: Child[]): HTMLElement =>
  h("span", { class: `kind ${entity.level.toLowerCase()}` }, kindName(entity.kind), more);
