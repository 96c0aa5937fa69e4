// Plotly.react changes the chart that is there, so zoom, hover label and hidden lines outlive new data.
// Streamlit calls the default export when the data or the theme changes, and what it returned at the end.
const SCRIPT = "app/static/plotly-basic.min.js";
const MISSING = `This chart cannot be drawn: its script, ${SCRIPT}, did not load. Please reload the page.`;
const TOUCH = matchMedia("(pointer: coarse)").matches;
const CONFIG = { displayModeBar: TOUCH ? false : "hover", modeBarButtons: [["resetScale2d"]], displaylogo: false };
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

function draw(Plotly, host, { figure, colorway }) {
  if (!host.isConnected) return;
  if (!host._fullLayout) host.textContent = "";
  const { data, layout } = structuredClone(figure); // Plotly writes zoom and hidden lines into what it is given
  grown(layout, growth());
  layout.template = { layout: grown(themeOf(host, colorway), growth()) };
  layout.uirevision ??= "live";
  if (TOUCH) layout.dragmode = false; // a finger on the chart scrolls the page
  Plotly.react(host, data, layout, CONFIG);
  if (observers.has(host)) return;
  let width = host.clientWidth;
  const observer = new ResizeObserver(() => {
    if (host.clientWidth && host.clientWidth !== width) Plotly.Plots.resize(host);
    width = host.clientWidth || width;
  });
  observer.observe(host);
  observers.set(host, observer);
}

export default function ({ data, parentElement }) {
  const host = parentElement.querySelector(".live-plot");
  host.style.height = data.height * growth() + "px";
  host.setAttribute("aria-label", data.alt);
  loadPlotly().then((Plotly) => draw(Plotly, host, data), () => (host.textContent = MISSING));
  return () => {
    if (host.isConnected) return; // Streamlit also ends a call that a newer one overtook
    observers.get(host)?.disconnect();
    if (host._fullLayout) window.Plotly.purge(host);
  };
}
