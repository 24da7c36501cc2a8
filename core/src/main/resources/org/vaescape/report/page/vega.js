// Vega, unpacked when a view is first seen, and what its views have in common.

let vegaReady = null;

function loadVega() {
  return vegaReady ??= (async () => {
    const loaded = document.createElement("script");
    loaded.textContent = await unpacked("vega");
    document.head.append(loaded);
  })();
}

const MOST_SVG = 2000;   // marks; of more a canvas is faster

// Draws a specification into a place, in the colours of the screen or of paper. What is clicked is
// told by its id.
async function drawVega(place, spec, { marks, clicked, onPaper }) {
  try {
    await loadVega();
    const dark = !onPaper && darkScreen.matches;
    const { view } = await window.vegaEmbed(place, { ...spec, height: spec.height * unit(), config: grown(dark ? theme.dark : theme.light) }, {
      mode: "vega-lite",
      renderer: marks > MOST_SVG ? "canvas" : "svg",
      actions: { export: true, source: false, compiled: false, editor: false },
      tooltip: { theme: dark ? "dark" : "light" },
    });
    place.querySelector("summary")?.setAttribute("aria-label", "Save this view");
    if (clicked) view.addEventListener("click", (_, item) => { if (item?.datum?.id !== undefined) clicked(item.datum.id); });
  } catch (error) {
    place.replaceChildren(element("p", {}, `This view needs a browser of 2023 or later (${error.message}).`));
  }
}

// A configuration with its texts as large as the page's.
function grown(config) {
  const larger = part => ({ ...part, labelFontSize: part.labelFontSize * unit(), titleFontSize: part.titleFontSize * unit() });
  return { ...config, axis: larger(config.axis), legend: larger(config.legend) };
}

function redrawOnDark(draw) {
  darkScreen.addEventListener("change", draw);
}

// Of an axis, as the rest of the page writes numbers.
const LABELS = "abs(datum.value) >= 1e6 || (datum.value != 0 && abs(datum.value) < 1e-4)"
  + " ? format(datum.value, '.2~e') : format(datum.value, '.5~r')";

// The values of a column as an axis or a colour takes them, and how.
function channel(column, field, ofColor) {
  const distinct = new Set(column.texts).size;
  const classes = !column.numeric || (ofColor && page.keys.includes(column.name) && distinct <= theme.series.length);
  if (classes) {
    const range = distinct <= theme.series.length ? theme.series : theme.classes;
    const sorted = column.numeric ? [...new Set(column.texts)].sort((a, b) => number(a) - number(b)) : null;
    return { value: row => column.texts[row] || "none",
      encoding: { field, type: "nominal", title: column.name, sort: sorted, ...(ofColor ? { scale: { range } } : {}) } };
  }
  const scale = scaleOf(column);
  return { value: row => Number.isFinite(numbers(column)[row]) ? numbers(column)[row] : null,
    encoding: { field, type: "quantitative", title: column.name + scale.words,
      ...(ofColor ? {} : { axis: { labelExpr: LABELS } }),
      scale: { type: scale.type, ...(scale.constant ? { constant: scale.constant } : {}),
        ...(scale.type === "log" ? {} : { zero: false }), ...(ofColor ? { range: darkScreen.matches ? theme.darkRamp : theme.ramp } : {}) } } };
}

function choice(label, options, chosen, changed) {
  const select = element("select", { onchange: changed },
    ...options.map(([value, words]) => element("option", { value, selected: value === chosen }, words)));
  return { select, labelled: element("label", {}, label, " ", select) };
}
