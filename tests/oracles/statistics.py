#!/usr/bin/env python3
"""Makes statistics.json, the vectors against which the program's statistics are tested.

    python -m venv venv && venv/bin/pip install numpy scipy scikit-learn statsmodels krippendorff pingouin
    venv/bin/python tests/oracles/statistics.py > tests/oracles/statistics.json

The inputs are drawn with a fixed seed; the answers are those of the packages, whose versions are kept with them.
"""
import json
import sys
from importlib.metadata import version

sys.path.pop(0)  # A package below asks for Python's own module of this script's name.

import krippendorff
import numpy
import pandas
import pingouin
from scipy.stats import (
    PermutationMethod, binom, f, kendalltau, median_abs_deviation, theilslopes, wilcoxon,
)
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

random = numpy.random.default_rng(2026)


def spread(n):
    values = numpy.round(random.normal(65, 15, n), 3)
    quartiles = numpy.quantile(values, [0.25, 0.5, 0.75], method="linear")
    return {"values": values.tolist(), "mean": float(values.mean()), "quartiles": quartiles.tolist(),
            "deviation": float(median_abs_deviation(values))}


def pairs(n, steps):
    own = random.integers(0, steps, n)
    external = numpy.clip(own - random.integers(0, 2, n), 0, steps - 1)
    labels = list(range(steps))
    return {
        "steps": steps, "own": own.tolist(), "external": external.tolist(),
        "kappa": float(cohen_kappa_score(own, external, labels=labels, weights="quadratic")),
        "krippendorff": float(krippendorff.alpha([own, external], level_of_measurement="ordinal", value_domain=labels)),
    }


def items(n, k):
    ability = random.normal(0, 1, n)
    answers = numpy.clip(numpy.round(1 + ability[:, None] * 0.6 + random.normal(0, 0.7, (n, k))), 0, 2)
    parts, total = answers.var(axis=0, ddof=1).sum(), answers.sum(axis=1).var(ddof=1)
    alpha = k / (k - 1) * (1 - parts / total)
    freedom = (n - 1, (n - 1) * (k - 1))
    low, high = (1 - (1 - alpha) * f.isf(tail, *freedom) for tail in (0.025, 0.975))
    rest = [float(numpy.corrcoef(answers[:, j], answers.sum(axis=1) - answers[:, j])[0, 1]) for j in range(k)]
    without = [float(pingouin.cronbach_alpha(pandas.DataFrame(numpy.delete(answers, j, axis=1)))[0]) for j in range(k)]
    return {"answers": answers.astype(int).tolist(), "alpha": float(alpha), "low": float(low), "high": float(high), "rest": rest,
            "without": without}


def bootstrapped(organisations, per_organisation, steps):
    """Judgements by organisation, with the interval of kappa by drawing organisations again."""
    own = random.integers(0, steps, (organisations, per_organisation))
    external = numpy.clip(own - random.integers(0, 2, own.shape) * (random.random((organisations, 1)) < 0.6), 0, steps - 1)
    tables = numpy.zeros((organisations, steps, steps))
    for organisation in range(organisations):
        numpy.add.at(tables[organisation], (own[organisation], external[organisation]), 1)
    weights = numpy.subtract.outer(range(steps), range(steps)) ** 2

    def kappa(table):
        by_chance = table.sum(axis=1)[:, None] * table.sum(axis=0)[None, :]
        return 1 - (weights * table).sum() * table.sum() / (weights * by_chance).sum()

    whole = tables.sum(axis=0)
    assert abs(kappa(whole) - cohen_kappa_score(own.ravel(), external.ravel(), labels=range(steps), weights="quadratic")) < 1e-12
    draws = [kappa(tables[random.integers(0, organisations, organisations)].sum(axis=0)) for _ in range(100_000)]
    low, high = numpy.quantile(draws, [0.025, 0.975])
    return {"steps": steps, "own": own.tolist(), "external": external.tolist(), "low": float(low), "high": float(high)}


def signed_ranks(n, kind):
    """Differences, and how likely chance gives them: exact without ties, by all changes of sign with ties, else by the normal."""
    if kind == "exact":
        differences = numpy.round(random.normal(0.3, 1, n), 4)
        method = "exact"
    else:
        differences = random.choice([-2, -1, -1, 0, 0, 1, 1, 1, 2], n).astype(float)
        method = PermutationMethod(n_resamples=2 ** 16) if kind == "permutations" else "asymptotic"
    return {"differences": differences.tolist(), "p": float(wilcoxon(differences[differences != 0], method=method).pvalue)}


