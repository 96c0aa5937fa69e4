// Rows are built once and kept by the id of their run; new data change texts in place. Sorting happens here alone.
// Streamlit calls the default export when the data or the theme changes.
const FORMS = { circle: "circle()", diamond: "polygon(50% 0, 100% 50%, 50% 100%, 0 50%)", square: "inset(8%)" };
FORMS["triangle-up"] = "polygon(50% 5%, 100% 95%, 0 95%)";
const OWN = [
  { key: "number", title: "Run", number: true },
  { key: "name", title: "Name" },
];
const NOTE = { key: "note", title: "Note" };
const PATIENCE_MS = 4000; // until a text that the server has not confirmed gives way to what it says
const byName = new Intl.Collator("en", { numeric: true });

// Rows are drawn as grids, which takes their meaning from them for some readers: so it is said.
const ROLES = { th: "columnheader", td: "cell", tr: "row" };

function make(tag, className, text = "") {
  const made = document.createElement(tag);
  if (ROLES[tag]) made.setAttribute("role", ROLES[tag]);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

const say = (element, text) => element.textContent !== text && (element.textContent = text);
const titleOf = ({ name, number }) => name || `Run ${number}`;

function button(act, label) {
  const made = make("button", `act ${act}`, label);
  made.type = "button";
  made.dataset.act = act;
  return made;
}

function field(name, letters, editable) {
  if (!editable) return make("span", name);
  const made = make("input", name);
  made.dataset.field = name;
  made.maxLength = letters;
  made.autocomplete = "off";
  return made;
}

function cellOf(row, tag, className, ...content) {
  const made = make(tag, className);
  made.append(...content);
  row.append(made);
  return made;
}

function newRow(id, { columns, editable, letters }) {
  const row = make("tr");
  row.dataset.id = id;
  row.tick = make("input");
  row.tick.type = "checkbox";
  row.dot = make("span", "dot");
  row.label = make("span", "number");
  row.show = button("show", "");
  row.show.append(row.dot, row.label);
  row.name = field("name", letters.name, editable);
  row.badge = make("span", "badge");
  row.note = field("note", letters.note, editable);
  cellOf(row, "td", "tick", row.tick);
  const head = cellOf(row, "th", "run", row.show);
  head.scope = "row";
  head.setAttribute("role", "rowheader");
  cellOf(row, "td", "name", row.name, row.badge);
  row.figures = columns.map(({ number }) => cellOf(row, "td", number ? "figure" : ""));
  cellOf(row, "td", "note", row.note);
  if (!editable) return row;
  row.pin = button("pin", "Pin");
  row.drop = button("delete", "Delete");
  cellOf(row, "td", "acts", row.pin, row.drop);
  return row;
}

// A text that is being written, or was sent and has not come back yet, is not overwritten.
function write(element, text) {
  if (element.localName !== "input") return say(element, text);
  const root = element.getRootNode();
  if (element.sent !== undefined && (element.sent === text || performance.now() > element.until)) delete element.sent;
  if (root.activeElement !== element && element.sent === undefined && element.value !== text) element.value = text;
  element.known = text;
}

function fill(row, run) {
  row.run = run;
  const title = titleOf(run);
  const plain = [run.number, run.name, run.note, run.pinned, run.best, run.shown, ...run.texts].join("\u0000");
  if (row.filled === plain && row.note.sent === undefined && row.name.sent === undefined) return;
  row.filled = plain;
  row.tick.setAttribute("aria-label", `Compare ${title}`);
  row.dot.style.backgroundColor = run.colour;
  row.dot.style.clipPath = FORMS[run.symbol];
  say(row.label, String(run.number));
  row.show.setAttribute("aria-label", `${run.number}: show ${title} on all pages`);
  row.show.setAttribute("aria-pressed", run.shown);
  write(row.name, run.name);
  write(row.note, run.note);
  if (row.name.localName === "input") {
    row.name.placeholder = `Run ${run.number}`;
    row.name.setAttribute("aria-label", `Name of run ${run.number}`);
    row.note.setAttribute("aria-label", `Note on ${title}`);
  }
  say(row.badge, run.best ? "best so far" : "");
  row.figures.forEach((cell, i) => say(cell, run.texts[i]));
  if (!row.pin) return;
  row.pin.setAttribute("aria-pressed", run.pinned);
  row.pin.setAttribute("aria-label", `Pin ${title}`);
  row.drop.setAttribute("aria-label", `Delete ${title}`);
}

function valueOf({ run }, key, columns) {
  if (key === "number") return run.number;
  if (key === "name" || key === "note") return run[key] || null;
  return run.sorts[columns.findIndex((column) => column.key === key)] ?? null;
}

function order(host, rows) {
  const { key, down } = host.order ?? {};
  if (!key || !host.columns.some((column) => column.key === key)) return rows;
  const value = new Map(rows.map((row) => [row, valueOf(row, key, host.data.columns)]));
  return [...rows].sort((a, b) => {
    const [x, y] = [value.get(a), value.get(b)];
    if (x === null || y === null) return (x === null) - (y === null);
    const rising = typeof x === "number" && typeof y === "number" ? x - y : byName.compare(x, y);
    return down ? -rising : rising;
  });
}

// Rows are moved only where they stand in another order: a moved row would lose the focus.
function arrange(host) {
  const body = host.querySelector("tbody");
  const rows = order(host, host.data.rows.map(({ id }) => host.rows.get(id)));
  if (rows.length === body.childElementCount && rows.every((row, i) => body.children[i] === row)) return;
  const focused = host.getRootNode().activeElement;
  body.replaceChildren(...rows);
  if (focused && host.contains(focused)) focused.focus({ preventScroll: true });
}

function sortBy(host, { key, number }) {
  const again = host.order?.key === key;
  host.order = { key, down: again ? !host.order.down : Boolean(number) };
  arrange(host);
  markOrder(host);
}

function markOrder(host) {
  for (const head of host.querySelectorAll("th[data-key]")) {
    const sorted = head.dataset.key === host.order?.key;
    head.setAttribute("aria-sort", sorted ? (host.order.down ? "descending" : "ascending") : "none");
  }
}

// Columns are as wide as their longest text, in letters; texts that grow later end in an ellipsis until then.
function widths({ columns, rows, editable }) {
  const letters = columns.map(({ title }, i) => Math.max(title.length + 2, ...rows.map(({ texts }) => texts[i].length)));
  const figures = letters.map((n) => `${Math.min(n, 24) * 0.46 + 1.5}rem`);
  return ["var(--tick) var(--run) var(--name)", ...figures, "minmax(14rem, 1fr)", editable ? "9rem" : ""].join(" ");
}

function drawHead(host, data) {
  host.columns = [...OWN, ...data.columns, NOTE];
  const row = host.querySelector("thead tr");
  host.all = make("input");
  host.all.type = "checkbox";
  host.all.setAttribute("aria-label", "Compare all");
  row.replaceChildren();
  cellOf(row, "td", "tick", host.all);
  for (const column of host.columns) {
    const sort = make("button", "sort", column.title);
    sort.type = "button";
    sort.onclick = () => sortBy(host, column);
    if (column.help) sort.title = column.help;
    const own = { number: "run", name: "name", note: "note" }[column.key];
    const head = cellOf(row, "th", own ?? (column.number ? "figure" : ""), sort);
    head.scope = "col";
    head.dataset.key = column.key;
  }
  if (data.editable) cellOf(row, "td", "acts", make("span", "unseen", "Pin or delete"));
  markOrder(host);
}

function drawPicks(host, picks) {
  for (const [id, row] of host.rows) {
    row.tick.checked = picks.has(id);
    row.toggleAttribute("data-picked", picks.has(id));
  }
  const n = host.data.rows.filter(({ id }) => picks.has(id)).length;
  host.all.checked = n > 0 && n === host.rows.size;
  host.all.indeterminate = n > 0 && n < host.rows.size;
}

function drawRows(host, data) {
  host.data = data;
  const body = host.querySelector("tbody");
  const shape = JSON.stringify([data.columns, data.editable]);
  if (host.shape !== shape) {
    host.shape = shape;
    host.rows = new Map();
    body.replaceChildren();
    drawHead(host, data);
  }
  const there = new Set(data.rows.map(({ id }) => id));
  for (const id of host.rows.keys()) if (!there.has(id)) host.rows.delete(id);
  for (const run of data.rows) {
    const row = host.rows.get(run.id) ?? newRow(run.id, data);
    host.rows.set(run.id, row);
    fill(row, run);
  }
  host.style.setProperty("--columns", widths(data));
  arrange(host);
}

function sendText(input, setTriggerValue) {
  if (!input.dataset.field || input.value === input.known) return;
  input.sent = input.value.trim();
  input.until = performance.now() + PATIENCE_MS;
  setTriggerValue("edit", { id: input.closest("tr").dataset.id, field: input.dataset.field, text: input.value });
}

// Up and down go to the same control of the next row; Enter ends a text, Escape takes it back.
function press(event) {
  const { target, key } = event;
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[key];
  if (step && target.closest("tbody")) {
    const controls = (row) => [...row.querySelectorAll("input, button")];
    const row = target.closest("tr");
    const next = row?.[step] && controls(row[step])[controls(row).indexOf(target)];
    event.preventDefault();
    next?.focus();
  } else if (target.dataset.field && (key === "Enter" || key === "Escape")) {
    if (key === "Escape") target.value = target.known;
    target.blur();
  }
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const host = parentElement.querySelector(".runs");
  host.setAttribute("aria-label", data.alt);
  say(host.querySelector("caption"), data.alt);
  drawRows(host, data);
  drawPicks(host, picksNow(host, data.picks));
  host.onkeydown = press;
  host.onchange = ({ target }) => {
    if (target.type !== "checkbox") return sendText(target, setTriggerValue);
    const picks = new Set(host.picked.filter((id) => host.rows.has(id)));
    const ids = target === host.all ? [...host.rows.keys()] : [target.closest("tr").dataset.id];
    for (const id of ids) target.checked ? picks.add(id) : picks.delete(id);
    pick(host, [...picks], setStateValue);
    drawPicks(host, picks);
  };
  host.onclick = ({ target }) => {
    const act = target.closest("[data-act]");
    if (!act) return;
    const { run } = act.closest("tr");
    setTriggerValue("act", { id: run.id, act: act.dataset.act === "pin" && run.pinned ? "unpin" : act.dataset.act });
  };
}
