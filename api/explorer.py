"""The explorer: one page to try queries on. Everything is inlined, so that it needs no other host."""

from __future__ import annotations

import base64
import hashlib
import html
import json

EXAMPLES: dict[str, str] = {
    "A film and its cast": """{
  film(name: "Titanic") {
    name
    releaseDate { value }
    director { edges { node { name } } }
    cast(first: 10) {
      totalCount
      edges { node { name } character probability evidence(first: 1) { source quote } }
    }
  }
}""",
    "Who works with whom": """{
  person(name: "Steven Spielberg") {
    name
    popularity
    collaborators(first: 5) { entity { name } count closeness works { name } }
  }
}""",
    "How two people are connected": """query Connect($from: ID!, $to: ID!) {
  path(from: $from, to: $to) {
    length
    steps { from { name } relation to { name } }
  }
}""",
    "Search": """{
  search(text: "godf", kinds: [FILM], first: 5) { entity { id name } matched score }
}""",
    "The institutions, most popular first": """{
  level(level: INSTITUTION) {
    count
    entities(first: 10) {
      edges { node { name kind popularity } }
      pageInfo { endCursor hasNextPage }
    }
  }
}""",
    "What waits for a reviewer": """{
  reviewQueue(first: 5) {
    totalCount
    edges { node { id sentence probability reasons parts { name logOdds } evidence { source quote } } }
  }
}""",
    "What the store holds": """{
  status { entities statements evidence byKind { name count } byStatus { name count } }
  refreshRuns(first: 5) { edges { node { id kind started status } } }
}""",
}

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif }
body { margin: 0 auto; max-width: 1200px; padding: 1rem }
h1 { font-size: 1.2rem; margin: 0 0 .5rem }
form { display: grid; gap: .5rem; grid-template-columns: 1fr 1fr }
form > * { min-width: 0 }
.bar { grid-column: 1 / -1; display: flex; gap: .5rem; flex-wrap: wrap }
textarea, pre { box-sizing: border-box; width: 100%; font: 13px/1.4 ui-monospace, monospace; margin: 0 }
textarea { resize: vertical; padding: .5rem }
#query { height: 60vh } #variables { height: 8vh; margin-top: .5rem }
pre { height: 70vh; overflow: auto; border: 1px solid #8888; padding: .5rem; white-space: pre-wrap }
@media (max-width: 700px) { form { grid-template-columns: 1fr } #query { height: 40vh } }
"""

_SCRIPT = """
const examples = JSON.parse(document.getElementById("examples").textContent);
const [pick, query, variables, token, answer, took] =
  ["pick", "query", "variables", "token", "answer", "took"].map((id) => document.getElementById(id));
for (const name of Object.keys(examples)) pick.add(new Option(name));
const show = () => { query.value = examples[pick.value]; };
pick.addEventListener("change", show);
show();
async function run(event) {
  event.preventDefault();
  const headers = { "Content-Type": "application/json", "Accept": "application/json" };
  if (token.value) headers.Authorization = "Bearer " + token.value;
  const start = performance.now();
  try {
    const given = variables.value.trim() ? JSON.parse(variables.value) : {};
    const body = JSON.stringify({ query: query.value, variables: given });
    const response = await fetch("/graphql", { method: "POST", headers, body });
    answer.textContent = JSON.stringify(await response.json(), null, 2);
    took.textContent = Math.round(performance.now() - start) + " ms";
  } catch (error) {
    answer.textContent = String(error);
  }
}
document.querySelector("form").addEventListener("submit", run);
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(event);
});
"""


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


_DATA = json.dumps(EXAMPLES).replace("<", "\\u003c")
POLICY = (
    f"default-src 'none'; script-src {_hash(_SCRIPT)}; style-src {_hash(_STYLE)}; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{html.escape("Marquee: GraphQL")}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Marquee</h1>
<form>
<div class="bar">
<label>Example <select id="pick"></select></label>
<button>Run (Ctrl+Enter)</button>
<label>Token <input id="token" type="password" autocomplete="off" placeholder="for mutations"></label>
<a href="/schema.graphql">Schema</a>
<span id="took"></span>
</div>
<div>
<textarea id="query" spellcheck="false" aria-label="Query"></textarea>
<textarea id="variables" spellcheck="false" aria-label="Variables, as JSON" placeholder="variables, as JSON"></textarea>
</div>
<pre id="answer" aria-live="polite"></pre>
</form>
<script type="application/json" id="examples">{_DATA}</script>
<script>{_SCRIPT}</script>
</body>
</html>
"""
