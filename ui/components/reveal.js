// What a tap opens must be seen: scroll to it, if it lies below the screen. Once for each new turn.
const LEAST_PX = 160; // of it that must be in view

export default function ({ data, parentElement }) {
  const host = parentElement;
  const first = host.turn === undefined;
  if (host.turn === data.turn) return;
  host.turn = data.turn;
  if (first) return; // the page has just been opened
  requestAnimationFrame(() => {
    const target = document.querySelector(`.st-key-${data.target}`);
    if (!target || target.getBoundingClientRect().top < window.innerHeight - LEAST_PX) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  });
}
