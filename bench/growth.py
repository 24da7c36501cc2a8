#!/usr/bin/env python3
"""How do time and memory grow with samples, genes, latent units, trials and workers?

  growth.py measure --out growth.csv [--axes samples,genes,latent,workers,trials] [--repetitions 1] [--steps 60] [--work DIR]
  growth.py table growth.csv
  growth.py plot growth.csv --out docs/growth

`measure` varies one axis at a time from the study's centre: a VAE on 10,000 samples x 5,000 genes, latent 50, hidden 256, batch
1000, Adam, fp32, path auto, one worker. A point is a real `vaescape run` of a few epochs (as many as --steps batches need, four at
least) on random numbers, prepared before; seconds an epoch, training and validation, are those of the second half of the epochs,
since the compilers work during the first. Memory is the peak of the whole process; the estimate is what `run --dry-run` says of
a trial. The trials axis plans studies of 10 to 10,000 cells, stores a made-up result for every trial (Trials.java) and draws the
report. Each repetition is a row of the table. A matrix is deleted once its points are measured; the largest and what is prepared
from it take 3 GB of disk. Run it on an idle machine.

`table` prints the figures as Markdown, with the exponent of each axis: 1 is linear, 0 is constant. `plot` draws them and is
all that needs matplotlib.
"""
import argparse
import csv
import math
import os
import pathlib
import random
import re
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time

from reading import ROOT, Stopped, program

BATCH = 1000
CENTRE = {"samples": 10_000, "genes": 5_000, "latent": 50, "workers": 1}
AXES = {
    "samples": [1_000, 2_000, 5_000, 10_000, 20_000, 50_000],
    "genes": [1_000, 2_000, 5_000, 10_000, 20_000],
    "latent": [3, 10, 50, 100, 200, 500],
    "workers": [1, 2],
}
TRIALS = [10, 100, 1_000, 10_000]
FEWEST_EPOCHS = 4
COLUMNS = ["axis", "value", "stage", "repetition", "seconds", "median_seconds", "timed", "peak_bytes", "estimate_bytes", "load"]


def points(axes):
    """What is measured: settings, with the axes that each lies on; those of one matrix follow each other."""
    found = {}
    for axis in axes:
        for value in AXES.get(axis, []):
            setting = tuple({**CENTRE, axis: value}.items())
            found.setdefault(setting, []).append(axis)
    return sorted(((dict(setting), on) for setting, on in found.items()), key=lambda point: (point[0]["samples"], point[0]["genes"]))


def epochs(samples, steps):
    """So many that `steps` batches are trained; a tenth of the samples validates."""
    return max(FEWEST_EPOCHS, math.ceil(steps / math.ceil(0.9 * samples / BATCH)))


def timed(seconds):
    """The second half, in which the compilers have done most of their work."""
    return seconds[len(seconds) // 2 :]


def exponent(values, amounts):
    """Slope of the line through the logarithms, by least squares."""
    x, y = [math.log(value) for value in values], [math.log(amount) for amount in amounts]
    return statistics.linear_regression(x, y).slope


def estimated_bytes(text):
    """What `run --dry-run` says of the largest trial."""
    found = re.search(r"the largest trial needs about (\d+) MiB", text)
    if found is None:
        raise Stopped(f"no estimate of memory in: {text[-500:]}")
    return int(found.group(1)) << 20


def write_matrix(path, samples, genes):
    """A .npy of uniform numbers between 1 and 2: random mantissas below the exponent of 1, a row at a time without a loop over it."""
    draw = random.Random(1)
    mantissas = int.from_bytes(struct.pack("<I", 0x007FFFFF) * genes, "little")
    ones = int.from_bytes(struct.pack("<f", 1.0) * genes, "little")
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({samples}, {genes}), }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        for _ in range(samples):
            file.write((draw.getrandbits(32 * genes) & mantissas | ones).to_bytes(4 * genes, "little"))


def execute(command, environment):
    """Standard output, seconds, and the peak of resident memory of the process in bytes."""
    command = [str(word) for word in command]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        if process.returncode != 0:
            raise Stopped(f"exit code {process.returncode} of: {' '.join(command)}\n{out.read()[-2000:]}{err.read()[-2000:]}")
        return out.read(), seconds, usage.ru_maxrss * 1024


