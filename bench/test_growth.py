#!/usr/bin/env python3
"""Does growth.py compute what it says? Nothing is measured; run by hand: python test_growth.py"""
import array
import csv
import importlib.util
import pathlib
import tempfile
import unittest

import growth


def rows(*values):
    """Of an axis of samples, a repetition each: value, least, median, peak."""
    return [dict(zip(growth.COLUMNS, ["samples", n, "epoch", 0, least, median, 3, peak, 5_000_000, 0.1])) for n, least, median, peak in values]


LINEAR = rows((1000, 0.2, 0.3, 1_000_000_000), (2000, 0.4, 0.6, 1_000_000_000), (2000, 0.5, 0.5, 1_200_000_000), (4000, 0.8, 1.2, 1_500_000_000))


class GrowthTest(unittest.TestCase):
    def test_one_setting_varies_at_a_time_and_the_centre_is_measured_once(self):
        found = growth.points(list(growth.AXES))
        centre = [on for setting, on in found if setting == growth.CENTRE]
        self.assertEqual(centre, [list(growth.AXES)])
        for setting, _ in found:
            self.assertLessEqual(sum(setting[axis] != growth.CENTRE[axis] for axis in setting), 1)
        for axis, values in growth.AXES.items():
            self.assertEqual(sorted(setting[axis] for setting, on in found if axis in on), values)

    def test_points_of_one_matrix_follow_each_other(self):
        sizes = [(setting["samples"], setting["genes"]) for setting, _ in growth.points(list(growth.AXES))]
        changes = sum(a != b for a, b in zip(sizes, sizes[1:]))
        self.assertEqual(changes + 1, len(set(sizes)))

    def test_epochs_make_the_steps_and_are_four_at_least(self):
        self.assertEqual(growth.epochs(1_000, 60), 60)  # 900 samples are one batch
        self.assertEqual(growth.epochs(10_000, 60), 7)
        self.assertEqual(growth.epochs(50_000, 60), 4)

    def test_the_first_half_of_the_epochs_is_left_out(self):
        self.assertEqual(growth.timed([9, 8, 2, 1]), [2, 1])
        self.assertEqual(growth.timed([9, 8, 2, 1, 3]), [2, 1, 3])

    def test_exponent_of_a_power(self):
        self.assertAlmostEqual(growth.exponent([10, 100, 1000], [3 * n**2 for n in (10, 100, 1000)]), 2)
        self.assertAlmostEqual(growth.exponent([1, 7], [5, 5]), 0)

    def test_estimate_of_memory_is_found(self):
        text = "Trials: 1\nMemory: the largest trial needs about 97 MiB; all together may take 16578 MiB\n"
        self.assertEqual(growth.estimated_bytes(text), 97 << 20)
        with self.assertRaises(growth.Stopped):
            growth.estimated_bytes("Trials: 1")

    def test_matrix_is_a_npy_of_numbers_from_1_to_2(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "x.npy"
            growth.write_matrix(path, 7, 300)
            content = path.read_bytes()
        end = 10 + int.from_bytes(content[8:10], "little")
        self.assertEqual(content[:8], b"\x93NUMPY\x01\x00")
        self.assertEqual(end % 64, 0)
        self.assertIn(b"'shape': (7, 300)", content[:end])
        values = array.array("f", content[end:])
        self.assertEqual(len(values), 2100)
        self.assertTrue(1 <= min(values) < 1.01 and 1.99 < max(values) < 2)
        self.assertGreater(len(set(values)), 2000)

    def test_a_study_has_as_many_cells_as_asked(self):
        for count in growth.TRIALS:
            lists = [line.split(": ")[1] for line in growth.study_text(count).splitlines() if line.endswith("]")]
            cells = 1
            for values in lists:
                cells *= len(eval(values))
            self.assertEqual(cells, count)

    def test_of_repetitions_the_best_seconds_and_the_largest_peak_count(self):
        found = growth.Series(LINEAR)
        self.assertEqual(found.values, [1000, 2000, 4000])
        self.assertEqual(found.seconds, [0.2, 0.4, 0.8])
        self.assertEqual(found.medians, [0.3, 0.55, 1.2])
        self.assertEqual(found.peaks, [1.0, 1.2, 1.5])

    def test_table_says_every_point_and_the_exponents(self):
        text = growth.table({("samples", "epoch"): growth.Series(LINEAR)})
        self.assertIn("| samples | 4,000 | 0.80 | 1.20 | 1.50 | 0.01 |", text)
        self.assertIn("| samples | 1.00 | 1.00 | 0.29 | 0.32 |", text)

    @unittest.skipUnless(importlib.util.find_spec("matplotlib"), "matplotlib is not installed")
    def test_figures_name_axes_and_units_as_text(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            with open(folder / "growth.csv", "w", newline="") as file:
                table = csv.DictWriter(file, growth.COLUMNS)
                table.writeheader()
                table.writerows(LINEAR)
            import growth_plot

            growth_plot.draw(growth.read(folder / "growth.csv"), folder)
            drawn = (folder / "training.svg").read_text()
        for words in "seconds an epoch", "memory, GB", ">samples<", ">4k<":
            self.assertIn(words, drawn)


if __name__ == "__main__":
    unittest.main()
