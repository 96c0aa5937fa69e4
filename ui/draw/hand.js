// Fingers and pens on the board. The canvas follows whichever finger it felt first, so that a palm blocks it and a pinch
// draws a line. Here one finger or pen is chosen; its stroke is shown while it moves, and handed to the canvas, as a
// mouse would draw it, when it has ended. Until then it can be taken back without a trace.
// Streamlit calls the default export when the data changes.
const BOARD = ".st-key-board .upper-canvas";
const PALM_PX = 70; // the contact of a finger is narrower, even a thumb's
const STILL_PX = 10; // what moves less has not begun a stroke
const PINCH_MS = 500; // two fingers of a pinch land within this time
const TAP_MS = 1000; // what rests longer without moving is no dot

const touches = new Map(); // pointer id -> what is known of it, while it is down
let pen = { colour: "#000", width: 1, side: 1 };

const counting = () => [...touches.values()].filter((touch) => !touch.ignored);
const isPalm = (event) => event.pointerType === "touch" && Math.max(event.width, event.height) > PALM_PX;
const hasMoved = (touch) => touch.reach >= STILL_PX;

function ignore(touch) {
  touch.ignored = true;
  wipe(touch.canvas);
}

function land(event) {
  const canvas = event.target.closest?.(BOARD);
  if (!canvas || event.pointerType === "mouse") return;
  event.preventDefault(); // no mouse events follow, which the canvas would draw
  const now = event.timeStamp; // of the hand: a busy device hears of it later
  const touch = { canvas, born: now, reach: 0, points: [[event.clientX, event.clientY]], pen: event.pointerType === "pen" };
  for (const other of counting()) {
    const late = now - other.born > PINCH_MS;
    if (touch.pen || (late && !other.pen && !hasMoved(other))) ignore(other);
    else if (late || other.pen) touch.ignored = true;
  }
  touch.ignored ||= isPalm(event);
  touches.set(event.pointerId, touch);
}

function move(event) {
  const touch = touches.get(event.pointerId);
  if (!touch || touch.ignored) return;
  if (isPalm(event)) return ignore(touch);
  const [x0, y0] = touch.points[0];
  for (const { clientX, clientY } of coalesced(event)) {
    touch.points.push([clientX, clientY]);
    touch.reach = Math.max(touch.reach, Math.hypot(clientX - x0, clientY - y0));
  }
  const others = counting().filter((other) => other !== touch);
  if (hasMoved(touch) && others.some(hasMoved)) [touch, ...others].forEach(ignore); // a pinch
  else if (hasMoved(touch) || !others.length) show(touch);
}

function lift(event) {
  const touch = touches.get(event.pointerId);
  touches.delete(event.pointerId);
  if (!touch || touch.ignored) return;
  const others = counting();
  others.forEach((other) => (other.ignored = true));
  wipe(touch.canvas);
  const isTap = !others.length && event.timeStamp - touch.born < TAP_MS;
  if (event.type === "pointerup" && (hasMoved(touch) || isTap)) handOver(touch);
}

function coalesced(event) {
  const events = event.getCoalescedEvents?.() ?? [];
  return events.length ? events : [event];
}

// The canvas may be larger or smaller on the screen than it is inside, and holds several pixels for one.
function onTop(canvas, act) {
  const { left, top, width } = canvas.getBoundingClientRect();
  const brush = canvas.getContext("2d");
  brush.save();
  brush.setTransform(1, 0, 0, 1, 0, 0);
  act(brush, ([x, y]) => [((x - left) * canvas.width) / width, ((y - top) * canvas.width) / width]);
  brush.restore();
}

function wipe(canvas) {
  onTop(canvas, (brush) => brush.clearRect(0, 0, canvas.width, canvas.height));
}

function show({ canvas, points }) {
  onTop(canvas, (brush, place) => {
    brush.clearRect(0, 0, canvas.width, canvas.height);
    Object.assign(brush, { strokeStyle: pen.colour, lineCap: "round", lineJoin: "round" });
    brush.lineWidth = (pen.width * canvas.width) / pen.side;
    brush.beginPath();
    brush.moveTo(...place(points[0]));
    for (const point of points) brush.lineTo(...place(point));
    brush.stroke();
  });
}

function handOver({ canvas, points }) {
  const send = (type, [clientX, clientY], buttons) =>
    canvas.dispatchEvent(
      new MouseEvent(type, { clientX, clientY, buttons, bubbles: true, cancelable: true, composed: true, view: window }),
    );
  send("mousedown", points[0], 1);
  for (const point of points.slice(1)) send("mousemove", point, 1);
  send("mouseup", points.at(-1), 0);
}

function keepFromCanvas(event) {
  if (!event.target.closest?.(BOARD)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function listen() {
  if (window.boardListens) return;
  window.boardListens = true;
  const options = { capture: true, passive: false };
  document.addEventListener("touchstart", keepFromCanvas, options);
  document.addEventListener("pointerdown", land, options);
  document.addEventListener("pointermove", move, options);
  document.addEventListener("pointerup", lift, options);
  document.addEventListener("pointercancel", lift, options);
}

// The canvas comes later than this script, and a new one with each Undo.
function name(board, label) {
  const canvas = board.querySelector(BOARD);
  if (!canvas || canvas.getAttribute("aria-label") === label) return;
  for (const below of board.querySelectorAll(".lower-canvas")) below.setAttribute("aria-hidden", "true");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
}

export default function ({ data }) {
  pen = data.pen;
  listen();
  const board = document.querySelector(".st-key-board");
  if (!board) return;
  const observer = new MutationObserver(() => name(board, data.label));
  observer.observe(board, { childList: true, subtree: true });
  name(board, data.label);
  return () => observer.disconnect();
}
