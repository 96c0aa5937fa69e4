// A grid of 28 x 28 images, painted into the tiles that are there: live images neither flicker nor lose the focus.
// Streamlit calls the default export when the data or the theme changes.
const SIDE = 28;
const CELL = 4; // dots of the screen for a pixel of a large picture of weights, in each direction
const LARGE_PX = 160;
const pen = document.createElement("canvas").getContext("2d");

// Any CSS colour as [red, green, blue].
function rgb(colour) {
  pen.fillStyle = colour;
  return [1, 3, 5].map((i) => parseInt(pen.fillStyle.slice(i, i + 2), 16));
}

// 256 pixels as numbers. Levels below the first one stand for 'not a number'; the others run evenly along the stops.
function palette(stops, first, notANumber) {
  const colours = stops.map(rgb);
  const bytes = new Uint8ClampedArray(4 * 256);
  for (let level = 0; level < 256; level++) {
    const place = (Math.max(level - first, 0) / (255 - first)) * (colours.length - 1);
    const i = Math.min(Math.floor(place), colours.length - 2);
    const mixed = colours[i].map((low, c) => low + (place - i) * (colours[i + 1][c] - low));
    bytes.set([...(level < first ? rgb(notANumber) : mixed), 255], 4 * level);
  }
  return new Uint32Array(bytes.buffer);
}

function isDark(host) {
  const [r, g, b] = rgb(getComputedStyle(host).getPropertyValue("--st-background-color").trim());
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}

function newTile(tag) {
  const tile = document.createElement(tag);
  tile.className = "tile";
  tile.innerHTML = `<canvas width="${SIDE}" height="${SIDE}" aria-hidden="true"></canvas><span class="caption"></span>`;
  tile.setAttribute(...(tag === "button" ? ["type", "button"] : ["role", "img"]));
  return tile;
}

function fitTiles(grid, count, tag) {
  if (grid.firstElementChild?.localName !== tag) grid.replaceChildren();
  while (grid.childElementCount > count) grid.lastElementChild.remove();
  while (grid.childElementCount < count) grid.append(newTile(tag));
}

function put(canvas, image) {
  if (canvas.width !== image.width) canvas.width = canvas.height = image.width;
  canvas.getContext("2d").putImageData(image, 0, 0);
}

// Numbers over a digit: where there is little to say, the ink shows through in grey.
const INK_SHARE = 0.45; // of the colour of letters in the darkest ink: the numbers stand out
const OPAQUE = 3; // a third of the last colour hides the ink

function shine(colours, digits, host) {
  const [paper, letters] = ["--st-background-color", "--st-text-color"].map((name) => rgb(getComputedStyle(host).getPropertyValue(name).trim()));
  return (i, level, colour) => {
    const over = level ? Math.min(1, (OPAQUE * Math.abs(level - 128)) / 127) : 1;
    const mixed = paper.map((low, c) => {
      const grey = low + ((INK_SHARE * digits[i]) / 255) * (letters[c] - low);
      return grey + over * (((colour >> (8 * c)) & 255) - grey);
    });
    return ((255 << 24) | (mixed[2] << 16) | (mixed[1] << 8) | mixed[0]) >>> 0;
  };
}

function paintOver(canvas, levels, colours, digits, host) {
  const through = shine(colours, digits, host);
  const shown = Uint32Array.from(levels, (level, i) => through(i, level, colours[level]));
  paint(canvas, levels.keys(), shown);
}

function paint(canvas, levels, colours) {
  const image = new ImageData(SIDE, SIDE);
  new Uint32Array(image.data.buffer).set(Array.from(levels, (level) => colours[level]));
  put(canvas, image);
}

// With the colour of a weight about half as strong in the middle of each negative pixel: told apart without colours.
function paintDotted(canvas, levels, colours) {
  const side = SIDE * CELL;
  const image = new ImageData(side, side);
  const pixels = new Uint32Array(image.data.buffer);
  pixels.forEach((_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const level = levels[SIDE * Math.floor(y / CELL) + Math.floor(x / CELL)];
    const inside = [x % CELL, y % CELL].every((place) => place > 0 && place < CELL - 1);
    pixels[i] = colours[inside && level > 0 && level < 128 ? Math.round(128 - 0.45 * (128 - level)) : level];
  });
  put(canvas, image);
}

