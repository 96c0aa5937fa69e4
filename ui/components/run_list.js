// The last runs, one line each: the same nodes as long as a run is listed, so that focus and hover stay.
const ICONS = { use: "Use these settings", base: "Baseline" };

function make(tag, className, into) {
  const node = into.appendChild(document.createElement(tag));
  node.className = className;
  return node;
}

function newLine(id, send) {
  const line = document.createElement("li");
  const show = make("button", "show", line);
  show.type = "button";
  for (const part of ["dot", "title", "differs", "result", "time", "best"]) make("span", part, show);
  show.onclick = () => send("show", id);
  for (const act of ["use", "base"]) {
    const button = make("button", act, line);
    button.type = "button";
    button.textContent = ICONS[act];
    button.onclick = () => send(act, id);
  }
  return line;
}

function say(line, part, text) {
  const node = line.querySelector(`.${part}`);
  if (node.textContent !== text) node.textContent = text;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".run-list");
  const lines = (list.lines ??= new Map());
  const send = (act, id) => setTriggerValue("acted", { act, id });
  for (const [id, line] of lines) {
    if (!data.runs.some((run) => run.id === id)) {
      line.remove();
      lines.delete(id);
    }
  }
  data.runs.forEach((run, place) => {
    if (!lines.has(run.id)) lines.set(run.id, newLine(run.id, send));
    const line = lines.get(run.id);
    if (list.children[place] !== line) list.insertBefore(line, list.children[place] ?? null);
    line.classList.toggle("shown", run.shown);
    line.querySelector(".show").setAttribute("aria-current", run.shown ? "true" : "false");
    line.querySelector(".dot").style.background = run.colour;
    for (const part of ["title", "differs", "result", "time", "best"]) say(line, part, run[part]);
    const base = line.querySelector(".base");
    line.querySelector(".use").disabled = !data.usable;
    base.setAttribute("aria-pressed", run.baseline ? "true" : "false");
    for (const [act, word] of [["use", "Use the settings of"], ["base", "Compare the others with"]]) {
      line.querySelector(`.${act}`).setAttribute("aria-label", `${word} ${run.title}`);
    }
  });
}
