// The line of what is shown hears of a digit that was taken in hand below it.
export default function ({ data }) {
  window.dispatchEvent(new CustomEvent("digit-taken", { detail: data }));
}
