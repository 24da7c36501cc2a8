#!/usr/bin/env python3
"""Writes expected.json: a fit and a generator of the model in docs/simulate.md by numpy and scipy alone.

numpy 2.4.6, scipy 1.17.1. Run in this folder: python3 make.py
"""
import json

import numpy as np
from scipy.optimize import fsolve
from scipy.stats import norm

KAPPA, SHARE, CLASS_SHARE, STRETCH = 0.5, 0.88, 0.66, 2.5


def clipped_moments(m, s, proportions, centroids, within):
    """Mean and SD of max(0, m + s (centroid + within normal)), classes mixed."""
    centre, spread = m + s * centroids, s * within
    a = centre / spread
    first = centre * norm.cdf(a) + spread * norm.pdf(a)
    second = (centre**2 + spread**2) * norm.cdf(a) + centre * spread * norm.pdf(a)
    mean = proportions @ first
    return mean, np.sqrt(proportions @ second - mean**2)


def fit(x, y, rank):
    """x: samples x genes, y: classes as 0, 1, ..."""
    n, genes = x.shape
    mu, sd = x.mean(0), x.std(0, ddof=1)
    z = (x - mu) / sd
    sizes = np.bincount(y)
    proportions = sizes / n
    means = np.array([z[y == c].mean(0) for c in range(len(sizes))])
    residuals = (z - means[y]) * np.where(sizes > 1, np.sqrt(sizes / np.maximum(1, sizes - 1)), 0)[y][:, None]
    centroids = means * (sizes / (sizes + KAPPA))[:, None]
    centroids -= proportions @ centroids
    between = proportions @ centroids**2
    factor = np.sqrt(np.minimum(1, CLASS_SHARE / between))
    centroids, between = centroids * factor, between * factor**2
    u, s, vt = np.linalg.svd(residuals / np.sqrt(sizes[sizes > 1].sum()), full_matrices=False)
    free = (sizes - 1).sum()
    rank = min(rank, free, genes)
    b = vt[:rank].T * s[:rank]
    of_factors = (b**2).sum(1)
    stretch = np.minimum(STRETCH, np.sqrt(np.maximum(0, SHARE - between) / of_factors))
    b *= stretch[:, None]
    psi2 = 1 - between - (b**2).sum(1)
    within = np.sqrt(1 - between)
    clipped = x.min() == 0
    mean, scale = mu.copy(), sd.copy()
    if clipped:
        for g in range(genes):
            def off(p):
                reached = clipped_moments(p[0], abs(p[1]), proportions, centroids[:, g], within[g])
                return [(reached[0] - mu[g]) / sd[g], (reached[1] - sd[g]) / sd[g]]

            mean[g], scale[g] = fsolve(off, [mu[g], sd[g]], xtol=1e-12)
    return dict(mean=mean, scale=scale, noise=np.sqrt(psi2), centroids=centroids, covariance=b @ b.T)


def run(p, samples, seed):
    """As the generator that the method was checked with: one product, then clipped at 0."""
    rng = np.random.default_rng(seed)
    c, b = np.array(p["centroids"]), np.array(p["loadings"])
    y = rng.choice(len(c), samples, p=p["proportions"])
    e = c[y] + rng.standard_normal((samples, b.shape[1])) @ b.T + rng.standard_normal((samples, len(b))) * p["noise"]
    return np.maximum(np.array(p["mean"]) + np.array(p["scale"]) * e, 0)


def main():
    rng = np.random.default_rng(8)
    y = np.repeat([0, 1, 2, 3], [12, 9, 6, 1])
    x = 3 * rng.standard_normal((4, 10))[y] * rng.uniform(0, 1, 10) + rng.normal(0, [2.5, 1.5, 0.2], (28, 3)) @ rng.standard_normal((3, 10)) * np.array([3, 2, 1, 1, 1, 1, 1, 1, 1, 0.1])
    x = np.maximum(0, np.round(rng.uniform(1, 9, 10) + x + 0.4 * rng.standard_normal((28, 10)), 3)).astype(np.float32)
    fits = {str(rank): {k: v.round(9).tolist() for k, v in fit(x.astype(float), y, rank).items()} for rank in (100, 2)}

    genes, factors = 6, 3
    p = dict(
        proportions=[0.5, 0.3, 0.2],
        mean=[5.0, 1.0, 0.2, 8.0, 3.0, -1.0],
        scale=[2.0, 1.5, 1.0, 3.0, 0.5, 2.0],
        noise=rng.uniform(0.2, 0.8, genes).round(3).tolist(),
        centroids=rng.normal(0, 0.7, (3, genes)).round(3).tolist(),
        loadings=rng.normal(0, 0.4, (genes, factors)).round(3).tolist(),
    )
    drawn = run(p, 1_000_000, 1)
    moments = dict(
        mean=drawn.mean(0).round(6).tolist(),
        deviation=drawn.std(0).round(6).tolist(),
        zeros=(drawn == 0).mean(0).round(6).tolist(),
        correlation=np.corrcoef(drawn.T).round(6).tolist(),
    )
    with open("expected.json", "w") as out:
        json.dump(dict(matrix=x.astype(float).round(3).tolist(), classes=y.tolist(), fits=fits, model=p, moments=moments), out)
        out.write("\n")


main()
