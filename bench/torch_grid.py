#!/usr/bin/env python3
# The peer that vaescape is measured against: not part of the program, kept as it was received. See bench/README.md.
"""The study's grid in plain PyTorch: the side-by-side peer for speed and for the landscape.

Usage: torch_grid.py --matrix M.tsv.gz|M.npy --out results.csv
         [--mode eager|fused|compile|bf16|compile-bf16] [--threads 1] [--jobs 2] [--models vae,iwae,...]
         [--lr 1e-3,...] [--latent 10,...] [--optimizer adam,...] [--genes 5000] [--batch 1000] [--epochs N: fixed number, no stopping] [--seed 0]
Matrix: Xena layout, genes in rows, samples in columns, first column `sample`. Needs torch, numpy, pandas.
Readings of the study: --kl-weight 0.00025|batch/n, --output-norm batch|none, --drop-last, --min-epochs 12 (default). `epoch_seconds` is the median epoch, training and validation.
Every model is an MLP: Linear-BatchNorm-ReLU (256) - mu/logvar - Linear-BatchNorm-ReLU (256) - Linear-BatchNorm-Sigmoid.
"""
import argparse, csv, itertools, json, math, os, sys, time
import numpy as np

def prepare(path, genes, seed, val_fraction=0.1):
    import pandas as pd
    import tempfile
    cache = os.path.join(tempfile.gettempdir(), os.path.basename(path) + f'.{os.path.getsize(path)}.g{genes}.npy')
    if path.endswith('.npy'): x = np.load(path).astype(np.float32)              # samples x genes, used as it is
    elif os.path.exists(cache): x = np.load(cache)
    else:
        x = pd.read_csv(path, sep='\t', index_col=0).to_numpy(np.float32).T      # samples x genes
        mad = np.abs(x - x.mean(0)).mean(0)                                      # Tybalt: mean absolute deviation
        x = np.ascontiguousarray(x[:, np.sort(np.argsort(-mad, kind='stable')[:genes])]); np.save(cache, x)
    p = np.random.default_rng(seed).permutation(len(x)); nv = int(round(len(x) * val_fraction))
    val, train = x[p[:nv]], x[p[nv:]]
    lo, hi = train.min(0), train.max(0); s = np.where(hi > lo, hi - lo, 1)
    return ((train - lo) / s).astype(np.float32), np.clip((val - lo) / s, 0, 1).astype(np.float32)

def build(model, d, h, z, output_norm='batch', w=0.00025):
    import torch
    from torch import nn
    import torch.nn.functional as F
    S = 5; W = w
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.enc = nn.Sequential(nn.Linear(d, h), nn.BatchNorm1d(h), nn.ReLU())
            self.mu, self.lv = nn.Linear(h, z), nn.Linear(h, z)
            self.dec = nn.Sequential(nn.Linear(z, h), nn.BatchNorm1d(h), nn.ReLU(), nn.Linear(h, d), nn.BatchNorm1d(d) if output_norm == 'batch' else nn.Identity(), nn.Sigmoid())
        def forward(self, x):
            e = self.enc(x); mu, lv = self.mu(e), self.lv(e)
            if model == 'iwae':
                mu, lv = mu.unsqueeze(1).expand(-1, S, -1), lv.unsqueeze(1).expand(-1, S, -1)
            zz = mu + torch.exp(.5 * lv) * torch.randn_like(mu)
            r = self.dec(zz.reshape(-1, z)).float(); mu, lv, zz = mu.float(), lv.float(), zz.float()
            if model == 'iwae':
                rec = ((r.view(len(x), S, d) - x.unsqueeze(1)) ** 2).mean(-1)
                kl = -.5 * torch.sum(1 + lv - mu ** 2 - lv.exp(), 2); lw = rec + W * kl
                return (F.softmax(lw, -1) * lw).sum(-1).mean(), rec.mean()
            kl = torch.mean(-.5 * torch.sum(1 + lv - mu ** 2 - lv.exp(), 1))
            if model == 'logcosh':
                t = r - x; a = 10.; rec = ((a * t + torch.log(1. + torch.exp(-2 * a * t)) - math.log(2.)) / a).mean()
                return rec + W * kl, rec
            rec = F.mse_loss(r, x)
            if model == 'infovae':
                B = len(x); C = 2 * z * 2.; p = torch.randn_like(zz)
                def k(u, v):
                    q = C / (1e-7 + C + (u.unsqueeze(-2) - v.unsqueeze(-3)).pow(2).sum(-1)); return q.sum() - q.diag().sum()
                mmd = k(p, p) + k(zz, zz) - 2 * k(p, zz)
                return 10.5 * rec + 10. * W * kl + 100. / (B * (B - 1)) * mmd, rec
            return rec + W * kl, rec
    return Net()

