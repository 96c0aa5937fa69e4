// Points that glide to where new data puts them, on one canvas that stays. Lengths on the screen are pixels of a laptop,
// and a projector shows everything larger.
// What is drawn comes with point_map.js, many times; this comes once, since Streamlit sends a script with all new data.
const TWEEN_MS = 300;
const NEAR = { mouse: 14, touch: 26 }; // how far from a point a hand may be
const STILL = 6; // a hand that has moved no further has clicked
const NUMERALS = 3; // so much closer, points are drawn as what they are
const CLOSEST = 24;
const AROUND = 40; // points that the keyboard's lasso catches
const MARGIN = 14;
const FULL = 0.75; // as long as points fill so much of what is in view, and none is out of it, the view stays
const AIR = 1.04;
const CHUNK = 200; // points that are drawn before the next ones: no digit lies always on top
const TILE = 84; // of the picture in the tip
const NO_ANSWER = 15;
const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const growth = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
const css = (host, name) => getComputedStyle(host).getPropertyValue(`--st-${name}`).trim();
const aDigit = (digit) => `${digit === 8 ? "an" : "a"} ${digit}`;

function isDark(host) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = css(host, "background-color");
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(pen.fillStyle.slice(i, i + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}

function words(host, i) {
  const [truth, answer] = [host.digits[i] >> 4, host.digits[i] & 15];
  return `${aDigit(truth)}, ${answer === NO_ANSWER ? "no answer" : `it says ${answer}`}`;
}

const isWrong = (host, i) => host.digits[i] >> 4 !== (host.digits[i] & 15);

// ---- where points are on the screen

// The view is the middle of the whole map, and how far it reaches from there, both ways.
function frame(host) {
  const { clientWidth: width, clientHeight: height } = host.canvas;
  const [x, y, across, up] = host.view;
  const whole = Math.min((width / 2 - MARGIN * host.growth) / across, (height / 2 - MARGIN * host.growth) / up);
  return { width, height, x: x + host.middle[0] * across, y: y + host.middle[1] * up, scale: whole * host.zoom };
}

function spot(host, x, y, box = frame(host)) {
  return [box.width / 2 + (x - box.x) * box.scale, box.height / 2 - (y - box.y) * box.scale];
}

function viewOf(places, before) {
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  places.forEach((place, k) => {
    low[k % 2] = Math.min(low[k % 2], place);
    high[k % 2] = Math.max(high[k % 2], place);
  });
  const [across, up] = [0, 1].map((axis) => Math.max((high[axis] - low[axis]) / 2, 1e-3));
  const fits = (axis) => low[axis] >= before[axis] - before[axis + 2] && high[axis] <= before[axis] + before[axis + 2];
  if (before && fits(0) && fits(1) && Math.max(across / before[2], up / before[3]) > FULL) return before;
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, AIR * across, AIR * up];
}

const spotOf = (host, i, box) => spot(host, host.at[2 * i], host.at[2 * i + 1], box);

function nearest(host, [x, y], reach) {
  const box = frame(host);
  let [best, least] = [null, reach * host.growth];
  for (let i = 0; i < host.n; i++) {
    if (!isShown(host, i)) continue;
    const [px, py] = spotOf(host, i, box);
    const away = Math.hypot(px - x, py - y);
    if (away < least) [best, least] = [i, away];
  }
  return best;
}

const lit = (host) => host.pointed ?? host.pinned; // the digit that the legend shows alone
const isShown = (host, i) => lit(host) === null || host.digits[i] >> 4 === lit(host);
const isBright = (host, i) => isShown(host, i) && (!host.picked.size || host.picked.has(i));

// ---- drawing

