"use strict";
// Draws what the server tells: everything at first, then what has changed. Texts of the study only ever become text nodes.
(() => {
  const $ = id => document.getElementById(id);
  const MOST_FAILURES = 200;

  // ---- one study

  let study = null, trials = [], repeated = false, scale = null, measure = "";
  const cards = new Map();

  const WIDTH = 200, HEIGHT = 172, LEFT = 42, RIGHT = 8, TOP = 22, BOTTOM = 34, INSET = 12;

  const setting = (trial, key) => trial.row[2 + study.keys.indexOf(key)];
  const describe = trial =>
    study.keys.map((key, i) => [key, trial.row[2 + i]]).filter(([, value]) => value !== "")
      .map(([key, value]) => `${key} ${value}`)
      .concat(repeated ? [`repeat ${trial.row[1]}`] : []).join(", ");

  function outcome(trial) {
    const end = trial.end;
    if (trial.running) return end ? `running again; before: ${end.status}` : "running";
    if (!end) return "not run yet";
    const value = isNumber(end.value) ? `, ${measure} ${digits(end.value)}` : "";
    const epochs = `${end.epochs} ${end.epochs === 1 ? "epoch" : "epochs"}`;
    return `${end.status} after ${epochs}${end.verdict ? ", " + end.verdict : ""}${value}${end.message ? ": " + end.message : ""}`;
  }

  function begin(data) {
    study = data;
    put($("name"), study.name || "A study that is about to begin");
    put($("question"), study.question);
    $("question").hidden = !study.question;
    trials = study.trials.map((row, index) => ({ row, index, end: null, running: false }));
    repeated = study.trials.some(([, repeat]) => repeat > 0);
    cards.clear();
    $("cards").replaceChildren();
    $("landscape").hidden = trials.length === 0;
    layOut();
  }

  function layOut() {
    const groups = new Map();
    for (const trial of trials) {
      const model = setting(trial, "model"), optimizer = setting(trial, "optimizer");
      if (!groups.has(model)) groups.set(model, new Map());
      const panels = groups.get(model);
      if (!panels.has(optimizer)) panels.set(optimizer, []);
      panels.get(optimizer).push(trial);
    }
    const across = axis(trials.map(trial => setting(trial, "latent")), false);
    const upward = axis(trials.map(trial => setting(trial, "learning-rate")), true);
    const crowds = new Map();
    for (const trial of trials) {
      const place = ["model", "optimizer", "latent", "learning-rate"].map(key => setting(trial, key)).join("\n");
      trial.spot = crowds.get(place) ?? 0;
      trial.place = place;
      crowds.set(place, trial.spot + 1);
    }
    const most = Math.max(1, ...crowds.values());
    const side = Math.ceil(Math.sqrt(most));
    const width = WIDTH - LEFT - RIGHT - 2 * INSET, height = HEIGHT - TOP - BOTTOM - 2 * INSET;
    const pitch = Math.min(across.gap * width, upward.gap * height, 26);
    const radius = Math.max(1.3, Math.min(7, pitch / side / 2 * .8));
    $("models").replaceChildren(...[...groups].map(([model, panels]) =>
      make("div", { class: "model" }, make("h3", { dir: "auto" }, model || "all models"),
        make("div", { class: "panels" }, ...[...panels].map(([optimizer, own]) =>
          panel(model, optimizer, own, across, upward, width, height, crowds, side, pitch / side * .94, radius))))));
    put($("how"), "Latent dimensions across, learning rate upward (logarithmic), a panel for each optimizer."
      + (most > 1 ? ` Up to ${most} trials share a place: they stand side by side.` : ""));
    if (trials.length > 0) trials[0].node.setAttribute("tabindex", "0");
  }

  function panel(model, optimizer, own, across, upward, width, height, crowds, side, step, radius) {
    const svg = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group" });
    const edge = WIDTH - RIGHT, bottom = HEIGHT - BOTTOM;
    const x = at => LEFT + INSET + at * width, y = at => bottom - INSET - at * height;
    svg.setAttribute("aria-label", `${model} ${optimizer}: ${own.length} trials`);
    svg.append(draw("text", { x: LEFT, y: 15, class: "title" }, optimizer.length > 24 ? optimizer.slice(0, 23) + "…" : optimizer));
    for (const tick of across.ticks) {
      svg.append(draw("line", { class: "grid", x1: x(tick.at), x2: x(tick.at), y1: TOP, y2: bottom }));
      svg.append(draw("text", { x: x(tick.at), y: bottom + 12, "text-anchor": "middle" }, tick.text));
    }
    for (const tick of upward.ticks) {
      svg.append(draw("line", { class: "grid", x1: LEFT, x2: edge, y1: y(tick.at), y2: y(tick.at) }));
      svg.append(draw("text", { x: LEFT - 4, y: y(tick.at) + 3, "text-anchor": "end" }, tick.text));
    }
    svg.append(draw("rect", { class: "frame", x: LEFT, y: TOP, width: edge - LEFT, height: bottom - TOP }));
    svg.append(draw("text", { x: (LEFT + edge) / 2, y: bottom + 26, "text-anchor": "middle" }, "latent"));
    const middle = (TOP + bottom) / 2;
    svg.append(draw("text", { x: 10, y: middle, "text-anchor": "middle", transform: `rotate(-90 10 ${middle})` }, "learning rate"));
    for (const trial of own) {
      // Rows of one place; the last may be shorter, and stands in the middle as well.
      const crowd = crowds.get(trial.place), rows = Math.ceil(crowd / side), row = Math.floor(trial.spot / side);
      const inRow = Math.min(side, crowd - row * side);
      const right = trial.spot % side - (inRow - 1) / 2, down = row - (rows - 1) / 2;
      trial.x = x(across.places.get(setting(trial, "latent"))) + right * step;
      trial.y = y(upward.places.get(setting(trial, "learning-rate"))) + down * step;
      trial.radius = radius;
      trial.panel = svg;
      trial.node = draw("g", { class: "mark", role: "img", tabindex: "-1", transform: `translate(${trial.x.toFixed(2)} ${trial.y.toFixed(2)})` });
      trial.node.trial = trial;
      svg.append(trial.node);
      show(trial);
    }
    return svg;
  }

  function color(value) {
    if (!isNumber(value) || !scale) return PAPER;
    if (value > scale.high * (1 + 1e-12) && value > scale.high) return beyond;
    const place = scale.logarithmic
      ? value <= 0 ? 0 : Math.log(value / scale.low) / Math.log(scale.high / scale.low)
      : (value - scale.low) / (scale.high - scale.low);
    return colors[Math.round(Math.min(1, Math.max(0, place)) * (colors.length - 1))];
  }

  const kind = trial => !trial.end ? "not run" : FAILED[trial.end.status] || trial.end.status === "pruned" ? trial.end.status : trial.end.verdict || "learned";

  function show(trial) {
    const parts = trial.running && !trial.end ? [] : sign(kind(trial), color(trial.end?.value), trial.radius);
    if (trial.running) parts.push(draw("circle", { r: trial.radius + 1.2, class: "ring" }));
    parts.push(draw("circle", { r: Math.max(trial.radius + 1.5, 3), class: "spot" }));
    trial.node.replaceChildren(...parts);
    trial.node.setAttribute("aria-label", `${describe(trial)}: ${outcome(trial)}`);
    if (at === trial) put($("detail"), `${describe(trial)}: ${outcome(trial)} (${trial.row[0]})`);
  }

  function legend() {
    const words = {
      "learned": "learned", "below-mean": "below the mean predictor", "collapsed": "collapsed", "untrained": "no better than untrained",
      "exploded": "exploded", "diverged": "diverged", "out-of-memory": "out of memory", "timed-out": "timed out", "failed": "failed",
      "pruned": "pruned", "running": "running", "not run": "not run"
    };
    const present = new Set(trials.map(kind));
    if (trials.some(trial => trial.running)) present.add("running");
    const parts = [];
    if (trials.some(trial => isNumber(trial.end?.value))) {
      const bar = make("i");
      bar.style.background = `linear-gradient(to right, ${colors.join(", ")})`;
      const ticks = make("span", { class: "scale" }, bar);
      const span = scale.logarithmic ? Math.log(scale.high / scale.low) : scale.high - scale.low;
      let last = -1;
      for (const tick of scale.ticks) {
        const place = (scale.logarithmic ? Math.log(tick / scale.low) : tick - scale.low) / span;
        if (place - last < .18) continue;
        last = place;
        const label = make("b", {}, digits(tick));
        label.style.left = `${(place * 100).toFixed(2)}%`;
        ticks.append(label);
      }
      parts.push(make("span", {}, measure, ticks));
    }
    for (const [name, text] of Object.entries(words)) {
      if (present.has(name)) parts.push(make("span", {}, draw("svg", { viewBox: "-10 -10 20 20", "aria-hidden": "true" }, ...sign(name, "#2e8b8a", 6)), text));
    }
    const key = parts.map(part => part.textContent).join("|");
    if ($("legend").dataset.key !== key) {
      $("legend").dataset.key = key;
      $("legend").replaceChildren(...parts);
    }
  }

  // ---- reading marks by pointer and keys

  let at = null;
  function goTo(trial, focus) {
    if (at) { at.node.classList.remove("at"); at.node.setAttribute("tabindex", "-1"); }
    else if (trials.length > 0) trials[0].node.setAttribute("tabindex", "-1");
    at = trial;
    trial.node.setAttribute("tabindex", "0");
    trial.node.classList.add("at");
    put($("detail"), `${describe(trial)}: ${outcome(trial)} (${trial.row[0]})`);
    if (focus) trial.node.focus();
  }
  const trialOf = event => event.target.closest?.(".mark")?.trial;
  $("models").addEventListener("pointerover", event => { const trial = trialOf(event); if (trial) goTo(trial, false); });
  $("models").addEventListener("focusin", event => { const trial = trialOf(event); if (trial && trial !== at) goTo(trial, false); });
  $("models").addEventListener("keydown", event => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const from = trialOf(event);
    if (!way || !from) return;
    event.preventDefault();
    const ahead = other => (other.x - from.x) * way[0] + (other.y - from.y) * way[1];
    const aside = other => Math.abs((other.x - from.x) * way[1]) + Math.abs((other.y - from.y) * way[0]);
    let best = null, least = Infinity;
    for (const other of trials) {
      if (other.panel !== from.panel || ahead(other) < .5) continue;
      const far = ahead(other) + 3 * aside(other);
      if (far < least) { least = far; best = other; }
    }
    if (!best) {
      const panels = [...new Set(trials.map(trial => trial.panel))];
      const next = panels[panels.indexOf(from.panel) + way[0] + way[1]];
      best = trials.find(trial => trial.panel === next);
    }
    if (best) goTo(best, true);
  });

  // ---- trials that run

  function takeCurves(curves) {
    const seen = new Set();
    const now = new Set();
    for (const curve of curves) {
      const trial = trials[curve.trial];
      const key = `${curve.trial} ${curve.begun}`;
      seen.add(key);
      if (curve.running) now.add(trial);
      if (!cards.has(key)) cards.set(key, newCard(trial));
      const card = cards.get(key);
      for (const [epoch, train, validation] of curve.points) card.points.set(epoch, [train, validation]);
      card.running = curve.running;
      drawCard(card);
    }
    for (const [key, card] of cards) {
      if (!seen.has(key)) { card.node.remove(); cards.delete(key); }
    }
    // Those that run first; the others as they ended, the last first.
    const order = [...cards.values()].sort((a, b) => b.running - a.running || (a.running ? a.number - b.number : b.number - a.number));
    order.forEach((card, i) => { if ($("cards").children[i] !== card.node) $("cards").insertBefore(card.node, $("cards").children[i] ?? null); });
    for (const trial of trials) {
      if (trial.running !== now.has(trial)) { trial.running = now.has(trial); show(trial); }
    }
    put($("h-running"), now.size > 0 ? `Running: ${now.size}` : "Last trials");
    $("running").hidden = cards.size === 0;
  }

  let count = 0;
  function newCard(trial) {
    const svg = draw("svg", { viewBox: "0 0 260 110", role: "img" });
    const now = make("p", { class: "now" });
    return { trial, svg, now, number: count++, points: new Map(), running: true,
      node: make("div", { class: "card" }, make("p", { class: "what", dir: "auto" }, describe(trial)), svg, now) };
  }

  function drawCard(card) {
    const epochs = [...card.points.keys()].sort((a, b) => a - b);
    const values = epochs.flatMap(epoch => card.points.get(epoch)).filter(isNumber);
    // Of long curves there are more values than a call takes.
    const low = values.reduce((least, value) => Math.min(least, value), Infinity);
    const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
    const log = low > 0 && high / low > 4;
    const of = value => log ? Math.log(value) : value;
    const span = Math.max(of(high) - of(low), 1e-12), last = Math.max(2, epochs[epochs.length - 1] ?? 2);
    const x = epoch => 46 + (epoch - 1) / (last - 1) * 200, y = value => 86 - (of(value) - of(low)) / span * 72;
    const path = which => {
      let d = "", open = false;
      for (const epoch of epochs) {
        const value = card.points.get(epoch)[which];
        d += isNumber(value) ? `${open ? "L" : "M"}${x(epoch).toFixed(1)},${y(value).toFixed(1)}` : "";
        open = isNumber(value);
      }
      return d;
    };
    const parts = [draw("path", { class: "frame", d: "M46,8V92H252" }), draw("text", { x: 46, y: 104, "text-anchor": "middle" }, "1"),
      draw("text", { x: 246, y: 104, "text-anchor": "middle" }, String(last)), draw("text", { x: 146, y: 104, "text-anchor": "middle" }, "epoch")];
    let text = "no epoch yet";
    if (values.length > 0) {
      parts.push(draw("text", { x: 42, y: 17, "text-anchor": "end" }, digits(high, 3)));
      if (high > low) parts.push(draw("text", { x: 42, y: 89, "text-anchor": "end" }, digits(low, 3)));
      parts.push(draw("path", { class: "line train", d: path(0) }), draw("path", { class: "line", d: path(1) }));
      const end = epochs[epochs.length - 1], value = card.points.get(end)[1];
      if (isNumber(value)) parts.push(draw("circle", { class: "end", cx: x(end), cy: y(value), r: 2.6 }));
      text = `epoch ${end}, validation ${isNumber(value) ? digits(value) : "not finite"}, training ${digits(card.points.get(end)[0])}`;
    }
    card.svg.replaceChildren(...parts);
    card.node.classList.toggle("over", !card.running);
    const words = card.running ? text : `${card.trial.end ? outcome(card.trial) : "ended"}`;
    card.svg.setAttribute("aria-label", `${describe(card.trial)}: ${words}`);
    put(card.now, words);
  }

  // ---- failures, progress

  function takeFailures() {
    const all = trials.filter(trial => trial.end && FAILED[trial.end.status])
      .sort((a, b) => b.end.version - a.end.version || a.index - b.index);
    $("failures").hidden = all.length === 0;
    put($("h-failures"), `Failures: ${all.length}`);
    $("failed").replaceChildren(...all.slice(0, MOST_FAILURES).map(trial => make("li", { dir: "auto" },
      make("b", {}, trial.end.status), describe(trial), make("span", { dir: "auto" }, trial.end.message))));
    $("more").hidden = all.length <= MOST_FAILURES;
    put($("more"), `And ${all.length - MOST_FAILURES} more.`);
  }

  function tellBar(bar, now) {
    const bad = Object.entries(now.ended).filter(([status]) => FAILED[status]).reduce((sum, [, n]) => sum + n, 0);
    const all = Object.values(now.ended).reduce((sum, n) => sum + n, 0);
    const part = (name, n) => {
      const node = make("span", { class: name });
      node.style.width = `${100 * n / Math.max(1, now.planned)}%`;
      return node;
    };
    bar.replaceChildren(part("good", all - bad), part("bad", bad), part("now", now.running));
    bar.setAttribute("aria-valuemax", now.planned);
    bar.setAttribute("aria-valuenow", all);
    return all;
  }

  function sentence(now, ended) {
    const parts = Object.entries(now.ended).map(([status, n]) => `${n} ${status}`);
    if (now.running > 0) parts.push(`${now.running} running`);
    if (now.left) parts.push(now.left);
    const learned = ended > 0 ? ` (${now.learned} learned)` : "";
    return `${ended} of ${now.planned} trials ended${learned}` + (parts.length > 0 ? ": " + parts.join(", ") : "");
  }

  const stateOf = (now, ended) => now.alive ? "running" : now.planned > 0 && ended >= now.planned ? "finished" : "not running";

  function takeProgress(now) {
    const ended = tellBar($("bar"), now);
    $("progress").hidden = now.planned === 0;
    put($("counts"), sentence(now, ended) + ".");
    state(stateOf(now, ended), now.alive ? "runs" : "");
    document.title = `${now.planned > 0 ? Math.floor(100 * ended / now.planned) + " % · " : ""}${now.name || now.folder} · vaescape`;
    $("trouble").hidden = !now.trouble;
    put($("trouble"), now.trouble);
    const links = [];
    if (location.pathname.startsWith("/study/")) links.push(make("a", { href: "/" }, "All studies"));
    if (now.report) links.push(make("a", { href: "report" }, "Report"));
    if ($("links").children.length !== links.length) $("links").replaceChildren(...links);
    $("links").hidden = links.length === 0;
  }

  function takeStudy(data) {
    if (data.study) { at = null; begin(data.study); }
    if (data.measure) measure = data.measure;
    const scaled = data.colors !== undefined;
    if (scaled) scale = data.colors;
    for (const [place, status, verdict, epochs, seconds, value, message, version] of data.ended) {
      trials[place].end = { status, verdict, epochs, seconds, value, message, version };
      if (!scaled) show(trials[place]);
    }
    if (scaled) trials.forEach(show);
    takeCurves(data.curves);
    if (data.study || data.ended.length > 0) takeFailures();
    legend();
    takeProgress(data.progress);
  }

  // ---- several studies

  function takeList(studies) {
    put($("name"), studies.length === 1 ? "1 study" : `${studies.length} studies`);
    document.title = "Studies · vaescape";
    state(studies.some(now => now.alive) ? "running" : "not running", studies.some(now => now.alive) ? "runs" : "");
    const focused = document.activeElement?.getAttribute?.("href");
    $("list").replaceChildren(...studies.map(now => {
      const bar = make("div", { class: "bar", role: "progressbar", "aria-valuemin": "0", "aria-label": "Trials that ended" });
      const ended = tellBar(bar, now);
      const link = make("a", { href: `/study/${encodeURIComponent(now.folder)}/` }, now.folder);
      return make("article", { class: "study" }, make("h2", { dir: "auto" }, link),
        ...(now.name && now.name !== now.folder ? [make("p", { dir: "auto" }, now.name)] : []), bar,
        make("p", {}, now.planned === 0 ? stateOf(now, ended) : `${stateOf(now, ended)}: ${sentence(now, ended)}`),
        ...(now.trouble ? [make("p", { class: "trouble", dir: "auto" }, now.trouble)] : []));
    }));
    $("list").hidden = false;
    if (focused) [...$("list").querySelectorAll("a")].find(link => link.getAttribute("href") === focused)?.focus();
  }

  // ---- the connection

  function state(text, look) {
    put($("state"), text);
    $("state").className = look;
  }

  const query = location.search;
  if (query) history.replaceState(null, "", location.pathname);   // the token is in a cookie from here on
  let events = null, again = 0;

  function connect() {
    clearTimeout(again);
    events = new EventSource("events" + query);
    const list = document.body.dataset.view === "studies";
    events.onmessage = message => {
      const data = JSON.parse(message.data);
      // A server that was started anew on another folder gives another page.
      if ("ended" in data === list) location.reload();
      else (list ? takeList : takeStudy)(data);
    };
    events.onerror = () => {
      state("no connection, trying again …", "lost");
      // Where the server refused, the browser does not try again by itself.
      if (events?.readyState === EventSource.CLOSED) again = setTimeout(connect, 3000);
    };
  }
  function disconnect() {
    clearTimeout(again);
    events?.close();
    events = null;
  }
  // Browsers keep six connections to a server: pages that nobody sees leave theirs to others.
  document.addEventListener("visibilitychange", () => document.hidden ? disconnect() : events || connect());
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", () => events || connect());
  if (!document.hidden) connect();
})();
