// Numbers as cells in the colours of weights, one of which is chosen. Streamlit calls the default export when the data or
// the theme changes.
const MOVES = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const pen = document.createElement("canvas").getContext("2d");

function rgb(colour) {
  pen.fillStyle = colour;
  return [1, 3, 5].map((i) => parseInt(pen.fillStyle.slice(i, i + 2), 16));
}

function isDark(host) {
  const [r, g, b] = rgb(getComputedStyle(host).getPropertyValue("--st-background-color").trim());
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}

function colourOf(share, stops) {
  const place = ((share + 1) / 2) * (stops.length - 1);
  const i = Math.min(Math.floor(place), stops.length - 2);
  return stops[i].map((low, c) => low + (place - i) * (stops[i + 1][c] - low));
}

function paint(host) {
  const { data, values, rows } = host;
  const canvas = host.querySelector("canvas");
  [canvas.width, canvas.height] = [data.columns, rows];
  const stops = data.stops[isDark(host) ? "dark" : "light"].map(rgb);
  const largest = values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0) || 1;
  const image = new ImageData(data.columns, rows);
  values.forEach((value, i) => {
    const colour = Number.isFinite(value) ? colourOf(value / largest, stops) : rgb(data.notANumber);
    image.data.set([...colour, 255], 4 * i);
  });
  canvas.getContext("2d").putImageData(image, 0, 0);
}

function nameOf({ data }, place) {
  if (!data.fromPixels) return `neuron ${place}`;
  return `row ${Math.floor(place / data.columns) + 1}, column ${(place % data.columns) + 1}`;
}

function mark(host, name, place) {
  const ring = host.querySelector(name);
  ring.hidden = place === null;
  if (ring.hidden) return;
  const { columns } = host.data;
  Object.assign(ring.style, {
    left: `${(100 * (place % columns)) / columns}%`,
    top: `${(100 * Math.floor(place / columns)) / host.rows}%`,
    width: `${100 / columns}%`,
    height: `${100 / host.rows}%`,
  });
}

function say(host, place) {
  host.querySelector(".says").textContent = place === null ? "" : `${nameOf(host, place)}: ${Number(host.values[place].toPrecision(3))}`;
}

function pointTo(host, place) {
  host.at = place;
  mark(host, ".cursor", place);
  say(host, place);
}

function choose(host, place) {
  mark(host, ".chosen", place); // at once: the server says the same later
  host.tell("chosen", place);
}

function wire(host, sheet) {
  const placeAt = (event) => {
    const box = sheet.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * host.data.columns);
    const row = Math.floor(((event.clientY - box.top) / box.height) * host.rows);
    const place = host.data.columns * row + column;
    return column >= 0 && column < host.data.columns && place >= 0 && place < host.values.length ? place : null;
  };
  sheet.onclick = (event) => {
    const place = placeAt(event);
    if (place === null) return;
    host.at = place;
    choose(host, place);
  };
  sheet.onpointermove = (event) => {
    const place = placeAt(event);
    say(host, place);
    sheet.title = place === null ? "" : host.querySelector(".says").textContent;
  };
  sheet.onkeydown = (event) => {
    const at = host.at ?? host.data.chosen ?? 0;
    const move = MOVES[event.key];
    if (move) {
      const { columns } = host.data;
      const column = Math.min(Math.max((at % columns) + move[0], 0), columns - 1);
      const row = Math.min(Math.max(Math.floor(at / columns) + move[1], 0), host.rows - 1);
      pointTo(host, Math.min(columns * row + column, host.values.length - 1));
    } else if (event.key === " " || event.key === "Enter") choose(host, at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  sheet.onfocus = () => sheet.matches(":focus-visible") && pointTo(host, host.at ?? host.data.chosen ?? 0);
  sheet.onblur = () => mark(host, ".cursor", null);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".numbers");
  const sheet = host.querySelector(".sheet");
  host.tell = setTriggerValue;
  if (!host.data) wire(host, sheet);
  if (host.data?.columns !== data.columns) host.at = null;
  host.data = data;
  host.values = new Float32Array(Uint8Array.from(atob(data.values), (character) => character.charCodeAt(0)).buffer);
  host.rows = Math.ceil(host.values.length / data.columns);
  sheet.style.setProperty("--shape", `${data.columns} / ${host.rows}`);
  sheet.setAttribute("aria-label", `${data.label}. Arrows move, Enter chooses`);
  paint(host);
  mark(host, ".chosen", data.chosen);
}
