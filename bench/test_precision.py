#!/usr/bin/env python3
"""Does precision.py pass what is equal and fail what is not? On made-up tables; run by hand: python test_precision.py"""
import contextlib
import csv
import io
import itertools
import math
import pathlib
import random
import tempfile
import unittest

import precision
import precision_statistics as statistics

MODELS = ("vae", "iwae", "infovae", "logcosh-vae")
RATES = ("1e-5", "1e-4", "1e-3", "1e-2", "1e-1")
LATENTS = ("10", "20", "30", "50", "100", "200")
statistics.DRAWS = 100  # as many as the ends of an interval need
SD = {"adam": 0.08, "rmsprop": 0.1, "sgd": 0.004}  # heteroscedastic, as trained networks are


def truth(model, rate, latent, optimizer):
    if optimizer == "sgd":
        return -2.5 + 0.001 * MODELS.index(model) + 0.02 * RATES.index(rate) + 0.005 * LATENTS.index(latent)
    level = {"adam": 0.0, "rmsprop": 0.06}[optimizer] + 0.15 * MODELS.index(model)
    return -3.5 - 0.4 * RATES.index(rate) + level - 0.07 * LATENTS.index(latent)


def table(seed, noise=1.0, change=lambda cell, value: value, diverges=lambda cell, rng: False, split=0.0):
    """Rows of a trials.csv. Part of the noise may be shared by both precisions: that of the split."""
    rng = random.Random(seed)
    for cell in itertools.product(MODELS, RATES, LATENTS, SD):
        for repeat in range(3):
            shared = random.Random(f"{cell} {repeat}").gauss(0, 1)
            own = math.sqrt(1 - split**2) * rng.gauss(0, 1)
            value = change(cell, truth(*cell) + noise * SD[cell[3]] * (split * shared + own))
            broke = diverges(cell, rng)
            yield {
                **dict(zip(("model", "learning-rate", "latent", "optimizer"), cell)),
                "repeat": repeat,
                "path": "fused",
                "status": "diverged" if broke else "converged",
                "verdict": "" if broke else "untrained" if cell[3] == "sgd" else "learned",
                "epochs": "" if broke else 12 + int(3 * abs(rng.gauss(0, 1))),
                "val_reconstruction": "" if broke else math.exp(value),
                "val_mse": "" if broke else math.exp(value + 0.1),
            }