class Measurement:
    """Writes a row of the table as soon as it is measured."""

    def __init__(self, args, folder, file):
        self.args, self.folder = args, folder
        self.table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        self.table.writeheader()
        self.file = file
        self.environment = {**os.environ, "VAESCAPE_CACHE": str(folder / "cache")}

    def write(self, axis, value, stage, repetition, seconds, peak, load, median="", count=1, estimate=""):
        row = [axis, value, stage, repetition, f"{seconds:.4f}", median and f"{median:.4f}", count, peak, estimate, f"{load:.1f}"]
        self.table.writerow(dict(zip(COLUMNS, row)))
        self.file.flush()
        print(f"{axis} {value} {stage}: {seconds:.3f} s, peak {peak / 1e6:.0f} MB, load {load:.1f}", file=sys.stderr, flush=True)

    def training(self):
        matrix, before = self.folder / "matrix.npy", None
        for setting, axes in points(self.args.axes):
            size = setting["samples"], setting["genes"]
            if size != before:
                shutil.rmtree(self.environment["VAESCAPE_CACHE"], ignore_errors=True)
                write_matrix(matrix, *size)
                before = size
            command = self.command(setting, matrix)
            estimate = estimated_bytes(execute([*command, "--dry-run"], self.environment)[0])
            for repetition in range(self.args.repetitions):
                self.train(setting, axes, command, estimate, repetition)
        matrix.unlink(missing_ok=True)
        shutil.rmtree(self.environment["VAESCAPE_CACHE"], ignore_errors=True)

    def command(self, setting, matrix):
        # Trials at once differ by one latent unit, which costs next to nothing and makes them different cells.
        latents = ",".join(str(setting["latent"] + i) for i in range(setting["workers"]))
        sets = {
            "data.select.keep": setting["genes"],
            "data.split.group": "none",
            "space.model": "vae",
            "space.latent": latents,
            "space.learning-rate": "1e-3",
            "space.optimizer": "adam",
            "train.batch": BATCH,
            "train.drop-last": "false",
            "train.max-epochs": epochs(setting["samples"], self.args.steps),
            "train.stop.rule": "none",
            "keep.weights": "none",
        }
        command = [ROOT / "vaescape", "run", "korkic2021", "--data", matrix, "--out", self.folder / "study"]
        command += ["--precision", "fp32", "--workers", setting["workers"], "--quiet"]
        return command + [word for key, value in sets.items() for word in ("--set", f"{key}={value}")]

    def train(self, setting, axes, command, estimate, repetition):
        load = os.getloadavg()[0]
        _, _, peak = execute(command, self.environment)
        curves = {}
        with open(self.folder / "study" / "epochs.csv", newline="") as lines:
            for row in csv.DictReader(lines):
                curves.setdefault(row["trial"], []).append(float(row["seconds"]))
        shutil.rmtree(self.folder / "study")
        if len(curves) != setting["workers"]:
            raise Stopped(f"{len(curves)} of {setting['workers']} trials were trained: {setting}")
        seconds = [second for curve in curves.values() for second in timed(curve)]
        for axis in axes:
            self.write(
                axis, setting[axis], "epoch", repetition, min(seconds), peak, load, statistics.median(seconds), len(seconds), estimate
            )

    def trials(self):
        command = program("Trials.java", "org.vaescape.cli.Trials", self.folder)
        write_matrix(self.folder / "trials.npy", 60, 30)
        for count in TRIALS:
            study, out = self.folder / f"trials-{count}.yaml", self.folder / "trials"
            study.write_text(study_text(count))
            for repetition in range(self.args.repetitions):
                for stage, words in ("plan", [*command, "plan", study]), ("store", [*command, "store", study, out]):
                    load = os.getloadavg()[0]
                    planned, seconds, peak = execute(words, self.environment)[0].split()
                    if int(planned) != count:
                        raise Stopped(f"{planned} trials are planned instead of {count}")
                    self.write("trials", count, stage, repetition, float(seconds), int(peak), load)
                load = os.getloadavg()[0]
                _, seconds, peak = execute([ROOT / "vaescape", "report", out], self.environment)
                self.write("trials", count, "report", repetition, seconds, peak, load)
                shutil.rmtree(out)


def study_text(count):
    """A study of so many cells, that grows as studies do: by further keys."""
    space = {
        "latent": list(range(1, 11)),
        "learning-rate": [round(1e-3 * 0.7**i, 7) for i in range(10)][: 10 if count >= 100 else 1],
        "model": ["vae", "iwae"][: 2 if count >= 1_000 else 1],
        "optimizer": ["adam", "sgd", "rmsprop", "adamw", "nadam"][: 5 if count >= 1_000 else 1],
        "kl-weight": [round(1e-3 * 0.5**i, 9) for i in range(10)][: 10 if count >= 10_000 else 1],
        "hidden": [[16]],
    }
    keys = "".join(f"  {key}: {values}\n" for key, values in space.items())
    data = "data:\n  matrix: trials.npy\n  select: {keep: 30}\n  split: {validation: 0.1, group: none}\n"
    return f"name: trials\n{data}space:\n{keys}train: {{batch: 20, max-epochs: 20, stop: none}}\n"


