// The network while it reads a digit. Built once for a network; new numbers only change attributes of what is there.
// Lengths are pixels of a laptop: the picture has as many of them as its place has rem / 16, so that a projector shows
// everything larger. Streamlit calls the default export when the data or the theme changes.
const NS = "http://www.w3.org/2000/svg";
const SIDE = 28;
const DIGITS = 10;
const NARROW = 390; // a narrower place gets the picture from top to bottom
const LARGE = 700;
const SMALL_IMAGE = 112; // its side where the picture goes from top to bottom
const FAINT = 0.03; // weaker links are not drawn: there are hundreds
const LAYER_MS = 300; // while a digit runs through
const FINGER = 14; // radius of what a finger hits

function add(parent, tag, name = "") {
  const element = parent.appendChild(document.createElementNS(NS, tag));
  element.setAttribute("class", name);
  return element;
}

const addAll = (parent, tag, n, name) => Array.from({ length: n }, () => add(parent, tag, name));

function set(element, attributes) {
  for (const name in attributes) element.setAttribute(name, attributes[name]);
}

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const row = (counts) => (counts.length > 4 ? 64 : 74);

// For each step of the way a group of links, and one of the neurons that they lead to.
function build(host, hidden) {
  const [under, svg] = host.querySelectorAll("svg");
  [under, svg].forEach((layer) => layer.replaceChildren());
  const counts = [...hidden.map(([shown]) => shown), DIGITS];
  const links = counts.map((n, i) => addAll(add(under, "g"), "path", i ? counts[i - 1] * n : n));
  const columns = counts.map((n) => {
    const group = add(svg, "g");
    const [nodes, title, more] = [addAll(group, "circle", n), add(group, "text", "title"), add(group, "text", "more")];
    return { nodes, title, more, hits: host.sent.neurons ? addAll(group, "circle", n, "hit") : [] };
  });
  const [digits, bars, percents] = ["text", "rect", "text"].map((tag) => addAll(columns.at(-1).title.parentNode, tag, DIGITS));
  digits.forEach((text, k) => say(text, String(k)));
  return { counts, links, columns, digits, bars, percents, subject: add(svg, "text", "title") };
}

// Where everything stands in a place of this size: centres of the neurons, radii, the image.
function wide(counts, width, height) {
  const [large, top, bottom] = [width >= LARGE, 28, height - 24];
  const right = large ? 168 : 104;
  const side = Math.round(Math.min(width * (counts.length > 4 ? 0.17 : 0.22), (bottom - top) * 0.6));
  const gap = (width - right - side - 2) / counts.length;
  const middle = (top + bottom) / 2;
  const steps = counts.map((n) => Math.min((bottom - top) / n, large ? 36 : 28));
  return {
    side,
    gap,
    image: [2, middle - side / 2],
    radii: steps.map((step) => Math.min(0.37 * step, Math.max(0.16 * gap, 5))),
    centres: counts.map((n, i) => Array.from({ length: n }, (_, k) => [side + 2 + gap * (i + 1), middle + (k - (n - 1) / 2) * steps[i]])),
  };
}

function narrow(counts, width) {
  const [side, gap, top] = [SMALL_IMAGE, row(counts), 4];
  const steps = counts.map((n) => Math.min((width - 4) / n, 35.5));
  return {
    side,
    gap,
    image: [(width - side) / 2, top],
    radii: steps.map((step) => Math.min(0.36 * step, 11)),
    centres: counts.map((n, i) => Array.from({ length: n }, (_, k) => [width / 2 + (k - (n - 1) / 2) * steps[i], top + side + gap * (i + 1)])),
  };
}

function curve([x1, y1], [x2, y2], across) {
  if (across) return `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`;
  return `M${x1} ${y1}C${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2} ${x2} ${y2}`;
}

function placeLinks({ links, counts }, spots, across) {
  const [x, y] = spots.image;
  const share = (k, n) => spots.side * (n > 1 ? 0.1 + (0.8 * k) / (n - 1) : 0.5);
  links.forEach((paths, i) => {
    const n = counts[i];
    paths.forEach((path, j) => {
      const k = j % n;
      const from = i ? spots.centres[i - 1][Math.floor(j / n)] : across ? [x + spots.side, y + share(k, n)] : [x + share(k, n), y + spots.side];
      path.setAttribute("d", curve(from, spots.centres[i][k], across));
    });
  });
}

