// Pixels to paint and to erase. The server never sends back what was drawn: an echo would fight the pen. A clean sheet has
// a new number. Streamlit calls the default export when the data or the theme changes.
const SIDE = 28;
const SEND_MS = 80; // from one message to the next while a hand draws
const SOFT = 170; // ink beside the middle of the brush
const BRUSH = [[0, 0, 255], [1, 0, SOFT], [-1, 0, SOFT], [0, 1, SOFT], [0, -1, SOFT]];
const MOVES = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

const rgb = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));

function isDark(host) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const [r, g, b] = rgb(pen.fillStyle);
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}

function paint(host) {
  const [paper, ink] = host.ink[isDark(host) ? "dark" : "light"].map(rgb);
  const image = new ImageData(SIDE, SIDE);
  host.levels.forEach((level, i) => image.data.set([...paper.map((low, c) => low + (level / 255) * (ink[c] - low)), 255], 4 * i));
  host.querySelector("canvas").getContext("2d").putImageData(image, 0, 0);
}

function dot(host, x, y) {
  for (const [dx, dy, level] of BRUSH) {
    const [column, row] = [Math.floor(x) + dx, Math.floor(y) + dy];
    if (column < 0 || row < 0 || column >= SIDE || row >= SIDE) continue;
    const i = SIDE * row + column;
    host.levels[i] = host.erases ? Math.min(host.levels[i], 255 - level) : Math.max(host.levels[i], level);
  }
}

function line(host, [x1, y1], [x2, y2]) {
  const n = Math.ceil(2 * Math.hypot(x2 - x1, y2 - y1)) || 1;
  for (let i = 1; i <= n; i++) dot(host, x1 + ((x2 - x1) * i) / n, y1 + ((y2 - y1) * i) / n);
}

function send(host) {
  clearTimeout(host.timer);
  host.timer = 0;
  host.last = performance.now();
  host.tell("grid", { levels: btoa(String.fromCharCode(...host.levels)), sheet: host.sheet });
}

function sendSoon(host) {
  const wait = (host.last ?? 0) + SEND_MS - performance.now();
  if (wait <= 0) send(host);
  else host.timer ||= setTimeout(send, wait, host);
}

function drawn(host) {
  paint(host);
  sendSoon(host);
}

function showCursor(host, [column, row]) {
  const cursor = host.querySelector(".cursor");
  cursor.hidden = false;
  Object.assign(cursor.style, { left: `${(100 * column) / SIDE}%`, top: `${(100 * row) / SIDE}%` });
  const level = host.levels[SIDE * row + column];
  host.querySelector(".says").textContent = `row ${row + 1}, column ${column + 1}: ${level > 127 ? "ink" : level ? "some ink" : "paper"}`;
}

function wireKeys(host, sheet) {
  host.at = [14, 14];
  sheet.onkeydown = (event) => {
    const move = MOVES[event.key];
    if (move) host.at = host.at.map((place, i) => Math.min(Math.max(place + move[i], 0), SIDE - 1));
    else if (event.key === " " || event.key === "Enter") {
      dot(host, ...host.at);
      drawn(host);
    } else return;
    showCursor(host, host.at);
    event.preventDefault();
    event.stopPropagation();
  };
  sheet.onblur = () => (host.querySelector(".cursor").hidden = true);
}

function wire(host) {
  const canvas = host.querySelector("canvas");
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * SIDE, ((event.clientY - box.top) / box.height) * SIDE];
  };
  canvas.onpointerdown = (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    host.on = place(event);
    dot(host, ...host.on);
    drawn(host);
  };
  canvas.onpointermove = (event) => {
    if (!host.on) return;
    const to = place(event);
    line(host, host.on, to);
    host.on = to;
    drawn(host);
  };
  canvas.onpointerup = canvas.onpointercancel = () => {
    if (!host.on) return;
    host.on = null;
    send(host);
  };
  const tools = [...host.querySelectorAll(".tools button")];
  tools.forEach((tool) => {
    tool.onclick = () => {
      host.erases = tool.dataset.ink === "0";
      tools.forEach((other) => other.setAttribute("aria-pressed", other === tool));
    };
  });
  wireKeys(host, host.querySelector(".sheet"));
}

export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".brush");
  host.tell = setStateValue;
  host.ink = data.ink;
  if (host.sheet === undefined) wire(host);
  if (host.sheet !== data.sheet) {
    clearTimeout(host.timer);
    host.timer = 0;
    host.sheet = data.sheet;
    host.levels = Uint8Array.from(atob(data.start), (character) => character.charCodeAt(0));
  }
  paint(host);
}
