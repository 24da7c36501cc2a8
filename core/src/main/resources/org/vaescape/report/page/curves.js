// Small charts of a trial's terms over epochs.

const SVG = "http://www.w3.org/2000/svg";
const CHART = { width: 320, height: 190, left: 54, right: 10, top: 24, bottom: 34 };

function shape(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// Round numbers within [low, high], about four of them; decades on a logarithmic axis.
function ticks(low, high, logarithmic) {
  if (logarithmic) {
    const decades = [];
    for (let power = Math.ceil(low); power <= Math.floor(high); power++) decades.push(power);
    const every = Math.ceil(decades.length / 5);
    return decades.filter((_, place) => place % every === 0);
  }
  const rough = (high - low) / 4 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find(factor => factor * power >= rough) ?? 10);
  const all = [];
  for (let place = Math.ceil(low / step); place * step <= high * (1 + 1e-9); place++) all.push(place * step);
  return all;
}

// Least and largest of numbers, of which there may be more than a call takes.
function extremes(values) {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

// The curves of some rows for one quantity: training dashed, validation drawn through; a dot where
// training stopped.
function termChart(title, rows, train, validation) {
  const lines = [];
  rows.forEach((row, place) => {
    const [epochs, ...values] = page.curves[row];
    for (const [term, dashed] of [[train, true], [validation, false]]) {
      const own = values?.[page.terms.indexOf(term)];
      if (own?.some(value => value !== null)) lines.push({ row, place, epochs, own, dashed });
    }
  });
  if (lines.length === 0) return null;
  const all = lines.flatMap(line => line.own.filter(value => value !== null));
  const [least, most] = extremes(all);
  const logarithmic = least > 0 && most / least > LOG_FROM;
  const scaled = logarithmic ? Math.log10 : value => value;
  let [low, high] = [scaled(least), scaled(most)];
  if (high - low < 1e-12) [low, high] = [low - (Math.abs(low) || 1) / 10, high + (Math.abs(high) || 1) / 10];
  const [, last] = extremes(lines.flatMap(line => line.epochs));
  const x = epoch => CHART.left + (CHART.width - CHART.left - CHART.right) * (last === 1 ? .5 : (epoch - 1) / (last - 1));
  const y = value => CHART.height - CHART.bottom
    - (CHART.height - CHART.top - CHART.bottom) * (scaled(value) - low) / (high - low);
  const words = lines.filter(line => !line.dashed).map(line => {
    const known = line.own.filter(value => value !== null);
    return `${trialName(line.row)}: ${short(known[0])} in the first epoch, ${short(known.at(-1))} in the last`;
  });
  const drawing = shape("svg", {
    viewBox: `0 0 ${CHART.width} ${CHART.height}`, role: "img", class: "chart",
    "aria-label": `${title} over epochs. ${words.join("; ")}`,
  });
  const bottom = CHART.height - CHART.bottom;
  const label = (string, at) => drawing.append(shape("text", at, string));
  label(title + (logarithmic ? " (log axis)" : ""), { x: CHART.left, y: 14, class: "title" });
  for (const tick of ticks(low, high, logarithmic)) {
    const at = y(logarithmic ? 10 ** tick : tick);
    drawing.append(shape("path", { d: `M${CHART.left} ${at}H${CHART.width - CHART.right}`, class: "grid" }));
    label(short(logarithmic ? 10 ** tick : tick), { x: CHART.left - 6, y: at + 3.5, "text-anchor": "end" });
  }
  for (const tick of ticks(1, last, false).filter(Number.isInteger)) {
    if (tick >= 1) label(String(tick), { x: x(tick), y: bottom + 14, "text-anchor": "middle" });
  }
  label("epoch", { x: (CHART.left + CHART.width) / 2, y: CHART.height - 4, "text-anchor": "middle" });
  for (const line of lines) {
    const color = SERIES[line.place % SERIES.length];
    let path = "";
    line.own.forEach((value, place) => {
      if (value !== null) {
        const lift = path === "" || line.own[place - 1] === null ? "M" : "L";
        path += `${lift}${x(line.epochs[place]).toFixed(1)} ${y(value).toFixed(1)}`;
      }
    });
    drawing.append(shape("path", { d: path, class: line.dashed ? "line dashed" : "line", stroke: color }));
    const stop = line.epochs.indexOf(Number(text("epochs", line.row)));
    if (!line.dashed && stop >= 0 && line.own[stop] !== null) {
      drawing.append(shape("circle", { cx: x(line.epochs[stop]), cy: y(line.own[stop]), r: 4, fill: color, class: "stop" }));
    }
  }
  return drawing;
}

function curveCharts(rows) {
  const charts = [
    termChart("Loss", rows, "train_loss", "val_loss"),
    termChart("Reconstruction", rows, "train_reconstruction", "val_reconstruction"),
    termChart("KL", rows, "train_kl", "val_kl"),
  ].filter(Boolean);
  if (charts.length === 0) return [];
  const legend = element("p", { class: "legend" }, ...rows.map((row, place) => element("span", {},
    element("span", { class: "swatch", style: `background:${SERIES[place % SERIES.length]}` }), trialName(row))),
  element("span", {}, "drawn through: validation; dashed: training; dot: the stop"
    + (page.step > 1 ? `; every ${page.step}th epoch` : "")));
  return [element("h3", {}, "Curves"), element("div", { class: "charts" }, ...charts), legend];
}
