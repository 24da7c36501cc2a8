#!/usr/bin/env python3
"""Components of variance of complete grids with repeats, by statsmodels' expected mean squares.

usage: gold_components.py --seed N --out DIR     writes DIR/analysis/components.json

Two designs of one landscape: `fixed` (repeats share nothing) and `crossed` (each repeat shifts all its runs: a block).
Mean squares come from statsmodels' type-II tables of y ~ C(a) * C(b) * C(c) (+ C(repeat)), components from
E MS(effect) = noise + repeats x cells / df x component, E MS(repeat) = noise + cells x block.
The noise of each level of c: residuals of the same fit, by their exact expectation under noise that differs
between levels, solved from the hat matrix (numpy), not from a formula.
"""
import argparse
import itertools
import json
import pathlib

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.formula.api import ols

LEVELS = {"a": 3, "b": 4, "c": 2}
DEVIATIONS = [0.05, 0.6]


def values(rng, repeats, crossed):
    shape = tuple(LEVELS.values())
    main = rng.normal(size=3)[:, None, None] + 0.1 * rng.normal(size=4)[None, :, None]
    landscape = main + rng.normal(size=2)[None, None, :] + 0.5 * rng.normal(size=(3, 1, 2))
    noise = rng.normal(size=shape + (repeats,)) * np.array(DEVIATIONS)[:, None]
    shift = rng.normal(size=repeats) * 0.4 if crossed else np.zeros(repeats)
    return np.round(landscape[..., None] + noise + shift, 6)


def case(rng, repeats, crossed):
    y = values(rng, repeats, crossed)
    rows = [
        dict(zip(list(LEVELS) + ["repeat"], place)) | {"y": y[place]}
        for place in itertools.product(*map(range, y.shape))
    ]
    frame = pd.DataFrame(rows)
    formula = "y ~ C(a) * C(b) * C(c)" + (" + C(repeat)" if crossed else "")
    fit = ols(formula, frame).fit()
    table = sm.stats.anova_lm(fit, typ=2)
    cells = int(np.prod(list(LEVELS.values())))
    noise = table.loc["Residual", "sum_sq"] / table.loc["Residual", "df"]
    effects = []
    block = None
    for name in table.index:
        if name == "Residual":
            continue
        degrees = table.loc[name, "df"]
        square = table.loc[name, "sum_sq"] / degrees
        factors = [word[2:-1] for word in name.split(":")]
        if factors == ["repeat"]:
            block = (square - noise) / cells
        else:
            effects.append(
                {"factors": factors, "df": degrees, "variance": (square - noise) * degrees / repeats / cells}
            )
    # Residuals are (I - H) y; the expected sum of their squares at level l is sum over m of
    # variance(m) x sum of squared entries of I - H between the rows of l and of m.
    design = fit.model.exog
    rest = np.eye(len(frame)) - design @ np.linalg.pinv(design)
    rows_at = [np.flatnonzero(frame["c"] == level) for level in range(LEVELS["c"])]
    weights = [[np.square(rest[np.ix_(one, other)]).sum() for other in rows_at] for one in rows_at]
    squares = [np.square(fit.resid.to_numpy()[one]).sum() for one in rows_at]
    return {
        "repeats": repeats,
        "crossed": crossed,
        "y": {"shape": list(y.shape), "data": [float(v) for v in y.ravel()]},
        "effects": effects,
        "block": block,
        "noise": noise,
        "noise_by_c": [float(v) for v in np.linalg.solve(weights, squares)],
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=20261)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    cases = [case(rng, repeats, crossed) for repeats, crossed in [(2, False), (3, False), (2, True), (4, True)]]
    target = pathlib.Path(arguments.out) / "analysis" / "components.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    content = {"factors": list(LEVELS), "levels": list(LEVELS.values()), "noisy_by": "c", "cases": cases}
    target.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