class Series:
    """What was measured along an axis at one stage: the best repetition's seconds, the largest peak."""

    def __init__(self, rows):
        by_value = {}
        for row in rows:
            by_value.setdefault(int(row["value"]), []).append(row)
        self.values = sorted(by_value)
        groups = [by_value[value] for value in self.values]
        self.seconds = [min(float(row["seconds"]) for row in group) for group in groups]
        self.medians = [statistics.median(float(row["median_seconds"] or row["seconds"]) for row in group) for group in groups]
        self.peaks = [max(int(row["peak_bytes"]) for row in group) / 1e9 for group in groups]
        self.estimates = [int(group[0]["estimate_bytes"]) / 1e9 if group[0]["estimate_bytes"] else None for group in groups]


def read(path):
    """Series by axis and stage."""
    with open(path, newline="") as lines:
        rows = list(csv.DictReader(lines))
    keys = dict.fromkeys((row["axis"], row["stage"]) for row in rows)
    return {key: Series(row for row in rows if (row["axis"], row["stage"]) == key) for key in keys}


def table(series):
    lines = ["| axis | value | seconds, least | median | peak, GB | estimate of a trial, GB |", "|---|---|---|---|---|---|"]
    for (axis, stage), found in series.items():
        name = axis if stage == "epoch" else f"{axis}, {stage}"
        for value, least, median, peak, estimate in zip(found.values, found.seconds, found.medians, found.peaks, found.estimates):
            middle = f"{median:.2f}" if stage == "epoch" else ""
            last = "" if estimate is None else f"{estimate:.2f}"
            lines.append(f"| {name} | {value:,} | {least:.2f} | {middle} | {peak:.2f} | {last} |")
    lines += ["", "| axis | exponent of seconds, all points | last two | of the peak, all points | last two |", "|---|---|---|---|---|"]
    for (axis, stage), found in series.items():
        name = axis if stage == "epoch" else f"{axis}, {stage}"
        if len(found.values) > 1:
            slopes = [exponent(found.values[i:], amounts[i:]) for amounts in (found.seconds, found.peaks) for i in (0, -2)]
            lines.append(f"| {name} | " + " | ".join(f"{slope:.2f}" for slope in slopes) + " |")
    return "\n".join(lines)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    measure = commands.add_parser("measure", help="measures, and writes a table")
    measure.add_argument("--out", type=pathlib.Path, required=True, help="the table, CSV")
    measure.add_argument("--axes", type=lambda text: text.split(","), default=[*AXES, "trials"], help="with commas")
    measure.add_argument("--repetitions", type=int, default=1)
    measure.add_argument("--steps", type=int, default=60, help="batches that a point trains, in four epochs at least")
    measure.add_argument("--work", type=pathlib.Path, help="folder for matrices; default: a temporary one")
    shown = commands.add_parser("table", help="prints a table in Markdown")
    shown.add_argument("csv", type=pathlib.Path)
    plot = commands.add_parser("plot", help="draws training.svg and trials.svg")
    plot.add_argument("csv", type=pathlib.Path)
    plot.add_argument("--out", type=pathlib.Path, required=True, help="folder for the figures")
    args = parser.parse_args()
    unknown = set(args.axes) - {*AXES, "trials"} if args.command == "measure" else set()
    if unknown:
        parser.error(f"--axes: {', '.join(sorted(unknown))} not known; choose from {', '.join([*AXES, 'trials'])}")
    return args


def measure(args):
    start = time.monotonic()
    execute([ROOT / "vaescape", "list", "presets"], os.environ)  # builds
    if args.work is not None:
        args.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=args.work) as folder, open(args.out, "w", newline="") as file:
        measurement = Measurement(args, pathlib.Path(folder), file)
        measurement.training()
        if "trials" in args.axes:
            measurement.trials()
    print(f"{args.out} took {(time.monotonic() - start) / 60:.1f} minutes", file=sys.stderr)


def main():
    args = arguments()
    if args.command == "measure":
        measure(args)
    elif args.command == "table":
        print(table(read(args.csv)))
    else:
        import growth_plot

        growth_plot.draw(read(args.csv), args.out)


if __name__ == "__main__":
    try:
        main()
    except (Stopped, OSError) as problem:
        print(f"growth.py: {problem}", file=sys.stderr)
        sys.exit(2)
