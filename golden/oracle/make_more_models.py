#!/usr/bin/env python3
"""Reference values of models that golden/models does not hold: golden/models-more/<model>.json.

usage: OMP_NUM_THREADS=1 python oracle/make_more_models.py --seed N --out DIR [--only NAME,...]

Each loss is written out from its paper in plain torch, in float64. Rounding of inputs, digits of
outputs and architecture are those of make_golden.py; golden/README.md describes the files.
"""
import argparse, math
import numpy as np
import torch
import torch.nn.functional as F
from make_golden import LOG2PI, bn, decode, kl_rows, make_x, rd, write


# ------------------------------------------------------------------------------ network
def linear(rng, P, name, outputs, inputs):
    k = 1 / math.sqrt(inputs)
    P[name + ".weight"] = rd(rng.uniform(-k, k, (outputs, inputs)))
    P[name + ".bias"] = rd(rng.uniform(-k, k, outputs))


def norm(rng, P, S, name, size):
    P[name + ".weight"] = rd(rng.uniform(0.6, 1.4, size))
    P[name + ".bias"] = rd(rng.normal(0, 0.2, size))
    S[name + ".running_mean"] = rd(rng.normal(0, 0.3, size))
    S[name + ".running_var"] = rd(rng.uniform(0.5, 1.5, size))


def network(rng, D, hidden, mu, logvar, code):
    """-> parameters, running statistics; a head of size 0 is absent"""
    P, S = {}, {}
    n = D
    for i, h in enumerate(hidden):
        linear(rng, P, f"encoder.{i}.linear", h, n)
        norm(rng, P, S, f"encoder.{i}.norm", h)
        n = h
    linear(rng, P, "mu", mu, n)
    if logvar:
        linear(rng, P, "logvar", logvar, n)
    n = code
    for i, h in enumerate(reversed(hidden)):
        linear(rng, P, f"decoder.{i}.linear", h, n)
        norm(rng, P, S, f"decoder.{i}.norm", h)
        n = h
    linear(rng, P, "output.linear", D, n)
    norm(rng, P, S, "output.norm", D)
    return P, S


def heads(P, S, x):
    h, i = x, 0
    while f"encoder.{i}.linear.weight" in P:
        h = F.relu(bn(P, S, f"encoder.{i}.norm", F.linear(h, P[f"encoder.{i}.linear.weight"], P[f"encoder.{i}.linear.bias"]), True))
        i += 1
    mu = F.linear(h, P["mu.weight"], P["mu.bias"])
    return mu, F.linear(h, P["logvar.weight"], P["logvar.bias"]) if "logvar.weight" in P else None


def mse(P, S, z, x):
    return ((decode(P, S, z, True) - x) ** 2).mean()


# ------------------------------------------------------------------------------ models
class FactorVae:
    """Kim and Mnih 2018, equation 2 and algorithm 2; D(z) is the probability that z is no permuted one"""
    name = "factor-vae"
    cases = [dict(gamma=10.0, discriminator=[7, 4], rate=1.0), dict(gamma=2.5, discriminator=[9], rate=0.5)]

    def sizes(self, hp, Z):
        return Z, Z, Z

    def settings(self, hp):
        return {"gamma": hp["gamma"], "discriminator": hp["discriminator"], "discriminator-rate": hp["rate"]}

    def extras(self, rng, P, hp, D, Z):
        discriminator(rng, P, hp["discriminator"], Z)

    def noise(self, rng, hp, B, Z):
        return {"eps": rd(rng.normal(size=(B, Z)), 6), "permutation": rd(rng.normal(size=(B, Z)), 6)}

    def z(self, P, S, x, n):
        mu, lv = heads(P, S, x)
        return mu, lv, mu + torch.exp(0.5 * lv) * n["eps"]

    def loss(self, P, S, x, n, hp, w, step):
        mu, lv, z = self.z(P, S, x, n)
        d = probability(P, z)
        t = {"reconstruction": mse(P, S, z, x), "kl": kl_rows(mu, lv).mean(),
             "total_correlation": (torch.log(d) - torch.log(1 - d)).mean()}
        t["loss"] = t["reconstruction"] + w * t["kl"] + w * hp["gamma"] * t["total_correlation"]
        return t

    def latent(self, P, S, x, hp):
        return gaussian_latent(*heads(P, S, x))

    def adversary(self, P, S, x, n, hp):
        z = self.z(P, S, x, n)[2].detach()
        permuted = torch.empty_like(z)
        for j in range(z.shape[1]):                     # permute_dims of the paper, one permutation a unit
            order = sorted(range(z.shape[0]), key=lambda i: float(n["permutation"][i, j]))
            for row, source in enumerate(order):
                permuted[row, j] = z[source, j]
        return -(torch.log(probability(P, z)).mean() + torch.log(1 - probability(P, permuted)).mean()) / 2


