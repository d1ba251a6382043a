/** The viewer's page; `token` is what its requests carry. */
export function viewerPage(token: string | undefined, version: string): string {
  const query = token === undefined ? "" : `?token=${encodeURIComponent(token)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Recollect</title>
<link rel="stylesheet" href="/viewer.css${escaped(query)}">
</head>
<body>
<header>
<h1>Recollect</h1>
<form role="search">
<label>Search <input id="query" type="search" autocomplete="off"></label>
<label>Project <select id="project"><option value="">All</option></select></label>
</form>
<p id="state" role="status">Connecting</p>
</header>
<main><ol id="memories"></ol></main>
<footer>Version ${escaped(version)}</footer>
<script src="/viewer.js${escaped(query)}" defer></script>
</body>
</html>
`;
}

function escaped(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character] ?? character);
}

/** What the page does: it lists, searches, and shows what comes while it is open. */
export const viewerScript = `"use strict";
const token = new URL(document.currentScript.src).searchParams.get("token");
const at = (path, parameters = {}) => {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value);
  if (token) url.searchParams.set("token", token);
  return url;
};
const get = async (path, parameters) => {
  const response = await fetch(at(path, parameters));
  const body = await response.json();
  if (!response.ok) throw new Error(body.error);
  return body;
};
const element = (id) => document.getElementById(id);
const list = element("memories");
const say = (text) => { element("state").textContent = text; };
const item = (kind, title, text, memory) => {
  const entry = document.createElement("li");
  const head = document.createElement("h2");
  head.textContent = title;
  const about = document.createElement("p");
  about.className = "about";
  about.textContent = [kind, memory.project, new Date(memory.created_at_epoch).toLocaleString()].join(" \\u00b7 ");
  const body = document.createElement("p");
  body.textContent = text === title ? "" : text;
  entry.append(head, about, body);
  return entry;
};
const entries = (found) => [
  ...found.observations.map((one) => [one, item(one.obs_type, one.title, one.summary, one)]),
  ...found.sessions.map((one) => [one, item("session", one.title ?? "Session", one.summary_text, one)]),
  ...found.prompts.map((one) => [one, item("prompt", one.title ?? one.prompt_text, one.preview ?? "", one)]),
];
let asked = 0;
const show = async () => {
  const turn = (asked += 1);
  try {
    const query = element("query").value.trim();
    const found = entries(await get("/api/search", { query, project: element("project").value, limit: "50" }));
    if (turn !== asked) return;
    found.sort(([a], [b]) => (a.rank ?? 0) - (b.rank ?? 0) || b.created_at_epoch - a.created_at_epoch);
    list.replaceChildren(...found.map(([, entry]) => entry));
    say(found.length === 0 ? "Nothing found" : "");
  } catch (error) {
    say(String(error.message));
  }
};
let waiting;
const showSoon = () => { clearTimeout(waiting); waiting = setTimeout(show, 150); };
element("query").addEventListener("input", showSoon);
element("project").addEventListener("change", showSoon);
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
get("/api/projects").then(({ projects }) => {
  for (const name of projects) element("project").append(new Option(name, name));
}, (error) => say(String(error.message)));
const stream = new EventSource(at("/stream"));
stream.onmessage = ({ data }) => {
  const { type } = JSON.parse(data);
  if (type === "observation_created" || type === "summary_created" || type === "new_prompt") showSoon();
};
stream.onerror = () => say("Not connected");
show();
`;

export const viewerStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 52rem; padding: 1rem; }
header h1 { font-size: 1.25rem; margin: 0 0 0.5rem; }
form { display: flex; flex-wrap: wrap; gap: 1rem; }
input, select { font: inherit; padding: 0.25rem; }
ol { list-style: none; padding: 0; }
li { border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: 0.75rem 0; }
li h2 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
li p { margin: 0.25rem 0 0; overflow-wrap: anywhere; }
.about, footer { font-size: 0.85rem; opacity: 0.75; }
`;
