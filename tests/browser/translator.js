// What a browser's translator does to a page: each text is taken out, and its translation put in its place in two <font>,
// again as texts change; what is marked as not to be translated is left alone. In this language all letters are capitals.
// With window.movesTexts the text itself goes into the <font>, as it is.
(() => {
  const KEPT = "[translate=no], .notranslate, script, style, textarea, svg, font";
  const translate = (text) => {
    const parent = text.parentElement;
    if (!parent || parent.closest(KEPT) || !/\p{L}/u.test(text.data)) return;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    outer.append(inner);
    text.replaceWith(outer);
    inner.append(window.movesTexts ? text : text.data.toUpperCase());
  };
  const textsOf = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return [node];
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    return texts;
  };
  const observer = new MutationObserver((records) => {
    const changed = records.flatMap(({ type, target, addedNodes }) => (type === "childList" ? [...addedNodes] : [target]));
    changed.filter((node) => node.isConnected).flatMap(textsOf).forEach(translate);
  });
  const begin = () => {
    textsOf(document.body).forEach(translate);
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  };
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
