#!/usr/bin/env python3
"""How long is an epoch here and in PyTorch eager fp32, in the same run?

  epoch_time.py --torch-python PYTHON [--data X.npy | --simulate SIMULATE.py] [--samples 11000] [--models vae,iwae,infovae]
                [--latent N] [--batch 1000] [--epochs 3] [--repetitions 3] [--out DIR]

Both sides train the same matrix (.npy, samples x genes) on one thread, one trial at a time, and alternate, because a machine's
speed moves by a third within hours. A repetition gives one figure a side: the median epoch, training and validation, as each
side reports it in `epoch_seconds`. One line is printed for each model; exit code 1 if a limit is missed. The limits hold for
the plain path (autograd, fp32); the path that ran is printed. `--simulate` makes the matrix with a script called as
`SIMULATE.py run SAMPLES SEED OUT.npy`; without it and without `--data` a random matrix of the same size serves, which
costs the same time.
"""
import argparse
import csv
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
GENES = 5000
LIMITS = {"vae": 1.3, "iwae": 1.3, "infovae": 1 / 20}  # our time over PyTorch's
# PyTorch lays out all pairs of samples in latent space, so what that costs grows with the latent; at 50, 1/20 of its epoch is less
# than the products of the two wide layers alone take in fp32 (docs/speed.md), at 200, the study's largest, the pairs decide.
LATENTS = {"vae": 50, "iwae": 50, "infovae": 200}
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


def time_torch(args, matrix, model, latent, repetition, folder):
    out = folder / f"torch-{model}-{repetition}.csv"
    command = [args.torch_python, HERE / "torch_grid.py", "--matrix", matrix, "--out", out, "--mode", "eager"]
    command += ["--models", model, "--latent", latent, "--lr", "1e-3", "--optimizer", "adam", "--batch", args.batch]
    execute([*command, "--epochs", args.epochs, "--jobs", 1, "--threads", 1, "--seed", repetition])
    return one_row(out)


def time_ours(args, matrix, model, latent, repetition, folder):
    out = folder / f"vaescape-{model}-{repetition}"
    settings = {
        "data.select.keep": args.genes,
        "data.fit": "train",
        "data.split.group": "none",
        "space.model": model,
        "space.latent": latent,
        "space.learning-rate": "1e-3",
        "space.optimizer": "adam",
        "space.kl-weight": "0.00025",
        "train.batch": args.batch,
        "train.drop-last": "false",
        "train.output-norm": "batch",
        "train.max-epochs": args.epochs,
        "train.stop.rule": "none",
        "keep.weights": "none",
        "seed": repetition,
    }
    command = [HERE.parent / "vaescape", "run", "korkic2021", "--data", matrix, "--out", out]
    command += ["--precision", "fp32", "--workers", 1, "--quiet"]
    for key, value in settings.items():
        command += ["--set", f"{key}={value}"]
    execute([*command, *args.vaescape_options])
    return one_row(out / "trials.csv")


def execute(command):
    command = [str(word) for word in command]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True)
    if done.returncode != 0:
        raise Stopped(f"exit code {done.returncode} of: {' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def one_row(path):
    with open(path, newline="") as lines:
        rows = list(csv.DictReader(lines))
    if len(rows) != 1 or rows[0]["status"] != "max-epochs":
        raise Stopped(f"{path}: expected one trial that ended max-epochs, found {[r['status'] for r in rows]}")
    return rows[0]


def measure(args, matrix, folder):
    missed = False
    for model in args.models.split(","):
        ours, torch, path = [], [], ""
        latent = args.latent or LATENTS[model]
        for repetition in range(args.repetitions):
            sides = [time_torch, time_ours] if repetition % 2 == 0 else [time_ours, time_torch]
            for side in sides:
                row = side(args, matrix, model, latent, repetition, folder)
                (torch if side is time_torch else ours).append(float(row["epoch_seconds"]))
                path = row.get("path", path)
        ratio = min(ours) / min(torch)
        holds = ratio <= LIMITS[model]
        missed = missed or not holds
        print(
            f"{'PASS' if holds else 'FAIL'}  {model} latent {latent}: epoch here ({path}) {figures(ours)},"
            f" PyTorch eager {figures(torch)}, ratio of minima {ratio:.3f} ({1 / ratio:.1f} x faster), at most {LIMITS[model]:.2f}",
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
    parser.add_argument("--models", default="vae,iwae,infovae")
    parser.add_argument("--latent", type=int, help="of all models; default: 50, for infovae 200")
    parser.add_argument("--batch", type=int, default=1000)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--out", type=pathlib.Path, help="keep the tables here")
    parser.add_argument("vaescape_options", nargs="*", help="after --: more options for `vaescape run`")
    args = parser.parse_args()
    unknown = set(args.models.split(",")) - set(LIMITS)
    if unknown:
        parser.error(f"--models: no limit is known for {', '.join(sorted(unknown))}; choose from {', '.join(LIMITS)}")
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
