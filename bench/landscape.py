#!/usr/bin/env python3
"""Is the landscape that vaescape draws the one that PyTorch draws?

  landscape.py run     --data MATRIX --out DIR [--genes 3426] [--batch 152] [--repeats 2] [--workers 2]
                       [--torch-python PYTHON | --reference]     trains both sides, then compares
  landscape.py compare --data MATRIX --ours batch=CSV[,CSV] --ours none=CSV --torch batch=CSV,CSV --torch none=CSV,CSV
                       [--genes 3426] [--swap]                   compares tables that exist

`--ours` takes trials.csv files of `vaescape run`, `--torch` one file of torch_grid.py for each seed; `batch` and `none` are the
two readings of the output's normalisation. One line is printed for each check; exit code 0 if all hold, 1 if one fails,
2 if the tables cannot be compared. What each check means and why its limit is what it is: README.md. Needs numpy.
"""
import argparse
import csv
import gzip
import hashlib
import json
import math
import pathlib
import subprocess
import sys
from dataclasses import dataclass

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
REFERENCE = HERE / "reference"
READINGS = ("batch", "none")
OPTIMIZERS = ("adam", "rmsprop", "sgd")
CORNER = 0.1  # the learning rate at which only RMSprop is trained, to see where it diverges

GRID = {"lr": "1e-4,1e-3,1e-2", "latent": "10,50", "optimizer": "adam,sgd,rmsprop"}
CORNER_GRID = {"lr": "1e-1", "latent": "10,20,30,50,100,200", "optimizer": "rmsprop"}

SD_FLOOR = 0.02  # of log val_reconstruction: SGD's own (.004) is smaller than what float32 arithmetic may move
SD_COUNT = 3
CELLS_WITHIN = 0.95
BIAS = 0.05
CONTRAST = 0.6
CORNER_TRIALS = 8  # whether a trial diverges is chance in a third of the cells: two seeds would say nothing
DIVERGENCE_LEVEL = 0.01
DIVERGENCE_Z = 3
CLOSED_FORM = 0.04  # relative; PyTorch's own cells differ by up to 0.026, see README.md


class Unusable(Exception):
    """The tables cannot be compared; the message says why."""


@dataclass(frozen=True)
class Check:
    """One condition, whether it holds, and the figures that decided."""

    name: str
    holds: bool
    figures: str


# ------------------------------------------------------------------------------------------------ tables
# A landscape is {(model, learning rate, latent, optimizer): [log val_reconstruction, or None where the trial diverged]},
# one entry a seed.


def read_tables(paths):
    """The landscape in the given CSV files, ours or PyTorch's; each PyTorch file is one seed."""
    cells, seen = {}, set()
    for path in paths:
        with open(path, newline="") as lines:
            rows = list(csv.DictReader(lines))
        if not rows:
            raise Unusable(f"{path}: no trials")
        for row in rows:
            row["lr"] = row.get("lr") or row["learning-rate"]
            value = row["val_reconstruction"] if "val_reconstruction" in row else row["val_recon"]
            model = row["model"].removesuffix("-vae")
            cell = (model, float(row["lr"]), int(row["latent"]), row["optimizer"])
            seed = (cell, row.get("repeat", str(path)), row.get("seed"))
            if seed in seen:
                raise Unusable(f"{path}: {show(cell)} twice in one repeat; a table must hold one reading")
            seen.add(seed)
            cells.setdefault(cell, []).append(outcome(path, cell, row["status"], value))
    return cells


def outcome(path, cell, status, value):
    if status not in ("converged", "max-epochs", "diverged"):
        raise Unusable(f"{path}: {show(cell)} has status {status}; only trials that were trained can be compared")
    number = float(value) if value not in ("", "NaN") else math.nan
    if status == "diverged" or not math.isfinite(number):
        return None
    return math.log(number)


def show(cell):
    model, lr, latent, optimizer = cell
    return f"{model} lr {lr:g} latent {latent} {optimizer}"


def refuse_unequal(reading, ours, torch):
    """Every cell of PyTorch's side must be on ours, each side with two seeds."""
    missing = [key for key in torch if key not in ours]
    if missing:
        raise Unusable(f"{reading}: our side lacks {len(missing)} of {len(torch)} cells, the first {show(missing[0])}")
    for side, cells in (("our", ours), ("PyTorch's", torch)):
        single = [key for key in torch if len(cells[key]) < 2]
        if single:
            raise Unusable(f"{reading}: {side} side has {show(single[0])} only once; at least two seeds are needed")


