// The line that says which network is shown, and at which epoch: a list, a slider and a button.
// It speaks up only when a hand has moved something: new epochs of a run that goes on move the slider in silence.
const STEP_MS = 400; // from one epoch to the next while it plays
const STORY_STEP_MS = 700; // where a story is told
const MOST_STEPS = 100; // with more epochs than that it skips some
const LOST_MS = 2000; // a message without an answer for so long was lost
const BEGIN_MS = 2500; // at the first moment of a story: a digit runs through meanwhile
const LET_GO_MS = 50; // what a hand has chosen is told a moment after it let go

function fillNetworks(list, networks, chosen) {
  const options = networks.map(({ id, title }) => new Option(title, id, false, id === chosen));
  const same = [...list.options].map((o) => o.value + o.text).join() === options.map((o) => o.value + o.text).join();
  if (!same) list.replaceChildren(...options);
  list.value = chosen;
}

function tell(line, place) {
  const { names, following } = line.range;
  const newest = following && place === names.length - 1;
  line.querySelector(".says").textContent = `${names[place]}${newest ? ", as it learns" : ""}`;
  line.querySelector(".slider").setAttribute("aria-valuetext", names[place]);
}

function showPlaying(line) {
  const button = line.querySelector(".play");
  const playing = Boolean(line.playing || line.telling);
  const label = playing ? "Pause" : "Play";
  button.setAttribute("aria-label", label);
  button.title = label;
  button.toggleAttribute("data-playing", playing);
}

function ask(line, place, playing) {
  const { epochs } = line.range;
  line.asked = { number: epochs[place], newest: place === epochs.length - 1, since: performance.now() };
  line.playing = playing;
  showPlaying(line);
  line.send("epoch", { number: line.asked.number, newest: line.asked.newest, playing });
  setTimeout(follow, LOST_MS, line);
}

function isAnswered({ asked, data }) {
  const shown = data.epochs[data.at];
  return !asked || shown === asked.number || (asked.newest && shown > asked.number);
}

// The slider follows the page. But under a hand its places must stay what they are, though a run makes new epochs and
// lets go of old ones; and what the page showed before it heard of a choice must not move it back.
function follow(line) {
  if (line.held || line.telling || !(isAnswered(line) || performance.now() - line.asked.since >= LOST_MS)) return;
  const slider = line.querySelector(".slider");
  line.asked = undefined;
  line.range = line.data;
  slider.max = line.range.epochs.length - 1;
  slider.value = line.range.at;
  tell(line, line.range.at);
  tellMoment(null);
}

function step(line) {
  if (!line.playing || !line.isConnected) return;
  if (line.held) return again(line);
  const { epochs, at } = line.range;
  const last = epochs.length - 1;
  const next = Math.min(at + Math.ceil(epochs.length / MOST_STEPS), last);
  ask(line, next, next < last);
}

function again(line) {
  clearTimeout(line.timer);
  line.timer = setTimeout(step, STEP_MS, line);
}

function startOrStop(line) {
  clearTimeout(line.timer);
  const { epochs, at, story } = line.range;
  if (line.telling) stayAt(line);
  else if (line.playing) ask(line, at, false);
  else if (story.length > 1) goTo(line, at === story.at(-1) ? 0 : Math.max(story.findIndex((place) => place > at), 0));
  else if (at === epochs.length - 1) ask(line, 0, true);
  else step(Object.assign(line, { playing: true }));
}

// The moments of a story go by in the browser alone: the page hears of a moment when a hand stops at it.
function goTo(line, i, wait_ms = STORY_STEP_MS) {
  const place = line.data.story[i];
  line.telling = true;
  showPlaying(line);
  line.querySelector(".slider").value = place;
  tell(line, place);
  tellMoment(place);
  line.timer = setTimeout(goOn, wait_ms, line, i + 1);
}

function goOn(line, i) {
  if (!line.telling || !line.isConnected) return;
  if (i < line.data.story.length) return goTo(line, i);
  stopTelling(line);
  const end = line.data.story.at(-1);
  if (line.data.at === end) follow(line);
  else ask(line, end, false);
}

function stopTelling(line) {
  clearTimeout(line.timer);
  line.telling = false;
  showPlaying(line);
}

