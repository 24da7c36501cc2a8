#!/usr/bin/env python3
"""How long does `analyze` take for a table of thousands of runs, and how much memory?

  analyze.py [--runs 1000,10000] [--repetitions 3] [--program ./vaescape] [--work DIR]

Makes a table of each size, 8 hyper-parameters drawn at random (six numbers, one of 3 words, one of 4 sizes), whose outcome hangs on four
of them, and analyzes the tables in turns, since a machine's speed moves. For each size one line: the least wall time, the processor time
of that repetition (which other programs stretch less), and the highest peak of resident memory. Exit code 1 if 10,000 runs take more than
60 s or 1 GB, or if any lacks its intervals. Needs Python alone; run it on an idle machine.
"""
import argparse
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FACTORS = "a,b,c,d,e,f,g,h"
SECONDS = 60
MEGABYTES = 1000


def make_table(path, runs):
    """Log loss 2 a + 2 b c + (1 if g is p), noise of 0.1; d, e, f and h do nothing."""
    draw = random.Random(3)
    with open(path, "w", encoding="ascii") as out:
        out.write(FACTORS + ",loss\n")
        for _ in range(runs):
            x = [draw.random() for _ in range(6)]
            word = draw.choice("pqr")
            loss = 2 * x[0] + 2 * x[1] * x[2] + (word == "p") + draw.gauss(0, 0.1)
            out.write(",".join(map(repr, x)) + f",{word},{2 ** draw.randrange(4)},{math.exp(loss)!r}\n")


def analyze(program, table, out):
    """Wall and processor seconds, and MB at the peak, of the command and all that it started."""
    command = [program, "analyze", table, "--outcome", "loss", "--factors", FACTORS, "--out", out]
    start = time.monotonic()
    child = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"exit code {child.returncode} of: {' '.join(map(str, command))}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6


def intervals(out):
    """How many main effects on the logarithm have an interval."""
    effects = json.loads((out / "sensitivity.json").read_text())["effects"]
    return len({
        effect["factors"][0]
        for effect in effects
        if effect["method"] == "forest" and effect["scale"] == "log" and len(effect["factors"]) == 1 and effect["interval"]
    })


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", default="1000,10000")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--program", default=ROOT / "vaescape")
    parser.add_argument("--work", type=pathlib.Path)
    args = parser.parse_args()
    sizes = [int(size) for size in args.runs.split(",")]
    good = True
    with tempfile.TemporaryDirectory(dir=args.work) as folder:
        work = pathlib.Path(folder)
        for size in sizes:
            make_table(work / f"{size}.csv", size)
        subprocess.run([args.program, "list", "presets"], stdout=subprocess.DEVNULL, check=True)  # builds
        measured = {size: [] for size in sizes}
        for _ in range(args.repetitions):
            for size in sizes:
                measured[size].append(analyze(args.program, work / f"{size}.csv", work / str(size)))
        for size in sizes:
            seconds, processor, _ = min(measured[size])
            peak = max(row[2] for row in measured[size])
            found = intervals(work / str(size))
            good &= found == 8 and (size > 10_000 or (seconds <= SECONDS and peak <= MEGABYTES))
            print(f"{size} runs: {seconds:.1f} s, {processor:.1f} s of processors, peak {peak:.0f} MB, {found} main effects with intervals; "
                  f"load {os.getloadavg()[0]:.1f}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
