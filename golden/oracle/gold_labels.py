"""analysis/labels.json and analysis/survival.json: what a representation knows of labels and of survival.

usage: gold_labels.py OUT      (scikit-learn 1.9.1, leidenalg 0.12.0, igraph 1.0.0, lifelines 0.30.3, scikit-survival 0.28.0)

labels: multinomial logistic regression, the 15-nearest-neighbour graph (union), the best modularity that leidenalg finds in
100 seeds there and on Zachary's karate club. survival: ridge Cox models with tied times (Efron), concordance.
Inputs are rounded to 7 significant digits before anything is computed.
"""
import json, os, sys
import igraph, leidenalg
import numpy as np
import pandas as pd
from lifelines import CoxPHFitter
from lifelines.utils import concordance_index
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_rand_score, balanced_accuracy_score, normalized_mutual_info_score
from sklearn.neighbors import kneighbors_graph
from sksurv.linear_model import CoxPHSurvivalAnalysis
from sksurv.metrics import concordance_index_censored


def rd(a):
    a = np.asarray(a, float)
    return np.array([float("%.7g" % v) for v in a.ravel()]).reshape(a.shape) + 0.0


def arr(a):
    a = np.asarray(a)
    data = [int(v) for v in a.ravel()] if a.dtype.kind in "iub" else [float("%.9g" % v) for v in a.ravel()]
    return {"shape": list(a.shape), "data": data}


def write(out, name, o):
    os.makedirs(os.path.join(out, "analysis"), exist_ok=True)
    with open(os.path.join(out, "analysis", name), "w") as f:
        f.write(json.dumps(o, separators=(",", ":")).replace('},"', '},\n"') + "\n")


def standardized(x, rows):
    return (x - x[rows].mean(0)) / x[rows].std(0)


def leiden(graph):
    found = [leidenalg.find_partition(graph, leidenalg.ModularityVertexPartition, n_iterations=-1, seed=s) for s in range(100)]
    best = max(found, key=lambda p: p.q)
    return best, float(np.median([p.q for p in found]))


def labels(out):
    rng = np.random.default_rng([20261, 31])
    n, d, classes = 160, 6, 4
    lab = rng.integers(0, classes, n)
    centres = rng.normal(0, 0.8, (classes, d))
    x = rd((centres[lab] + rng.normal(0, 1.0, (n, d))) * np.array([1, 3, 0.2, 1, 1, 10]) + 2)
    train, test = np.arange(0, 110), np.arange(110, n)
    z = standardized(x, train)
    model = LogisticRegression(C=1.0, tol=1e-12, max_iter=100000, solver="newton-cg").fit(z[train], lab[train])
    p = model.predict(z[test])
    res = {"x": arr(x), "labels": arr(lab), "train_rows": arr(train), "test_rows": arr(test)}
    res["logistic"] = {
        "rule": "standardized by the training rows (divisor N), C = 1, intercepts not penalized and centred to sum 0",
        "weights": arr(model.coef_), "intercepts": arr(model.intercept_ - model.intercept_.mean()),
        "predictions": arr(p), "balanced_accuracy": float(balanced_accuracy_score(lab[test], p))}
    a = kneighbors_graph(x, 15, include_self=False).toarray()
    a = np.maximum(a, a.T)
    g = igraph.Graph.Adjacency(a, mode="max")
    best, median = leiden(g)
    res["graph"] = {
        "degrees": arr(a.sum(0).astype(int)), "modularity_of_labels": float(g.modularity(lab.tolist())),
        "best_modularity": float(best.q), "median_modularity": median, "best_groups": arr(np.array(best.membership)),
        "ari_of_best": float(adjusted_rand_score(lab, best.membership)),
        "nmi_of_best": float(normalized_mutual_info_score(lab, best.membership))}
    loops = np.maximum(kneighbors_graph(x, 15, include_self=True).toarray(), kneighbors_graph(x, 15, include_self=True).toarray().T)
    edges = [(i, j) for i in range(n) for j in range(i, n) if loops[i, j]]
    gl = igraph.Graph(n=n, edges=edges)
    best, median = leiden(gl)
    res["graph_with_self"] = {
        "edges": len(edges), "modularity_of_labels": float(gl.modularity(lab.tolist())),
        "best_modularity": float(best.q), "median_modularity": median}
    karate = igraph.Graph.Famous("Zachary")
    best, median = leiden(karate)
    res["karate"] = {"edges": arr(np.array(karate.get_edgelist())), "best_modularity": float(best.q), "best_groups": arr(np.array(best.membership))}
    write(out, "labels.json", res)


