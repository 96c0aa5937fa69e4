// The moments of a story, from the one who tells it to all on the page that show it; it stands before their own scripts.
// A moment is its place on the slider; null is the one that the page has drawn, with which every story ends.
const MOMENT = "story-moment";

function tellMoment(place) {
  window.toldMoment = place; // for those that come into the page in the middle
  window.dispatchEvent(new CustomEvent(MOMENT, { detail: place }));
}

// Calls show() at every moment that is told. host.told is its place.
function hearMoments(host, show) {
  if (host.hears) return;
  host.hears = true;
  host.told = window.toldMoment ?? null;
  const hear = ({ detail }) => {
    if (!host.isConnected) return window.removeEventListener(MOMENT, hear);
    host.told = detail;
    show();
  };
  window.addEventListener(MOMENT, hear);
}

// What a host is to show: what the page has drawn, or in its place what it was sent for the moment that is told.
const atMoment = (host, data) => ({ ...data, ...data.moments[host.told] });
