// The trials of a cell, in a dialog: what came out, curves, and the command that trains them again.

// More trials than this side by side are no longer read.
const MOST_BESIDE = 8;

const dialog = element("dialog", { id: "trial", "aria-labelledby": "trial-title" });
document.body.append(dialog);
dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
dialog.addEventListener("close", () => {
  if (location.hash.startsWith("#trial=")) history.replaceState(null, "", location.pathname + location.search);
});

function trialName(row) {
  const repeat = text("repeat", row);
  return page.noun === "trial" ? `repeat ${repeat}` : `run ${idColumn.texts[row]}`;
}

// Text that a POSIX shell takes as one word.
function shellWord(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\\''") + "'";
}

// Where the page lies, if it is a file; a co-author puts the folder's own name there.
function folder() {
  return location.protocol === "file:" ? decodeURIComponent(location.pathname).replace(/\/[^/]*$/, "") : "DIR";
}

// A list is one value only inside another list: --set takes the outer one for alternatives.
function flowValue(value) {
  return value.startsWith("[") ? `[${value}]` : value;
}

function command(row) {
  const sets = settings(row).map(([key, value]) => `${page.paths[key]}=${flowValue(value)}`);
  sets.push(`repeats.count=${Number(text("repeat", row)) + 1}`);
  const id = idColumn.texts[row];
  return ["./vaescape", "run", `${folder()}/study.yaml`, "--out", `again-${id}`, "--precision", text("precision", row)]
    .concat(sets.flatMap(set => ["--set", set])).map(shellWord).join(" ");
}

// A line of a table: its name, its text by row, and whether these are numbers.
function lineOf(name) {
  return { name, texts: columnOf.get(name).texts, numeric: columnOf.get(name).numeric };
}

// Six figures tell trials apart; the tables have all of them.
function fact(line, row) {
  const value = line.numeric ? number(line.texts[row]) : NaN;
  return Number.isFinite(value) && !Number.isInteger(value) ? short(value, 6) : line.texts[row];
}

function factTable(caption, rows, lines) {
  const head = element("tr", {}, element("th", { scope: "col" }, caption),
    ...rows.map(row => element("th", { scope: "col", class: "n" }, trialName(row))));
  const body = lines.map(line => element("tr", {}, element("th", { scope: "row" }, line.name),
    ...rows.map(row => element("td", { class: line.numeric ? "n" : false }, fact(line, row)))));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    element("table", { class: "data" }, element("thead", {}, head), element("tbody", {}, ...body)));
}

// Names of columns that any of these rows has something in, in their order.
function filled(rows, names) {
  return names.filter(name => columnOf.has(name) && rows.some(row => text(name, row) !== ""));
}

function retraining(rows) {
  const row = rows[0];
  const line = command(row);
  const said = element("span", { role: "status" });
  const copy = element("button", { type: "button", onclick: async () => {
    try {
      await navigator.clipboard.writeText(line);
      said.textContent = " copied";
    } catch {
      getSelection().selectAllChildren(code);
      said.textContent = " selected: copy it with the keyboard";
    }
  } }, "Copy");
  const code = element("code", {}, line);
  const repeat = Number(text("repeat", row));
  return [element("h3", {}, "Train it again"),
    element("p", { class: "note" }, `Trains trial ${idColumn.texts[row]}`
      + (repeat > 0 ? ", and the repeats before it," : "")
      + " with the study's seed, from the data that the study names"
      + (folder() === "DIR" ? "; DIR is the study's folder." : ".")),
    element("pre", { tabindex: "0", class: "command" }, code), element("p", {}, copy, said)];
}

// Shows these rows, the one that was asked for first.
function showTrials(rows) {
  const row = rows[0];
  const beside = rows.slice(0, MOST_BESIDE);
  const known = settings(row).map(([key, value]) => `${key} ${value}`).join(", ");
  const outcomes = columns.map(column => column.name)
    .filter(name => ![...page.keys, "repeat", "message"].includes(name));
  const first = filled(beside, page.shown.filter(name => outcomes.includes(name)));
  const further = filled(beside, outcomes.filter(name => !first.includes(name)));
  const facts = made.filter(fact => beside.some(one => fact.texts[one] !== ""));
  const messages = beside.filter(one => text("message", one) !== "");
  dialog.replaceChildren(
    element("div", { class: "head" },
      element("h2", { id: "trial-title", dir: "auto" }, known || `All ${page.noun}s`),
      element("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => dialog.close() }, "×")),
    ...messages.map(one => element("p", { class: "message", dir: "auto" }, `${trialName(one)}: ${text("message", one)}`)),
    ...(rows.length > beside.length
      ? [element("p", { class: "note" }, `${beside.length} of ${plural(rows.length, page.noun)} at this place.`)] : []),
    ...curveCharts(beside),
    element("h3", {}, "Outcomes"), factTable(page.noun, beside, first.map(lineOf)),
    ...(further.length > 0 ? [element("details", {},
      element("summary", {}, plural(further.length, "further column")), factTable(page.noun, beside, further.map(lineOf)))] : []),
    ...(facts.length > 0 ? [element("details", {},
      element("summary", {}, "How it was made"), factTable("How it was made", beside, facts))] : []),
    ...(page.noun === "trial" ? retraining(rows) : []));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

// Opens the trial of an id, with the others of its cell.
function openTrial(id) {
  const row = rowOf.get(id);
  if (row === undefined) return;
  showTrials([row, ...cellOf(row).filter(other => other !== row)]);
}

function openAddress() {
  const [, id] = /^#trial=(.*)$/.exec(location.hash) ?? [];
  if (id === undefined) return;
  try {
    openTrial(decodeURIComponent(id));
  } catch (error) {
    if (!(error instanceof URIError)) throw error;   // somebody else's address
  }
}

window.addEventListener("hashchange", openAddress);
