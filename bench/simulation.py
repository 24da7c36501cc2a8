#!/usr/bin/env python3
"""How like a real matrix a simulated one is: the table of docs/simulate.md.

    simulation.py REAL.tsv.gz REAL.labels.tsv SIMULATED.npy

SIMULATED comes from `./vaescape simulate --like REAL.tsv.gz --labels REAL.labels.tsv`, with .genes.txt and
.labels.tsv beside it, and at least as many samples as REAL. Needs numpy and pandas.
"""
import sys

import numpy as np
import pandas as pd


def spectrum(x):
    z = (x - x.mean(0)) / np.where(x.std(0) > 0, x.std(0), 1)
    s = np.linalg.svd(z, compute_uv=False) ** 2
    return s / s.sum()


def neighbours(x, y, k=5):
    """Share of samples whose class is the most frequent among their k nearest others."""
    z = (x - x.mean(0)) / np.where(x.std(0) > 0, x.std(0), 1)
    square = (z * z).sum(1)
    right = 0
    for i in range(len(z)):
        distance = square - 2 * z @ z[i]
        distance[i] = np.inf
        names, counts = np.unique(y[np.argsort(distance, kind="stable")[:k]], return_counts=True)
        right += names[counts.argmax()] == y[i]
    return right / len(z)


def main(real_path, labels_path, simulated_path):
    stem = simulated_path.removesuffix(".npy")
    genes = [line.rstrip("\n") for line in open(stem + ".genes.txt", encoding="utf-8")]
    real = pd.read_csv(real_path, sep="\t", index_col=0).loc[genes].T
    labels = pd.read_csv(labels_path, sep="\t", dtype=str, keep_default_na=False).set_index("sample")["label"]
    real = real.loc[[s for s in real.index if labels.get(s, "")]]
    y = labels.loc[real.index].to_numpy()
    x = real.to_numpy(dtype=np.float64)
    every = np.load(simulated_path)
    classes = pd.read_csv(stem + ".labels.tsv", sep="\t", dtype=str, keep_default_na=False)["label"].to_numpy()
    n = len(x)
    part = every[:n].astype(np.float64)

    print(f"{n} real and {len(every)} simulated samples of {len(genes)} genes")
    mean, sd = every.mean(0, dtype=np.float64), every.std(0, dtype=np.float64)
    print(f"mean: r {np.corrcoef(x.mean(0), mean)[0, 1]:.5f}, mean abs. error {abs(x.mean(0) - mean).mean():.4f}, max {abs(x.mean(0) - mean).max():.3f}")
    ratio = sd / x.std(0, ddof=1)
    print(f"SD: r {np.corrcoef(x.std(0, ddof=1), sd)[0, 1]:.5f}, ratio mean {ratio.mean():.3f}, 5-95 % {np.quantile(ratio, .05):.3f}-{np.quantile(ratio, .95):.3f}")
    print(f"zeros: {(x == 0).mean():.4f} {(every == 0).mean():.4f}")
    a, b = spectrum(x), spectrum(part)
    tops = [k for k in (1, 5, 10, 20, 50, 100, 200) if k < n]
    print("top", tops, "PCs, real", [round(a[:k].sum(), 3) for k in tops], "simulated", [round(b[:k].sum(), 3) for k in tops])
    print(f"participation ratio: {1 / (a ** 2).sum():.1f} {1 / (b ** 2).sum():.1f}")
    chosen = np.random.default_rng(1).choice(len(genes), min(300, len(genes)), replace=False)
    upper = np.triu_indices(len(chosen), 1)
    c, d = np.corrcoef(x[:, chosen].T)[upper], np.corrcoef(every[:, chosen].T)[upper]
    print(f"gene-gene correlations, {len(chosen)} genes: SD {c.std():.3f} {d.std():.3f}, r {np.corrcoef(c, d)[0, 1]:.3f}, slope {np.polyfit(c, d, 1)[0]:.2f}")
    few = chosen[:84]
    print(f"5-NN class accuracy, 84 genes: {neighbours(x[:, few], y):.3f} {neighbours(part[:, few], classes[:n]):.3f}, all genes: {neighbours(x, y):.3f} {neighbours(part, classes[:n]):.3f}")


main(*sys.argv[1:])
