// Parallel coordinates: a line is a trial, a brush on any axis keeps those that pass through it, and
// the table lists these.

const parallel = (() => {
  const place = document.getElementById("parallel-view");
  const SPACE = { top: 46, bottom: 40, left: 56, right: 96, least: 104, height: 380 };   // px of 1,200
  const MOST_LEVELS = 14;      // of a column whose values stand at equal distances
  const GRAB = 22;             // around an axis, in px
  const state = { shown: [], axes: [], brushes: new Map(), colors: new Int8Array(rowCount) };
  const count = element("output", { "aria-live": "polite" });
  const clearing = element("button", { type: "button", disabled: true, onclick: clear }, "Clear the brush");
  const canvas = element("canvas", { "aria-hidden": "true" });
  const overlay = shape("svg", { role: "img", "aria-label":
    "Parallel coordinates; the same can be asked by the ranges below and read in the table." });
  const frame = element("div", { class: "lines", tabindex: "0", role: "region", "aria-label": "Parallel coordinates" }, canvas, overlay);
  const ranges = element("div", { class: "ranges" });
  const legend = element("p", { class: "note" });

  // Where each row is on an axis, from 0 (below) to 1, or NaN where it has no value.
  function axis(column) {
    const distinct = [...new Set(column.texts)].filter(own => own !== "" && !(column.numeric && !Number.isFinite(number(own))));
    if (!column.numeric || distinct.length <= MOST_LEVELS) {
      const levels = column.numeric ? distinct.sort((a, b) => number(a) - number(b)) : distinct;
      const at = new Map(levels.map((level, index) => [level, levels.length < 2 ? .5 : index / (levels.length - 1)]));
      const labels = levels.map(level => [at.get(level), level]);
      const every = Math.ceil(labels.length / MOST_LEVELS);
      return { column, levels, at, own: Float64Array.from(column.texts, own => at.get(own) ?? NaN),
        labels: labels.filter((_, index) => index % every === 0) };
    }
    const scale = scaleOf(column);
    const [low, high] = [scale.forward(scale.least), scale.forward(scale.most)];
    const position = value => (scale.forward(value) - low) / (high - low);
    const marks = scale.type === "symlog"
      ? [0, 1, 2, 3, 4].map(quarter => scale.back(low + (high - low) * quarter / 4))
      : ticks(low, high, scale.type === "log").map(scale.back);
    return { column, position,
      own: Float64Array.from(numbers(column), value => Number.isFinite(value) ? position(value) : NaN),
      labels: marks.map(value => [position(value), short(Number(value.toPrecision(2)))]) };
  }

  // The colour of each row by its rank, so that a few values far out leave the others their colours.
  function ranks(column) {
    const own = numbers(column);
    const order = own.map((_, row) => row).filter(row => Number.isFinite(own[row])).sort((a, b) => own[a] - own[b]);
    const colors = new Int8Array(rowCount).fill(theme.ramp.length);
    order.forEach((row, place) => {
      const tied = place > 0 && own[order[place - 1]] === own[row];
      colors[row] = tied ? colors[order[place - 1]] : Math.floor(theme.ramp.length * place / order.length);
    });
    return colors;
  }

  function matching() {
    if (state.brushes.size === 0) return null;
    const rows = new Set();
    for (let row = 0; row < rowCount; row++) {
      let hit = true;
      for (const [axis, [low, high]] of state.brushes) {
        hit = axis.own[row] >= low - 1e-9 && axis.own[row] <= high + 1e-9;
        if (!hit) break;
      }
      if (hit) rows.add(row);
    }
    return rows;
  }

  const geometry = { unit: 1, width: 0, gap: 0 };
  const x = index => SPACE.left * geometry.unit + index * geometry.gap;
  const y = at => geometry.unit * (SPACE.top + (SPACE.height - SPACE.top - SPACE.bottom) * (1 - at));
  const noValue = () => geometry.unit * (SPACE.height - 14);

  function draw() {
    const scale = window.devicePixelRatio || 1;
    geometry.unit = unit();
    const height = geometry.unit * SPACE.height;
    const sides = geometry.unit * (SPACE.left + SPACE.right);
    const spaces = state.axes.length - 1;
    geometry.width = Math.max(frame.clientWidth, sides + geometry.unit * SPACE.least * spaces);
    geometry.gap = (geometry.width - sides) / Math.max(1, spaces);
    canvas.width = geometry.width * scale;
    canvas.height = height * scale;
    canvas.style.width = `${geometry.width}px`;
    canvas.style.height = `${height}px`;
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, geometry.width, height);
    const kept = matching();
    const faint = getComputedStyle(place).getPropertyValue("--quiet");
    const bins = new Map();
    for (let row = 0; row < rowCount; row++) {
      const bin = kept && !kept.has(row) ? -1 : state.colors[row];
      if (!bins.has(bin)) bins.set(bin, []);
      bins.get(bin).push(row);
    }
    const ramp = darkScreen.matches ? theme.darkRamp : theme.ramp;
    const most = kept ? kept.size : rowCount;
    for (const bin of [...bins.keys()].sort((a, b) => a - b)) {
      pen.strokeStyle = bin < 0 || bin === ramp.length ? faint : ramp[bin];
      pen.globalAlpha = bin < 0 ? Math.min(.12, 40 / rowCount) : Math.min(.85, Math.max(.12, 120 / most));
      pen.beginPath();
      for (const row of bins.get(bin)) {
        state.axes.forEach((axis, index) => {
          const at = axis.own[row];
          pen[index === 0 ? "moveTo" : "lineTo"](x(index), Number.isNaN(at) ? noValue() : y(at));
        });
      }
      pen.stroke();
    }
    drawAxes();
    return kept;
  }

  function drawAxes() {
    overlay.setAttribute("width", geometry.width);
    overlay.setAttribute("height", geometry.unit * SPACE.height);
    overlay.replaceChildren(...state.axes.flatMap((axis, index) => {
      const fitting = Math.max(8, Math.floor(geometry.gap / (7 * geometry.unit)));
      const name = axis.column.name;
      const title = shape("text", { x: x(index), y: geometry.unit * (index % 2 ? 32 : 16), "text-anchor": "middle", class: "name" },
        name.length > 2 * fitting ? name.slice(0, 2 * fitting - 1) + "…" : name, shape("title", {}, name));
      const labels = axis.labels.map(([at, label]) => shape("text",
        { x: x(index) + 6, y: y(at) + 4 }, label.length > fitting ? label.slice(0, fitting - 1) + "…" : label));
      if (axis.own.some(Number.isNaN)) labels.push(shape("text", { x: x(index) + 6, y: noValue() + 4 }, "no value"));
      const brush = state.brushes.get(axis);
      const parts = [shape("path", { d: `M${x(index)} ${y(0)}V${y(1)}`, class: "axis" }), ...labels, title];
      if (brush) {
        parts.push(shape("rect", { class: "brush", x: x(index) - 7, width: 14, y: y(brush[1]) - 2, height: y(brush[0]) - y(brush[1]) + 4 }));
      }
      const hold = shape("rect", { class: "hold", x: x(index) - GRAB, width: 2 * GRAB, y: y(1) - 8, height: y(0) - y(1) + 16 });
      hold.addEventListener("pointerdown", event => drag(event, axis));
      return [...parts, hold];
    }));
  }

  function drag(event, axis) {
    event.preventDefault();
    const at = one => Math.min(1, Math.max(0, 1 - (one.clientY - overlay.getBoundingClientRect().top - y(1)) / (y(0) - y(1))));
    const start = at(event);
    const move = one => {
      state.brushes.set(axis, [Math.min(start, at(one)), Math.max(start, at(one))]);
      requestAnimationFrame(show);
    };
    const end = one => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      if (Math.abs(at(one) - start) < .01) state.brushes.delete(axis);
      apply();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
  }

  function show() {
    const kept = draw();
    count.value = kept ? `${kept.size.toLocaleString("en")} of ${plural(rowCount, page.noun)}` : plural(rowCount, page.noun);
    clearing.disabled = !kept;
    return kept;
  }

  function apply() {
    table.brushed = show();
    filterTable();
  }

  function clear() {
    state.brushes.clear();
    if (place) {
      drawRanges();
      apply();
    }
  }

  // The brushes as forms, for the keyboard.
  function drawRanges() {
    ranges.replaceChildren(...state.axes.map(axis => {
      const name = axis.column.name;
      const ends = [];
      const set = () => {
        const [low, high] = ends.map((end, upper) => end.value === "" ? upper
          : axis.levels ? axis.at.get(end.value) : axis.position(Number(end.value)));
        if (ends.every(end => end.value === "")) state.brushes.delete(axis);
        else state.brushes.set(axis, [Math.min(low, high), Math.max(low, high)]);
        apply();
      };
      for (const label of ["from", "to"]) {
        ends.push(axis.levels
          ? element("select", { "aria-label": `${name} ${label}`, onchange: set },
            element("option", { value: "" }, label), ...axis.levels.map(level => element("option", { value: level }, level)))
          : element("input", { type: "number", step: "any", "aria-label": `${name} ${label}`, placeholder: label, onchange: set }));
      }
      return element("fieldset", {}, element("legend", {}, name), ...ends);
    }));
  }

  function setAxes() {
    state.axes = columns.filter(column => state.shown.has(column.name)).map(axis);
    const outcomes = state.axes.filter(one => one.column.numeric && !page.keys.includes(one.column.name));
    const colored = (outcomes.find(one => one.column.name === "val_mse") ?? outcomes.at(-1))?.column;
    state.colors = colored ? ranks(colored) : new Int8Array(rowCount);
    legend.textContent = colored ? `Colour: rank by ${colored.name}, from violet for the lowest to yellow for the highest.` : "";
    state.brushes.clear();
    drawRanges();
    apply();
  }

  function start() {
    const outcomes = page.shown.filter(name => ["verdict", "ending", "epochs", "val_mse", "val_r2", "val_kl", "active_units"].includes(name));
    const own = page.noun === "run" ? page.shown.filter(name => !page.keys.includes(name) && name !== "run") : outcomes;
    state.shown = new Set([...page.keys, ...own]);
    place.replaceChildren(
      element("div", { class: "tools" }, count, clearing, element("a", { href: "#trials" }, "To the table")),
      columnChoice(state.shown, setAxes, "Axes"), frame, legend,
      element("details", {}, element("summary", {}, "Ranges by keyboard"), ranges));
    setAxes();
    new ResizeObserver(show).observe(frame);
    darkScreen.addEventListener("change", show);
  }

  if (place) whenSeen(place, start);
  return { clear };
})();
