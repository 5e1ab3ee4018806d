// Gathers the licences of all packages that went into the build: dist/assets/licences.txt.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** @param {string} id the path of a module; @returns {string | undefined} the folder of its package */
function packageOf(id) {
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
}

/** @param {string} folder */
function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
  return `${name} ${version}\n${"-".repeat(60)}\n${text}\n`;
}

/** @type {import("vite").Plugin} */
export const licences = {
  name: "licences",
  generateBundle() {
    const folders = new Set(
      [...this.getModuleIds()].map(packageOf).filter((one) => one && existsSync(join(one, "package.json"))),
    );
    const notices = [...folders].map((one) => notice(String(one))).sort();
    this.emitFile({ type: "asset", fileName: "assets/licences.txt", source: notices.join("\n\n") });
  },
};
