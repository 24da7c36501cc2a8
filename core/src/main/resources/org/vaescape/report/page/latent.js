// Where kept trials put the samples, coloured by what is known of these.

(() => {
  const place = document.getElementById("latent-view");
  if (!place) return;
  const maps = JSON.parse(document.getElementById("page-latents").textContent);
  // A point is [x, y, part, label, ...], all but the first two by number.
  for (const map of maps) {
    map.points = map.points.map(([x, y, ...known]) => [x, y, ...known.map((value, index) => map.values[index][value])]);
  }
  const SHAPES = ["circle", "square", "triangle-up"];   // one for each lightness of the 33 colours
  const HUES = theme.classes.length / SHAPES.length;

  whenSeen(place, () => {
    const drawing = element("div", { class: "drawing" });
    const words = map => {
      const row = rowOf.get(map.trial);
      return row === undefined ? map.trial : settings(row).map(([key, value]) => `${key} ${value}`).join(", ") || map.trial;
    };
    const trial = choice("Trial", maps.map((map, index) => [String(index), words(map)]), "0", refill);
    const label = choice("Colour", [], "", () => { refillClasses(); draw(); });
    const picked = choice("Pick out", [], "", draw);
    place.replaceChildren(
      element("div", { class: "tools" }, trial.labelled, label.labelled, picked.labelled,
        element("button", { type: "button", onclick: () => { location.hash = "trial=" + encodeURIComponent(chosen().trial); } }, "Open the trial")),
      drawing);

    const chosen = () => maps[Number(trial.select.value)];
    const names = () => ["part", ...chosen().labels];
    const value = point => point[2 + names().indexOf(label.select.value)] || "unknown";

    function options(select, texts) {
      const before = select.value;
      select.replaceChildren(...texts.map(([own, shown]) => element("option", { value: own }, shown)));
      if (texts.some(([own]) => own === before)) select.value = before;
    }
    function refill() {
      const [part, ...others] = names();
      options(label.select, [...others, part].map(name => [name, name]));
      refillClasses();
      draw();
    }
    const classes = () => [...new Set(chosen().points.map(value))]
      .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    function refillClasses() {
      options(picked.select, [["", "all"], ...classes().map(name => [name, name])]);
    }

    function draw() {
      const all = classes();
      const few = all.length <= theme.series.length;
      const one = picked.select.value;
      const values = chosen().points.filter(point => point[0] !== null && point[1] !== null)
        .map(point => ({ x: point[0], y: point[1], part: point[2], c: value(point), on: one === "" || value(point) === one }));
      drawVega(drawing, {
        description: `Latent space of ${words(chosen())}: ${values.length} samples coloured by ${label.select.value}, ${all.length} classes`,
        data: { values }, width: "container", height: 480,
        params: [{ name: "legend", select: { type: "point", fields: ["c"] }, bind: "legend" }],
        mark: { type: "point", filled: true, size: 40 * unit() ** 2 },
        encoding: {
          x: { field: "x", type: "quantitative", title: "first axis", scale: { zero: false } },
          y: { field: "y", type: "quantitative", title: "second axis", scale: { zero: false } },
          color: { field: "c", type: "nominal", title: label.select.value, sort: all,
            scale: { domain: all, range: few ? theme.series : theme.classes },
            legend: { columns: all.length > 16 ? 2 : 1, symbolLimit: 80 } },
          shape: { field: "c", type: "nominal", title: label.select.value, sort: all, scale: { domain: all,
            range: all.map((_, index) => SHAPES[few ? index % SHAPES.length : Math.floor(index / HUES) % SHAPES.length]) } },
          opacity: { condition: { test: { and: ["datum.on", { param: "legend" }] }, value: .85 }, value: .07 },
          tooltip: [{ field: "c", title: label.select.value }, { field: "part", title: "part" }],
        },
      }, { marks: values.length, onPaper: true });   // no 33 colours suit a dark screen too
    }
    refill();
  });
})();
