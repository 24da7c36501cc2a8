"""How far two precisions agree: pure functions of values that belong together. What they are for: docs/precision.md."""
import math
import random

DRAWS = 1000  # of a bootstrap and of sign flips
LEVEL = 0.95


def ranks(values):
    """From 1; equal values share the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for i in order[start:end]:
            result[i] = (start + end + 1) / 2
        start = end
    return result


def pearson(xs, ys):
    """NaN where one side does not vary."""
    mx, my = mean(xs), mean(ys)
    product = sum((x - mx) * (y - my) for x, y in zip(xs, ys))
    squares = sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys)
    return product / math.sqrt(squares) if squares > 0 else math.nan


def spearman(pairs):
    """Rank correlation of (x, y); NaN of fewer than three."""
    if len(pairs) < 3:
        return math.nan
    xs, ys = zip(*pairs)
    return pearson(ranks(xs), ranks(ys))


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else math.nan


def quantile(values, share):
    """By linear interpolation between the sorted values."""
    ordered = sorted(values)
    if not ordered:
        return math.nan
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = math.ceil(place)
    if ordered[low] == ordered[high]:  # also where both are infinite
        return ordered[low]
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def bootstrap(items, statistic, seed=1):
    """Percentile interval of a statistic of items drawn anew with replacement; draws without a value do not count."""
    rng = random.Random(seed)
    found = [statistic(rng.choices(items, k=len(items))) for _ in range(DRAWS)] if items else []
    found = [value for value in found if math.isfinite(value)]
    return quantile(found, (1 - LEVEL) / 2), quantile(found, (1 + LEVEL) / 2)


def pooled_deviation(groups):
    """Standard deviation within groups of values, divisor n - 1 of each; NaN if none has two."""
    groups = [list(values) for values in groups if len(values) >= 2]
    freedom = sum(len(values) - 1 for values in groups)
    squares = sum((x - mean(values)) ** 2 for values in groups for x in values)
    return math.sqrt(squares / freedom) if freedom else math.nan


def sign_test(differences):
    """(positive, not zero, p): two-sided binomial test that both signs are as likely; zeros do not count."""
    positive = sum(d > 0 for d in differences)
    n = sum(d != 0 for d in differences)
    tail = sum(math.comb(n, k) for k in range(min(positive, n - positive) + 1)) / 2**n
    return positive, n, min(1.0, 2 * tail)


def sign_flip_test(groups, seed=1):
    """How likely chance alone gives means of groups as far from 0 as these, if each difference might as well have the other sign."""
    rng = random.Random(seed)
    groups = [values for values in groups if values]
    size = lambda flipped: sum(mean(values) ** 2 for values in flipped)
    limit = size(groups) * (1 - 1e-12)  # the same sum in another order counts as equal
    reached = sum(size([[rng.choice((d, -d)) for d in values] for values in groups]) >= limit for _ in range(DRAWS))
    return (reached + 1) / (DRAWS + 1)
