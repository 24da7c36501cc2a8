// One column against another, in the colours of a third; a click opens the trial.

(() => {
  const place = document.getElementById("scatter-view");
  if (!place) return;

  whenSeen(place, () => {
    const numeric = columns.filter(column => column.numeric && new Set(column.texts).size > 1).map(column => [column.name, column.name]);
    const all = columns.filter(column => column !== idColumn && new Set(column.texts).size > 1).map(column => [column.name, column.name]);
    const first = (...wishes) => wishes.find(name => all.some(([own]) => own === name)) ?? numeric.at(-1)?.[0];
    const across = choice("Across", numeric, first("val_mse"), draw);
    const upward = choice("Upward", numeric, first("knn_balanced_accuracy", "val_kl", "seconds", ...page.keys), draw);
    const color = choice("Colour", all, first("verdict", "model", "ending"), draw);
    const drawing = element("div", { class: "drawing" });
    const left = element("p", { class: "note", "aria-live": "polite" });
    place.replaceChildren(
      element("div", { class: "tools" }, across.labelled, upward.labelled, color.labelled), drawing, left);

    function draw() {
      const [x, y, c] = [across, upward, color].map(one => columnOf.get(one.select.value));
      if (!x || !y || !c) return;
      const [ofX, ofY, ofC] = [channel(x, "x", false), channel(y, "y", false), channel(c, "c", true)];
      const values = [];
      for (let row = 0; row < rowCount; row++) {
        const point = { id: idColumn.texts[row], x: ofX.value(row), y: ofY.value(row), c: ofC.value(row) };
        if (point.x !== null && point.y !== null) {
          values.push({ ...point, what: settings(row).map(([key, value]) => `${key} ${value}`).join(", ") });
        }
      }
      left.textContent = values.length < rowCount
        ? `${plural(rowCount - values.length, page.noun)} without a finite value of both ${rowCount - values.length === 1 ? "is" : "are"} not drawn.` : "";
      drawVega(drawing, {
        description: `${y.name} against ${x.name} of ${plural(values.length, page.noun)}, coloured by ${c.name}`,
        data: { values }, width: "container", height: 420,
        mark: { type: "point", filled: true, size: 55 * unit() ** 2, opacity: .75, cursor: "pointer" },
        encoding: {
          x: ofX.encoding, y: ofY.encoding, color: ofC.encoding,
          ...(ofC.encoding.type === "nominal" ? { shape: { field: "c", type: "nominal", title: c.name, sort: ofC.encoding.sort } } : {}),
          tooltip: [{ field: "what", title: page.noun }, { field: "x", title: x.name }, { field: "y", title: y.name }, { field: "c", title: c.name }],
        },
      }, { marks: values.length, clicked: id => { location.hash = "trial=" + encodeURIComponent(id); } });
    }
    draw();
    redrawOnDark(draw);
  });
})();
