// Plotly.react changes the chart that is there, so zoom, hover label and hidden lines outlive new data.
// Streamlit calls the default export when the data or the theme changes, and what it returned at the end.
const SCRIPT = "app/static/plotly.min.js";
const MISSING = `This chart cannot be drawn: its script, ${SCRIPT}, did not load. Please reload the page.`;
const TOUCH = matchMedia("(pointer: coarse)").matches;
const CONFIG = { displayModeBar: TOUCH ? false : "hover", modeBarButtons: [["resetScale2d"]], displaylogo: false };
const PICKING = { ...CONFIG, modeBarButtons: [["lasso2d", "zoom2d", "resetScale2d"]] };
const MOST_ROWS = 200; // of the table; a longer run shows every so many epochs
const observers = new WeakMap();

// Streamlit's own script tells where the app lives, on every page and under any server.baseUrlPath.
function loadPlotly() {
  return (window.livePlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const own = document.querySelector('script[src*="static/js/"]');
    script.src = new URL("../../" + SCRIPT, own.src);
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      script.remove();
      setTimeout(() => delete window.livePlotly, 2000); // then the next update tries again
      reject();
    };
    document.head.append(script);
  }));
}

// How much larger letters are than on a laptop: charts grow with them, on a projector.
const growth = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

function grown(layout, scale) {
  const sizes = (part) => {
    for (const [name, value] of Object.entries(part ?? {})) {
      if (name === "font" && value.size) value.size *= scale;
      else if (value && typeof value === "object") sizes(value);
    }
  };
  sizes(layout);
  if (layout.height) layout.height *= scale;
  for (const side of Object.keys(layout.margin ?? {})) layout.margin[side] *= scale;
  return layout;
}

function themeOf(host, colorway) {
  const style = getComputedStyle(host);
  const css = (name) => style.getPropertyValue("--st-" + name).trim();
  const [text, line] = [css("text-color"), css("border-color")];
  const axis = { gridcolor: css("border-color-light"), linecolor: line, zerolinecolor: line, automargin: true };
  // -2 takes away the broad white line that Plotly draws below a spike, on dark pages too.
  Object.assign(axis, { ticklabelstandoff: 5, title: { font: { size: 13 } }, spikecolor: line, spikethickness: -2 });
  return {
    colorway,
    font: { family: css("font"), color: text, size: 13 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 48, r: 12, t: 36, b: 40 },
    xaxis: axis,
    yaxis: axis,
    legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom" },
    hoverlabel: { bgcolor: css("secondary-background-color"), bordercolor: line, font: { color: text } },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: line, activecolor: text },
  };
}

const hasAxes = (data) => data.some(({ type }) => type !== "parcoords");

function draw(Plotly, host, { figure, colorway, picks }, setStateValue) {
  if (!host.isConnected) return;
  if (!host._fullLayout) host.textContent = "";
  const { data, layout } = structuredClone(figure); // Plotly writes zoom and hidden lines into what it is given
  grown(layout, growth());
  layout.template = { layout: grown(themeOf(host, colorway), growth()) };
  layout.uirevision ??= "live";
  if (TOUCH) layout.dragmode = false; // a finger on the chart scrolls the page
  if (picks) markPicks(host, data, layout, picks); // from chart_picks.js, which comes with the charts that need it
  const config = picks ? { ...PICKING, displayModeBar: hasAxes(data) && CONFIG.displayModeBar } : CONFIG;
  const drawing = Plotly.react(host, data, layout, config);
  if (picks) hearPicks(host, setStateValue, drawing);
  if (host.tell && !host.tells) {
    host.tells = true;
    host.on("plotly_click", ({ points: [point] }) => host.tell?.(point.pointNumber));
  }
  if (observers.has(host)) return;
  let width = host.clientWidth;
  const observer = new ResizeObserver(() => {
    if (host.clientWidth && host.clientWidth !== width) Plotly.Plots.resize(host);
    width = host.clientWidth || width;
  });
  observer.observe(host);
  observers.set(host, observer);
}

