// Streamlit's script holds what was pressed or typed until its next turn, but asks for another page at once (1.67). What
// was said first reached the server last: it brought back the page that was being left, or emptied the next one. On a
// touch screen a tap on a link, which ends what is being typed, is enough. Here a link waits for its turn, too, and the
// page hears of it ("page-left") before it says anything more.
const isLink = (element) => element.dataset?.testid === "stPageLink-NavLink";

export default function () {
  if (window.saidFirst) return;
  window.saidFirst = true;
  const passed = new WeakSet(); // events that have waited

  const afterAllThatWasSaid = (event, again) => {
    if (passed.has(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.dispatchEvent(new Event("page-left"));
    setTimeout(again);
  };

  const follow = (link) => {
    const click = new MouseEvent("click", { bubbles: true, cancelable: true, composed: true });
    passed.add(click);
    link.dispatchEvent(click);
  };

  const goBack = (state) => {
    const pop = new PopStateEvent("popstate", { state });
    passed.add(pop);
    window.dispatchEvent(pop);
  };

  window.addEventListener("click", (event) => {
    const link = event.composedPath().find(isLink);
    const here = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (link && here) afterAllThatWasSaid(event, () => follow(link));
  }, true);
  window.addEventListener("popstate", (event) => afterAllThatWasSaid(event, () => goBack(event.state)), true);
}
