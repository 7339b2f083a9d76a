/* The sheet of a week: totals as you type, arrow keys between cells, error links that open a day. */

const sheet = document.querySelector(".week-sheet");
const cells = [...sheet.querySelectorAll("tbody td[data-day]")];

/* "90", "1:30", "1h30", "1.5 h" or "90 min", as the server reads them; else nothing. */
function minutesTyped(text) {
  const hours = /^(\d{1,3}(?:[.,]\d{1,2})?) ?(?:h|hrs?|hours?)$/.exec(text);
  if (hours) return Math.round(60 * Number(hours[1].replace(",", ".")));
  const both = /^(\d{1,3}) ?(?:(?:h|hrs?|hours?) ?([0-5]?\d)|: ?([0-5]\d)) ?(?:m|mins?|minutes?)?$/.exec(text);
  if (both) return 60 * Number(both[1]) + Number(both[2] || both[3]);
  const minutes = /^(\d{1,4}) ?(?:m|mins?|minutes?)?$/.exec(text);
  return minutes ? Number(minutes[1]) : 0;
}

function minutesOf(cell) {
  const input = cell.querySelector("[data-cell=minutes]");
  return Number(cell.dataset.saved) + (input ? minutesTyped(input.value.trim().toLowerCase()) : 0);
}

function inWords(minutes) {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (!hours) return `${rest} min`;
  return rest ? `${hours} h ${String(rest).padStart(2, "0")}` : `${hours} h`;
}

function sum(some) {
  return some.reduce((total, cell) => total + minutesOf(cell), 0);
}

function addUp() {
  for (const row of sheet.querySelectorAll("tbody tr")) {
    row.querySelector(".row-total output").textContent = inWords(sum([...row.querySelectorAll("td[data-day]")]));
  }
  for (const output of sheet.querySelectorAll("output[data-total]")) {
    const day = output.dataset.total;
    output.textContent = inWords(sum(day === "week" ? cells : cells.filter((cell) => cell.dataset.day === day)));
  }
}

sheet.addEventListener("input", addUp);
addUp();

/* Up, down and Enter stay in the day; left and right change it from the edge of what was typed. */

function below(input, step) {
  const column = [...sheet.querySelectorAll(`.day-${input.closest("td").dataset.day} [data-cell]`)];
  return column[column.indexOf(input) + step];
}

function beside(input, step) {
  const line = [...input.closest("tr").querySelectorAll(`[data-cell=${input.dataset.cell}]`)];
  return line[line.indexOf(input) + step];
}

function isAtEdge(input, step) {
  const edge = step > 0 ? input.value.length : 0;
  const isWhole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  return isWhole || (input.selectionStart === edge && input.selectionEnd === edge);
}

/* Where a browser cannot say whether a cell is seen: not in a fold that is closed, nor on another day. */
function isShown(element) {
  if (element.checkVisibility) return element.checkVisibility();
  return !element.closest("details:not([open])") && element.getClientRects().length > 0;
}

const STEPS = { ArrowUp: [below, -1], ArrowDown: [below, 1], Enter: [below, 1], ArrowLeft: [beside, -1], ArrowRight: [beside, 1] };

sheet.addEventListener("keydown", (event) => {
  const input = event.target;
  const way = STEPS[event.key];
  if (!input.dataset.cell || !way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const [towards, step] = way;
  if (towards === beside && !isAtEdge(input, step)) return;
  const next = towards(input, step);
  if (!next || !isShown(next)) {
    // At the foot of the day Enter goes on to Save, and never sends by accident.
    if (event.key === "Enter") {
      event.preventDefault();
      sheet.querySelector(".save-bar button").focus();
    }
    return;
  }
  event.preventDefault();
  next.focus();
  next.select();
});

/* On a small screen one day is shown: a link to a cell shows its day first. */

document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a");
  const target = link && document.getElementById(link.hash.slice(1));
  const column = target && target.closest("[class*='day-']");
  if (!column) return;
  const day = column.className.match(/day-([1-7])/)[1];
  sheet.querySelector(`[name=shown][value="${day}"]`).checked = true;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: "center" });
});