function placeWords({ columns, digits, bars, percents, subject }, spots, across, width, height) {
  const large = across && width >= LARGE;
  columns.forEach(({ title, more }, i) => {
    const [x, y] = [spots.centres[i][0][0], spots.centres[i][0][1] - spots.radii[i] - 8];
    set(title, across ? { x, y: 15, "text-anchor": "middle" } : { x: 2, y, "text-anchor": "start" });
    set(more, across ? { x, y: height - 5, "text-anchor": "middle" } : { x: width - 2, y, "text-anchor": "end" });
  });
  const [x, y] = spots.image;
  set(subject, across ? { x: x + spots.side / 2, y: y + spots.side + (large ? 22 : 18), "text-anchor": "middle" } : { x: x + spots.side + 10, y: y + 14, "text-anchor": "start" });
  const radius = spots.radii.at(-1);
  const [digitX, barX, reach] = large ? [radius + 14, radius + 28, 78] : [radius + 9, radius + 17, 36];
  spots.centres.at(-1).forEach(([cx, cy], k) => {
    set(digits[k], across ? { x: cx + digitX, y: cy, dy: "0.35em", "text-anchor": "middle" } : { x: cx, y: cy + radius + 14, dy: 0, "text-anchor": "middle" });
    set(percents[k], across ? { x: width - 1, y: cy, dy: "0.35em", "text-anchor": "end" } : { x: cx, y: cy + radius + 30, dy: 0, "text-anchor": "middle" });
    set(bars[k], { x: cx + barX, y: cy - 3, height: 6, rx: 2, display: across ? "inline" : "none" });
    bars[k].reach = reach;
  });
}

// Only if the place has another size than before. Returns whether there is a place: what is hidden has no size.
function place(host, anew) {
  const { parts, data } = host;
  const picture = host.querySelector(".picture");
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const width = picture.clientWidth / scale;
  if (!width) return false;
  const across = width >= NARROW;
  host.classList.toggle("large", across && width >= LARGE);
  host.style.height = across ? `${data.height / 16}rem` : "";
  picture.style.flex = across ? "" : "none";
  picture.style.height = across ? "" : `${(SMALL_IMAGE + row(parts.counts) * parts.counts.length + 52) / 16}rem`;
  const height = picture.clientHeight / scale;
  const size = `${width} ${height}`;
  if (host.size === size && !anew) return true;
  host.size = size;
  const spots = (across ? wide : narrow)(parts.counts, width, height);
  host.querySelectorAll("svg").forEach((svg) => svg.setAttribute("viewBox", `0 0 ${size}`));
  const canvas = host.querySelector("canvas");
  const [left, top, side] = [...spots.image, spots.side].map((length) => `${length / 16}rem`);
  Object.assign(canvas.style, { left, top, width: side, height: side });
  parts.columns.forEach(({ nodes }, i) =>
    nodes.forEach((node, k) => set(node, { cx: spots.centres[i][k][0], cy: spots.centres[i][k][1], r: spots.radii[i] })),
  );
  parts.columns.forEach(({ hits }, i) =>
    hits.forEach((hit, k) => set(hit, { cx: spots.centres[i][k][0], cy: spots.centres[i][k][1], r: Math.max(spots.radii[i] + 2, Math.min(FINGER, 1.35 * spots.radii[i])) })),
  );
  placeLinks(parts, spots, across);
  placeWords(parts, spots, across, width, height);
  host.across = across;
  host.room = across ? spots.gap : width; // for the words of a layer
  host.boost = across && width >= LARGE ? 1.5 : 1;
  parts.links.flat().forEach((path) => (path.level = null)); // their widths go with the size
  return true;
}

function mixed(low, high, share) {
  return [1, 3, 5].map((i) => {
    const [a, b] = [low, high].map((colour) => parseInt(colour.slice(i, i + 2), 16));
    return a + share * (b - a);
  });
}

