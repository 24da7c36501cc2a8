#!/usr/bin/env python3
"""How long is an epoch here and in PyTorch, in the same run? One line for each ratio that there is a limit for.

  epoch_time.py --torch-python PYTHON [--data X.npy | --simulate SIMULATE.py] [--samples 11000] [--cases vae,iwae,...]
                [--jobs 2] [--batch 1000] [--epochs 6] [--repetitions 3] [--out DIR]

Both sides train the same matrix (.npy, samples x genes), as many trials at once as --jobs says, each on one thread, and
alternate, because a machine's speed moves by a third within hours. A repetition gives one figure a side: the median epoch,
training and validation, as each side reports it in `epoch_seconds`, the mean over the trials at once. Minima are compared.
Exit code 1 if a limit is missed. Cases, with what they are compared with:

  vae            auto precision    PyTorch compile + bf16         3 x faster
  vae-fp32       fp32              PyTorch eager fp32             1.5 x
  iwae           auto precision    PyTorch compile + bf16         3 x
  vae-bf16, iwae-bf16              bf16 here too, whatever the default is
  infovae        fp32, latent 50   PyTorch eager fp32             40 x
  infovae-wide   fp32, latent 200  PyTorch eager fp32             100 x
  infovae-bf16, infovae-wide-bf16  bf16 here against the same
  vae-plain, iwae-plain            fp32 on the plain path beside PyTorch eager fp32, at most 1.3 x as long

The limits were set on a machine with AMX, where bf16 is several times as fast as fp32. Where `vaescape bench` finds none the line
ends with `(no AMX)`. `--simulate` makes the matrix with a script called as
`SIMULATE.py run SAMPLES SEED OUT.npy`; without it and without `--data` a random matrix of the same size serves, which
costs the same time.
"""
import argparse
import csv
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
GENES = 5000


class Case:
    """A model with settings of both sides; `limit` is our time over PyTorch's."""

    def __init__(self, model, latent, precision, mode, limit, path="auto"):
        self.model, self.latent, self.precision, self.mode, self.limit, self.path = model, latent, precision, mode, limit, path


CASES = {
    "vae": Case("vae", 50, "auto", "compile-bf16", 1 / 3),
    "vae-bf16": Case("vae", 50, "bf16", "compile-bf16", 1 / 3),
    "iwae-bf16": Case("iwae", 50, "bf16", "compile-bf16", 1 / 3),
    "vae-fp32": Case("vae", 50, "fp32", "eager", 1 / 1.5),
    "iwae": Case("iwae", 50, "auto", "compile-bf16", 1 / 3),
    "infovae": Case("infovae", 50, "fp32", "eager", 1 / 40),
    "infovae-wide": Case("infovae", 200, "fp32", "eager", 1 / 100),
    "infovae-bf16": Case("infovae", 50, "bf16", "eager", 1 / 40),
    "infovae-wide-bf16": Case("infovae", 200, "bf16", "eager", 1 / 100),
    "vae-plain": Case("vae", 50, "fp32", "eager", 1.3, "plain"),
    "iwae-plain": Case("iwae", 50, "fp32", "eager", 1.3, "plain"),
}
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}


class Stopped(Exception):
    """One side did not deliver; the message says which command and why."""


def make_matrix(args, folder):
    path = folder / f"x{args.samples}.npy"
    if args.simulate:
        execute([args.torch_python, args.simulate, "run", args.samples, 1, path])
    else:
        draw = (
            "import sys, numpy as n; r = n.random.default_rng(1);"
            f"n.save(sys.argv[1], r.gamma(4, 2, ({args.samples}, {GENES})).astype('f4'))"
        )
        execute([args.torch_python, "-c", draw, path])
    return path


def latents(case, jobs):
    """Trials at once differ by one latent unit each, which costs next to nothing and makes them different cells."""
    return ",".join(str(case.latent + i) for i in range(jobs))


def time_torch(args, matrix, name, case, repetition, folder):
    out = folder / f"torch-{name}-{repetition}.csv"
    command = [args.torch_python, HERE / "torch_grid.py", "--matrix", matrix, "--out", out, "--mode", case.mode]
    command += ["--models", case.model, "--latent", latents(case, args.jobs), "--lr", "1e-3", "--optimizer", "adam"]
    command += ["--batch", args.batch, "--epochs", args.epochs, "--jobs", args.jobs, "--threads", 1, "--seed", repetition]
    execute(command)
    return rows(out, args.jobs)


