// For screen readers and keyboards. Says a sentence in a live region, and puts the focus on a widget where a rerun has
// dropped it. Streamlit calls the default export when the data changes.
export default function ({ data, parentElement }) {
  const region = parentElement.querySelector(".says");
  if (region.textContent !== data.says) region.textContent = data.says;
  if (!data.turn || region.turn === data.turn) return;
  region.turn = data.turn;
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return; // the hand is elsewhere
    document.querySelector(`.st-key-${data.focus} button`)?.focus();
  });
}
