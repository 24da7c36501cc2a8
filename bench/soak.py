#!/usr/bin/env python3
"""Does a run of very many trials grow?

  bench/soak.py [--trials 2000] [--workers 2] [--program ./vaescape] [--isolate]

Trains so many tiny trials in one process and looks at it ten times a second: resident memory, threads, open files, each as the
median of a third of the run. It passes if the last third has no more than the first: 1.1 times the memory and 24 MiB (compilers
still work then), 3 threads, 3 files.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
STUDY = """
name: soak
data: {{matrix: {matrix}, select: {{keep: 50}}}}
space: {{model: vae, latent: [{latents}], learning-rate: 1e-3, optimizer: adam, hidden: [[8]]}}
repeats: {{count: {repeats}, split: fixed}}
train: {{batch: 64, max-epochs: 2}}
keep: {{weights: best}}
"""


def look(pid):
    status = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status"))
    return {
        "MiB of memory": int(status["VmRSS"].split()[0]) / 1024,
        "threads": int(status["Threads"]),
        "open files": len(os.listdir(f"/proc/{pid}/fd")),
    }


def finished(out):
    try:
        return sum('"finished"' in line for line in open(out / "live.jsonl"))
    except FileNotFoundError:
        return 0


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--trials", type=int, default=2000)
    options.add_argument("--workers", default="2")
    options.add_argument("--program", default=str(ROOT / "vaescape"))
    options.add_argument("--isolate", action="store_true")
    args = options.parse_args()
    repeats = max(1, args.trials // 20)
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        study = work / "soak.yaml"
        latents = ", ".join(str(latent) for latent in range(1, args.trials // repeats + 1))
        study.write_text(STUDY.format(matrix=ROOT / "data" / "smoke_cc0.tsv.gz", latents=latents, repeats=repeats))
        out = work / "out"
        command = [args.program, "run", study, "--out", out, "--workers", args.workers, "--quiet"]
        begun = time.monotonic()
        process = subprocess.Popen(command + ["--isolate"] * args.isolate, stdout=subprocess.DEVNULL)
        seen = []
        while process.poll() is None and finished(out) < args.trials:
            if finished(out) > 0:  # from the first trial to the last; statistics and figures are another matter
                try:
                    seen.append(look(process.pid))
                except (FileNotFoundError, KeyError):
                    break
            time.sleep(0.1)
        seconds = time.monotonic() - begun
        code = process.wait()
        print(f"{finished(out)} trials in {seconds:.0f} s, exit code {code}, {len(seen)} looks")
        third = len(seen) // 3
        bad = code != 0 or finished(out) < args.trials
        for what, allowed in {"MiB of memory": lambda x: 1.1 * x + 24, "threads": lambda x: x + 3, "open files": lambda x: x + 3}.items():
            first, last = (statistics.median(look[what] for look in part) for part in (seen[:third], seen[-third:]))
            grew = last > allowed(first)
            bad |= grew
            print(f"{what}: {first:.0f} in the first third, {last:.0f} in the last, {max(look[what] for look in seen):.0f} at most{'  GREW' if grew else ''}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
