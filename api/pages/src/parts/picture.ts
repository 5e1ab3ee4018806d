// The picture of a neighbourhood: colours by level; a click walks on, the caption leads to the page.

import cytoscape, { type Core, type StylesheetJson } from "cytoscape";
import { ask } from "../graphql";
import { Around, type Ref } from "../answers";
import { fill, h } from "../dom";
import { kindName, relationName } from "../format";
import type { Row } from "../groups";
import { grown, type Neighbourhood, nothing } from "../neighbourhood";
import { link } from "./names";
import { failure } from "./notice";

const AROUND = 80; // facts to choose the neighbours of a centre from
const LEVELS = ["WORK", "PERSON", "INSTITUTION", "SHARED"] as const;

/** Draws the picture around an entity in `place`. */
export async function picture(place: HTMLElement, entity: Ref, relations: Row[]): Promise<void> {
  const canvas = h("div", { class: "picture", tabindex: 0, role: "application", "aria-label": `Picture of the neighbourhood of ${entity.name}. Arrow keys choose a neighbour, Enter walks to it, O opens its page. The facts beside it say the same in words.` });
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
  private graph: Neighbourhood = nothing();
  private readonly core: Core;
  private chosen = "";

  constructor(
    private readonly canvas: HTMLElement,
    private readonly caption: HTMLElement,
    relations: Row[],
  ) {
    this.names = new Map(relations.map((row) => [row.name, row]));
    this.core = cytoscape({ container: canvas, style: looks(canvas), minZoom: 0.3, maxZoom: 2.5, userZoomingEnabled: false, boxSelectionEnabled: false });
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
      if (entity) this.graph = grown(this.graph, entity);
      this.draw(id);
      this.choose(id);
    } catch (error) {
      fill(this.caption, failure(error, () => void this.walk(id)));
    }
    this.canvas.removeAttribute("aria-busy");
  }

  private draw(centre: string): void {
    const { nodes, edges, walked } = this.graph;
    this.core.batch(() => {
      this.core.elements().filter((one) => !nodes.has(one.id()) && !edges.has(one.id())).remove();
      const near = this.core.getElementById(centre).position();
      for (const [id, node] of nodes) {
        if (this.core.getElementById(id).empty()) this.core.add({ data: { id, name: node.name, level: node.level }, position: { x: (near?.x ?? 0) + Math.cos(nodes.size), y: near?.y ?? 0 } });
      }
      for (const [id, edge] of edges) if (this.core.getElementById(id).empty()) this.core.add({ data: { id, ...edge } });
      this.core.nodes().forEach((node) => void node.data("walked", walked.includes(node.id()) ? 1 : 0));
    });
    const layout = this.core.layout(walked.length > 1 ? GROWN : oval(centre, [...nodes.keys()]));
    layout.one("layoutstop", () => this.lean(centre));
    layout.run();
  }

  /** Puts each name on the side that looks away from the centre. */
  private lean(centre: string): void {
    const { x, y } = this.core.getElementById(centre).position();
    this.core.nodes().forEach((node) => {
      const at = node.position();
      const side = node.id() === centre ? "below" : Math.abs(at.y - y) > 2.2 * Math.abs(at.x - x) ? (at.y < y ? "above" : "below") : at.x < x ? "left" : "right";
      node.removeClass("above below left right").addClass(side);
    });
    this.core.fit(undefined, 12);
  }

  private choose(id: string): void {
    const node = this.graph.nodes.get(id);
    if (!node) return;
    this.chosen = id;
    this.core.elements().removeClass("chosen");
    this.core.getElementById(id).addClass("chosen").connectedEdges().addClass("chosen");
    const centre = this.graph.walked.at(-1);
    fill(this.caption, link(node), h("span", { class: "quiet" }, ` ${kindName(node.kind)}${id === centre ? "" : this.said(id, centre ?? "")}`));
  }

  /** How the chosen entity hangs on the centre, as ": cast of Titanic". */
  private said(id: string, centre: string): string {
    const found = [...this.graph.edges.values()].filter(({ source, target }) => (source === id && target === centre) || (source === centre && target === id));
    const words = found.map(({ source, relation }) => relationName(this.names.get(relation), relation, source === centre ? "OUT" : "IN"));
    return words.length ? `: ${[...new Set(words)].join(", ")}` : "";
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

const GROWN = { name: "cose", animate: false, randomize: false, nodeRepulsion: () => 9000, idealEdgeLength: () => 70, padding: 24 } as const;

/** A first picture: the neighbours on an upright oval, which leaves names room to either side. */
function oval(centre: string, ids: string[]): cytoscape.LayoutOptions {
  const ring = ids.filter((id) => id !== centre);
  const at = (id: string) => {
    const angle = (2 * Math.PI * ring.indexOf(id)) / ring.length - Math.PI / 2;
    return { x: 85 * Math.cos(angle), y: 145 * Math.sin(angle) };
  };
  return { name: "preset", positions: Object.fromEntries(ids.map((id) => [id, id === centre ? { x: 0, y: 0 } : at(id)])) };
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
    ...LEVELS.map((level) => ({ selector: `node[level = "${level}"]`, style: { "background-color": colour(`--${level.toLowerCase()}`) } })),
    { selector: "node[?walked]", style: { width: 22, height: 22, "font-weight": "bold" as const, "font-size": 12 } },
    { selector: "edge", style: { width: 1, "line-color": colour("--line"), "curve-style": "haystack" as const } },
    { selector: "edge.chosen", style: { width: 2, "line-color": colour("--accent") } },
    { selector: "node.chosen", style: { "border-width": 3, "border-color": colour("--accent") } },
  ];
}