def efron(b, z, t, e, penalty):
    """own numpy: -(log partial likelihood)/n + penalty |b|^2/2"""
    r = z @ b
    ll = 0.0
    for time in np.unique(t[e]):
        dead = e & (t == time)
        k = dead.sum()
        risk, gone = np.exp(r[t >= time]).sum(), np.exp(r[dead]).sum()
        ll += r[dead].sum() - sum(np.log(risk - l / k * gone) for l in range(k))
    return -ll / len(t) + penalty * (b @ b) / 2


def survival(out):
    rng = np.random.default_rng([20261, 32])
    n, d = 150, 5
    x = rd(rng.normal(0, 1, (n, d)) * np.array([1, 2, 0.1, 1, 5]) - 1)
    risk = x[:, 0] - 0.4 * x[:, 1]
    t = np.ceil(20 * rng.exponential(np.exp(-0.7 * (risk - risk.mean()))))
    c = np.ceil(rng.uniform(2, 60, n))
    e = t <= c
    t = np.minimum(t, c)
    train, test = np.arange(0, 100), np.arange(100, n)
    z = standardized(x, train)
    own = minimize(efron, np.zeros(d), args=(z[train], t[train], e[train], 0.1), tol=1e-14, method="BFGS", options={"gtol": 1e-9}).x
    # lifelines scales by the standard deviation of divisor n - 1: its penalty is rescaled to mean the same
    frame = pd.DataFrame(z[train]); frame.columns = [str(i) for i in range(d)]
    frame["t"] = t[train]; frame["e"] = e[train]
    m = len(train)
    life = CoxPHFitter(penalizer=0.1 * (m - 1) / m).fit(frame, "t", "e", fit_options={"precision": 1e-12, "step_size": 0.5}).params_.values
    sk = CoxPHSurvivalAnalysis(alpha=0.1 * m, ties="efron", tol=1e-14, n_iter=1000).fit(
        z[train], np.array(list(zip(e[train], t[train])), dtype=[("e", bool), ("t", float)])).coef_
    print("own", own, "\nlifelines", life, "\nscikit-survival", sk)
    assert np.allclose(own, sk, rtol=1e-4), "scikit-survival differs"
    assert np.allclose(own, life, rtol=1e-4), "lifelines differs"
    res = {"x": arr(x), "times": arr(t), "events": arr(e.astype(int)), "train_rows": arr(train), "test_rows": arr(test)}
    res["cox"] = {
        "rule": "standardized by the training rows (divisor N); -(log partial likelihood, Efron)/n + 0.1 |b|^2/2",
        "coefficients_own": arr(own), "coefficients_lifelines": arr(life), "coefficients_scikit_survival": arr(sk)}
    r = z @ sk
    res["concordance"] = {
        "lifelines": float(concordance_index(t[test], -r[test], e[test])),
        "scikit_survival": float(concordance_index_censored(e[test], t[test], r[test])[0])}
    rough = np.round(r)
    res["concordance_of_rounded_risk"] = {
        "risk": arr(rough), "lifelines": float(concordance_index(t, -rough, e)),
        "scikit_survival": float(concordance_index_censored(e, t, rough)[0])}
    write(out, "survival.json", res)


labels(sys.argv[1])
survival(sys.argv[1])