class Aae:
    """Makhzani et al. 2016: the discriminator tells draws of N(0, I) from codes"""
    name = "aae"
    cases = [dict(encoder="deterministic", reg=0.3, discriminator=[7, 4], rate=1.0),
             dict(encoder="gaussian", reg=0.02, discriminator=[6], rate=2.0)]

    def sizes(self, hp, Z):
        return Z, Z, Z

    def settings(self, hp):
        return {"encoder": hp["encoder"], "reg-weight": hp["reg"], "discriminator": hp["discriminator"],
                "discriminator-rate": hp["rate"]}

    def extras(self, rng, P, hp, D, Z):
        discriminator(rng, P, hp["discriminator"], Z)

    def noise(self, rng, hp, B, Z):
        n = {"prior_z": rd(rng.normal(size=(B, Z)), 6)}
        if hp["encoder"] == "gaussian":
            n["eps"] = rd(rng.normal(size=(B, Z)), 6)
        return n

    def z(self, P, S, x, n):
        mu, lv = heads(P, S, x)
        return mu, lv, mu + torch.exp(0.5 * lv) * n["eps"] if "eps" in n else mu

    def loss(self, P, S, x, n, hp, w, step):
        mu, lv, z = self.z(P, S, x, n)
        t = {"reconstruction": mse(P, S, z, x), "adversarial": -torch.log(probability(P, z)).mean()}
        t["loss"] = t["reconstruction"] + hp["reg"] * t["adversarial"]
        if "eps" in n:
            t["kl"] = kl_rows(mu, lv).mean()
        return t

    def latent(self, P, S, x, hp):
        made = gaussian_latent(*heads(P, S, x))
        return made if hp["encoder"] == "gaussian" else {"mean": made["mean"]}

    def adversary(self, P, S, x, n, hp):
        z = self.z(P, S, x, n)[2].detach()
        return -(torch.log(probability(P, n["prior_z"])).mean() + torch.log(1 - probability(P, z)).mean()) / 2


def gaussian_latent(mu, lv):
    return {"mean": mu, "kl_by_unit": -0.5 * (1 + lv - mu ** 2 - lv.exp())}


def discriminator(rng, P, hidden, inputs):
    for i, size in enumerate(hidden + [1]):
        linear(rng, P, f"adversary.{i}", size, inputs)
        inputs = size


def probability(P, z):
    h, i = z, 0
    while f"adversary.{i + 1}.weight" in P:
        h = F.leaky_relu(F.linear(h, P[f"adversary.{i}.weight"], P[f"adversary.{i}.bias"]), 0.2)
        i += 1
    return torch.sigmoid(F.linear(h, P[f"adversary.{i}.weight"], P[f"adversary.{i}.bias"])).squeeze(1)


def gumbel(normal):
    """from standard normal draws: u = their distribution function is uniform"""
    u = 0.5 * torch.erfc(-normal / math.sqrt(2))
    return -torch.log(-torch.log(u))


def temperature(hp, step):
    return max(hp["min"], hp["start"] * math.exp(-hp["rate"] * step))


def categorical_kl(logits):
    """KL(q || uniform) of each variable"""
    q = torch.softmax(logits, -1)
    return (q * (torch.log(q) - math.log(1 / logits.shape[-1]))).sum(-1)


