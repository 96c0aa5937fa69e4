"use strict";

// Both charts show the same epoch: where the pointer is over one of them, or where a slider stands.
const charts = [...document.querySelectorAll(".chart")].map(readChart);
const stops = [...new Set(charts.flatMap((chart) => chart.runs.flatMap(([epochs]) => epochs)))].sort((a, b) => a - b);

function readChart(figure) {
  const [xEnd, low, high, isLog, left, right, top, bottom, decimals] = JSON.parse(figure.dataset.scale);
  const rows = [...figure.querySelectorAll("tbody tr")];
  const share = isLog
    ? (value) => (value > 0 ? Math.log(value / low) / Math.log(high / low) : 0)
    : (value) => (value - low) / (high - low);
  return {
    svg: figure.querySelector("svg"),
    slider: figure.querySelector("input"),
    caption: figure.querySelector("caption"),
    title: figure.querySelector("h3").textContent,
    pointed: figure.querySelector(".pointed"),
    runs: JSON.parse(figure.dataset.points), // of each: epochs, training, validation
    rows,
    colours: rows.map((row) => row.querySelector("path").getAttribute("stroke")),
    x: (epoch) => left + (epoch / xEnd) * (right - left),
    y: (value) => bottom + share(value) * (top - bottom),
    epochAt: (x) => ((x - left) / (right - left)) * xEnd,
    words: (value) => (value === null ? "\u2014" : value.toFixed(decimals) + (decimals === 2 ? "\u00a0%" : "")),
    top,
    bottom,
  };
}

function nearest(numbers, wanted) {
  return numbers.reduce((best, number, i) => (Math.abs(number - wanted) < Math.abs(numbers[best] - wanted) ? i : best), 0);
}

function element(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

function point(chart, stop) {
  const x = chart.x(stops[stop]);
  const parts = [element("line", { x1: x, x2: x, y1: chart.top, y2: chart.bottom })];
  chart.runs.forEach(([epochs, ...lines], run) => {
    const i = nearest(epochs, stops[stop]);
    const [, epochCell, ...cells] = chart.rows[run].children;
    epochCell.textContent = String(epochs[i]);
    lines.forEach((values, line) => {
      cells[line].textContent = chart.words(values[i]);
      const y = values[i] === null ? NaN : chart.y(values[i]);
      if (y >= chart.top && y <= chart.bottom) {
        parts.push(element("circle", { cx: chart.x(epochs[i]), cy: y, r: line ? 4 : 3, fill: chart.colours[run] }));
      }
    });
  });
  chart.pointed.replaceChildren(...parts);
  chart.caption.textContent = `${chart.title} at epoch ${stops[stop]}`;
  chart.slider.value = stop;
  chart.slider.setAttribute("aria-valuetext", `epoch ${stops[stop]}`);
}

for (const chart of charts) {
  const follow = (event) => {
    const box = chart.svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * chart.svg.viewBox.baseVal.width;
    const stop = nearest(stops, chart.epochAt(x));
    charts.forEach((other) => point(other, stop));
  };
  chart.svg.addEventListener("pointermove", follow);
  chart.svg.addEventListener("pointerdown", follow);
  chart.slider.addEventListener("input", () => charts.forEach((other) => point(other, Number(chart.slider.value))));
  chart.slider.max = stops.length - 1;
  chart.slider.value = stops.length - 1;
  chart.slider.hidden = false;
}
