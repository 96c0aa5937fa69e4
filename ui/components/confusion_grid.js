// A grid of buttons that takes new numbers in place, so that the one with the focus keeps it.
// Streamlit calls the default export when the data or the theme changes.

function fit(cells, count) {
  while (cells.childElementCount < count) {
    const button = document.createElement("button");
    button.type = "button";
    cells.append(button);
  }
}

// One button is a stop of the Tab key and the arrow keys go on from there.
function enterAt(buttons, entry) {
  for (const button of buttons) button.tabIndex = button === entry ? 0 : -1;
}

function step(event, buttons, columns) {
  const from = buttons.indexOf(event.target);
  const column = from % columns;
  const to = {
    ArrowRight: column < columns - 1 ? from + 1 : from,
    ArrowLeft: column > 0 ? from - 1 : from,
    ArrowDown: from + columns,
    ArrowUp: from - columns,
    Home: from - column,
    End: from - column + columns - 1,
  }[event.key];
  if (!buttons[to]) return;
  event.preventDefault();
  enterAt(buttons, buttons[to]);
  buttons[to].focus();
}

// The first row and the first column are headings: a chosen one chooses its column or row, the corner nothing.
function isChosen(place, chosen, columns) {
  const [row, column] = [Math.floor(chosen / columns), chosen % columns];
  const inRow = !row || Math.floor(place / columns) === row;
  return chosen > 0 && inRow && (!column || place % columns === column);
}

function lookOf(place, columns) {
  const [row, column] = [Math.floor(place / columns), place % columns];
  return !row || !column ? "heading" : row === column ? "right" : "wrong";
}

export default function ({ data, parentElement, setTriggerValue }) {
  const cells = parentElement.querySelector(".cells");
  const { texts, labels, shares, columns, chosen } = data;
  cells.style.setProperty("--colour", data.colour);
  cells.setAttribute("aria-label", "Confusion matrix: rows are true digits, columns are answers");
  fit(cells, texts.length);
  const buttons = [...cells.children];
  buttons.forEach((button, place) => {
    button.textContent = texts[place];
    button.title = labels[place];
    button.setAttribute("aria-label", labels[place]);
    button.setAttribute("aria-pressed", place === chosen);
    button.dataset.look = lookOf(place, columns);
    button.toggleAttribute("data-chosen", isChosen(place, chosen, columns));
    button.style.setProperty("--strength", shares[place] ? `${10 + 60 * shares[place]}%` : "0%");
  });
  enterAt(buttons, buttons.find((button) => button.matches(":focus")) ?? buttons[chosen]);
  cells.onkeydown = (event) => step(event, buttons, columns);
  cells.onclick = ({ target }) => {
    if (!buttons.includes(target)) return;
    enterAt(buttons, target);
    setTriggerValue("clicked", buttons.indexOf(target));
  };
}
