#!/usr/bin/env python3
"""Counts, and what NumPy makes of them: counts per million, and the size factors of DESeq (Anders and Huber 2010,
equation 5, as estimateSizeFactorsForMatrix of DESeq2 has it), written down again from the paper.

  make.py [FOLDER]
"""
import pathlib
import sys

import numpy as np
import pandas as pd

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
rng = np.random.default_rng(17)
depth = rng.uniform(0.3, 3, 12)
counts = rng.negative_binomial(5, 5 / (5 + depth[:, None] * rng.lognormal(3, 1.5, 9)))
counts[:, 2] = 0  # a gene without any count
counts[4, 3] = 0  # of a sample that is fitted on
counts[10, 5] = 0  # of one that is not, when the first eight are
samples = [f"s{i}" for i in range(1, 13)]
pd.DataFrame(counts, index=samples, columns=[f"g{i}" for i in range(1, 10)]).to_csv(folder / "counts.csv", index_label="samples")


def size_factors(reference):
    with np.errstate(divide="ignore"):
        log = np.log(counts)
    means = log[reference].mean(axis=0)
    of_all = np.isfinite(means)
    return [np.exp(np.median((log[s] - means)[of_all & (counts[s] > 0)])) for s in range(len(counts))]


def geometric(reference):
    return [np.prod(g.astype(float)) ** (1 / len(g)) for g in counts[reference].T]


pd.DataFrame(
    {"all": size_factors(np.arange(12)), "first8": size_factors(np.arange(8)), "total": counts.sum(axis=1)}, index=samples
).to_csv(folder / "factors.csv", index_label="sample")
pd.DataFrame({"all": geometric(np.arange(12)), "first8": geometric(np.arange(8))}, index=[f"g{i}" for i in range(1, 10)]).to_csv(
    folder / "means.csv", index_label="gene"
)
