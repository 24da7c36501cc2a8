#!/usr/bin/env python3
"""Does training in bf16 change what a study says?

  precision.py run    --data MATRIX --out DIR [--labels FILE] [--genes 3426] [--batch 152] [--repeats 3] [--workers 2]
                      [--set KEY=VALUE ...]    trains the study korkic2021 in both precisions, then reports
  precision.py report DIR                      compares the tables that are there

Both precisions have equal seeds, so that each trial has a partner of the same split, first weights, order and noise. A run can be
stopped and started again. The last lines say PASS or FAIL of two conditions; exit code 0 if both hold, 1 if one fails, 2 if the
tables cannot be compared. How it is computed: docs/precision.md. Needs Python alone.
"""
import argparse
import collections
import csv
import itertools
import math
import pathlib
import subprocess
import sys
from dataclasses import dataclass, field

from precision_statistics import bootstrap, mean, pooled_deviation, quantile, sign_flip_test, sign_test, spearman

HERE = pathlib.Path(__file__).resolve().parent
PRECISIONS = ("fp32", "bf16")
FACTORS = ("model", "learning-rate", "latent", "optimizer")
ENDINGS = ("converged", "max-epochs", "diverged")

CORRELATION = 0.98
WITHIN = 2  # seed standard deviations
MARGIN = 0.05  # share of pairs that may lie outside beyond those of two fp32 seeds
SHIFT = 1  # seed standard deviation, that a mean difference may reach: what another seed may change


class Unusable(Exception):
    """The tables cannot be compared; the message says why."""


@dataclass(frozen=True)
class Outcome:
    """A column, and how conclusions look at it: errors as logarithms, since they differ by orders of magnitude."""

    column: str
    log: bool
    required: bool = True


MAIN = Outcome("val_reconstruction", log=True)
OUTCOMES = (
    MAIN,
    Outcome("val_mse", log=True),
    Outcome("epochs", log=False),
    Outcome("knn_balanced_accuracy", log=False, required=False),
)


@dataclass
class Trial:
    status: str
    verdict: str
    values: dict = field(default_factory=dict)

    def value(self, outcome):
        """None where the trial broke, or its number is not finite."""
        return self.values.get(outcome.column)


# ------------------------------------------------------------------------------------------------ tables
# A landscape is {(model, learning rate, latent, optimizer): {repeat: Trial}}.


def read(folder, precision):
    path = folder / precision / "trials.csv"
    if not path.exists():
        raise Unusable(f"{path}: there is no such table")
    cells, paths = {}, set()
    with open(path, newline="") as lines:
        for row in csv.DictReader(lines):
            cell = tuple(row[name] for name in FACTORS)
            repeats = cells.setdefault(cell, {})
            if row["precision"] != precision:
                raise Unusable(f"{path}: {show(cell)} was trained in {row['precision']}")
            if row["status"] not in ENDINGS:
                raise Unusable(f"{path}: {show(cell)} has status {row['status']}; only trials that were trained can be compared")
            if row["repeat"] in repeats:
                raise Unusable(f"{path}: {show(cell)} twice in one repeat; a table must hold one reading")
            repeats[row["repeat"]] = trial(row)
            paths.add(row["path"])
    return cells, paths


def trial(row):
    result = Trial(row["status"], row["verdict"])
    if result.status != "diverged":
        for outcome in OUTCOMES:
            number = float(row.get(outcome.column) or math.nan)
            number = (math.log(number) if number > 0 else math.nan) if outcome.log else number
            if math.isfinite(number):
                result.values[outcome.column] = number
    return result


def show(cell):
    return "{} lr {} latent {} {}".format(*cell)


def paired(fp32, bf16):
    """What both landscapes hold: cells and repeats of both."""
    both = {}
    for cell in fp32.keys() & bf16.keys():
        repeats = sorted(fp32[cell].keys() & bf16[cell].keys())
        if repeats:
            both[cell] = repeats
    if not both:
        raise Unusable("the tables have no trial in common")
    if len({tuple(repeats) for repeats in both.values()}) != 1:
        raise Unusable("cells differ in their repeats: let the run end first")
    if len(next(iter(both.values()))) < 2:
        raise Unusable("each cell has one repeat only; noise of seeds needs two")
    if min(len(cells) for cells in by(both, "model", "optimizer", "learning-rate").values()) < 2:
        raise Unusable("each model, optimizer and learning rate needs two latent sizes: a cell is judged by the noise of the others")
    pick = lambda side: {cell: {r: side[cell][r] for r in both[cell]} for cell in sorted(both)}
    return pick(fp32), pick(bf16)