function isDark(host) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(pen.fillStyle.slice(i, i + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}

function paintImage(host, levels) {
  const [paper, ink] = host.data.ink[isDark(host) ? "dark" : "light"];
  const image = new ImageData(SIDE, SIDE);
  levels.forEach((level, i) => image.data.set([...mixed(paper, ink, level / 255), 255], 4 * i));
  host.querySelector("canvas").getContext("2d").putImageData(image, 0, 0);
}

function paintLink(path, level, boost) {
  if (path.level === level) return;
  path.level = level;
  const size = Math.abs(level - 128) / 127;
  set(path, {
    class: level < 128 ? "subtracts" : "adds",
    display: size < FAINT ? "none" : "inline",
    "stroke-width": boost * (0.5 + 3 * size),
    "stroke-opacity": 0.1 + 0.75 * size,
  });
}

function paintNode(node, level) {
  const share = `${(100 * Math.abs(level - 128)) / 127}%`;
  const colour = level < 128 ? "--negative" : "--positive";
  node.style.fill = level ? `color-mix(in srgb, var(${colour}) ${share}, var(--st-background-color))` : "var(--nan)";
}

function paintNumbers(host, levels) {
  const { parts, boost } = host;
  let at = 0;
  const take = (n) => levels.subarray(at, (at += n));
  paintImage(host, take(SIDE * SIDE));
  parts.columns.slice(0, -1).forEach(({ nodes }) => take(nodes.length).forEach((level, k) => paintNode(nodes[k], level)));
  parts.links.forEach((paths) => take(paths.length).forEach((level, j) => paintLink(paths[j], level, boost)));
  take(DIGITS).forEach((level, k) => {
    paintNode(parts.columns.at(-1).nodes[k], 128 + Math.round((127 * level) / 255));
    parts.bars[k].setAttribute("width", (parts.bars[k].reach * level) / 255);
  });
}

function write(host) {
  const { parts, data, room, boost } = host;
  const outputs = parts.columns.at(-1);
  data.hidden.forEach(([, more], i) => {
    const number = data.hidden.length > 1 ? ` ${i + 1}` : "";
    say(parts.columns[i].title, room >= 95 * boost ? `Hidden layer${number}` : `Layer${number}`);
    say(parts.columns[i].more, more ? `+${room >= 80 * boost ? " " : ""}${more.toLocaleString("en")}${room >= 80 * boost ? " more" : ""}` : "");
  });
  say(outputs.title, "Answer");
  say(outputs.more, data.answer === null ? "no answer" : data.truth === null ? "" : data.truth === data.answer ? "right" : "wrong");
  say(parts.subject, data.truth === null ? "" : `${data.truth === 8 ? "an" : "a"} ${data.truth}`);
  data.percents.forEach((percent, k) => {
    say(parts.percents[k], percent);
    for (const element of [parts.digits[k], parts.bars[k], parts.percents[k], outputs.nodes[k]]) {
      element.classList.toggle("answer", k === data.answer);
      element.classList.toggle("truth", k === data.truth);
    }
  });
  say(host.querySelector(".note"), data.note);
  host.querySelector(".below").hidden = !data.below;
  host.querySelector(".picture").setAttribute("aria-label", data.says);
}

// Neurons that open at a click, or by the keyboard: one of them is a stop of the Tab key, the arrows go on from there.
function offer(host, send) {
  const { parts, data } = host;
  const picture = host.querySelector(".picture");
  picture.setAttribute("role", "group");
  picture.querySelector(".nodes").removeAttribute("aria-hidden");
  const at = (target) => [target.column, target.place];
  const all = parts.columns.flatMap(({ hits }) => hits);
  const enter = (entry) => all.forEach((hit) => hit.setAttribute("tabindex", hit === entry ? 0 : -1));
  parts.columns.forEach(({ hits }, column) =>
    hits.forEach((hit, place) => {
      Object.assign(hit, { column, place });
      const opened = Boolean(data.opened) && data.opened[0] === column && data.opened[1] === data.neurons[column][place];
      set(hit, { role: "button", "aria-label": data.names[column][place], "aria-pressed": opened });
      say((hit.name ??= add(hit, "title")), data.names[column][place]);
    }),
  );
  enter(all.find((hit) => hit.matches(":focus")) ?? all.find((hit) => hit.getAttribute("aria-pressed") === "true") ?? all[0]);
  const open = ({ target }) => {
    const hit = target.closest(".hit");
    if (!hit) return;
    enter(hit);
    send("opened", [hit.column, host.data.neurons[hit.column][hit.place]]);
  };
  picture.onclick = open;
  picture.onkeydown = (event) => {
    if (!event.target.closest(".hit")) return;
    const [column, place] = at(event.target);
    const { across } = host;
    const moves = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] };
    const move = moves[event.key];
    if (move) {
      const [d, p] = across ? move : [move[1], move[0]];
      const next = parts.columns[column + d]?.hits;
      const to = next?.[Math.min(place + p, next.length - 1)];
      if (!to) return;
      enter(to);
      to.focus();
    } else if (event.key === "Enter" || event.key === " ") open(event);
    else return;
    event.preventDefault();
    event.stopPropagation(); // the arrows are keys of the page, too
  };
}

// The digit runs through: links and neurons appear one layer after the other, once for each new turn.
function run(host, turn) {
  if (host.turn === turn) return;
  host.turn = turn;
  if (!turn || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  host.parts.columns.forEach(({ title }, i) =>
    [host.parts.links[i][0].parentNode, title.parentNode].forEach((group, j) =>
      group.animate([{ opacity: 0.08 }, { opacity: 1 }], { duration: LAYER_MS, delay: LAYER_MS * (2 * i + j), fill: "backwards" }),
    ),
  );
}

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".network");
  const network = JSON.stringify(data.hidden.map(([shown]) => shown));
  const anew = host.network !== network;
  host.sent = data;
  ["--positive", "--negative", "--nan"].forEach((name, i) => host.style.setProperty(name, data.colours[i]));
  if (anew) host.parts = build(host, data.hidden);
  host.network = network;
  const show = (again) => {
    host.data = atMoment(host, host.sent);
    if (!place(host, again)) return;
    write(host);
    paintNumbers(host, Uint8Array.from(atob(host.data.levels), (character) => character.charCodeAt(0)));
  };
  hearMoments(host, () => show(false));
  show(anew);
  if (data.neurons) offer(host, setTriggerValue);
  run(host, data.turn);
  if (host.observer) return;
  host.observer = new ResizeObserver(() => show(false));
  host.observer.observe(host.querySelector(".picture"));
}
