// Where kept trials put the samples, coloured by what is known of these.

await (async () => {
  const place = document.getElementById("latent-view");
  if (!place) return;
  const { maps, samples, left } = JSON.parse(await unpacked("page-latents"));
  // A point is [x, y, value, ...], each value by its place among those that there are.
  for (const map of maps) {
    map.points = map.points.map(([x, y, ...known], index) =>
      ({ x, y, sample: samples[map.samples][index], known: known.map((value, kind) => map.known[kind].values[value]) }));
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
      left > 0 ? element("p", { class: "note" }, "Further kept trials are left out of the page for its size.") : "",
      drawing);

    const chosen = () => maps[Number(trial.select.value)];
    const names = () => chosen().known.map(kind => kind.name);
    const value = point => point.known[names().indexOf(label.select.value)] || "unknown";

    function options(select, texts) {
      const before = select.value;
      select.replaceChildren(...texts.map(([own, shown]) => element("option", { value: own }, shown)));
      if (texts.some(([own]) => own === before)) select.value = before;
    }
    function refill() {
      options(label.select, names().map(name => [name, name]));
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
      const values = chosen().points
        .map(point => ({ x: point.x, y: point.y, sample: point.sample, c: value(point), on: one === "" || value(point) === one }));
      const share = axis => `${Math.round(100 * chosen().shares[axis])} % of the variance`;
      drawVega(drawing, {
        description: `Latent space of ${words(chosen())}: ${values.length} samples coloured by ${label.select.value}, ${all.length} classes`,
        data: { values }, width: "container", height: 480,
        params: [{ name: "legend", select: { type: "point", fields: ["c"] }, bind: "legend" }],
        mark: { type: "point", filled: true, size: 40 * unit() ** 2 },
        encoding: {
          x: { field: "x", type: "quantitative", title: `first principal component, ${share(0)}`, scale: { zero: false } },
          y: { field: "y", type: "quantitative", title: `second, ${share(1)}`, scale: { zero: false } },
          color: { field: "c", type: "nominal", title: label.select.value, sort: all,
            scale: { domain: all, range: few ? theme.series : theme.classes },
            legend: { columns: all.length > 16 ? 2 : 1, symbolLimit: 80 } },
          shape: { field: "c", type: "nominal", title: label.select.value, sort: all, scale: { domain: all,
            range: all.map((_, index) => SHAPES[few ? index % SHAPES.length : Math.floor(index / HUES) % SHAPES.length]) } },
          opacity: { condition: { test: { and: ["datum.on", { param: "legend" }] }, value: .85 }, value: .07 },
          tooltip: [{ field: "c", title: label.select.value }, { field: "sample", title: "sample" }],
        },
      }, { marks: values.length, onPaper: true });   // no 33 colours suit a dark screen too
    }
    refill();
  });
})();