def by(cells, *factors):
    """Cells by the values of some factors."""
    groups = collections.defaultdict(list)
    for cell in cells:
        groups[tuple(cell[FACTORS.index(name)] for name in factors)].append(cell)
    return dict(sorted(groups.items()))


def two_seeds(cell_trials):
    """Pairs of trials of one cell that differ in their seeds."""
    return itertools.combinations(cell_trials.values(), 2)


# ------------------------------------------------------------------------------------------------ rank correlation


def cell_mean(trials, outcome):
    """Over repeats; None if one of them has no value."""
    values = [t.value(outcome) for t in trials.values()]
    return None if None in values else mean(values)


def mean_pairs(fp32, bf16, cells, outcome):
    pairs = [(cell_mean(fp32[c], outcome), cell_mean(bf16[c], outcome)) for c in cells]
    return [p for p in pairs if None not in p]


def broken_last(pairs):
    """A cell without a mean is worse than every other, and as bad as others without."""
    return [tuple(math.inf if x is None else x for x in pair) for pair in pairs]


def correlation(fp32, bf16, cells, outcome):
    """(correlation, its interval, cells that count)"""
    pairs = mean_pairs(fp32, bf16, cells, outcome)
    return spearman(pairs), bootstrap(pairs, spearman), len(pairs)


def single_trials(one, other, outcome, same_seed):
    """Mean rank correlation over cells of single repeats, of equal or of different seeds."""
    repeats = sorted(next(iter(one.values())))
    found = []
    for r, s in itertools.product(repeats, repeats):
        if (r == s) == same_seed:
            pairs = [(one[c][r].value(outcome), other[c][s].value(outcome)) for c in one]
            found.append(spearman([p for p in pairs if None not in p]))
    return mean(found)


# ------------------------------------------------------------------------------------------------ differences


def deviations(fp32, outcome, of_others=False):
    """Seed standard deviation of fp32 for each cell, pooled over the latents of its model, optimizer and learning rate.

    That of a cell's own three trials would itself be noise; over learning rates and optimizers it differs by orders of magnitude.
    Of the other latents alone, it owes nothing to the cell's trials: they are not closer to each other, in its units, than
    trials that it never saw.
    """
    result = {}
    for cells in by(fp32, "model", "optimizer", "learning-rate").values():
        values = {c: [t.value(outcome) for t in fp32[c].values() if t.value(outcome) is not None] for c in cells}
        for cell in cells:
            result[cell] = pooled_deviation([values[c] for c in cells if not (of_others and c == cell)])
    return result


def scaled(one, other, outcome, deviation):
    """other - one in seed deviations; infinite where one of them broke alone, None where there is nothing to compare."""
    a, b = one.value(outcome), other.value(outcome)
    if a is None or b is None:
        return None if a is b else math.inf
    if a == b:
        return 0.0
    if deviation == 0:
        return math.copysign(math.inf, b - a)
    return None if math.isnan(deviation) else (b - a) / deviation


def differences(fp32, bf16, outcome):
    """By cell, in deviations of other cells: (between precisions at equal seeds, between two seeds in fp32)."""
    deviation = deviations(fp32, outcome, of_others=True)
    result = {}
    for cell in fp32:
        seeds = [scaled(a, b, outcome, deviation[cell]) for a, b in two_seeds(fp32[cell])]
        result[cell] = between_precisions(fp32, bf16, cell, outcome, deviation), [d for d in seeds if d is not None]
    return result


def between_precisions(fp32, bf16, cell, outcome, deviation):
    pairs = [scaled(fp32[cell][r], bf16[cell][r], outcome, deviation[cell]) for r in fp32[cell]]
    return [d for d in pairs if d is not None]


def share_within(values):
    return mean(abs(d) <= WITHIN for d in values)


def excess_within(cells):
    """Share of pairs inside, less that of two seeds."""
    pairs, seeds = (list(itertools.chain(*side)) for side in zip(*cells))
    return share_within(pairs) - share_within(seeds)


def finite_means(cells):
    """Mean of all finite differences of some cells' pairs."""
    return mean(d for pairs in cells for d in pairs if math.isfinite(d))


# ------------------------------------------------------------------------------------------------ report


