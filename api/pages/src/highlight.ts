// Names within a quote, so that the eye finds them.

export interface Piece {
  text: string;
  named: boolean;
}

/** The quote cut at each occurrence of a name, case aside; longer names win. Joined, the pieces are the quote. */
export function pieces(quote: string, names: string[]): Piece[] {
  const known = [...new Set(names.flatMap(spellings))].filter((name) => name.length > 2);
  if (!known.length) return [{ text: quote, named: false }];
  const pattern = known
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|");
  return quote
    .split(new RegExp(`((?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}]))`, "iu"))
    .flatMap((text, at) => (text ? [{ text, named: at % 2 === 1 }] : []));
}

/** A name as it stands, and the last word of a name of several: texts often go on with it. */
function spellings(name: string): string[] {
  const last = name.split(" ").at(-1) ?? "";
  return last.length > 3 && /^\p{Lu}/u.test(last) ? [name, last] : [name];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