// As many columns as have room and leave no row shorter than the others.
function evenColumns(grid, count) {
  const { columnGap, paddingLeft } = getComputedStyle(grid);
  const gap = parseFloat(columnGap);
  const tile = parseFloat(getComputedStyle(document.documentElement).fontSize) * parseFloat(grid.style.getPropertyValue("--tile"));
  const room = grid.clientWidth - 2 * parseFloat(paddingLeft) + gap;
  const fitting = [...Array(count).keys()].map((i) => i + 1).filter((n) => count % n === 0 && n * (tile + gap) <= room);
  const columns = Math.max(1, ...fitting);
  grid.style.setProperty("--columns", columns);
  grid.dataset.columns = columns;
}

function keepEven(grid, count) {
  grid.count = count;
  evenColumns(grid, count);
  if (grid.observer) return;
  grid.observer = new ResizeObserver(() => evenColumns(grid, grid.count));
  grid.observer.observe(grid);
}

const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

function paintTiles(grid, tiles, data) {
  const colours = palette(data.stops[isDark(grid) ? "dark" : "light"], data.first, data.notANumber);
  const levels = bytes(atMoment(grid, data).levels);
  const dotted = data.first > 0 && data.tile >= LARGE_PX;
  const of = (i) => levels.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
  const digits = data.under && bytes(data.under);
  tiles.forEach((tile, i) => {
    if (digits) paintOver(tile.firstChild, of(i), colours, digits.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE), grid);
    else (dotted ? paintDotted : paint)(tile.firstChild, of(i), colours);
  });
}

function describe(tile, caption, label, selected) {
  if (tile.lastChild.textContent !== caption) tile.lastChild.textContent = caption;
  tile.title = label;
  tile.setAttribute("aria-label", label.includes(caption) ? label : `${label}, ${caption}`); // speech input says what it sees
  tile.toggleAttribute("data-selected", selected);
  if (tile.localName === "button") tile.setAttribute("aria-pressed", selected);
}

// One tile is a stop of the Tab key and the arrow keys go on from there: 200 neurons are not 200 stops.
function enterAt(tiles, entry) {
  for (const tile of tiles) tile.tabIndex = tile === entry ? 0 : -1;
}

function step(event, tiles) {
  const from = tiles.indexOf(event.target);
  const columns = tiles.filter((tile) => tile.offsetTop === tiles[0].offsetTop).length;
  const last = tiles.length - 1;
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, Home: -from, End: last - from };
  const tile = tiles[from + steps[event.key]];
  if (!tile) return;
  event.preventDefault();
  enterAt(tiles, tile);
  tile.focus();
}

// After a dialog that a tile has opened, the focus is back on it; once for each new turn, and only if it is nowhere else.
function bringFocus(grid, tiles, [place, turn]) {
  if (grid.focusTurn === turn) return;
  grid.focusTurn = turn;
  setTimeout(() => {
    if (!document.activeElement || document.activeElement === document.body) tiles[place]?.focus();
  }, 100);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const grid = parentElement.querySelector(".gallery");
  grid.style.setProperty("--tile", data.tile / 16 + "rem"); // pixels of a laptop; a projector shows more
  grid.toggleAttribute("data-coloured", Boolean(data.shares));
  fitTiles(grid, data.labels.length, data.clickable ? "button" : "div");
  if (data.even) keepEven(grid, data.labels.length);
  const tiles = [...grid.children];
  grid.paintTiles = () => paintTiles(grid, tiles, data);
  hearMoments(grid, () => grid.paintTiles());
  grid.paintTiles();
  tiles.forEach((tile, i) => {
    describe(tile, data.captions[i], data.labels[i], i === data.selected);
    if (data.shares) tile.style.setProperty("--share", `${100 * data.shares[i]}%`);
  });
  if (!data.clickable) return;
  enterAt(tiles, tiles.find((tile) => tile.matches(":focus")) ?? tiles[data.selected] ?? tiles[0]);
  if (data.focus) bringFocus(grid, tiles, data.focus);
  grid.onkeydown = (event) => step(event, tiles);
  grid.onclick = ({ target }) => {
    const tile = target.closest(".tile");
    if (!tile) return;
    enterAt(tiles, tile);
    setTriggerValue("clicked", tiles.indexOf(tile));
  };
}
