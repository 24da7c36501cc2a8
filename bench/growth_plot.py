"""Draws what growth.py has measured; the only script that needs matplotlib."""
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

# Okabe and Ito's colours, which colour-blind readers tell apart; markers say the same.
STYLES = {
    "least": ("#0072B2", "o", "-"),
    "median": ("#D55E00", "s", "-"),
    "peak of the process": ("#0072B2", "o", "-"),
    "estimate, all trials at once": ("#D55E00", "s", "-"),
    "plan": ("#0072B2", "o", "-"),
    "store": ("#D55E00", "s", "-"),
    "report": ("#009E73", "^", "-"),
}
GUIDE = "#666666"
TITLES = {"samples": "samples", "genes": "genes", "latent": "latent units", "workers": "workers (trials at once)"}
# What the same rate for each worker would be: seconds that do not grow.
CONSTANT = {"workers"}
SETTINGS = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "vaescape",  # equal figures give equal bytes
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#DDDDDD",
}


def draw(series, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with plt.rc_context(SETTINGS):
        training = {axis: found for (axis, stage), found in series.items() if stage == "epoch"}
        if training:
            save(of_training(training), folder / "training.svg")
        stages = {stage: found for (axis, stage), found in series.items() if axis == "trials"}
        if stages:
            save(of_trials(stages), folder / "trials.svg")


def save(figure, path):
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def of_training(training):
    """A column an axis; seconds above, memory below, each row on one scale."""
    figure, grid = plt.subplots(2, len(training), figsize=(12, 6), sharey="row", sharex="col", squeeze=False, layout="constrained")
    for column, (axis, found) in enumerate(training.items()):
        seconds, memory = grid[0][column], grid[1][column]
        line(seconds, found.values, found.seconds, "least")
        line(seconds, found.values, found.medians, "median")
        guide(seconds, found.values, found.seconds, 0 if axis in CONSTANT else 1)
        at_once = [value if axis == "workers" else 1 for value in found.values]
        line(memory, found.values, found.peaks, "peak of the process")
        estimates = [estimate * count for estimate, count in zip(found.estimates, at_once)]
        line(memory, found.values, estimates, "estimate, all trials at once")
        guide(memory, found.values, found.peaks, 1)
        memory.set_xlabel(TITLES[axis])
        for panel in seconds, memory:
            scales(panel, found.values)
    grid[0][0].set_ylabel("seconds an epoch")
    grid[1][0].set_ylabel("memory, GB")
    for row in grid:
        legend(row)
    return figure


def of_trials(stages):
    figure, (seconds, memory) = plt.subplots(1, 2, figsize=(11, 3.8), layout="constrained")
    for stage, found in stages.items():
        line(seconds, found.values, found.seconds, stage)
        line(memory, found.values, found.peaks, stage)
    slowest = max(stages.values(), key=lambda found: found.seconds[-1])
    largest = max(stages.values(), key=lambda found: found.peaks[-1])
    guide(seconds, slowest.values, slowest.seconds, 1)
    guide(memory, largest.values, largest.peaks, 1)
    for panel, label in (seconds, "seconds"), (memory, "peak of the process, GB"):
        scales(panel, slowest.values)
        panel.set_xlabel("trials")
        panel.set_ylabel(label)
    legend([seconds, memory])
    return figure


def line(panel, values, amounts, name):
    color, marker, dashes = STYLES[name]
    panel.plot(values, amounts, dashes, color=color, marker=marker, markersize=5, linewidth=1.4, label=name)


def guide(panel, values, amounts, power):
    """From the last point down, as far as what was measured reaches."""
    last, lowest = amounts[-1], min(amounts) / 1.5
    ends = [(value, last * (value / values[-1]) ** power) for value in (values[0], values[-1])]
    if ends[0][1] < lowest:
        ends[0] = (values[-1] * lowest / last, lowest)
    panel.plot(*zip(*ends), ":", color=GUIDE, linewidth=1.4, zorder=1, label="constant" if power == 0 else "linear (slope 1)")


def scales(panel, values):
    panel.set_xscale("log")
    panel.set_yscale("log")
    panel.set_xticks(values, [short(value) for value in values], fontsize=8.5)
    panel.xaxis.set_minor_formatter(NullFormatter())
    panel.minorticks_off()
    panel.yaxis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5)))
    panel.yaxis.set_major_formatter(FuncFormatter(lambda amount, _: f"{amount:g}"))


def short(value):
    return f"{value // 1000}k" if value >= 1000 and value % 1000 == 0 else str(value)


def legend(panels):
    """Of what they show, beside the last: inside it lies on a line sooner or later."""
    named = {}
    for panel in panels:
        named.update({name: drawn for drawn, name in zip(*panel.get_legend_handles_labels())})
    panels[-1].legend(named.values(), named.keys(), fontsize=8.5, loc="upper left", bbox_to_anchor=(1.02, 1), borderaxespad=0, frameon=False)