def report_correlations(fp32, bf16, outcomes):
    print("\nRank correlation of cell means between precisions [95 %], and of single trials: same seed in both precisions;")
    print("other seed in the other precision; other seed in fp32 (no effect of precision: the last two are equal)")
    print(f"  {'':36}{'cells':>6}  {'all seeds':22}{'same seed':>10}{'other':>8}{'fp32':>8}")
    for outcome in outcomes:
        rho, (low, high), n = correlation(fp32, bf16, fp32, outcome)
        print(
            f"  {outcome.column:36}{n:6}  {rho:.3f} [{low:.3f}, {high:.3f}]  "
            f"{single_trials(fp32, bf16, outcome, True):10.3f}{single_trials(fp32, bf16, outcome, False):8.3f}"
            f"{single_trials(fp32, fp32, outcome, False):8.3f}"
        )
        for factor in ("model", "optimizer"):
            for (name,), cells in by(fp32, factor).items():
                rho, (low, high), n = correlation(fp32, bf16, cells, outcome)
                print(f"    {name:34}{n:6}  {rho:.3f} [{low:.3f}, {high:.3f}]")


def report_differences(fp32, bf16, outcomes):
    print("\nDifferences bf16 - fp32 of single trials in seed standard deviations, beside those of two fp32 seeds")
    print(f"  {'':24}{'pairs':>6}{'median':>8}{'95 %':>8}{'within ' + str(WITHIN):>10}   {'two seeds':>9}{'95 %':>8}{'within':>8}")
    for outcome in outcomes:
        found = differences(fp32, bf16, outcome).values()
        pairs, seeds = (list(itertools.chain(*side)) for side in zip(*found))
        sizes, others = [abs(d) for d in pairs], [abs(d) for d in seeds]
        print(
            f"  {outcome.column:24}{len(pairs):6}{quantile(sizes, 0.5):8.2f}{quantile(sizes, 0.95):8.2f}{share_within(pairs):10.3f}"
            f"   {quantile(others, 0.5):9.2f}{quantile(others, 0.95):8.2f}{share_within(seeds):8.3f}"
        )


def report_shifts(fp32, bf16):
    """Prints the mean difference by model and optimizer, and returns those whose interval leaves the limits."""
    deviation = deviations(fp32, MAIN)
    print(f"\nMean of bf16 - fp32 of log {MAIN.column} [95 %]: in seed standard deviations; in percent; signs;")
    print("how likely chance alone makes cells differ as much in the same direction with every seed (sign flips). Both tests take")
    print("cells of one repeat as independent, though they share split and first weights: a small p is a reason to look, no proof")
    outside = []
    for (model, optimizer), cells in by(fp32, "model", "optimizer").items():
        pairs = [between_precisions(fp32, bf16, c, MAIN, deviation) for c in cells]
        finite = [[d for d in cell if math.isfinite(d)] for cell in pairs]
        shift, (low, high) = finite_means(pairs), bootstrap(pairs, finite_means)
        raw = raw_differences(fp32, bf16, cells)
        positive, n, p = sign_test(raw)
        print(
            f"  {model:12} {optimizer:8} {shift:+.2f} [{low:+.2f}, {high:+.2f}]   {100 * math.expm1(mean(raw)) if raw else math.nan:+8.2f} %"
            f"   {positive} of {n} higher, p = {p:.2g}; cells p = {sign_flip_test(finite):.2g}"
        )
        if not (low >= -SHIFT and high <= SHIFT):  # NaN is outside
            outside.append(f"{model} {optimizer}" + (" (by the width alone)" if abs(shift) <= SHIFT else ""))
    return outside


def raw_differences(fp32, bf16, cells):
    pairs = [(fp32[c][r].value(MAIN), bf16[c][r].value(MAIN)) for c in cells for r in fp32[c]]
    return [b - a for a, b in pairs if a is not None and b is not None]


def report_stops(fp32, bf16):
    """The rule stops by thresholds, so that rounding may move the stop, and with it the value."""
    print(f"\nSize of the differences of {MAIN.column}, in percent, by whether both trials stopped at the same epoch")
    sides = {"between precisions": [(fp32[c][r], bf16[c][r]) for c in fp32 for r in fp32[c]]}
    sides["between seeds"] = [pair for trials in fp32.values() for pair in two_seeds(trials)]
    for name, pairs in sides.items():
        pairs = [(a, b) for a, b in pairs if a.value(MAIN) is not None and b.value(MAIN) is not None]
        words = []
        for same in (True, False):
            chosen = [(a, b) for a, b in pairs if (a.values["epochs"] == b.values["epochs"]) == same]
            sizes = [100 * math.expm1(abs(b.value(MAIN) - a.value(MAIN))) for a, b in chosen]
            which = "same epoch" if same else "another"
            words.append(f"{which} {len(sizes)}: median {quantile(sizes, 0.5):.2f}, 95 % {quantile(sizes, 0.95):.2f}")
        print(f"  {name:20}" + "; ".join(words))