def swap(cells):
    """The landscape with Adam's and RMSprop's trials exchanged: a wrong one that resembles the right one."""
    other = {"adam": "rmsprop", "rmsprop": "adam", "sgd": "sgd"}
    return {
        key: cells[(*key[:3], other[key[3]])] if (*key[:3], other[key[3]]) in cells else values
        for key, values in cells.items()
    }


def mean(values):
    """The mean over seeds, None if any of them diverged."""
    return None if None in values else sum(values) / len(values)


# ------------------------------------------------------------------------------------------------ statistics


def seed_deviation(cells, optimizer):
    """Standard deviation of log val_reconstruction over seeds, pooled over the cells of one optimizer."""
    squares = freedom = 0
    for (_, lr, _, name), values in cells.items():
        finite = [v for v in values if v is not None]
        if name == optimizer and lr != CORNER and len(finite) >= 2:
            m = sum(finite) / len(finite)
            squares += sum((v - m) ** 2 for v in finite)
            freedom += len(finite) - 1
    if freedom == 0:
        raise Unusable(f"PyTorch's side has no cell of {optimizer} with two seeds")
    return math.sqrt(squares / freedom)


def contrast(cells):
    """Adam minus RMSprop, by (model, learning rate, latent)."""
    result = {}
    for (model, lr, latent, optimizer), values in cells.items():
        rmsprop = cells.get((model, lr, latent, "rmsprop"), [None])
        if optimizer == "adam" and mean(values) is not None and mean(rmsprop) is not None:
            result[model, lr, latent] = mean(values) - mean(rmsprop)
    return result


def correlation(one, other):
    keys = sorted(one.keys() & other.keys())
    if len(keys) < 3:
        return math.nan
    return float(np.corrcoef([one[k] for k in keys], [other[k] for k in keys])[0, 1])


# ------------------------------------------------------------------------------------------------ checks


def check_cells(reading, ours, torch):
    """Each cell's mean within 3 standard deviations, PyTorch's own of that optimizer, in 95 % of the cells."""
    grid = [key for key in torch if key[1] != CORNER]
    band = {o: SD_COUNT * max(SD_FLOOR, seed_deviation(torch, o)) for o in OPTIMIZERS}
    outside = []
    for key in grid:
        a, b = mean(ours[key]), mean(torch[key])
        if (a is None) != (b is None) or (a is not None and b is not None and abs(a - b) > band[key[3]]):
            outside.append((key, math.nan if a is None or b is None else a - b))
    share = 1 - len(outside) / len(grid)
    limits = ", ".join(f"{o} {band[o]:.3f}" for o in OPTIMIZERS)
    worst = "; ".join(f"{show(k)} {d:+.3f}" for k, d in sorted(outside, key=lambda x: -abs(x[1]))[:6])
    return Check(
        f"{reading}: cells within 3 SD",
        share >= CELLS_WITHIN,
        f"{len(grid) - len(outside)} of {len(grid)} = {share:.3f}, at least {CELLS_WITHIN}"
        f" (3 SD: {limits})" + (f"; outside: {worst}" if worst else ""),
    )


def check_bias(reading, ours, torch):
    """The mean difference of each optimizer within 0.05 and 3 standard errors, which come from PyTorch's seeds."""
    checks = []
    for optimizer in OPTIMIZERS:
        pairs = [
            (mean(ours[k]), mean(torch[k]), 1 / len(ours[k]) + 1 / len(torch[k]))
            for k in torch
            if k[3] == optimizer and k[1] != CORNER
        ]
        pairs = [(a, b, n) for a, b, n in pairs if a is not None and b is not None]
        if not pairs:
            checks.append(Check(f"{reading}: mean difference of {optimizer}", False, "no cell on both sides"))
            continue
        difference = sum(a - b for a, b, _ in pairs) / len(pairs)
        error = seed_deviation(torch, optimizer) * math.sqrt(sum(n for _, _, n in pairs)) / len(pairs)
        limit = BIAS + 3 * error
        checks.append(
            Check(
                f"{reading}: mean difference of {optimizer}",
                abs(difference) <= limit,
                f"{difference:+.4f}, at most {limit:.4f} either way (0.05 + 3 x {error:.4f}; {len(pairs)} cells)",
            )
        )
    return checks