ANNEALING = dict(start=1.0, min=0.5, rate=3e-4)


class CatVae:
    """Jang, Gu and Poole 2017, section 2; prior uniform"""
    name = "cat-vae"
    cases = [dict(categories=4, **ANNEALING), dict(categories=3, **ANNEALING)]

    def sizes(self, hp, Z):
        return Z * hp["categories"], 0, Z * hp["categories"]

    def settings(self, hp):
        return {"categories": hp["categories"], "temperature": hp["start"], "min-temperature": hp["min"],
                "anneal-rate": hp["rate"]}

    def extras(self, rng, P, hp, D, Z):
        pass

    def noise(self, rng, hp, B, Z):
        return {"eps": rd(rng.normal(size=(B, Z, hp["categories"])), 6)}

    def logits(self, P, S, x, hp):
        h = heads(P, S, x)[0]
        return h.reshape(h.shape[0], -1, hp["categories"])

    def loss(self, P, S, x, n, hp, w, step):
        logits = self.logits(P, S, x, hp)
        y = torch.softmax((logits + gumbel(n["eps"])) / temperature(hp, step), -1)
        t = {"reconstruction": mse(P, S, y.flatten(1), x), "kl": categorical_kl(logits).sum(1).mean()}
        t["loss"] = t["reconstruction"] + w * t["kl"]
        return t

    def latent(self, P, S, x, hp):
        logits = self.logits(P, S, x, hp)
        return {"mean": torch.softmax(logits, -1).flatten(1), "kl_by_unit": categorical_kl(logits)}


class JointVae:
    """Dupont 2018, equation 7; capacities rise linearly with steps, that of the variables no further than they can tell"""
    name = "joint-vae"
    cases = [dict(discrete=1, categories=4, gamma=30.0, capacity=5.0, discrete_capacity=1.0, steps=1000, **ANNEALING),
             dict(discrete=2, categories=3, gamma=7.0, capacity=2.0, discrete_capacity=9.0, steps=500, **ANNEALING)]

    def sizes(self, hp, Z):
        return Z + hp["discrete"] * hp["categories"], Z, Z + hp["discrete"] * hp["categories"]

    def settings(self, hp):
        return {"discrete": hp["discrete"], "categories": hp["categories"], "gamma": hp["gamma"],
                "capacity": hp["capacity"], "discrete-capacity": hp["discrete_capacity"], "steps": hp["steps"],
                "temperature": hp["start"], "min-temperature": hp["min"], "anneal-rate": hp["rate"]}

    def extras(self, rng, P, hp, D, Z):
        pass

    def noise(self, rng, hp, B, Z):
        return {"eps": rd(rng.normal(size=(B, Z + hp["discrete"] * hp["categories"])), 6)}

    def parts(self, P, S, x, hp):
        h, lv = heads(P, S, x)
        Z = lv.shape[1]
        return h[:, :Z], lv, h[:, Z:].reshape(len(h), hp["discrete"], hp["categories"])

    def loss(self, P, S, x, n, hp, w, step):
        mu, lv, logits = self.parts(P, S, x, hp)
        Z = mu.shape[1]
        z = mu + torch.exp(0.5 * lv) * n["eps"][:, :Z]
        g = gumbel(n["eps"][:, Z:].reshape(logits.shape))
        y = torch.softmax((logits + g) / temperature(hp, step), -1)
        kz, kc = kl_rows(mu, lv).mean(), categorical_kl(logits).sum(1).mean()
        cz = min(hp["capacity"], hp["capacity"] * step / hp["steps"])
        cc = min(hp["discrete_capacity"], hp["discrete_capacity"] * step / hp["steps"],
                 hp["discrete"] * math.log(hp["categories"]))
        t = {"reconstruction": mse(P, S, torch.cat([z, y.flatten(1)], 1), x), "kl": kz + kc, "kl_discrete": kc}
        t["loss"] = t["reconstruction"] + w * hp["gamma"] * ((kz - cz).abs() + (kc - cc).abs())
        return t

    def latent(self, P, S, x, hp):
        mu, lv, logits = self.parts(P, S, x, hp)
        return {"mean": torch.cat([mu, torch.softmax(logits, -1).flatten(1)], 1),
                "kl_by_unit": torch.cat([gaussian_latent(mu, lv)["kl_by_unit"], categorical_kl(logits)], 1)}


