"use strict";
// What the live page draws with: nodes, numbers, axes and signs, which know nothing of any study.

const colors = document.body.dataset.colors.split(" ");
const beyond = document.body.dataset.beyond;
const FAILED = { "diverged": 1, "out-of-memory": 1, "timed-out": 1, "failed": 1 };
const RED = "#c2410c", INK = "#1f2328", PAPER = "#ffffff", EMPTY = "#9aa3ad";
const MOST_LEVELS = 12;

const make = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};
const draw = (name, attributes = {}, ...children) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};
const isNumber = value => typeof value === "number" && Number.isFinite(value);
const digits = (value, count = 3) => {
  if (!isNumber(value)) return "none";
  const size = Math.abs(value);
  return value === 0 ? "0" : size >= 1e-4 && size < 1e6 ? String(Number(value.toPrecision(count))) : value.toExponential(count - 1).replace("e+", "e");
};
const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const numeric = values => values.every(value => value !== "" && Number.isFinite(Number(value)));
const sorted = values => numeric(values) ? values.sort((a, b) => a - b) : values;
const superscript = power => String(power).replace(/./g, c => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]);

// Places from 0 to 1 by value, and which of them get a label.
function axis(values, logarithmic) {
  const all = sorted([...new Set(values)]);
  const numbers = all.map(Number);
  // So many values were drawn from a range, and lie anywhere in it.
  const range = all.length > MOST_LEVELS && numeric(all);
  const log = (logarithmic || range) && numeric(all) && numbers.every(n => n > 0) && all.length > 1;
  const first = Math.log(numbers[0]), span = Math.log(numbers[numbers.length - 1]) - first;
  const places = new Map(all.map((value, i) =>
    [value, all.length === 1 ? .5 : log ? (Math.log(numbers[i]) - first) / span : range ? (numbers[i] - numbers[0]) / (numbers[numbers.length - 1] - numbers[0]) : i / (all.length - 1)]));
  const powers = log && numbers.every(n => Math.abs(Math.log10(n) - Math.round(Math.log10(n))) < 1e-9);
  const label = (value, i) => value === "" ? "none" : range ? digits(numbers[i], 2) : powers ? "10" + superscript(Math.round(Math.log10(numbers[i]))) : value;
  const every = Math.ceil(all.length / 7);
  const gaps = all.slice(1).map((value, i) => places.get(value) - places.get(all[i]));
  return {
    places,
    gap: range ? .07 : Math.min(...gaps, .5),
    ticks: all.map((value, i) => ({ at: places.get(value), text: label(value, i) })).filter((tick, i) => i % every === 0)
  };
}

// The signs of the report's dot plot.
function sign(kind, fill, r) {
  const shape = { fill, stroke: INK, "stroke-width": .7 };
  const hollow = { fill: PAPER, stroke: RED, "stroke-width": Math.max(.9, r * .3) };
  const line = { fill: "none", stroke: RED, "stroke-width": Math.max(1, r * .36) };
  const s = r * .85;
  switch (kind) {
    case "learned": return [draw("circle", { r, ...shape })];
    case "untrained": return [draw("circle", { r, ...shape }), draw("circle", { r: r * .58, ...shape, fill: PAPER })];
    case "collapsed": return [draw("circle", { r, ...shape, fill: PAPER }), draw("path", { d: `M${-r},0A${r},${r},0,0,0,${r},0Z`, ...shape })];
    case "below-mean": return [draw("circle", { r, ...shape }), draw("rect", { x: -r * .6, y: -r * .17, width: r * 1.2, height: r * .34, ...shape, fill: PAPER })];
    case "exploded": return [draw("path", { d: `M0,${-r}L${r},0L0,${r}L${-r},0Z`, ...shape })];
    case "diverged": return [draw("path", { d: `M${-s},${-s}L${s},${s}M${-s},${s}L${s},${-s}`, ...line })];
    case "out-of-memory": return [draw("rect", { x: -s, y: -s, width: 2 * s, height: 2 * s, ...hollow })];
    case "timed-out": return [draw("path", { d: `M0,${r}L${r},${-r * .75}L${-r},${-r * .75}Z`, ...hollow })];
    case "failed": return [draw("path", { d: `M0,${-r}L${r},${r * .75}L${-r},${r * .75}Z`, ...hollow })];
    case "pruned": return [draw("path", { d: `M${-r},0L${r},0M0,${-r}L0,${r}`, ...line })];
    case "running": return [draw("circle", { r: r * .9, class: "ring" })];
    default: return [draw("circle", { r: Math.min(1.6, r * .6), fill: EMPTY })];
  }
}
