// A map of points; how it is drawn stands in map_script.js.
// Streamlit calls the default export when the data or the theme changes.
export default function (given) {
  if (window.drawPointMap) return void window.drawPointMap(given);
  const host = given.parentElement.querySelector(".map");
  if (!host.given) window.addEventListener("map-script", () => window.drawPointMap(host.given), { once: true });
  host.given = given;
}
