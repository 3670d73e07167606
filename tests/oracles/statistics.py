#!/usr/bin/env python3
"""Makes statistics.json, the vectors against which the program's statistics are tested.

    python -m venv venv && venv/bin/pip install numpy scipy scikit-learn statsmodels krippendorff
    venv/bin/python tests/oracles/statistics.py > tests/oracles/statistics.json

The inputs are drawn with a fixed seed; the answers are those of the packages, whose versions are kept with them.
"""
import json
from importlib.metadata import version

import krippendorff
import numpy
from scipy.stats import binom, f
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.proportion import proportion_confint

random = numpy.random.default_rng(2026)


def spread(n):
    values = numpy.round(random.normal(65, 15, n), 3)
    quartiles = numpy.quantile(values, [0.25, 0.5, 0.75], method="linear")
    return {"values": values.tolist(), "mean": float(values.mean()), "quartiles": quartiles.tolist()}


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
    return {"answers": answers.astype(int).tolist(), "alpha": float(alpha), "low": float(low), "high": float(high), "rest": rest}


def share(count, n):
    low, high = proportion_confint(count, n, method="wilson")
    return {"count": count, "n": n, "low": float(low), "high": float(high)}


def chance(n, p, tail):
    return {"n": n, "p": p, "tail": tail, "low": int(binom.ppf(tail, n, p)), "high": int(binom.isf(tail, n, p))}


print(json.dumps({
    "packages": {name: version(name) for name in ("numpy", "scipy", "scikit-learn", "statsmodels", "krippendorff")},
    "spreads": [spread(n) for n in (1, 2, 8, 41)],
    "pairs": [pairs(n, steps) for n, steps in ((12, 3), (80, 4), (200, 5))],
    "items": [items(n, k) for n, k in ((30, 5), (60, 13))],
    "shares": [share(count, n) for count, n in ((0, 9), (3, 11), (9, 9), (17, 60))],
    "chances": [chance(n, p, tail) for n in (5, 13, 71) for p in (0.1, 0.63, 0.95) for tail in (0.025, 0.001)],
}, separators=(",", ":")))