function stayAt(line) {
  if (!line.telling) return;
  stopTelling(line);
  ask(line, Number(line.querySelector(".slider").value), false);
}

// Once, where somebody looks, and not for those who want no motion or have a hand on it.
function begin(line) {
  if (line.begun) return;
  line.begun = true;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const first = () => line.isConnected && !line.telling && !line.asked && !line.held && goTo(line, 0, BEGIN_MS);
  if (document.hidden) document.addEventListener("visibilitychange", first, { once: true });
  else first();
}

// What was told of one network says nothing of another.
function isOther(before, now) {
  return JSON.stringify([before.network, before.epochs, before.story]) !== JSON.stringify([now.network, now.epochs, now.story]);
}

function showEnds(line, [before, after]) {
  line.querySelector(".before").textContent = before;
  line.querySelector(".after").textContent = after;
  line.toggleAttribute("data-ends", Boolean(before || after));
}

// The digit in hand, in the colour of letters.
function showDigit(canvas, levels, label) {
  canvas.hidden = !levels;
  canvas.setAttribute("aria-label", label);
  canvas.title = label;
  const pen = canvas.getContext("2d");
  pen.fillStyle = getComputedStyle(canvas).color;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  const image = new ImageData(28, 28);
  [...atob(levels)].forEach((level, i) => image.data.set([red, green, blue, level.charCodeAt(0)], 4 * i));
  pen.putImageData(image, 0, 0);
}

// What reaches the server after another page was asked for brings this page back: a player whose page is about to be
// left says nothing more.
function fallSilent(line) {
  stopTelling(line);
  line.playing = false;
  showPlaying(line);
  follow(line);
}

// See said_first.js.
function fallSilentWhenLeft(line) {
  const leave = () => {
    if (line.isConnected) fallSilent(line);
    else window.removeEventListener("page-left", leave);
  };
  window.addEventListener("page-left", leave);
}

// A part of the page that is drawn alone has taken another digit: see digit_taken.js.
function hearDigits(line) {
  const hear = ({ detail }) => {
    if (!line.isConnected) return window.removeEventListener("digit-taken", hear);
    showDigit(line.querySelector(".digit"), detail.digit, detail.label);
  };
  window.addEventListener("digit-taken", hear);
}

function wire(line) {
  fallSilentWhenLeft(line);
  hearDigits(line);
  const slider = line.querySelector(".slider");
  slider.oninput = () => {
    const place = Number(slider.value);
    stopTelling(line);
    tell(line, place);
    if (line.range.story.includes(place)) tellMoment(place);
  };
  slider.onchange = () => {
    clearTimeout(line.timer);
    ask(line, Number(slider.value), false);
  };
  slider.onpointerdown = () => {
    line.held = true;
    stayAt(line);
  };
  slider.onpointerup = slider.onpointercancel = () => {
    line.held = false;
    setTimeout(follow, LET_GO_MS, line);
  };
  line.querySelector(".play").onclick = () => startOrStop(line);
  line.querySelector(".network").onchange = ({ target }) => {
    stopTelling(line);
    tellMoment(null);
    line.playing = false;
    line.asked = undefined;
    line.send("network", target.value);
  };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const line = parentElement.querySelector(".line");
  if (!line.data) {
    wire(line);
    tellMoment(null);
  } else if (isOther(line.data, data)) stopTelling(line);
  line.send = setTriggerValue;
  line.data = data;
  line.dataset.epoch = data.epochs[data.at];
  fillNetworks(line.querySelector(".network"), data.networks, data.network);
  line.querySelector(".note").textContent = data.note;
  line.querySelector(".help").hidden = !data.help;
  line.querySelector(".more").textContent = data.help;
  showEnds(line, data.ends);
  showDigit(line.querySelector(".digit"), data.digit, data.digit_label);
  const slider = line.querySelector(".slider");
  const alone = data.epochs.length < 2;
  slider.hidden = line.querySelector(".play").hidden = alone;
  follow(line);
  if (line.playing && isAnswered(line)) again(line);
  showPlaying(line);
  if (data.begins && data.story.length > 1) begin(line);
  return () => {
    if (!line.isConnected) clearTimeout(line.timer);
  };
}