def time_ours(args, matrix, name, case, repetition, folder):
    out = folder / f"vaescape-{name}-{repetition}"
    settings = {
        "data.select.keep": args.genes,
        "data.fit": "train",
        "data.split.group": "none",
        "space.model": case.model,
        "space.latent": latents(case, args.jobs),
        "space.learning-rate": "1e-3",
        "space.optimizer": "adam",
        "space.kl-weight": "0.00025",
        "train.batch": args.batch,
        "train.drop-last": "false",
        "train.output-norm": "batch",
        "train.max-epochs": args.epochs,
        "train.stop.rule": "none",
        "keep.weights": "none",
        "path": case.path,
        "seed": repetition,
    }
    command = [HERE.parent / "vaescape", "run", "korkic2021", "--data", matrix, "--out", out]
    command += ["--precision", case.precision, "--workers", args.jobs, "--quiet"]
    for key, value in settings.items():
        command += ["--set", f"{key}={value}"]
    execute([*command, *args.vaescape_options])
    return rows(out / "trials.csv", args.jobs)


def execute(command):
    command = [str(word) for word in command]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True)
    if done.returncode != 0:
        raise Stopped(f"exit code {done.returncode} of: {' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def rows(path, count):
    with open(path, newline="") as lines:
        found = list(csv.DictReader(lines))
    if len(found) != count or any(row["status"] != "max-epochs" for row in found):
        raise Stopped(f"{path}: expected {count} trials that ended max-epochs, found {[row['status'] for row in found]}")
    return found


def has_tiles():
    """Whether the program finds that the processor multiplies bfloat16 numbers in tiles; it asks with the smallest measurement."""
    command = [HERE.parent / "vaescape", "bench", "--json", "--quiet", "--models", "ae", "--seconds", "0.01"]
    return json.loads(execute([*command, "--samples", 4, "--batch", 2, "--genes", 8, "--latent", 1]))["machine"]["amx"]


def measure(args, matrix, folder):
    missed = False
    machine = "" if has_tiles() else " (no AMX)"
    for name in args.cases.split(","):
        case = CASES[name]
        ours, torch, how = [], [], ""
        for repetition in range(args.repetitions):
            sides = [time_torch, time_ours] if repetition % 2 == 0 else [time_ours, time_torch]
            for side in sides:
                found = side(args, matrix, name, case, repetition, folder)
                seconds = statistics.mean(float(row["epoch_seconds"]) for row in found)
                (torch if side is time_torch else ours).append(seconds)
                how = f"{found[0]['path']}, {found[0]['precision']}" if side is time_ours else how
        ratio = min(ours) / min(torch)
        holds = ratio <= case.limit
        missed = missed or not holds
        print(
            f"{'PASS' if holds else 'FAIL'}  {name} ({case.model}, latent {case.latent}, {args.jobs} at once): epoch here ({how})"
            f" {figures(ours)}, PyTorch {case.mode} {figures(torch)}, ratio of minima {ratio:.3f} ({1 / ratio:.2f} x faster),"
            f" at most {case.limit:.3f}{machine}",
            flush=True,
        )
    return missed


def figures(seconds):
    return f"{min(seconds):.3f} s (median {statistics.median(seconds):.3f}, all {' '.join(f'{s:.3f}' for s in seconds)})"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--torch-python", default=sys.executable, help="a Python that has torch, numpy and pandas")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--data", type=pathlib.Path, help="a matrix, .npy, samples x genes")
    source.add_argument("--simulate", type=pathlib.Path, help="a script that makes the matrix")
    parser.add_argument("--genes", type=int, default=GENES, help="columns of --data")
    parser.add_argument("--samples", type=int, default=11000)
    parser.add_argument("--cases", default="vae,vae-fp32,iwae,infovae,infovae-wide", help="of those above, with commas")
    parser.add_argument("--jobs", type=int, default=2, help="trials at once on both sides")
    parser.add_argument("--batch", type=int, default=1000)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--out", type=pathlib.Path, help="keep the tables here")
    parser.add_argument("vaescape_options", nargs="*", help="after --: more options for `vaescape run`")
    args = parser.parse_args()
    unknown = set(args.cases.split(",")) - set(CASES)
    if unknown:
        parser.error(f"--cases: {', '.join(sorted(unknown))} not known; choose from {', '.join(CASES)}")
    return args


def main():
    args = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.out or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.glob("vaescape-*")):
            raise Stopped(f"{folder} holds an earlier measurement, which a study would continue instead of training: choose another")
        return 1 if measure(args, args.data or make_matrix(args, folder), folder) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Stopped, OSError) as problem:
        print(f"epoch_time.py: {problem}", file=sys.stderr)
        sys.exit(2)