class VampVae:
    """Tomczak and Welling 2018, equation 9; pseudo-inputs = sigmoid of parameters, encoded with the batch"""
    name = "vamp-vae"
    cases = [dict(components=3), dict(components=5)]

    def sizes(self, hp, Z):
        return Z, Z, Z

    def settings(self, hp):
        return {"components": hp["components"]}

    def extras(self, rng, P, hp, D, Z):
        P["pseudo_inputs"] = rd(rng.uniform(-2, 2, (hp["components"], D)))

    def noise(self, rng, hp, B, Z):
        return {"eps": rd(rng.normal(size=(B, Z)), 6)}

    def loss(self, P, S, x, n, hp, w, step):
        mu, lv = heads(P, S, torch.cat([x, torch.sigmoid(P["pseudo_inputs"])]))
        B = len(x)
        z = mu[:B] + torch.exp(0.5 * lv[:B]) * n["eps"]
        q = torch.distributions.Normal(mu[:B], torch.exp(0.5 * lv[:B])).log_prob(z).sum(1)
        prior = torch.distributions.MixtureSameFamily(
            torch.distributions.Categorical(logits=torch.zeros(hp["components"])),
            torch.distributions.Independent(torch.distributions.Normal(mu[B:], torch.exp(0.5 * lv[B:])), 1))
        t = {"reconstruction": mse(P, S, z, x), "kl": (q - prior.log_prob(z)).mean()}
        t["loss"] = t["reconstruction"] + w * t["kl"]
        return t

    def latent(self, P, S, x, hp):
        return {"mean": heads(P, S, torch.cat([x, torch.sigmoid(P["pseudo_inputs"])]))[0][:len(x)]}


class VqVae:
    """van den Oord, Vinyals and Kavukcuoglu 2017, equation 3, with means over the numbers of a code"""
    name = "vq-vae"
    cases = [dict(codes=5, size=2, beta=0.25), dict(codes=9, size=3, beta=1.5)]

    def sizes(self, hp, Z):
        return Z * hp["size"], 0, Z * hp["size"]

    def settings(self, hp):
        return {"codes": hp["codes"], "code-size": hp["size"], "beta": hp["beta"]}

    def extras(self, rng, P, hp, D, Z):
        P["codebook"] = rd(rng.uniform(-1, 1, (hp["codes"], hp["size"])))

    def noise(self, rng, hp, B, Z):
        return {}

    def nearest(self, P, h, hp):
        vectors = h.reshape(-1, hp["size"])
        index = [min(range(hp["codes"]), key=lambda k: float(((v - P["codebook"][k]) ** 2).sum().detach())) for v in vectors]
        return P["codebook"][index].reshape(h.shape), index

    def loss(self, P, S, x, n, hp, w, step):
        h = heads(P, S, x)[0]
        e, index = self.nearest(P, h, hp)
        z = h + (e - h).detach()
        t = {"reconstruction": mse(P, S, z, x), "quantization": ((h.detach() - e) ** 2).mean()}
        commitment = ((h - e.detach()) ** 2).mean()
        share = torch.bincount(torch.tensor(index), minlength=hp["codes"]) / len(index)
        t["codes_in_use"] = torch.exp(torch.special.entr(share).sum())
        t["loss"] = t["reconstruction"] + t["quantization"] + hp["beta"] * commitment
        return t

    def latent(self, P, S, x, hp):
        return {"mean": self.nearest(P, heads(P, S, x)[0], hp)[0]}


