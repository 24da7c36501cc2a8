#!/usr/bin/env python3
"""Does landscape.py pass what is right and fail what is wrong? On made-up landscapes; run by hand: python test_landscape.py"""
import csv
import math
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np

import landscape

MODELS = ("vae", "iwae", "infovae", "logcosh")
SD = {"adam": 0.08, "rmsprop": 0.09, "sgd": 0.004}
PREDICTED = {"mse": 0.079, "logcosh": 0.169}


def truth(cell):
    """Log val_reconstruction without noise: optimizers, rates and models differ, and interact, as they do in PyTorch."""
    model, lr, latent, optimizer = cell
    base = {"vae": 0.0, "iwae": 0.02, "infovae": -0.1, "logcosh": 0.9}[model]
    if optimizer == "sgd":
        return math.log(PREDICTED["logcosh" if model == "logcosh" else "mse"])
    steps = math.log10(lr) + 4
    rmsprop = -0.5 + 0.3 * steps - 0.1 * (latent == 50) if optimizer == "rmsprop" else 0.0
    return math.log(0.043) - 0.7 * steps + base + rmsprop - 0.1 * (latent == 50)


def chance_of_divergence(cell):
    """As PyTorch's: certain at small latents, never at large ones, by chance in between and all over InfoVAE."""
    model, _, latent, _ = cell
    if model == "infovae":
        return 0.55 if latent < 200 else 0.15
    return 1.0 if latent <= 30 else 0.5 if latent <= 50 else 0.0


def draw(seed, seeds=2, noise=1.0, change=lambda cell, value: value, diverges=chance_of_divergence):
    rng = np.random.default_rng(seed)
    cells = {}
    for model in MODELS:
        for lr in (1e-4, 1e-3, 1e-2):
            for latent in (10, 50):
                for optimizer in SD:
                    cell = (model, lr, latent, optimizer)
                    cells[cell] = [change(cell, truth(cell) + noise * SD[optimizer] * rng.standard_normal()) for _ in range(seeds)]
        for latent in (10, 20, 30, 50, 100, 200):
            cell = (model, 0.1, latent, "rmsprop")
            chance = diverges(cell)
            cells[cell] = [change(cell, None if rng.random() < chance else -3.8) for _ in range(landscape.CORNER_TRIALS)]
    return cells


def failures(ours, seed=1):
    torch = {r: draw(seed + i) for i, r in enumerate(landscape.READINGS)}
    return [c.name for c in landscape.compare({r: ours for r in landscape.READINGS}, torch, PREDICTED) if not c.holds]


