// The table of trials: sorted, filtered, in pages of 100 rows.

const PAGE_ROWS = 100;

const table = {
  shown: new Set(page.shown),
  sort: null,          // a column, or null for the order of the plan
  descending: false,
  brushed: null,       // rows that the parallel coordinates leave, or null for all
  rows: [],            // that match, in order
  first: 0,
};

const tablePlace = document.getElementById("trial-table");
const tableFilter = element("input", {
  type: "search", id: "trial-filter", autocomplete: "off", spellcheck: "false",
  placeholder: "words, or val_mse<0.02", oninput: () => filterTable(),
});
const tableCount = element("output", { for: "trial-filter", id: "trial-count" });
const tableUnbrush = element("button", { type: "button", hidden: true, onclick: () => parallel.clear() }, "Clear the brush");
const tableHead = element("thead");
const tableBody = element("tbody");
const tablePages = element("div", { class: "pages" });

// Columns that are shown at first come first.
const inOrder = [...new Set([...page.shown.map(name => columnOf.get(name)), ...columns])];

// What a row has in any column, in lower case; made when first asked for.
const searched = { lines: null, whole: null };

function prepareSearch() {
  if (searched.lines) return;
  searched.whole = new Set(columns.flatMap(column => [...new Set(column.texts)].map(own => own.toLowerCase())));
  const sought = columns.filter(column => !column.numeric || page.keys.includes(column.name) || table.shown.has(column.name));
  searched.lines = Array.from({ length: rowCount }, (_, row) =>
    sought.map(column => column.texts[row].toLowerCase()));
}

// A test of rows for one word: `column<number`, `column=text`, or a word of any column. A word that
// is all of some cell is looked for as a whole cell: "vae" does not find "iwae".
function wordTest(word) {
  const [, name, sign, value] = /^(.+?)(<=|>=|<|>|=)(.*)$/.exec(word) ?? [];
  const column = name && columns.find(one => one.name.toLowerCase() === name);
  if (column && sign === "=") return row => column.texts[row].toLowerCase() === value;
  if (column && value !== "" && isNumber(value)) {
    const bound = number(value);
    const compare = {
      "<": own => own < bound, "<=": own => own <= bound, ">": own => own > bound, ">=": own => own >= bound,
    }[sign];
    return row => compare(numbers(column)[row]);
  }
  return searched.whole.has(word)
    ? row => searched.lines[row].includes(word)
    : row => searched.lines[row].some(own => own.includes(word));
}

function filterTable() {
  const words = tableFilter.value.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 0) prepareSearch();
  const tests = words.map(wordTest);
  table.rows = [];
  for (let row = 0; row < rowCount; row++) {
    if ((!table.brushed || table.brushed.has(row)) && tests.every(test => test(row))) table.rows.push(row);
  }
  sortTable();
}

// What has no value comes last, both ways; equal values stay in the order of the plan.
function sortTable() {
  const column = table.sort;
  const sign = table.descending ? -1 : 1;
  if (column?.numeric) {
    const own = numbers(column);
    table.rows.sort((a, b) =>
      Number.isNaN(own[a]) - Number.isNaN(own[b]) || (own[a] === own[b] ? 0 : sign * (own[a] - own[b])) || a - b);
  } else if (column) {
    const own = column.texts;
    table.rows.sort((a, b) =>
      (own[a] === "") - (own[b] === "") || (own[a] === own[b] ? 0 : sign * (own[a] < own[b] ? -1 : 1)) || a - b);
  }
  table.first = 0;
  drawTable();
}

function sortBy(column) {
  const wasUp = table.sort === column && !table.descending;
  const wasDown = table.sort === column && table.descending;
  table.sort = wasDown ? null : column;
  table.descending = wasUp;
  table.rows.sort((a, b) => a - b);
  sortTable();
  tableHead.querySelector(`button[data-name="${CSS.escape(column.name)}"]`)?.focus();
}

