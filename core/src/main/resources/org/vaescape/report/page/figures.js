// Dots of the figures open their trials, by pointer and by keyboard: one stop of the Tab key a
// figure, arrows between its dots.

for (const drawing of document.querySelectorAll(".plot svg")) {
  const dots = Array.from(drawing.querySelectorAll("g[data-trials]"));
  if (dots.length === 0) continue;
  drawing.setAttribute("role", "group");   // a picture may hold no buttons
  drawing.closest(".plot").removeAttribute("tabindex");
  for (const dot of dots) {
    dot.setAttribute("role", "button");
    dot.setAttribute("tabindex", "-1");
    const words = Array.from(dot.querySelectorAll("title, text"), one => one.textContent);
    dot.setAttribute("aria-label", words.join(", "));
  }
  dots[0].setAttribute("tabindex", "0");
  drawing.addEventListener("click", event => open(event.target));
  drawing.addEventListener("keydown", event => {
    const dot = event.target.closest("g[data-trials]");
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(dot);
    } else if (dot && way) {
      event.preventDefault();
      focus(dots, nearest(dot, dots, way) ?? dot);
    }
  });
}

function open(target) {
  const ids = target?.closest("g[data-trials]")?.dataset.trials.split(",");
  if (!ids) return;
  history.replaceState(null, "", "#trial=" + encodeURIComponent(ids[0]));
  const rows = ids.map(id => rowOf.get(id)).filter(row => row !== undefined);
  if (rows.length > 0) showTrials(rows);
}

function focus(dots, next) {
  dots.forEach(dot => dot.setAttribute("tabindex", dot === next ? "0" : "-1"));
  next.focus();
}

// The nearest dot in a direction; a step to the side counts twice.
function nearest(from, dots, [right, down]) {
  const middle = dot => {
    const box = dot.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };
  const [x, y] = middle(from);
  let best;
  let least = Infinity;
  for (const dot of dots) {
    const [ox, oy] = middle(dot);
    const along = right * (ox - x) + down * (oy - y);
    const aside = Math.abs(right * (oy - y)) + Math.abs(down * (ox - x));
    if (dot !== from && along > 1 && along + 2 * aside < least) {
      least = along + 2 * aside;
      best = dot;
    }
  }
  return best;
}
