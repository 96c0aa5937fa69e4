// Streamlit calls the default export when the data or the theme changes.
function isDark(host) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(pen.fillStyle.slice(i, i + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}

function label(text) {
  const span = document.createElement("span");
  span.textContent = text;
  return span;
}

export default function ({ data, parentElement }) {
  const scale = parentElement.querySelector(".scale");
  const [bar, numbers] = scale.children;
  bar.style.background = `linear-gradient(to right, ${data.stops[isDark(scale) ? "dark" : "light"].join()})`;
  numbers.replaceChildren(...data.numbers.map(label));
  scale.setAttribute("aria-label", `${data.name}: from blue, ${data.numbers[0]}, against, over 0 to orange, ${data.numbers[2]}, for`);
}
