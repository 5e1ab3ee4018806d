// Elements from values. Everything from outside enters as text or as an attribute, never as markup.

export type Child = Node | string | number | null | undefined | false | Child[];
type Listener = (event: never) => void;
type Value = string | number | boolean | null | undefined | Listener;
export type Props = Record<string, Value>;

/** An element. `onclick` and the like listen; `--name` sets a style property; true is an empty attribute, false none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(element, name, value);
  append(element, children);
  return element;
}

/** Puts children in the place of all that an element held. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

function set(element: HTMLElement, name: string, value: Value): void {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
  else if (name.startsWith("--")) element.style.setProperty(name, String(value));
  else element.setAttribute(name, value === true ? "" : String(value));
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) {
      element.append(typeof child === "number" ? String(child) : child);
    }
  }
}

let numbered = 0;

/** An id that no other element of the page has. */
export function freshId(name: string): string {
  numbered += 1;
  return `${name}-${numbered}`;
}
