// The picture of a neighbourhood: colours by level; a click walks on, the caption leads to the page.

import cytoscape, { type Core, type StylesheetJson } from "cytoscape";
import { ask } from "../graphql";
import { Around, type Ref } from "../answers";
import { fill, h } from "../dom";
import { kindName, relationName } from "../format";
import type { Row } from "../groups";
import { type Neighbourhood, neighbourhood, type Tie } from "../neighbourhood";
import { link } from "./names";
import { failure } from "./notice";

const AROUND = 80; // facts to choose the neighbours of a centre from
const LEVELS = ["WORK", "PERSON", "INSTITUTION", "SHARED"] as const;

/** Draws the picture around an entity in `place`. */
export async function picture(place: HTMLElement, entity: Ref, relations: Row[]): Promise<void> {
  const canvas = h("div", {
    class: "picture",
    tabindex: 0,
    role: "application",
    "aria-label": `Picture of the neighbourhood of ${entity.name}. Arrow keys choose a neighbour, Enter walks to it, O opens its page. The facts beside it say the same in words.`,
  });
  const caption = h("p", { class: "caption", "aria-live": "polite" });
  place.append(canvas, caption, legend());
  document.head.append(h("meta", { id: "__________cytoscape_stylesheet" })); // keeps it from adding a style of its own, which the policy forbids
  const drawn = new Picture(canvas, caption, relations);
  await drawn.walk(entity.id);
}

const legend = (): HTMLElement =>
  h(
    "ul",
    { class: "legend", "aria-label": "Colours" },
    (["work", "person", "institution", "shared"] as const).map((level) => h("li", { class: `kind ${level}` }, level)),
  );

class Picture {
  private graph: Neighbourhood = { centre: "", nodes: new Map(), ties: new Map() };
  private readonly core: Core;
  private chosen = "";

  constructor(
    private readonly canvas: HTMLElement,
    private readonly caption: HTMLElement,
    relations: Row[],
  ) {
    this.names = new Map(relations.map((row) => [row.name, row]));
    this.core = cytoscape({
      container: canvas,
      style: looks(canvas),
      minZoom: 0.3,
      maxZoom: 2.5,
      userZoomingEnabled: false,
      boxSelectionEnabled: false,
    });
    this.core.on("tap", "node", (event) => void this.walk(event.target.id() as string));
    this.core.on("mouseover", "node", (event) => this.choose(event.target.id() as string));
    canvas.addEventListener("keydown", (event) => this.key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.core.style(looks(canvas)));
    new ResizeObserver(() => this.core.resize().fit(undefined, 12)).observe(canvas);
  }

  private readonly names: Map<string, Row>;

  /** Makes an entity the centre and brings those around it. */
  async walk(id: string): Promise<void> {
    this.canvas.setAttribute("aria-busy", "true");
    try {
      const { entity } = await ask(Around, { id, first: AROUND });
      if (!entity) return;
      this.graph = neighbourhood(entity, this.graph);
      this.draw();
      this.choose(entity.id);
    } catch (error) {
      fill(
        this.caption,
        failure(error, () => void this.walk(id)),
      );
    }
    this.canvas.removeAttribute("aria-busy");
  }

  private draw(): void {
    const { centre, nodes, ties } = this.graph;
    const places = oval(centre, [...nodes.keys()]);
    this.core.batch(() => {
      this.core.elements().remove();
      for (const [id, node] of nodes) {
        const position = places.get(id) ?? { x: 0, y: 0 };
        this.core.add({
          data: { id, name: shortened(node.name), level: node.level },
          position,
          classes: id === centre ? "centre below" : side(position),
        });
      }
      for (const { source, target } of pairs(ties.values())) {
        const [near, far] = target === centre ? [target, source] : [source, target];
        this.core.add({ data: { id: `${source} ${target}`, source, target, said: this.words(far, near) } });
      }
    });
    this.core.fit(undefined, 12);
  }

  private choose(id: string): void {
    const node = this.graph.nodes.get(id);
    if (!node) return;
    this.chosen = id;
    this.core.elements().removeClass("chosen");
    const { centre } = this.graph;
    const drawn = this.core.getElementById(id).addClass("chosen");
    if (id !== centre) drawn.connectedEdges().addClass("chosen");
    fill(
      this.caption,
      link(node),
      h("span", { class: "quiet" }, ` ${kindName(node.kind)}${id === centre ? "" : this.said(id, centre)}`),
    );
  }