def check_contrast(reading, ours, torch):
    """Adam minus RMSprop correlates over the cells."""
    r = correlation(contrast(ours), contrast(torch))
    own = {
        i: contrast({k: [v[i]] for k, v in torch.items() if k[1] != CORNER and len(v) > i})
        for i in range(max(len(v) for k, v in torch.items() if k[1] != CORNER))
    }
    among = [correlation(own[i], own[j]) for i in own for j in own if i < j]
    return Check(
        f"{reading}: contrast Adam minus RMSprop",
        r >= CONTRAST,  # NaN fails
        f"correlation {r:.3f}, at least {CONTRAST} (PyTorch's single seeds among themselves: "
        + ", ".join(f"{x:.2f}" for x in among)
        + ")",
    )


def fisher(a, n, b, m):
    """Two-sided exact test (Fisher 1935) of a of n against b of m: how often chance alone gives as unlikely a table."""
    total, of = a + b, math.comb(n + m, a + b)
    likely = {k: math.comb(n, k) * math.comb(m, total - k) / of for k in range(max(0, total - m), min(n, total) + 1)}
    return min(1.0, sum(p for p in likely.values() if p <= likely[a] * (1 + 1e-9)))


def mantel_haenszel(tables):
    """Z of more divergence here than there, over cells (Mantel and Haenszel 1959, without correction); 0 if none says anything."""
    excess = variance = 0.0
    for a, n, b, m in tables:
        total, of = a + b, n + m
        excess += a - n * total / of
        variance += n * m * total * (of - total) / (of * of * (of - 1))
    return excess / math.sqrt(variance) if variance > 0 else 0.0


def check_divergence(reading, ours, torch):
    """RMSprop at 0.1 diverges where PyTorch's does, as often as it does."""
    corner = sorted(key for key in torch if key[1] == CORNER and key[3] == "rmsprop")
    tables = {k: (sum(v is None for v in ours[k]), len(ours[k]), sum(v is None for v in torch[k]), len(torch[k])) for k in corner}
    differ = {k: fisher(*t) for k, t in tables.items() if fisher(*t) < DIVERGENCE_LEVEL}
    by_model = {m: mantel_haenszel([t for k, t in tables.items() if k[0] == m]) for m in sorted({k[0] for k in corner})}
    few = [k for k, (_, n, _, m) in tables.items() if min(n, m) < CORNER_TRIALS]
    share = 1 - len(differ) / len(corner) if corner else 0.0
    here, n, there, m = (sum(t[i] for t in tables.values()) for i in range(4))
    return Check(
        f"{reading}: RMSprop at 0.1 diverges where PyTorch's does",
        bool(corner) and not few and share >= CELLS_WITHIN and all(abs(z) <= DIVERGENCE_Z for z in by_model.values()),
        f"{len(corner) - len(differ)} of {len(corner)} cells agree (exact test, p >= {DIVERGENCE_LEVEL}), at least {CELLS_WITHIN};"
        f" {here} of {n} trials here, {there} of {m} there; z by model, at most {DIVERGENCE_Z:g} either way: "
        + ", ".join(f"{model} {z:+.2f}" for model, z in by_model.items())
        + (f"; too few trials in {len(few)} cells, at least {CORNER_TRIALS} a side are needed" if few else "")
        + "".join(
            f"; differs: {show(k)} {tables[k][0]} of {tables[k][1]} here, {tables[k][2]} of {tables[k][3]} there" for k in differ
        ),
    )


def check_untrained(ours, torch, predicted):
    """SGD's cells under the batch reading are the untrained network, whose error has a closed form."""
    worst = {}
    for side, cells in (("ours", ours), ("PyTorch", torch)):
        errors = {
            k: math.inf if mean(v) is None else math.exp(mean(v)) / predicted["logcosh" if k[0] == "logcosh" else "mse"] - 1
            for k, v in cells.items()
            if k[3] == "sgd" and k in torch
        }
        worst[side] = max(errors.items(), key=lambda x: abs(x[1])) if errors else (("none", 0, 0, "sgd"), math.inf)
    return Check(
        "batch: SGD's cells equal the closed form",
        abs(worst["ours"][1]) <= CLOSED_FORM,
        f"predicted MSE {predicted['mse']:.4f}, LogCosh {predicted['logcosh']:.4f}; largest relative difference "
        + ", ".join(f"{side} {e:+.4f} ({show(k)})" for side, (k, e) in worst.items())
        + f", at most {CLOSED_FORM}",
    )