def adjusted(n):
    probabilities = numpy.round(random.beta(0.6, 2, n), 6)
    return {"p": probabilities.tolist(), "adjusted": multipletests(probabilities, method="fdr_bh")[1].tolist()}


def moved(gained, lost):
    return {"gained": gained, "lost": lost, "p": float(mcnemar([[7, lost], [gained, 9]], exact=True).pvalue)}


def totals(n):
    own = numpy.round(random.normal(65, 12, n), 2)
    external = numpy.round(own - 3 + random.normal(0, 6, n), 2)
    table = pandas.DataFrame({"total": numpy.r_[own, external], "return": list(range(n)) * 2, "judge": ["own"] * n + ["external"] * n})
    found = pingouin.intraclass_corr(table, targets="return", raters="judge", ratings="total").set_index("Type").loc["ICC(A,1)"]
    pairs = numpy.c_[own, external]
    rows, columns = pairs.mean(axis=1, keepdims=True), pairs.mean(axis=0, keepdims=True)
    rest = ((pairs - rows - columns + pairs.mean()) ** 2).sum() / (n - 1)
    by_rows, by_judges = 2 * rows.var(ddof=1), n * columns.var(ddof=1)
    value = (by_rows - rest) / (by_rows + rest + 2 * (by_judges - rest) / n)
    # The package rounds its interval to two decimals; McGraw and Wong's formula is what it works by.
    ratio, spread = by_judges / rest, n * (1 + value) - 2 * value
    free = (n - 1) * (2 * value * ratio + spread) ** 2 / ((n - 1) * 4 * value ** 2 * ratio ** 2 + spread ** 2)
    up, down = f.ppf(0.975, n - 1, free), f.ppf(0.975, free, n - 1)
    others = 2 * by_judges + (n - 2) * rest
    low, high = n * (by_rows - up * rest) / (up * others + n * by_rows), n * (down * by_rows - rest) / (others + n * down * by_rows)
    assert abs(value - found["ICC"]) < 1e-6, (value, found)
    assert numpy.allclose(numpy.round([low, high], 2), numpy.asarray(found["CI95"], dtype=float), atol=0.0051), (low, high, found)
    return {"own": own.tolist(), "external": external.tolist(), "icc": float(value), "low": float(low), "high": float(high)}


def trend(n):
    values = numpy.round(60 + numpy.arange(n) * 1.5 + random.normal(0, 2, n), 1)
    return {"values": values.tolist(), "slope": float(theilslopes(values).slope), "tau": float(kendalltau(range(n), values).statistic)}


def share(count, n):
    low, high = proportion_confint(count, n, method="wilson")
    return {"count": count, "n": n, "low": float(low), "high": float(high)}


def chance(n, p, tail):
    return {"n": n, "p": p, "tail": tail, "low": int(binom.ppf(tail, n, p)), "high": int(binom.isf(tail, n, p))}


print(json.dumps({
    "packages": {name: version(name) for name in ("numpy", "scipy", "scikit-learn", "statsmodels", "krippendorff", "pingouin")},
    "spreads": [spread(n) for n in (1, 2, 8, 41)],
    "pairs": [pairs(n, steps) for n, steps in ((12, 3), (80, 4), (200, 5))],
    "items": [items(n, k) for n, k in ((30, 5), (60, 13))],
    "shares": [share(count, n) for count, n in ((0, 9), (3, 11), (9, 9), (17, 60))],
    "chances": [chance(n, p, tail) for n in (5, 13, 71) for p in (0.1, 0.63, 0.95) for tail in (0.025, 0.001)],
    "bootstraps": [bootstrapped(40, 1, 4), bootstrapped(25, 8, 3)],
    "signed_ranks": [signed_ranks(n, kind) for n, kind in ((6, "exact"), (24, "exact"), (9, "permutations"), (14, "permutations"), (90, "normal"))],
    "adjusted": [adjusted(n) for n in (1, 5, 40)],
    "moved": [moved(gained, lost) for gained, lost in ((0, 1), (3, 1), (9, 2), (6, 6), (31, 14))],
    "totals": [totals(n) for n in (6, 25)],
    "trends": [trend(n) for n in (4, 5, 9)],
}, separators=(",", ":")))
