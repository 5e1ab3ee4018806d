// Whether this page may change anything: never, once a token is given, or now.

import { ask } from "./graphql";
import { Access } from "./answers";
import { forget, token } from "./token";

export type May = "never" | "with a token" | "now";

/** What the server says of this tab's token; a token that it does not take is forgotten. */
export async function may(): Promise<May> {
  const { access } = await ask(Access, {});
  if (access.allowed) return "now";
  if (token()) forget();
  return access.changes ? "with a token" : "never";
}

const FIRST = "Changes need the token that the server was started with.";
const WRONG = "The server did not take that token.";

/** Asks for the token until the server takes it, or nobody gives one. */
export async function logIn(why = FIRST): Promise<May> {
  const { askToken } = await import("./parts/login");
  if (!(await askToken(why))) return "with a token";
  const found = await may();
  return found === "with a token" ? logIn(WRONG) : found;
}