def compare(ours, torch, predicted):
    """All checks; `ours` and `torch` map a reading to a landscape."""
    checks = []
    for reading in READINGS:
        a, b = ours[reading], torch[reading]
        checks.append(check_cells(reading, a, b))
        checks += check_bias(reading, a, b)
        checks.append(check_contrast(reading, a, b))
        checks.append(check_divergence(reading, a, b))
    checks.append(check_untrained(ours["batch"], torch["batch"], predicted))
    return checks


def check_swap(ours, torch, predicted):
    """The comparison notices Adam and RMSprop exchanged, in each reading."""
    swapped = compare({r: swap(cells) for r, cells in ours.items()}, torch, predicted)
    failed = [c.name for c in swapped if not c.holds]
    return Check(
        "self-test: Adam and RMSprop swapped here",
        all(any(name.startswith(r) for name in failed) for r in READINGS),
        "must fail in both readings, and fails: " + ("; ".join(failed) or "nothing"),
    )


# ------------------------------------------------------------------------------------------------ closed form


def read_matrix(path, genes):
    """Samples x genes as torch_grid.py trains on them: the most variable by mean absolute deviation."""
    if str(path).endswith(".npy"):
        return np.load(path).astype(np.float32)
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt") as lines:
        next(lines)
        x = np.array([np.array(line.split("\t")[1:], dtype=np.float32) for line in lines]).T
    deviation = np.abs(x - x.mean(0)).mean(0)
    return x[:, np.sort(np.argsort(-deviation, kind="stable")[:genes])]


def closed_form(x, splits=10):
    """What an untrained network with BatchNorm before the sigmoid scores: its output is sigmoid(N(0,1)), whatever goes in.

    The MSE is that of the constant 0.5 plus Var(sigmoid(N(0,1))); LogCosh (alpha 10) by quadrature over the same law.
    Validation parts of 10 % of random splits, scaled by the training part and clipped, as both sides do.
    """
    node, weight = np.polynomial.hermite_e.hermegauss(40)
    weight, outputs, alpha = weight / weight.sum(), 1 / (1 + np.exp(-node)), 10.0
    mse, logcosh = [], []
    for seed in range(splits):
        p = np.random.default_rng(seed).permutation(len(x))
        cut = round(len(x) * 0.1)
        validation, training = x[p[:cut]], x[p[cut:]]
        low, high = training.min(0), training.max(0)
        v = np.clip((validation - low) / np.where(high > low, high - low, 1), 0, 1)
        mse.append(float(((v - 0.5) ** 2).mean() + weight @ (outputs - 0.5) ** 2))
        for y, w in zip(outputs, weight):
            t = np.abs(alpha * (y - v))
            logcosh.append(w * float((t + np.log1p(np.exp(-2 * t)) - math.log(2)).mean()) / alpha / splits)
    return {"mse": float(np.mean(mse)), "logcosh": sum(logcosh)}


# ------------------------------------------------------------------------------------------------ training both sides


def repeats(args, name):
    return max(args.repeats, CORNER_TRIALS) if name == "corner" else args.repeats


def train_ours(args, reading, grid, name):
    out = args.out / f"vaescape-{reading}-{name}"
    settings = [
        f"data.select.keep={args.genes}",
        "data.fit=train",  # torch_grid.py scales on the training part
        "data.split.group=none",  # and splits at random
        f"space.learning-rate={grid['lr']}",
        f"space.latent={grid['latent']}",
        f"space.optimizer={grid['optimizer']}",
        "space.kl-weight=0.00025",
        f"train.batch={args.batch}",
        "train.drop-last=false",
        f"train.output-norm={reading}",
        f"repeats={repeats(args, name)}",
    ]
    command = [HERE.parent / "vaescape", "run", "korkic2021", "--data", args.data, "--out", out]
    command += ["--precision", "fp32", "--workers", str(args.workers)]
    for setting in settings:
        command += ["--set", setting]
    execute(command)
    return out / "trials.csv"