function drawPoints(host, pen, box, bright) {
  const close = host.zoom >= NUMERALS;
  const radius = host.growth * (host.n > 1000 ? 2.6 : 2.9) * Math.sqrt(Math.min(host.zoom, NUMERALS));
  pen.globalAlpha = bright ? 0.9 : 0.13;
  pen.font = `600 ${12 * host.growth}px ${css(host, "font")}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const rings = new Path2D();
  let groups = [];
  const fill = () =>
    groups.forEach((group, digit) => {
      pen.fillStyle = host.colours[digit];
      pen.fill(group);
    });
  for (let i = 0; i < host.n; i++) {
    if (i % CHUNK === 0) {
      fill();
      groups = host.colours.map(() => new Path2D());
    }
    if (isBright(host, i) !== bright) continue;
    const [x, y] = spotOf(host, i, box);
    if (x < -20 || y < -20 || x > box.width + 20 || y > box.height + 20) continue;
    const truth = host.digits[i] >> 4;
    if (close) {
      pen.fillStyle = host.colours[truth];
      pen.fillText(truth, x, y + 1);
    } else {
      groups[truth].moveTo(x + radius, y);
      groups[truth].arc(x, y, radius, 0, 7);
    }
    if (!isWrong(host, i)) continue;
    const ring = close ? 8 * host.growth : radius + 2.2 * host.growth;
    rings.moveTo(x + ring, y);
    rings.arc(x, y, ring, 0, 7);
  }
  fill();
  pen.strokeStyle = css(host, "text-color");
  pen.lineWidth = 1.4 * host.growth;
  pen.stroke(rings);
  pen.globalAlpha = 1;
}

function ring(host, pen, [x, y], radius, colour, width) {
  for (const [style, thick] of [[css(host, "background-color"), width + 3], [colour, width]]) {
    pen.strokeStyle = style;
    pen.lineWidth = thick * host.growth;
    pen.beginPath();
    pen.arc(x, y, radius * host.growth, 0, 7);
    pen.stroke();
  }
}

// What lies beyond the whole map is drawn at its edge.
function within([x, y], box) {
  if (!box) return [x, y];
  return [Math.min(Math.max(x, MARGIN), box.width - MARGIN), Math.min(Math.max(y, MARGIN), box.height - MARGIN)];
}

function drawInHand(host, pen, box) {
  const { inHand, beside } = host.data;
  const primary = css(host, "primary-color");
  if (inHand !== null) ring(host, pen, spotOf(host, inHand, box), 10, primary, 3);
  if (!beside) return;
  const [x, y] = within(spot(host, beside[0], beside[1], box), host.zoom > 1 ? null : box);
  const half = 4 * host.growth;
  pen.fillStyle = css(host, "text-color");
  pen.fillRect(x - half, y - half, 2 * half, 2 * half);
  ring(host, pen, [x, y], 10, primary, 3);
}

function drawLasso(host, pen) {
  if (!host.path) return;
  pen.strokeStyle = css(host, "primary-color");
  pen.lineWidth = 2 * host.growth;
  pen.setLineDash([6, 4]);
  pen.beginPath();
  host.path.forEach(([x, y], k) => (k ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
  pen.stroke();
  pen.setLineDash([]);
}

function draw(host) {
  const { canvas } = host;
  const sharp = window.devicePixelRatio || 1;
  const box = frame(host);
  if (!box.width) return;
  const [width, height] = [Math.round(box.width * sharp), Math.round(box.height * sharp)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const pen = canvas.getContext("2d");
  pen.setTransform(sharp, 0, 0, sharp, 0, 0);
  pen.clearRect(0, 0, box.width, box.height);
  drawPoints(host, pen, box, false);
  drawPoints(host, pen, box, true);
  drawInHand(host, pen, box);
  if (host.looked !== null) ring(host, pen, spotOf(host, host.looked, box), 7, css(host, "text-color"), 2);
  drawLasso(host, pen);
  placeTip(host, box);
}

function tick(host, now) {
  const share = Math.min(1, (now - host.begun) / TWEEN_MS);
  const eased = share * share * (3 - 2 * share);
  const between = (from, to) => from + eased * (to - from);
  for (let k = 0; k < host.at.length; k++) host.at[k] = between(host.from[k], host.to[k]);
  host.view = host.viewFrom.map((number, k) => between(number, host.viewTo[k]));
  host.moves = share < 1;
}

// At most one drawing a frame, and none while nothing changes.
function soon(host) {
  if (host.due) return;
  host.due = true;
  requestAnimationFrame((now) => {
    host.due = false;
    if (!host.isConnected) return;
    if (host.moves) tick(host, now);
    draw(host);
    if (host.moves) soon(host);
  });
}

function glide(host, data) {
  const drawn = `${data.of} ${data.limit} ${data.places}`;
  if (host.drawn === drawn) return;
  const numbers = new Uint16Array(bytes(data.places).buffer);
  const to = Float32Array.from(numbers, (number) => ((2 * number) / 65535 - 1) * data.limit);
  const still = !host.drawn || host.to.length !== to.length || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches;
  host.from = still ? to : host.at.slice();
  host.at = host.from.slice();
  host.viewTo = viewOf(to, still ? null : host.viewTo);
  host.view = host.viewFrom = still ? host.viewTo : host.view;
  Object.assign(host, { to, drawn, n: to.length / 2, begun: performance.now(), moves: !still });
}

// ---- the digit that is pointed at

function placeTip(host, box) {
  const { tip, looked: i } = host;
  tip.hidden = i === null;
  if (i === null) return;
  const [x, y] = spotOf(host, i, box);
  if (tip.shown !== `${host.data.of} ${i}`) {
    tip.shown = `${host.data.of} ${i}`;
    const sheet = window.digitSheets?.[host.data.of];
    const picture = tip.firstChild;
    picture.hidden = !sheet;
    if (sheet) {
      const tile = TILE / 16;
      picture.style.backgroundImage = `url(${sheet.url})`;
      picture.style.backgroundSize = `${tile * sheet.columns}rem auto`;
      picture.style.backgroundPosition = `${-tile * (i % sheet.columns)}rem ${-tile * Math.floor(i / sheet.columns)}rem`;
    }
  }
  tip.lastChild.textContent = words(host, i);
  const gap = 14 * host.growth;
  const left = x + gap + tip.offsetWidth > box.width ? x - gap - tip.offsetWidth : x + gap;
  const top = Math.min(Math.max(y - tip.offsetHeight / 2, 2), box.height - tip.offsetHeight - 2);
  Object.assign(tip.style, { left: `${Math.max(left, 2)}px`, top: `${top}px` });
}

function look(host, i) {
  if (host.looked === i) return;
  host.looked = i;
  soon(host);
}

// ---- closer and wider

function zoomTo(host, zoom, [x, y]) {
  const before = frame(host);
  const place = [before.x + (x - before.width / 2) / before.scale, before.y - (y - before.height / 2) / before.scale];
  host.zoom = Math.min(Math.max(zoom, 1), CLOSEST);
  const { width, height, scale } = frame(host);
  moveTo(host, [place[0] - (x - width / 2) / scale, place[1] + (y - height / 2) / scale]);
}

function moveTo(host, place) {
  const free = 1 - 1 / host.zoom; // the map stays in view
  host.middle = place.map((number, axis) => Math.min(Math.max((number - host.view[axis]) / host.view[axis + 2], -free), free));
  hold(host);
  soon(host);
}

const centre = ({ canvas }) => [canvas.clientWidth / 2, canvas.clientHeight / 2];
const hold = (host) => host.toggleAttribute("data-holds", host.draws || host.zoom > 1);

// ---- the lasso

function isInside(path, [x, y]) {
  let inside = false;
  for (let k = 0, j = path.length - 1; k < path.length; j = k++) {
    const [[x1, y1], [x2, y2]] = [path[k], path[j]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

function pick(host, places) {
  if (!places.length && !host.picked.size) return;
  host.picked = new Set(places);
  host.number += 1;
  host.tell("picked", { places, number: host.number });
  soon(host);
}

function close(host) {
  const box = frame(host);
  const caught = [...Array(host.n).keys()].filter((i) => isShown(host, i) && isInside(host.path, spotOf(host, i, box)));
  host.path = null;
  pick(host, caught);
  soon(host);
}

function pickAround(host, i) {
  const box = frame(host);
  const [x, y] = spotOf(host, i, box);
  const away = (k) => Math.hypot(...spotOf(host, k, box).map((place, axis) => place - [x, y][axis]));
  const shown = [...Array(host.n).keys()].filter((k) => isShown(host, k)).map((k) => [away(k), k]);
  pick(host, shown.sort(([a], [b]) => a - b).slice(0, AROUND).map(([, k]) => k).sort((a, b) => a - b));
}

// ---- hands

function click(host, event) {
  const i = nearest(host, place(host, event), NEAR[event.pointerType] ?? NEAR.mouse);
  look(host, i);
  if (i === null) pick(host, []);
  else host.take(i);
}

function place(host, event) {
  const box = host.canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

function drag(host, event) {
  const hand = host.hands.get(event.pointerId);
  const [before, now] = [hand.now, place(host, event)];
  hand.now = now;
  if (host.hands.size === 2) {
    const other = [...host.hands.values()].find((one) => one !== hand).now;
    const spread = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]) || 1;
    host.path = null;
    hand.moved = true;
    return zoomTo(host, (host.zoom * spread(now)) / spread(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
  }
  hand.moved ||= Math.hypot(now[0] - hand.start[0], now[1] - hand.start[1]) > STILL * host.growth;
  if (!hand.moved) return;
  look(host, null);
  if (host.draws) (host.path ??= [hand.start]).push(now);
  else if (host.zoom > 1) {
    const { x, y, scale } = frame(host);
    moveTo(host, [x - (now[0] - before[0]) / scale, y + (now[1] - before[1]) / scale]);
  }
  soon(host);
}

function wireHands(host) {
  const { canvas, hands } = host;
  canvas.onpointerdown = (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    const start = place(host, event);
    hands.set(event.pointerId, { start, now: start, moved: hands.size > 0 });
  };
  canvas.onpointermove = (event) => {
    if (hands.has(event.pointerId)) return drag(host, event);
    if (event.pointerType === "mouse") look(host, nearest(host, place(host, event), NEAR.mouse));
  };
  canvas.onpointerup = (event) => {
    const hand = hands.get(event.pointerId);
    hands.delete(event.pointerId);
    if (host.path) close(host);
    else if (hand && !hand.moved) click(host, event);
  };
  canvas.onpointercancel = (event) => {
    hands.delete(event.pointerId);
    host.path = null;
    soon(host);
  };
  canvas.onpointerleave = ({ pointerType }) => {
    if (pointerType === "mouse" && !hands.size) look(host, null); // what a finger has touched it goes on telling
  };
  canvas.onwheel = (event) => {
    if (!event.ctrlKey) return; // the wheel alone scrolls the page
    event.preventDefault();
    zoomTo(host, host.zoom * Math.exp(-event.deltaY / 200), place(host, event));
  };
}

// ---- keys

function next(host, from, [dx, dy]) {
  const box = frame(host);
  const [x, y] = spotOf(host, from, box);
  let [best, least] = [from, Infinity];
  for (let i = 0; i < host.n; i++) {
    if (i === from || !isShown(host, i)) continue;
    const [px, py] = spotOf(host, i, box);
    const away = Math.hypot(px - x, py - y);
    const ahead = ((px - x) * dx + (py - y) * dy) / (away || 1);
    if (ahead < 0.5 || away < 1) continue;
    const cost = away * (3 - 2 * ahead);
    if (cost < least) [best, least] = [i, cost];
  }
  return best;
}

// The map moves along where a step leads out of view.
function step(host, i) {
  const [x, y] = spotOf(host, i);
  const { width, height } = frame(host);
  if (x < 0 || y < 0 || x > width || y > height) moveTo(host, [host.at[2 * i], host.at[2 * i + 1]]);
  look(host, i);
}

function wireKeys(host) {
  const plane = host.querySelector(".plane");
  const here = () => host.looked ?? host.data.inHand ?? nearest(host, centre(host), Infinity);
  plane.onkeydown = (event) => {
    if (event.target !== plane) return;
    const direction = DIRECTIONS[event.key];
    if (direction) step(host, host.looked === null ? here() : next(host, here(), direction));
    else if (event.key === "Enter" && here() !== null) host.take(here());
    else if (event.key === " " && host.data.lasso && here() !== null) pickAround(host, here());
    else if (event.key === "+") zoomTo(host, host.zoom * 1.5, host.looked === null ? centre(host) : spotOf(host, host.looked));
    else if (event.key === "-") zoomTo(host, host.zoom / 1.5, centre(host));
    else if (event.key === "Escape") [look(host, null), pick(host, [])];
    else return;
    if (host.looked !== null) host.querySelector(".says").textContent = words(host, host.looked);
    event.preventDefault();
    event.stopPropagation(); // arrows are keys of the page, too
  };
  plane.onblur = () => look(host, null);
}

function wireTools(host) {
  const lasso = host.querySelector(".lasso");
  const set = (draws) => {
    host.draws = draws;
    lasso.setAttribute("aria-pressed", draws);
    hold(host);
  };
  set(host.data.lasso && matchMedia("(pointer: fine)").matches);
  lasso.onclick = () => set(!host.draws);
  host.querySelector(".closer").onclick = () => zoomTo(host, host.zoom * 1.6, centre(host));
  host.querySelector(".wider").onclick = () => zoomTo(host, host.zoom / 1.6, centre(host));
  host.querySelector(".whole").onclick = () => zoomTo(host, 1, centre(host));
}

function wireLegend(host) {
  const buttons = Array.from({ length: 10 }, (_, digit) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: digit });
    button.onpointerenter = ({ pointerType }) => pointerType === "mouse" && show(digit);
    button.onpointerleave = () => show(null);
    button.onclick = () => {
      host.pinned = host.pinned === digit ? null : digit;
      buttons.forEach((other, k) => other.setAttribute("aria-pressed", host.pinned === k));
      show(null);
    };
    button.setAttribute("aria-pressed", "false");
    return button;
  });
  const show = (digit) => {
    host.pointed = digit;
    soon(host);
  };
  host.querySelector(".legend").append(...buttons);
  return buttons;
}

function wire(host) {
  Object.assign(host, { zoom: 1, middle: [0, 0], looked: null, pointed: null, pinned: null, path: null, hands: new Map() });
  Object.assign(host, { canvas: host.querySelector("canvas"), tip: host.querySelector(".tip"), number: host.data.heard });
  wireHands(host);
  wireKeys(host);
  wireTools(host);
  host.buttons = wireLegend(host);
  new ResizeObserver(() => draw(host)).observe(host.canvas);
}

// What the page knows of the lasso counts as soon as it has heard the last of it.
function adopt(host, data) {
  if (data.heard !== host.number) return;
  const bits = bytes(data.picked);
  host.picked = new Set([...Array(8 * bits.length).keys()].filter((i) => (bits[i >> 3] >> (i & 7)) & 1));
}

function drawPointMap({ data, parentElement, setTriggerValue, setStateValue }) {
  const host = parentElement.querySelector(".map");
  const first = !host.canvas;
  Object.assign(host, { data, tell: setStateValue, take: (i) => setTriggerValue("taken", i), growth: growth() });
  host.style.setProperty("--height", `${data.height / 16}rem`);
  host.toggleAttribute("data-small", !data.lasso);
  host.querySelector(".tools").hidden = !data.lasso;
  if (first) wire(host);
  const dark = isDark(host);
  host.toggleAttribute("data-light", !dark);
  host.colours = data.colours[dark ? "dark" : "light"];
  host.buttons.forEach((button, digit) => button.style.setProperty("--colour", host.colours[digit]));
  const keys = `Arrows go from point to point, Enter takes one in hand${data.lasso ? ", Space lists those around it" : ""}.`;
  host.querySelector(".plane").setAttribute("aria-label", `${data.alt}. ${keys}`);
  host.digits = bytes(data.digits);
  glide(host, data);
  if (host.looked >= host.n) host.looked = null;
  adopt(host, data);
  soon(host);
}

export default function () {
  window.drawPointMap = drawPointMap;
  window.dispatchEvent(new CustomEvent("map-script"));
}