def report_endings(fp32, bf16):
    print("\nEndings and verdicts: trials in fp32, in bf16; trials that another precision, or another seed in fp32, ends otherwise")
    for what in ("status", "verdict"):
        counts = [collections.Counter(getattr(t, what) or "none" for c in side.values() for t in c.values()) for side in (fp32, bf16)]
        words = ", ".join(f"{word} {counts[0][word]} / {counts[1][word]}" for word in sorted(counts[0] | counts[1]))
        pairs = [(fp32[c][r], bf16[c][r]) for c in fp32 for r in fp32[c]]
        seeds = [pair for trials in fp32.values() for pair in two_seeds(trials)]
        print(f"  {what}: {words}; switch: {switches(pairs, what)} between precisions, {switches(seeds, what)} between seeds")
    broke = [(a.status == "diverged") - (b.status == "diverged") for a, b in pairs]
    print(f"  diverged in fp32 alone {broke.count(1)}, in bf16 alone {broke.count(-1)} (sign test p = {sign_test(broke)[2]:.2g})")


def switches(pairs, what):
    count = sum(getattr(a, what) != getattr(b, what) for a, b in pairs)
    return f"{count} of {len(pairs)} ({count / len(pairs):.1%})"


def learned_means(side, cells, repeats):
    """Means of the cells in which every trial learned: only these are ever called best."""
    result = {}
    for cell in cells:
        trials = {r: side[cell][r] for r in repeats}
        if all(t.verdict == "learned" for t in trials.values()) and cell_mean(trials, MAIN) is not None:
            result[cell] = cell_mean(trials, MAIN)
    return result


def best(side, cells, repeats):
    means = learned_means(side, cells, repeats)
    return min(means, key=means.get) if means else None


def order(side, model_cells, repeats):
    """Optimizers by the mean of their best cell; those that never learned are last."""
    groups = by(model_cells, "optimizer")
    value = lambda cells: min(learned_means(side, cells, repeats).values(), default=math.inf)
    return tuple(name for (name,) in sorted(groups, key=lambda name: (value(groups[name]), name)))


def agreement(one, other, groups, conclusion, same_seed):
    """(equal, all): how often a conclusion from one repeat is that of another repeat or precision, where one of them has any."""
    repeats = sorted(next(iter(one.values())))
    pairs = [(r, s) for r in repeats for s in repeats if ((r == s) if same_seed else (r < s))]
    drawn = [(conclusion(one, cells, [r]), conclusion(other, cells, [s])) for r, s in pairs for cells in groups]
    drawn = [both for both in drawn if any(both)]
    return sum(a == b for a, b in drawn), len(drawn)


def report_best(fp32, bf16):
    repeats = sorted(next(iter(fp32.values())))
    print(f"\nBest cell of each model and optimizer by mean log {MAIN.column}, of cells that learned with every seed")
    deviation = deviations(fp32, MAIN)
    groups = by(fp32, "model", "optimizer")
    for cells in groups.values():
        a, b = best(fp32, cells, repeats), best(bf16, cells, repeats)
        if a == b:
            print(f"  {show(a)}: the same" if a else "  {} {}: none in either".format(cells[0][0], cells[0][3]))
            continue
        means = learned_means(fp32, cells, repeats)
        price = f"{(means[b] - means[a]) / deviation[a]:+.2f} seed deviations in fp32" if a in means and b in means else "not comparable"
        print(f"  {show(a) if a else 'none'}; in bf16 {show(b) if b else 'none'} ({price})")
    print("Order of optimizers by their best cell; those that never learned are last, by name")
    models = by(fp32, "model")
    for (model,), cells in models.items():
        a, b = order(fp32, cells, repeats), order(bf16, cells, repeats)
        print(f"  {model:12} {' < '.join(a)}" + (": the same" if a == b else f"; in bf16 {' < '.join(b)}"))
    print("How often single repeats agree: two precisions with one seed, two seeds in fp32")
    for name, wholes, conclusion in (("best cell", groups, best), ("order of optimizers", models, order)):
        sides = agreement(fp32, bf16, wholes.values(), conclusion, True), agreement(fp32, fp32, wholes.values(), conclusion, False)
        print(f"  {name}: " + ", ".join(f"{equal} of {n}" for equal, n in sides))