def trial(cfg):
    (model, lr, z, opt), a = cfg
    import torch
    torch.set_num_threads(a.threads); torch.manual_seed(a.seed)
    tr, va = prepare(a.matrix, a.genes, a.seed); tr, va = torch.from_numpy(tr), torch.from_numpy(va)
    t0 = time.perf_counter(); w = a.batch / len(tr) if a.kl_weight == 'batch/n' else float(a.kl_weight)
    net = build(model, tr.shape[1], a.hidden, z, a.output_norm, w)
    kw = {'fused': True} if (a.mode != 'eager' and opt in ('adam', 'sgd')) else {}
    o = {'adam': torch.optim.Adam, 'sgd': torch.optim.SGD, 'rmsprop': torch.optim.RMSprop}[opt](net.parameters(), lr=lr, **kw)
    sch = torch.optim.lr_scheduler.ExponentialLR(o, .95)
    step = torch.compile(net) if 'compile' in a.mode else net
    bf = 'bf16' in a.mode; prev = math.inf; status = 'max-epochs'; times = []; curve = []
    for e in range(1, (a.epochs or 100) + 1):
        te = time.perf_counter(); net.train(); p = torch.randperm(len(tr))
        for i in range(0, len(tr) - (a.batch - 1 if a.drop_last else 0), a.batch):
            x = tr[p[i:i + a.batch]]
            o.zero_grad(set_to_none=True)
            with torch.autocast('cpu', dtype=torch.bfloat16, enabled=bf): loss, rec = step(x)
            loss.backward()
            if model == 'infovae': torch.nn.utils.clip_grad_norm_(net.parameters(), .8)
            o.step()
        sch.step(); net.eval()
        with torch.no_grad():
            tot = n = 0
            for i in range(0, len(va), a.batch):
                with torch.autocast('cpu', dtype=torch.bfloat16, enabled=bf): _, rec = net(va[i:i + a.batch])
                tot += rec.item() * len(va[i:i + a.batch]); n += len(va[i:i + a.batch])
        v = tot / n; times.append(time.perf_counter() - te); curve.append(v)
        if not math.isfinite(v): status = 'diverged'; break
        if not a.epochs and e >= a.min_epochs and v < prev and (prev - v) / prev <= .01: status = 'converged'; break
        prev = v
    return dict(model=model, lr=lr, latent=z, optimizer=opt, status=status, epochs=e, val_recon=v, seconds=time.perf_counter() - t0,
                epoch_seconds=sorted(times)[len(times) // 2], curve=json.dumps([round(c, 6) for c in curve]))

def main():
    p = argparse.ArgumentParser()
    p.add_argument('--matrix', required=True); p.add_argument('--out', required=True); p.add_argument('--mode', default='eager')
    p.add_argument('--threads', type=int, default=1); p.add_argument('--jobs', type=int, default=2)
    p.add_argument('--models', default='vae,iwae,infovae,logcosh'); p.add_argument('--lr', default='1e-5,1e-4,1e-3,1e-2,1e-1')
    p.add_argument('--latent', default='10,20,30,50,100,200'); p.add_argument('--optimizer', default='adam,sgd,rmsprop')
    p.add_argument('--genes', type=int, default=5000); p.add_argument('--hidden', type=int, default=256); p.add_argument('--batch', type=int, default=1000)
    p.add_argument('--output-norm', default='batch', choices=['batch', 'none']); p.add_argument('--kl-weight', default='0.00025'); p.add_argument('--drop-last', action='store_true')
    p.add_argument('--epochs', type=int, default=0); p.add_argument('--min-epochs', type=int, default=12); p.add_argument('--seed', type=int, default=0)
    a = p.parse_args()
    grid = [(c, a) for c in itertools.product(a.models.split(','), map(float, a.lr.split(',')), map(int, a.latent.split(',')), a.optimizer.split(','))]
    prepare(a.matrix, a.genes, a.seed); t0 = time.perf_counter()
    import multiprocessing as mp
    with open(a.out, 'w', newline='') as f:
        w = None
        with mp.get_context('spawn').Pool(a.jobs) as pool:
            for r in pool.imap_unordered(trial, grid):
                if w is None: w = csv.DictWriter(f, r.keys()); w.writeheader()
                w.writerow(r); f.flush()
    print(f'{len(grid)} trials, {time.perf_counter() - t0:.1f} s wall')
if __name__ == '__main__': main()
