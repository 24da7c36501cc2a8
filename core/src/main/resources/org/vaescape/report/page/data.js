// The trials of the study, as the page carries them.

const page = JSON.parse(await unpacked("page-data"));

const SPECIAL = new Map([["nan", NaN], ["inf", Infinity], ["-inf", -Infinity], ["", NaN]]);

// A column: its name, its texts by row, and whether these are numbers.
const columns = page.columns.map(column => {
  const texts = column.texts ?? column.rows.map(level => column.levels[level]);
  const filled = (column.levels ?? texts).filter(text => text !== "");
  return { name: column.name, texts, numeric: filled.length > 0 && filled.every(isNumber) };
});
// How the trials were made: the same without being columns of a table.
const made = page.made.map(fact => (
  { name: fact.name, texts: fact.texts ?? fact.rows.map(level => fact.levels[level]) }));
const columnOf = new Map(columns.map(column => [column.name, column]));
const idColumn = columns[0];
const rowOf = new Map(idColumn.texts.map((id, row) => [id, row]));
const rowCount = idColumn.texts.length;

function isNumber(text) {
  return SPECIAL.has(text) || /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);
}

function number(text) {
  return SPECIAL.has(text) ? SPECIAL.get(text) : Number(text);
}

// The numbers of a column, made when first asked for.
function numbers(column) {
  return column.numbers ??= column.texts.map(number);
}

function text(name, row) {
  return columnOf.get(name)?.texts[row] ?? "";
}

// How the finite numbers of a column are laid along an axis: `forward` of a value and `back` are each
// other's inverse. Positive ones that reach far go on a logarithm; others of which a few lie far out
// on a logarithm of both signs, which is a line near 0.
const LOG_FROM = 100;    // largest over smallest
const FAR_OUT = 50;      // all over the middle half

function scaleOf(column) {
  return column.scale ??= makeScale(numbers(column).filter(Number.isFinite).sort((a, b) => a - b));
}

function makeScale(sorted) {
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least > 0 && most / least > LOG_FROM) {
    return { type: "log", words: " (log axis)", least, most, forward: Math.log10, back: at => 10 ** at };
  }
  const middle = sorted[Math.floor(.75 * (sorted.length - 1))] - sorted[Math.floor(.25 * (sorted.length - 1))];
  const constant = middle || Math.min(...sorted.filter(value => value > 0).slice(0, 1), 1);
  if (most - least > FAR_OUT * constant) {
    return { type: "symlog", words: " (log axis of both signs)", constant, least, most,
      forward: value => Math.sign(value) * Math.log1p(Math.abs(value) / constant),
      back: at => Math.sign(at) * constant * Math.expm1(Math.abs(at)) };
  }
  return { type: "linear", words: "", least, most, forward: value => value, back: at => at };
}

// As people read it: numbers to four digits, everything else as it is.
function readable(column, row) {
  const own = column.texts[row];
  if (!column.numeric || own === "" || own.length < 6) return own;
  return short(number(own));
}

function short(value, figures = 4) {
  if (Number.isNaN(value)) return "n/a";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const digits = size !== 0 && (size < 1e-4 || size >= 1e6)
    ? value.toExponential(figures - 2).replace(/\.?0*e\+?/, "e")
    : String(Number(value.toPrecision(figures)));
  return digits.replace(/^-/, "−");
}

// The varying settings of a row that it has: [["latent", "10"], ...].
function settings(row) {
  return page.keys.map(key => [key, text(key, row)]).filter(([, value]) => value !== "");
}

// Rows of the same cell, by repeat.
function cellOf(row) {
  const own = page.keys.map(key => columnOf.get(key)).filter(Boolean);
  const rows = [];
  for (let other = 0; other < rowCount; other++) {
    if (own.every(column => column.texts[other] === column.texts[row])) rows.push(other);
  }
  return rows;
}

// Lines of CSV, as the program writes them.
function csv(rows) {
  const quoted = field => /[,"\n\r]/.test(field) ? '"' + field.replaceAll('"', '""') + '"' : field;
  const line = fields => fields.map(quoted).join(",") + "\n";
  return [columns.map(column => column.name), ...rows.map(row => columns.map(column => column.texts[row]))]
    .map(line).join("");
}

// An element with attributes and children; texts stay texts, whatever is in them.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

function plural(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

// Runs once, when the element comes into view or near it.
function whenSeen(target, task) {
  const observer = new IntersectionObserver(entries => {
    if (entries.some(entry => entry.isIntersecting)) {
      observer.disconnect();
      task();
    }
  }, { rootMargin: "400px" });
  observer.observe(target);
}

// Colours and fonts of the report's figures.
const theme = JSON.parse(document.getElementById("page-theme").textContent);
const SERIES = theme.series;
const darkScreen = matchMedia("(prefers-color-scheme: dark)");

// How much larger text is than on a screen of 1,200 px: the page grows with the screen.
const unit = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
