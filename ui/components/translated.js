// A browser's translator takes each text out of the page and puts <font> elements in its place. React, which draws
// Streamlit's pages, goes on with the texts that it made: it changes what nobody sees any more, and fails to remove
// what is not there. Here a text comes back to its place before React touches it, and the translator does it anew.
export default function () {
  if (window.textsComeBack) return;
  window.textsComeBack = true;
  const places = new WeakMap(); // a text that was taken out -> the <font> in its place
  const isText = (node) => node?.nodeType === Node.TEXT_NODE;
  const isFont = (node) => node?.localName === "font";

  const note = ({ removedNodes, addedNodes, previousSibling, nextSibling }) => {
    const font = [...addedNodes, previousSibling, nextSibling].find(isFont);
    if (font) for (const text of removedNodes) if (isText(text) && !text.isConnected) places.set(text, font);
  };

  // Where a text was that a translator took before this script ran: React notes the parent on each node that it makes.
  const placeByReact = (text) => {
    const made = text[Object.keys(text).find((name) => name.startsWith("__reactFiber$"))];
    let above = made?.return;
    while (above && !(above.stateNode instanceof Element)) above = above.return;
    const nodes = [...(above?.stateNode.childNodes ?? [])];
    const fonts = nodes.filter(isFont);
    return isFont(nodes[made?.index]) ? nodes[made.index] : fonts.length === 1 ? fonts[0] : undefined;
  };

  const placeOf = (text) => {
    if (!text.isConnected) return places.get(text)?.isConnected ? places.get(text) : placeByReact(text);
    let outer;
    for (let node = text.parentNode; isFont(node); node = node.parentNode) outer = node; // it was moved, not taken out
    return outer;
  };

  const bringBack = (text) => placeOf(text)?.replaceWith(text);

  const { get, set } = Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue");
  Object.defineProperty(Node.prototype, "nodeValue", {
    get,
    set(value) {
      if (isText(this)) bringBack(this);
      set.call(this, value);
    },
    configurable: true,
    enumerable: true,
  });

  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function (child) {
    if (isText(child) && child.parentNode !== this) bringBack(child);
    return isText(child) && child.parentNode !== this ? child : removeChild.call(this, child);
  };
  Node.prototype.insertBefore = function (child, next) {
    if (isText(next) && next.parentNode !== this) bringBack(next);
    return insertBefore.call(this, child, isText(next) && next.parentNode !== this ? null : next);
  };

  new MutationObserver((records) => records.forEach(note)).observe(document, { childList: true, subtree: true });
}