class LandscapeTest(unittest.TestCase):
    def test_passes_a_right_landscape_nearly_always(self):
        wrong = [failures(draw(100 + i), seed=1000 + 2 * i) for i in range(40)]
        self.assertLessEqual(sum(bool(w) for w in wrong), 4, wrong)

    def test_fails_one_optimizer_shifted(self):
        ours = draw(7, change=lambda cell, v: v + 0.3 if cell[3] == "adam" and v is not None else v)
        self.assertIn("batch: mean difference of adam", failures(ours))

    def test_fails_sgd_shifted_by_ten_percent(self):
        found = failures(draw(7, change=lambda cell, v: v + 0.1 if cell[3] == "sgd" else v))
        self.assertIn("batch: SGD's cells equal the closed form", found)
        self.assertIn("batch: cells within 3 SD", found)
        self.assertIn("batch: mean difference of sgd", found)

    def test_fails_adam_and_rmsprop_swapped(self):
        found = failures(landscape.swap(draw(7)))
        self.assertIn("batch: contrast Adam minus RMSprop", found)
        self.assertIn("batch: mean difference of adam", found)

    def test_fails_learning_rates_shuffled(self):
        turn = {1e-4: 1e-3, 1e-3: 1e-2, 1e-2: 1e-4}
        right = draw(7)
        ours = {(m, turn.get(lr, lr), z, o): v for (m, lr, z, o), v in right.items()}
        self.assertIn("batch: cells within 3 SD", failures(ours))

    def test_fails_five_cells_off(self):
        """3 of 72 may lie outside, 4 may not."""
        bad = [("vae", 1e-4, 10, "adam"), ("iwae", 1e-3, 50, "rmsprop"), ("infovae", 1e-2, 10, "adam"), ("vae", 1e-3, 50, "sgd"), ("logcosh", 1e-2, 50, "rmsprop")]
        ours = draw(7, noise=0, change=lambda cell, v: v + 0.8 if cell in bad else v)
        self.assertIn("batch: cells within 3 SD", failures(ours))

    def test_own_noise_does_not_widen_the_limits(self):
        self.assertIn("batch: cells within 3 SD", failures(draw(7, noise=6)))

    def test_fails_cells_that_always_or_never_diverge_when_they_should_not(self):
        name = "batch: RMSprop at 0.1 diverges where PyTorch's does"
        self.assertIn(name, failures(draw(7, change=lambda cell, v: -3.0 if v is None and cell[2] == 10 else v)))
        self.assertIn(name, failures(draw(7, change=lambda cell, v: None if cell[1:] == (0.1, 200, "rmsprop") else v)))
        self.assertNotIn(name, failures(draw(7)))

    def test_fails_a_model_that_diverges_more_often(self):
        """InfoVAE in 95 % of the trials instead of 55 %, in no cell alone a certain difference."""
        name = "batch: RMSprop at 0.1 diverges where PyTorch's does"
        often = lambda cell: 0.95 if cell[0] == "infovae" else chance_of_divergence(cell)
        noticed = sum(name in failures(draw(200 + i, diverges=often), seed=3000 + 2 * i) for i in range(20))
        self.assertGreaterEqual(noticed, 18)

    def test_fails_too_few_trials_to_tell(self):
        ours = draw(7)
        ours[("vae", 0.1, 10, "rmsprop")] = [None, None]
        self.assertIn("batch: RMSprop at 0.1 diverges where PyTorch's does", failures(ours))

    def test_exact_test_and_z_are_those_of_the_books(self):
        self.assertAlmostEqual(landscape.fisher(3, 4, 1, 4), 0.4857142857, places=9)  # Fisher's lady tasting tea
        # Mantel-Haenszel of one table is the chi-squared statistic of N - 1: 8 of 10 against 2 of 10.
        self.assertAlmostEqual(landscape.mantel_haenszel([(8, 10, 2, 10)]) ** 2, 19 * (8 * 8 - 2 * 2) ** 2 / (10 * 10 * 10 * 10), places=9)

    def test_a_grid_cell_that_diverges_on_one_side_lies_outside(self):
        ours = draw(7, noise=0, change=lambda cell, v: None if cell[1:] == (1e-2, 10, "adam") else v)
        self.assertIn("batch: cells within 3 SD", failures(ours))

    def test_closed_form_of_a_constant_matrix(self):
        """Genes of 0 and 1 in equal parts: (x - .5)^2 is .25 everywhere."""
        x = np.tile(np.array([[0.0], [1.0]], dtype=np.float32), (200, 7))
        y = 1 / (1 + np.exp(-np.random.default_rng(5).standard_normal(400_000)))
        predicted = landscape.closed_form(x)
        self.assertAlmostEqual(predicted["mse"], 0.25 + y.var(), delta=2e-4)
        t = 10 * y  # by symmetry the error to 0 has the law of the error to 1
        self.assertAlmostEqual(predicted["logcosh"], np.log(np.cosh(t)).mean() / 10, delta=2e-3)

    def test_command_line_reads_both_layouts(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            x = np.random.default_rng(1).random((100, 30), dtype=np.float32)
            np.save(folder / "x.npy", x)
            PREDICTED.update(landscape.closed_form(x))
            words = ["compare", "--data", folder / "x.npy"]
            for i, reading in enumerate(landscape.READINGS):
                write_ours(folder / f"{reading}.csv", draw(50 + i))
                theirs = draw(70 + i)
                files = [folder / f"{reading}-{s}.csv" for s in range(landscape.CORNER_TRIALS)]
                for s, file in enumerate(files):
                    write_torch(file, theirs, s)
                words += ["--ours", f"{reading}={folder}/{reading}.csv", "--torch", f"{reading}=" + ",".join(map(str, files))]
            self.assertEqual(call(words)[0], 0, call(words)[1])
            self.assertEqual(call([*words, "--swap"])[0], 1)
            code, text = call([w.replace("none-1.csv", "none-0.csv") if isinstance(w, str) else w for w in words])
            self.assertEqual(code, 2)
            self.assertIn("twice in one repeat", text)


def write_ours(path, cells):
    with open(path, "w", newline="") as f:
        w = csv.writer(f)
        w.writerow(["trial", "model", "latent", "learning-rate", "optimizer", "seed", "repeat", "status", "epochs", "val_reconstruction", "verdict"])
        for (model, lr, latent, optimizer), values in cells.items():
            for r, v in enumerate(values):
                name = "logcosh-vae" if model == "logcosh" else model
                w.writerow(["id", name, latent, lr, optimizer, 2021, r, "diverged" if v is None else "converged", 14, "" if v is None else math.exp(v), ""])


def write_torch(path, cells, seed):
    with open(path, "w", newline="") as f:
        w = csv.writer(f)
        w.writerow(["model", "lr", "latent", "optimizer", "status", "epochs", "val_recon"])
        for (model, lr, latent, optimizer), values in cells.items():
            if seed >= len(values):
                continue  # more seeds in the corner than in the grid
            v = values[seed]
            w.writerow([model, lr, latent, optimizer, "diverged" if v is None else "converged", 14, "nan" if v is None else math.exp(v)])


def call(words):
    done = subprocess.run([sys.executable, landscape.HERE / "landscape.py", *words], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


if __name__ == "__main__":
    unittest.main()