def train_torch(args, reading, grid, name, seed):
    out = args.out / f"torch-{reading}-{name}-{seed}.csv"
    done = out.with_suffix(".done")  # torch_grid.py cannot resume: a table without this mark is incomplete
    if not done.exists():
        command = [args.torch_python, HERE / "torch_grid.py", "--matrix", args.data, "--out", out]
        command += ["--genes", str(args.genes), "--batch", str(args.batch), "--output-norm", reading]
        command += ["--lr", grid["lr"], "--latent", grid["latent"], "--optimizer", grid["optimizer"]]
        command += ["--seed", str(seed), "--jobs", str(args.workers)]
        execute(command)
        done.touch()
    return out


def execute(command):
    command = [str(word) for word in command]
    print("$ " + " ".join(command), flush=True)
    code = subprocess.run(command).returncode
    if code != 0:
        raise Unusable(f"the command above ended with exit code {code}")


def reference_tables(args):
    """PyTorch's side as stored in reference/, which holds for one matrix and one setting only."""
    about = json.loads((REFERENCE / "about.json").read_text())
    found = {
        "matrix-sha256": hashlib.sha256(args.data.read_bytes()).hexdigest(),
        "genes": args.genes,
        "batch": args.batch,
    }
    for key, value in found.items():
        if about[key] != value:
            raise Unusable(f"the reference was made with {key} {about[key]}, not {value}: give --torch-python instead")
    return {r: sorted(REFERENCE.glob(f"{r}-*.csv")) for r in READINGS}


def train_both(args):
    if args.repeats < 2:
        raise Unusable(f"--repeats must be at least 2 but was {args.repeats}")
    args.out.mkdir(parents=True, exist_ok=True)
    parts = (("grid", GRID), ("corner", CORNER_GRID))
    if args.reference:
        torch = reference_tables(args)
    else:
        torch = {
            r: [train_torch(args, r, grid, name, seed) for name, grid in parts for seed in range(repeats(args, name))]
            for r in READINGS
        }
    ours = {r: [train_ours(args, r, grid, name) for name, grid in parts] for r in READINGS}
    return ours, torch


# ------------------------------------------------------------------------------------------------ command line


def by_reading(values):
    paths = dict(v.split("=", 1) for v in values)
    if set(paths) != set(READINGS):
        raise Unusable(f"tables are needed for the readings {' and '.join(READINGS)}, given were: {' '.join(paths)}")
    return {reading: text.split(",") for reading, text in paths.items()}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    run, comparison = commands.add_parser("run"), commands.add_parser("compare")
    for command in (run, comparison):
        command.add_argument("--data", type=pathlib.Path, required=True)
        command.add_argument("--genes", type=int, default=3426)
        command.add_argument("--swap", action="store_true", help="swap Adam and RMSprop on our side: must fail")
    run.add_argument("--out", type=pathlib.Path, required=True)
    run.add_argument("--batch", type=int, default=152)
    run.add_argument("--repeats", type=int, default=2)
    run.add_argument("--workers", type=int, default=2)
    side = run.add_mutually_exclusive_group()
    side.add_argument("--torch-python", default=sys.executable, help="a Python that has torch, numpy and pandas")
    side.add_argument("--reference", action="store_true", help="PyTorch's side from reference/ instead of training it")
    comparison.add_argument("--ours", action="append", required=True)
    comparison.add_argument("--torch", action="append", required=True)
    return parser.parse_args()


def main():
    args = arguments()
    if args.command == "run":
        ours, torch = train_both(args)
    else:
        ours, torch = by_reading(args.ours), by_reading(args.torch)
    ours = {r: read_tables(paths) for r, paths in ours.items()}
    torch = {r: read_tables(paths) for r, paths in torch.items()}
    for reading in READINGS:
        refuse_unequal(reading, ours[reading], torch[reading])
    predicted = closed_form(read_matrix(args.data, args.genes))
    if args.swap:
        checks = compare({r: swap(cells) for r, cells in ours.items()}, torch, predicted)
    else:
        checks = compare(ours, torch, predicted) + [check_swap(ours, torch, predicted)]
    for check in checks:
        print(f"{'PASS' if check.holds else 'FAIL'}  {check.name}: {check.figures}")
    return 0 if all(c.holds for c in checks) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Unusable, OSError, KeyError) as problem:
        print(f"landscape.py: {problem}", file=sys.stderr)
        sys.exit(2)
