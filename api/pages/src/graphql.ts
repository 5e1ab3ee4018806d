// Asks the server. A query carries the type of its variables and of its answer.

import { forget, token } from "./token";

export interface Query<Answer, Variables> {
  text: string;
  readonly answer?: Answer;
  readonly variables?: Variables;
}

/** What the server, or the way to it, has against a request. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

interface Body {
  data?: unknown;
  errors?: Array<{ message: string; extensions?: { code?: string } }>;
}

/** The answer to a query. Asks for a token where the server wants one. Throws Refused, or AbortError. */
export async function ask<Answer, Variables>(
  query: Query<Answer, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answer> {
  if (query.text.startsWith("mutation") && !token() && !(await given(FIRST)))
    throw new Refused("No token was given.", "UNAUTHENTICATED");
  for (;;) {
    const tried = token() !== "";
    try {
      return (await send(query.text, variables, signal)) as Answer;
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== "UNAUTHENTICATED" || takesNone(error)) throw error;
      if (tried) forget();
      if (!(await given(tried ? WRONG : error.message))) throw error;
    }
  }
}

const FIRST = "Changes need the token that the server was started with.";
const WRONG = "The server did not take that token.";

let asked: Promise<boolean> | null = null;

/** Whether a token was given; requests that wait at the same time share one dialog. */
function given(why: string): Promise<boolean> {
  asked ??= import("./parts/login").then(({ askToken }) => askToken(why)).finally(() => (asked = null));
  return asked;
}

async function send(query: string, variables: unknown, signal?: AbortSignal): Promise<unknown> {
  const known = token();
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      ...(known && { Authorization: `Bearer ${known}` }),
    },
    body: JSON.stringify({ query, variables }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    throw error instanceof DOMException
      ? error
      : new Refused("The server does not answer. Is it running?", "UNREACHABLE");
  });
  const body = (await response.json().catch(() => ({}))) as Body;
  const [error] = body.errors ?? [];
  if (error) throw new Refused(error.message, error.extensions?.code ?? "UNKNOWN");
  if (!body.data) throw new Refused(`The server answered ${response.status} without data.`, "UNKNOWN");
  return body.data;
}

function takesNone(error: Refused): boolean {
  return error.message.includes("takes no changes");
}