// The numbers of the chart for those who cannot see it. Nothing is built until somebody opens it.
function cell(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function row(tag, texts) {
  const made = document.createElement("tr");
  made.append(...texts.map((text, i) => cell(i ? tag : "th", text)));
  return made;
}

const exact = new Intl.NumberFormat("en", { maximumSignificantDigits: 5 });
const shown = (value) => (Number.isFinite(value) ? exact.format(value) : "\u2014");

// A heat map: a row of the table for each of its own, the highest first.
function fillGrid(table, { x, y, text }, { xaxis, yaxis }, alt) {
  const rows = [...y].map((name, i) => row("td", [name, ...text[i].map((words) => words || "\u2014")]));
  const corner = `${yaxis.title.text} \\ ${xaxis.title.text}`;
  table.replaceChildren(cell("caption", alt), row("th", [corner, ...x]), ...rows.reverse());
}

function fillTable(table, host, alt) {
  const grid = host._fullData.find(({ type }) => type === "heatmap");
  if (grid) return fillGrid(table, grid, host._fullLayout, alt);
  const { xaxis, yaxis, title } = host._fullLayout;
  const traces = host._fullData.filter(({ x }) => x?.length);
  const across = traces.some(({ orientation }) => orientation === "h"); // the bars lie, and the names stand at their left
  const names = [...new Set(traces.flatMap((trace) => [...(across ? trace.y : trace.x)]))];
  if (!across) names.sort((a, b) => a - b);
  const columns = traces.map((trace) => {
    const values = trace.text?.length ? trace.text : Array.from(across ? trace.x : trace.y, shown);
    const places = Array.from(across ? trace.y : trace.x);
    return new Map(places.map((name, i) => [name, values[i]]));
  });
  const every = Math.ceil(names.length / MOST_ROWS);
  const listed = names.filter((_, i) => i % every === 0 || i === names.length - 1);
  const plain = (text) => (text && !text.startsWith("Click to") ? text.replaceAll(/<[^>]*>/g, "") : "");
  const heads = traces.map(({ name }) => (traces.length > 1 ? name : plain(yaxis.title?.text) || "Value"));
  table.replaceChildren(
    cell("caption", (plain(title?.text) || alt) + (every > 1 ? `, one row in ${every}` : "")),
    row("th", [plain((across ? yaxis : xaxis).title?.text) || "digit", ...heads]),
    ...listed.map((name) => row("td", [name, ...columns.map((column) => column.get(name) ?? "\u2014")])),
  );
}

function offerTable(details, host, alt) {
  details.hidden = Boolean(host.data?.some(({ ids }) => ids)); // of runs there is a table beside the chart
  const fill = () => details.open && host._fullLayout && fillTable(details.querySelector("table"), host, alt);
  details.ontoggle = fill;
  details.onkeydown = (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.firstElementChild.focus();
  };
  fill();
}

// Streamlit keeps the place of a laptop's height; where letters are larger, the chart and its place grow.
function makeRoom(host, height, scale) {
  host.style.height = height * scale + "px";
  if (scale === 1) return;
  for (let place = host.parentElement; place && place.dataset.testid !== "stMain"; place = place.parentElement) {
    const kept = place.style.height || getComputedStyle(place).height;
    if (place.dataset.room || Math.abs(parseFloat(kept) - height) < 1) {
      place.dataset.room = "grown";
      place.style.height = height * scale + "px";
      // In a column of blocks the basis of a block goes before its height.
      const basis = parseFloat(getComputedStyle(place).flexBasis);
      if (place.style.flexBasis || Math.abs(basis - height) < 1) place.style.flexBasis = place.style.height;
    }
  }
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const host = parentElement.querySelector(".live-plot");
  makeRoom(host, data.height, growth());
  host.tell = data.clicks ? (place) => setTriggerValue("point", place) : null;
  host.setAttribute("aria-label", data.alt);
  loadPlotly()
    .then((Plotly) => draw(Plotly, host, data, setStateValue), () => (host.textContent = MISSING))
    .then(() => offerTable(host.nextElementSibling, host, data.alt));
  return () => {
    if (host.isConnected) return; // Streamlit also ends a call that a newer one overtook
    observers.get(host)?.disconnect();
    if (host._fullLayout) window.Plotly.purge(host);
  };
}
