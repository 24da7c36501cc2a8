"use strict";
// Makes the table of trials sortable and searchable; without this script it is a plain table.
(() => {
  const table = document.getElementById("trial-table");
  const noun = table.dataset.noun;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const planned = new Map(rows.map((row, index) => [row, index]));

  const value = (row, column) => row.cells[column].textContent;
  const special = { "∞": Infinity, "−∞": -Infinity, "": NaN, "n/a": NaN };
  const number = text => text in special ? special[text] : Number(text.replace("−", "-"));

  const compare = (a, b, numeric) => {
    if (!numeric) return a.localeCompare(b, "en");
    const x = number(a), y = number(b);
    return x < y ? -1 : x > y ? 1 : 0;
  };

  const empty = (text, numeric) => numeric ? Number.isNaN(number(text)) : text === "";

  function sort(header, column) {
    const next = { none: "ascending", ascending: "descending", descending: "none" }[header.ariaSort || "none"];
    for (const other of table.tHead.rows[0].cells) other.ariaSort = "none";
    header.ariaSort = next;
    const numeric = header.classList.contains("n");
    const sign = next === "descending" ? -1 : 1;
    rows.sort((r, s) => {
      if (next === "none") return planned.get(r) - planned.get(s);
      const a = value(r, column), b = value(s, column);
      const none = empty(a, numeric) - empty(b, numeric);   // what has no value comes last, both ways
      return none || (empty(a, numeric) ? 0 : sign * compare(a, b, numeric)) || planned.get(r) - planned.get(s);
    });
    body.append(...rows);
  }

  Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    button.dataset.name = header.textContent;
    button.addEventListener("click", () => sort(header, column));
    header.replaceChildren(button);
    header.ariaSort = "none";
  });

  const tools = document.createElement("div");
  tools.className = "tools";
  const label = document.createElement("label");
  label.htmlFor = "trial-filter";
  label.textContent = "Filter";
  const input = document.createElement("input");
  input.type = "search";
  input.id = "trial-filter";
  input.placeholder = "all of these words" + (noun === "trials" ? ": vae adam learned" : "");
  const shown = document.createElement("output");
  shown.htmlFor = "trial-filter";
  tools.append(label, input, shown);
  table.closest(".scroll").before(tools);

  const texts = new Map(rows.map(row =>
    [row, Array.from(row.cells, cell => cell.textContent.toLowerCase())]));

  // A word that is a whole cell of any row is looked for as a whole cell: "vae" does not find "iwae".
  function filter() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    const exact = new Set(words.filter(word => rows.some(row => texts.get(row).includes(word))));
    for (const row of rows) {
      const cells = texts.get(row);
      const hit = words.every(word => exact.has(word) ? cells.includes(word) : cells.some(cell => cell.includes(word)));
      row.hidden = !hit;
      count += hit;
    }
    shown.value = count === rows.length ? `${count} ${noun}` : `${count} of ${rows.length} ${noun}`;
  }
  input.addEventListener("input", filter);
  filter();
})();
