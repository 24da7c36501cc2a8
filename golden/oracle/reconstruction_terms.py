#!/usr/bin/env python3
"""Reconstruction terms from scipy.stats, their gradients from torch.distributions.

usage: reconstruction_terms.py [--seed N] [--out DIR]

Writes reconstructions/{gaussian,laplace,bce,nb,zinb}.json. Values come from scipy.stats, element by element;
the same value from torch.distributions must agree to 1e-12 and gives the gradient of the sum over all elements.
The decoder's preactivation is hidden @ weight.T + bias; its output is the sigmoid of that for gaussian and laplace,
its logit for bce; the mean of counts is the row's sum x softmax over genes.
"""
import argparse

import numpy as np
import scipy
import torch
import torch.distributions as D
from scipy import stats
from scipy.special import expit, softmax, xlogy

from make_golden import rd, write

T = lambda a: torch.tensor(np.asarray(a), dtype=torch.float64)


def case(rng, rows, genes, units):
    return {
        "hidden": rd(rng.normal(size=(rows, units))),
        "parameters": {
            "output.linear.weight": rd(rng.normal(size=(genes, units))),
            "output.linear.bias": rd(0.3 * rng.normal(size=genes)),
        },
    }


def numpy_preactivation(c):
    p = c["parameters"]
    return c["hidden"] @ p["output.linear.weight"].T + p["output.linear.bias"]


def finish(c, errors, torch_errors, P):
    deviation = np.abs(torch_errors.detach().numpy() - errors).max() / max(1, np.abs(errors).max())
    assert deviation < 1e-12, deviation
    gradients = torch.autograd.grad(torch_errors.sum(), list(P.values()))
    return {**c, "errors": errors, "gradients": dict(zip(P, gradients))}


def leaves(c):
    return {k: T(v).requires_grad_(True) for k, v in c["parameters"].items()}


def torch_preactivation(c, P):
    return T(c["hidden"]) @ P["output.linear.weight"].T + P["output.linear.bias"]


def gaussian(rng, size, variance):
    c = {"settings": {"variance": variance}, **case(rng, *size)}
    c["x"] = rd(rng.uniform(-0.5, 1.5, size=size[:2]))
    v = variance
    if variance == "learned":
        c["parameters"]["reconstruction.logvar"] = rd(rng.normal(size=size[1]))
        v = np.exp(c["parameters"]["reconstruction.logvar"])
    errors = -stats.norm.logpdf(c["x"], expit(numpy_preactivation(c)), np.sqrt(v))
    P = leaves(c)
    tv = P["reconstruction.logvar"].exp() if variance == "learned" else T(variance)
    y = torch_preactivation(c, P).sigmoid()
    return finish(c, errors, -D.Normal(y, tv.sqrt()).log_prob(T(c["x"])), P)


def laplace(rng, size, scale):
    c = {"settings": {"scale": scale}, **case(rng, *size)}
    c["x"] = rd(rng.uniform(-0.5, 1.5, size=size[:2]))
    errors = -stats.laplace.logpdf(c["x"], expit(numpy_preactivation(c)), scale)
    P = leaves(c)
    y = torch_preactivation(c, P).sigmoid()
    return finish(c, errors, -D.Laplace(y, T(scale)).log_prob(T(c["x"])), P)


def bce(rng, size):
    """scipy.stats.bernoulli has whole outcomes alone: x of its log-probability of 1, 1 - x of that of 0"""
    c = {"settings": {}, **case(rng, *size)}
    x = rng.uniform(size=size[:2])
    x[0, :2] = 0, 1
    c["x"] = rd(x)
    p = expit(numpy_preactivation(c))
    errors = -(c["x"] * stats.bernoulli.logpmf(1, p) + (1 - c["x"]) * stats.bernoulli.logpmf(0, p))
    P = leaves(c)
    t = -D.Bernoulli(logits=torch_preactivation(c, P), validate_args=False).log_prob(T(c["x"]))
    return finish(c, errors, t, P)


def counts(rng, size, inflated):
    c = {"settings": {}, **case(rng, *size)}
    rows, genes, units = size
    x = rng.negative_binomial(2, 0.1, size=(rows, genes)).astype(float)
    x[rng.uniform(size=x.shape) < 0.3] = 0
    x[-1] = 0  # a row without counts: its library counts as 1
    c["x"] = x
    c["parameters"]["reconstruction.log_dispersion"] = rd(rng.normal(size=genes))
    if inflated:
        c["parameters"]["reconstruction.dropout.weight"] = rd(rng.normal(size=(genes, units)))
        c["parameters"]["reconstruction.dropout.bias"] = rd(rng.normal(size=genes))
    p = c["parameters"]
    library = np.maximum(x.sum(1, keepdims=True), 1)
    mean = library * softmax(numpy_preactivation(c), axis=1)
    t = np.exp(p["reconstruction.log_dispersion"])
    log_p = stats.nbinom.logpmf(x, t, t / (t + mean))
    P = leaves(c)
    tt = P["reconstruction.log_dispersion"].exp()
    tm = T(library) * torch_preactivation(c, P).softmax(1)
    log_q = D.NegativeBinomial(tt.expand(tm.shape), logits=tm.log() - tt.log()).log_prob(T(x))
    if inflated:
        d = expit(c["hidden"] @ p["reconstruction.dropout.weight"].T + p["reconstruction.dropout.bias"])
        log_p = np.where(x == 0, np.log(d + (1 - d) * np.exp(log_p)), np.log1p(-d) + log_p)
        td = (T(c["hidden"]) @ P["reconstruction.dropout.weight"].T + P["reconstruction.dropout.bias"]).sigmoid()
        log_q = torch.where(T(x) == 0, (td + (1 - td) * log_q.exp()).log(), torch.log1p(-td) + log_q)
    return finish(c, -log_p, -log_q, P)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--seed", type=int, default=20261)
    a.add_argument("--out", default=".")
    args = a.parse_args()
    sizes = [(4, 5, 3), (9, 12, 4)]
    terms = {
        "gaussian": lambda r, s: [gaussian(r, s, v) for v in (1.0, 0.04, "learned")],
        "laplace": lambda r, s: [laplace(r, s, b) for b in (1.0, 0.2)],
        "bce": lambda r, s: [bce(r, s)],
        "nb": lambda r, s: [counts(r, s, False)],
        "zinb": lambda r, s: [counts(r, s, True)],
    }
    for i, (name, make) in enumerate(terms.items()):
        cases = []
        for j, size in enumerate(sizes):
            cases += make(np.random.default_rng([args.seed, 7, i, j]), size)
        versions = {"scipy": scipy.__version__, "numpy": np.__version__, "torch": torch.__version__}
        write(args.out, f"reconstructions/{name}.json", {"term": name, "versions": versions, "cases": cases})


if __name__ == "__main__":
    main()