def write(folder, name, rows, **changed):
    rows = [{"precision": name, **row, **changed} for row in rows]
    (folder / name).mkdir(exist_ok=True)
    with open(folder / name / "trials.csv", "w", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def verdicts(bf16, fp32=None):
    """(rank correlation holds, differences hold, all that was printed)"""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as printed:
        write(pathlib.Path(folder), "fp32", fp32 or table(1))
        write(pathlib.Path(folder), "bf16", bf16)
        holds = precision.report(pathlib.Path(folder))
    ranks, noise = (line.startswith("PASS") for line in printed.getvalue().splitlines()[-2:])
    assert holds == (ranks and noise)
    return ranks, noise, printed.getvalue()


class PrecisionTest(unittest.TestCase):
    def test_passes_what_differs_as_seeds_do(self):
        for split in (0.0, 0.8):
            found = [verdicts(table(100 + i, split=split), table(200 + i, split=split))[:2] for i in range(4)]
            self.assertGreaterEqual(found.count((True, True)), 3, (split, found))

    def test_passes_equal_tables(self):
        ranks, noise, text = verdicts(table(1))
        self.assertTrue(ranks and noise, text)
        self.assertIn("switch: 0 of 1080", text)

    def test_fails_one_model_and_optimizer_shifted_by_two_deviations(self):
        shift = lambda cell, v: v + 2 * SD[cell[3]] if cell[0] == "iwae" and cell[3] == "adam" else v
        _, noise, text = verdicts(table(2, change=shift))
        self.assertFalse(noise)
        self.assertIn("exceed 1 deviation: iwae adam", text.splitlines()[-1])

    def test_notices_a_small_shift_of_a_quiet_optimizer(self):
        """SGD by 1 %: nothing beside the noise of others, but 2.5 times its own."""
        _, noise, text = verdicts(table(2, change=lambda cell, v: v + 0.01 if cell[3] == "sgd" else v))
        self.assertFalse(noise)
        self.assertIn("vae sgd", text.splitlines()[-1])

    def test_own_noise_does_not_widen_the_limits(self):
        self.assertFalse(verdicts(table(2, noise=3))[1])

    def test_fails_learning_rates_shuffled(self):
        turn = dict(zip(RATES, RATES[1:] + RATES[:1]))
        rows = [{**row, "learning-rate": turn[row["learning-rate"]]} for row in table(2)]
        self.assertEqual(verdicts(rows)[:2], (False, False))

    def test_fails_trials_that_break_in_bf16_alone(self):
        """All of RMSprop at 0.1: no value is left to differ, but pairs lie outside."""
        corner = lambda cell, rng: cell[1] == "1e-1" and cell[3] == "rmsprop"
        _, noise, text = verdicts(table(2, diverges=corner))
        self.assertFalse(noise)
        self.assertIn("diverged in fp32 alone 0, in bf16 alone 72", text)
        self.assertTrue(all(verdicts(table(2, diverges=corner), table(1, diverges=corner))[:2]))

    def test_passes_trials_that_break_by_chance_as_often(self):
        chance = lambda cell, rng: cell[1] == "1e-1" and cell[3] == "rmsprop" and rng.random() < 0.5
        found = [verdicts(table(300 + i, diverges=chance), table(400 + i, diverges=chance))[1] for i in range(3)]
        self.assertGreaterEqual(sum(found), 2)

    def test_says_when_the_best_cell_and_the_order_change(self):
        better = lambda cell, v: v - 3 if cell == ("vae", "1e-3", "10", "rmsprop") else v
        text = verdicts(table(2, change=better))[2]
        self.assertIn("in bf16 vae lr 1e-3 latent 10 rmsprop", text)
        self.assertIn("adam < rmsprop < sgd; in bf16 rmsprop < adam < sgd", text)

    def test_refuses_what_cannot_be_compared(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for message, rows, changed in (
                ("was trained in fp32", table(2), {"precision": "fp32"}),
                ("the paths", table(2), {"path": "plain"}),
                ("status failed", table(2), {"status": "failed"}),
                ("twice in one repeat", [*table(2), *table(3)], {}),
                ("differ in their number of repeats", list(table(2))[1:], {}),
                ("one repeat only", [row for row in table(2) if row["repeat"] == 0], {}),
            ):
                write(folder, "fp32", table(1))
                write(folder, "bf16", rows, **changed)
                with self.assertRaisesRegex(precision.Unusable, message):
                    with contextlib.redirect_stdout(io.StringIO()):
                        precision.report(folder)


class StatisticsTest(unittest.TestCase):
    def test_rank_correlation_is_that_of_the_books(self):
        self.assertEqual(statistics.ranks([3, 1, 3, 2]), [3.5, 1, 3.5, 2])
        self.assertAlmostEqual(statistics.spearman([(1, 1), (2, 3), (3, 2), (4, 4)]), 1 - 6 * 2 / (4 * 15))
        self.assertAlmostEqual(statistics.spearman([(1, 2), (2, 2), (3, 5)]), math.sqrt(3) / 2)
        self.assertAlmostEqual(statistics.spearman([(math.inf, 9), (1, 1), (2, 3)]), 1)
        self.assertTrue(math.isnan(statistics.spearman([(1, 1), (1, 2), (1, 3)])))

    def test_quantiles_interpolate_and_take_infinities(self):
        self.assertEqual(statistics.quantile([4, 1, 3, 2], 0.5), 2.5)
        self.assertEqual(statistics.quantile([1, 2, math.inf], 0.5), 2)
        self.assertEqual(statistics.quantile([1, math.inf, math.inf], 0.75), math.inf)

    def test_deviation_is_within_groups(self):
        self.assertAlmostEqual(statistics.pooled_deviation([[1, 3], [100, 100, 103], [7]]), math.sqrt((2 + 6) / 3))
        self.assertTrue(math.isnan(statistics.pooled_deviation([[1], [2]])))

    def test_sign_test_is_binomial(self):
        self.assertEqual(statistics.sign_test([1] * 8 + [-1] * 2 + [0]), (8, 10, 0.109375))
        self.assertEqual(statistics.sign_test([]), (0, 0, 1.0))

    def test_sign_flips_find_what_repeats_and_only_that(self):
        rng = random.Random(4)
        noise = [[rng.gauss(0, 1) for _ in range(3)] for _ in range(30)]
        self.assertGreater(statistics.sign_flip_test(noise), 0.05)
        self.assertLess(statistics.sign_flip_test([[d + (-1) ** i for d in cell] for i, cell in enumerate(noise)]), 0.01)
        chances = [statistics.sign_flip_test([[rng.gauss(0, 1) for _ in range(3)] for _ in range(9)]) for _ in range(200)]
        self.assertIn(sum(p <= 0.1 for p in chances), range(8, 34))

    def test_interval_of_a_mean_covers_it(self):
        rng = random.Random(3)
        samples = [[rng.gauss(0, 1) for _ in range(30)] for _ in range(100)]
        intervals = [statistics.bootstrap(sample, statistics.mean) for sample in samples]
        self.assertIn(sum(low <= 0 <= high for low, high in intervals), range(86, 100))


if __name__ == "__main__":
    unittest.main()