class CatVaeEltager:
    """Eltager et al. 2023, as coded in models/cat_vae.py of meltager/vae_benchmark 132a0da, without the 1e-7 inside its logarithms:
    one variable whose categories are the latent units, cross-entropy with 1/categories of the configuration, no annealing"""
    name, file = "cat-vae", "cat-vae-eltager"
    cases = [dict(categories=33, start=0.5), dict(categories=3, start=0.8)]

    def sizes(self, hp, Z):
        return Z, 0, Z

    def settings(self, hp):
        return {"compat": "eltager", "categories": hp["categories"], "temperature": hp["start"]}

    def extras(self, rng, P, hp, D, Z):
        pass

    def noise(self, rng, hp, B, Z):
        return {"eps": rd(rng.normal(size=(B, 1, Z)), 6)}

    def loss(self, P, S, x, n, hp, w, step):
        logits = heads(P, S, x)[0]
        y = torch.softmax((logits + gumbel(n["eps"][:, 0])) / hp["start"], -1)
        q = torch.softmax(logits, -1)
        as_coded = [(q * (torch.log(q + guard) - math.log(1 / hp["categories"] + guard))).sum(1).mean() for guard in (0, 1e-7)]
        assert abs(as_coded[0] - as_coded[1]) < 1e-5, "the guard of the logarithms matters"
        t = {"reconstruction": mse(P, S, y, x), "kl": categorical_kl(logits).mean()}
        t["loss"] = t["reconstruction"] + w * as_coded[0]
        return t

    def latent(self, P, S, x, hp):
        logits = heads(P, S, x)[0]
        return {"mean": torch.softmax(logits, -1), "kl_by_unit": categorical_kl(logits)[:, None]}


MODELS = [FactorVae(), Aae(), CatVae(), JointVae(), VampVae(), VqVae(), CatVaeEltager()]


# ------------------------------------------------------------------------------ files
def tensors(arrays):
    return {k: torch.tensor(v) for k, v in arrays.items()}


def gradients(loss, P):
    names = list(P)
    found = torch.autograd.grad(loss, [P[k] for k in names], allow_unused=True)
    return {k: torch.zeros_like(P[k]) if g is None else g for k, g in zip(names, found)}


def case(rng, model, hp, D, hidden, Z, B, w, step):
    mu, logvar, code = model.sizes(hp, Z)
    P0, S0 = network(rng, D, hidden, mu, logvar, code)
    model.extras(rng, P0, hp, D, Z)
    x, n0 = make_x(rng, B, D), model.noise(rng, hp, B, Z)
    P = {k: torch.tensor(v, requires_grad=True) for k, v in P0.items()}
    S, n = tensors(S0), tensors(n0)
    t = model.loss(P, S, torch.tensor(x), n, hp, w, step)
    made = dict(B=B, D=D, hidden=hidden, Z=Z, settings=model.settings(hp), kl_weight=w, step=step,
                parameters=P0, running_stats_before=S0, x=x, noise=n0,
                terms={k: v.item() for k, v in t.items()}, gradients=gradients(t["loss"], P),
                running_stats_after=S)
    if hasattr(model, "adversary"):
        loss = model.adversary(P, tensors(S0), torch.tensor(x), n, hp)
        made["adversary"] = dict(loss=loss.item(), gradients=gradients(loss, P))
    made["latent"] = model.latent(P, tensors(S0), torch.tensor(x), hp)
    return made


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--seed", type=int, required=True)
    args.add_argument("--out", required=True)
    args.add_argument("--only", default="")
    args = args.parse_args()
    for number, model in enumerate(MODELS):
        file = getattr(model, "file", model.name)
        if args.only and file not in args.only.split(","):
            continue
        rng = np.random.default_rng([args.seed, number])
        cases = []
        for i, hp in enumerate(model.cases):
            D, hidden, Z, B = [(12, [10], 3, 8), (9, [8, 6], 4, 7)][i % 2]
            made = case(rng, model, hp, D, hidden, Z, B, [2.5e-4, 0.05][i % 2], [0, 700][i % 2])
            cases.append(dict(name=f"case {i + 1}", **made))
        write(args.out, f"models-more/{file}.json", dict(model=model.name, source=model.__doc__, dtype="float64", cases=cases))


if __name__ == "__main__":
    main()