function drawTable() {
  const seen = inOrder.filter(column => table.shown.has(column.name));
  tableHead.replaceChildren(element("tr", {}, ...seen.map(column => element("th", {
    scope: "col", class: column.numeric ? "n" : false,
    "aria-sort": table.sort !== column ? "none" : table.descending ? "descending" : "ascending",
  }, element("button", { type: "button", "data-name": column.name, onclick: () => sortBy(column) }, ...breakable(column.name))))));
  const rows = table.rows.slice(table.first, table.first + PAGE_ROWS);
  tableBody.replaceChildren(...rows.map(row => element("tr", {},
    ...seen.map(column => element("td", {
      class: column === idColumn ? "id" : column.numeric ? "n" : column.name === "message" ? "long" : false,
    }, column === idColumn ? trialLink(row) : readable(column, row))))));
  const all = table.rows.length;
  const noun = page.noun;
  tableCount.value = all === rowCount ? plural(all, noun) : `${all.toLocaleString("en")} of ${plural(rowCount, noun)}`;
  tableUnbrush.hidden = !table.brushed;
  const turn = (label, first, usable) => element("button", {
    type: "button", disabled: !usable, onclick: () => { table.first = first; drawTable(); },
  }, label);
  tablePages.hidden = all <= PAGE_ROWS;
  tablePages.replaceChildren(
    turn("First", 0, table.first > 0),
    turn("Previous", table.first - PAGE_ROWS, table.first > 0),
    element("span", {}, `${all && table.first + 1} to ${Math.min(all, table.first + PAGE_ROWS)} of ${all.toLocaleString("en")}`),
    turn("Next", table.first + PAGE_ROWS, table.first + PAGE_ROWS < all),
    turn("Last", Math.floor((all - 1) / PAGE_ROWS) * PAGE_ROWS, table.first + PAGE_ROWS < all));
}

// A long name, which a narrow column may break at its underscores.
function breakable(name) {
  if (name.length <= 12) return [name];
  return name.split(/(?<=_)/).flatMap((part, place) => place === 0 ? [part] : [element("wbr"), part]);
}

function trialLink(row) {
  return element("a", { href: "#trial=" + encodeURIComponent(idColumn.texts[row]) }, idColumn.texts[row]);
}

// Boxes that put columns into a set and take them out.
function columnChoice(shown, changed, title) {
  const boxes = columns.filter(column => column !== idColumn).map(column => element("label", {},
    element("input", {
      type: "checkbox", checked: shown.has(column.name),
      onchange: event => {
        shown[event.target.checked ? "add" : "delete"](column.name);
        changed();
      },
    }), " ", column.name));
  return element("details", { class: "choice" },
    element("summary", {}, title), element("div", { class: "boxes", tabindex: "0", role: "group", "aria-label": title }, ...boxes));
}

function saveCsv(rows, name) {
  const link = element("a", {
    href: URL.createObjectURL(new Blob([csv(rows)], { type: "text/csv;charset=utf-8" })), download: name,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

if (tablePlace) {
  const all = Array.from({ length: rowCount }, (_, row) => row);
  const matching = () => [...table.rows].sort((a, b) => a - b);
  tablePlace.replaceChildren(
    element("div", { class: "tools" },
      element("label", { for: "trial-filter" }, "Filter"), tableFilter, tableCount, tableUnbrush,
      element("button", { type: "button", onclick: () => saveCsv(all, page.noun + "s.csv") }, "Download all as CSV"),
      element("button", { type: "button", onclick: () => saveCsv(matching(), page.noun + "s-filtered.csv") },
        "Download what matches")),
    columnChoice(table.shown, () => { searched.lines = null; drawTable(); }, "Columns"),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of " + page.noun + "s" },
      element("table", { class: "data sortable" }, tableHead, tableBody)),
    tablePages);
  // A click anywhere in a row opens it, but for one that ends a selection of text.
  tableBody.addEventListener("click", event => {
    const link = event.target.closest("tr")?.querySelector("a");
    if (link && !event.target.closest("a") && String(getSelection()) === "") link.click();
  });
  filterTable();
}