def report(folder):
    """Prints everything, and returns whether both conditions hold."""
    (fp32, paths), (bf16, other_paths) = (read(folder, precision) for precision in PRECISIONS)
    if paths != other_paths:
        raise Unusable(f"fp32 took the paths {sorted(paths)}, bf16 {sorted(other_paths)}: they must be the same")
    fp32, bf16 = paired(fp32, bf16)
    repeats = len(next(iter(fp32.values())))
    print(f"{len(fp32)} cells, {repeats} repeats, path {', '.join(sorted(paths))}")
    present = lambda o: any(t.value(o) is not None for c in fp32.values() for t in c.values())
    outcomes = [o for o in OUTCOMES if o.required or present(o)]
    report_correlations(fp32, bf16, outcomes)
    report_differences(fp32, bf16, outcomes)
    outside = report_shifts(fp32, bf16)
    report_stops(fp32, bf16)
    report_endings(fp32, bf16)
    report_best(fp32, bf16)
    return conclude(fp32, bf16, outside)


def conclude(fp32, bf16, outside):
    rho, (low, high), n = correlation(fp32, bf16, fp32, MAIN)
    last = spearman(broken_last([(cell_mean(fp32[c], MAIN), cell_mean(bf16[c], MAIN)) for c in fp32]))
    ranks_hold = rho >= CORRELATION
    print(
        f"\n{'PASS' if ranks_hold else 'FAIL'} rank correlation of cell means: {rho:.4f} [{low:.4f}, {high:.4f}], at least {CORRELATION};"
        f" {n} of {len(fp32)} cells have one, with broken ones last {last:.4f}"
    )
    cells = [both for both in differences(fp32, bf16, MAIN).values() if any(both)]
    excess, (low, high) = excess_within(cells), bootstrap(cells, excess_within)
    noise_holds = low >= -MARGIN and not outside
    print(
        f"{'PASS' if noise_holds else 'FAIL'} differences inside seed noise: {excess:+.3f} [{low:+.3f}, {high:+.3f}] more pairs within"
        f" {WITHIN} deviations than of two fp32 seeds, at least {-MARGIN}; mean differences that may exceed {SHIFT} deviation: "
        + (", ".join(outside) or "none")
    )
    return ranks_hold and noise_holds


# ------------------------------------------------------------------------------------------------ command line


def train(args):
    """Repeat by repeat and both precisions in turns, so that a run that was stopped leaves pairs."""
    if args.repeats < 2:
        raise Unusable(f"--repeats must be at least 2 but was {args.repeats}")
    for repeats in range(1, args.repeats + 1):
        for precision in PRECISIONS:
            command = [HERE.parent / "vaescape", "run", "korkic2021", "--data", args.data, "--out", args.out / precision]
            command += ["--precision", precision, "--workers", args.workers]
            command += ["--labels", args.labels] if args.labels else []
            grid = (f"data.select.keep={args.genes}", f"train.batch={args.batch}", f"repeats={repeats}", "keep.weights=none")
            for setting in (*grid, *args.set):
                command += ["--set", setting]
            execute([str(word) for word in command])


def execute(command):
    print("$ " + " ".join(command), flush=True)
    code = subprocess.run(command).returncode
    if code != 0:
        raise Unusable(f"the command above ended with exit code {code}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    run, comparison = commands.add_parser("run"), commands.add_parser("report")
    run.add_argument("--data", type=pathlib.Path, required=True)
    run.add_argument("--labels", type=pathlib.Path)
    run.add_argument("--out", type=pathlib.Path, required=True)
    run.add_argument("--genes", type=int, default=3426)
    run.add_argument("--batch", type=int, default=152)
    run.add_argument("--repeats", type=int, default=3)
    run.add_argument("--workers", type=int, default=2)
    run.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="as ./vaescape run takes it")
    comparison.add_argument("out", type=pathlib.Path, metavar="DIR")
    return parser.parse_args()


def main():
    args = arguments()
    if args.command == "run":
        train(args)
    return 0 if report(args.out) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unusable as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
