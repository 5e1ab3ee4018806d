// Picks the page by the address.

import { frame } from "./parts/frame";
import { failure } from "./parts/notice";

type Draw = (main: HTMLElement, id: string) => Promise<void>;

const PAGES: Array<[RegExp, () => Promise<{ draw: Draw }>]> = [
  [/^\/$/, () => import("./pages/start")],
  [/^\/entity\/([^/]+)$/, () => import("./pages/entity")],
  [/^\/review$/, () => import("./pages/review")],
  [/^\/runs$/, () => import("./pages/runs")],
  [/^\/runs\/([^/]+)$/, () => import("./pages/run")],
];

const main = frame(location.pathname !== "/");
for (const [pattern, load] of PAGES) {
  const found = pattern.exec(location.pathname);
  if (!found) continue;
  load()
    .then((page) => page.draw(main, decodeURIComponent(found[1] ?? "")))
    .catch((error: unknown) => main.replaceChildren(failure(error, () => location.reload())));
}