  /** How the chosen entity hangs on the centre, as ": cast of Titanic". */
  private said(id: string, centre: string): string {
    const words = this.words(id, centre);
    return words && `: ${words}`;
  }

  /** The relations between two entities, as they read from `near`. */
  private words(far: string, near: string): string {
    const found = [...this.graph.ties.values()].filter(
      ({ source, target }) => (source === far && target === near) || (source === near && target === far),
    );
    const words = found.map(({ source, relation }) =>
      relationName(this.names.get(relation), relation, source === near ? "OUT" : "IN"),
    );
    return [...new Set(words)].join(", ");
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) this.choose(this.beside(step));
    else if (event.key === "Enter") void this.walk(this.chosen);
    else if (event.key.toLowerCase() === "o") this.caption.querySelector<HTMLElement>("a")?.click();
    else return;
    event.preventDefault();
  }

  private beside(step: number): string {
    const ids = [...this.graph.nodes.keys()];
    return ids[(ids.indexOf(this.chosen) + step + ids.length) % ids.length] ?? this.chosen;
  }
}

/** One tie for each two that have any. */
function pairs(ties: Iterable<Tie>): Tie[] {
  const found = new Map<string, Tie>();
  for (const tie of ties) found.set([tie.source, tie.target].sort().join(" "), tie);
  return [...found.values()];
}

/** The neighbours on an upright oval around the centre, which leaves names room to either side. */
function oval(centre: string, ids: string[]): Map<string, cytoscape.Position> {
  const ring = ids.filter((id) => id !== centre);
  const angle = (at: number): number => (2 * Math.PI * at) / ring.length - Math.PI / 2;
  return new Map(ring.map((id, at) => [id, { x: 85 * Math.cos(angle(at)), y: 145 * Math.sin(angle(at)) }]));
}

const shortened = (name: string): string => (name.length > 42 ? `${name.slice(0, 40).trimEnd()}…` : name);

/** The side of a node on which its name looks away from the centre. */
function side({ x, y }: cytoscape.Position): string {
  if (Math.abs(x) < 12) return y < 0 ? "above" : "below";
  return x < 0 ? "left" : "right";
}

/** The style of the picture, in the colours of the page. */
function looks(canvas: HTMLElement): StylesheetJson {
  const css = getComputedStyle(canvas);
  const colour = (name: string): string => css.getPropertyValue(name).trim();
  return [
    {
      selector: "node",
      style: {
        label: "data(name)",
        width: 14,
        height: 14,
        "font-family": css.fontFamily,
        "font-size": 11,
        color: colour("--ink"),
        "text-wrap": "wrap",
        "text-max-width": "96px",
        "text-outline-color": colour("--paper"),
        "text-outline-width": 1.5,
      },
    },
    { selector: "node.below", style: { "text-valign": "bottom", "text-margin-y": 4 } },
    { selector: "node.above", style: { "text-valign": "top", "text-margin-y": -4 } },
    { selector: "node.left", style: { "text-halign": "left", "text-valign": "center", "text-margin-x": -4 } },
    { selector: "node.right", style: { "text-halign": "right", "text-valign": "center", "text-margin-x": 4 } },
    ...LEVELS.map((level) => ({
      selector: `node[level = "${level}"]`,
      style: { "background-color": colour(`--${level.toLowerCase()}`) },
    })),
    { selector: "node.centre", style: { width: 22, height: 22, "font-weight": "bold" as const, "font-size": 12 } },
    {
      selector: "edge",
      style: {
        width: 1,
        "line-color": colour("--band"),
        "curve-style": "haystack" as const,
        label: "data(said)",
        "font-size": 8,
        "min-zoomed-font-size": 7,
        color: colour("--quiet"),
        "text-rotation": "autorotate" as const,
        "text-wrap": "ellipsis" as const,
        "text-max-width": "80px",
        "text-outline-color": colour("--paper"),
        "text-outline-width": 2,
      },
    },
    { selector: "edge.chosen", style: { width: 2, "line-color": colour("--accent"), color: colour("--ink") } },
    { selector: "node.chosen", style: { "border-width": 3, "border-color": colour("--accent") } },
  ];
}
