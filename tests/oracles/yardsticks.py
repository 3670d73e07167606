#!/usr/bin/env python3
"""Makes yardsticks.json, the vectors against which the program's yardsticks are tested: what is expected of a return, how criteria
correlate, and how sure the places of a ranking are.

    python -m venv venv && venv/bin/pip install numpy scipy statsmodels
    venv/bin/python tests/oracles/yardsticks.py > tests/oracles/yardsticks.json

The inputs are drawn with a fixed seed; the answers are worked out step by step from the sources' formulas with these packages, whose
versions are kept with them.
"""
import json
from importlib.metadata import version

import numpy
from scipy.stats import f, norm, rankdata
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

random = numpy.random.default_rng(2026)


def expected(returns, share, between):
    """Spiegelhalter 2005, additive model: winsorised distances, the method of moments, limits around the network's share."""
    of = random.integers(30, 72, returns)
    counts = random.binomial(of, numpy.clip(random.normal(share, between, returns), 0.02, 0.98))
    target = counts.sum() / of.sum()
    deviation = numpy.sqrt(target * (1 - target) / of)
    z = (counts / of - target) / deviation
    low, high = numpy.quantile(z, [0.1, 0.9])
    kept = numpy.where(z < low, low, numpy.where(z > high, high, z))
    # What winsorising a tenth at either end leaves of a standard normal's variance, by numbers.
    grid = (numpy.arange(2_000_000) + 0.5) / 2_000_000
    left = float(numpy.mean(numpy.clip(norm.ppf(grid), norm.ppf(0.1), norm.ppf(0.9)) ** 2))
    phi = (kept ** 2).mean() / left
    weights = 1 / deviation ** 2
    tau2 = max(0.0, (returns * phi - (returns - 1)) / (weights.sum() - (weights ** 2).sum() / weights.sum()))
    ends = [[max(0.0, target - norm.ppf(1 - tail) * numpy.sqrt(s * s + tau2)), min(1.0, target + norm.ppf(1 - tail) * numpy.sqrt(s * s + tau2))]
            for tail in (0.025, 0.001) for s in deviation[:3]]
    assert tau2 > 0
    return {"counts": [[int(a), int(b)] for a, b in zip(counts, of)], "share": float(target), "between": float(tau2 ** 0.5), "ends": ends}


def items(returns, criteria):
    ability = random.normal(0, 1, returns)
    load = random.uniform(-0.2, 0.8, criteria)
    answers = numpy.clip(numpy.round(1 + ability[:, None] * load + random.normal(0, 0.7, (returns, criteria))), 0, 2) / 2
    matrix = numpy.corrcoef(answers, rowvar=False)
    mean = matrix[numpy.triu_indices(criteria, 1)].mean()
    alpha = criteria * mean / (1 + (criteria - 1) * mean)
    bounds = [1 - (1 - alpha) * f.isf(tail, returns - 1, (returns - 1) * (criteria - 1)) for tail in (0.025, 0.975)]
    low, high = (bound / (criteria - (criteria - 1) * bound) for bound in bounds)
    rest = numpy.array([numpy.corrcoef(answers[:, j], answers.sum(axis=1) - answers[:, j])[0, 1] for j in range(criteria)])
    reach = norm.ppf(0.975) / numpy.sqrt(returns - 3)
    p = norm.cdf((numpy.arctanh(rest) - numpy.arctanh(0.1)) * numpy.sqrt(returns - 3))
    return {"answers": answers.tolist(), "mean": float(mean), "low": float(low), "high": float(high), "rest": rest.tolist(),
            "rest_low": numpy.tanh(numpy.arctanh(rest) - reach).tolist(), "rest_high": numpy.tanh(numpy.arctanh(rest) + reach).tolist(),
            "out_of_step": multipletests(p, method="fdr_bh")[1].tolist()}


def places(returns, criteria):
    """The share of draws in which each criterion has each place; numbers differ between generators, so the test allows for that."""
    answers = (random.random((returns, criteria)) < numpy.linspace(0.3, 0.9, criteria)).astype(float)
    ranks = []
    for _ in range(40_000):
        means = answers[random.integers(0, returns, returns)].mean(axis=0)
        ranks.append(rankdata(-numpy.round(means, 9), method="min"))
    low, high = numpy.quantile(ranks, [0.025, 0.975], axis=0, method="nearest")
    return {"answers": answers.tolist(), "low": low.astype(int).tolist(), "high": high.astype(int).tolist()}


def part(count, n, population):
    """Wilson's interval at the deviate that the correction for a finite population leaves."""
    deviate = norm.ppf(0.975) * numpy.sqrt((population - n) / (population - 1))
    low, high = proportion_confint(count, n, alpha=2 * norm.sf(deviate), method="wilson")
    return {"count": count, "n": n, "all": population, "low": max(float(low), count / population),
            "high": min(float(high), (count + population - n) / population)}


print(json.dumps({
    "packages": {name: version(name) for name in ("numpy", "scipy", "statsmodels")},
    "expected": [expected(n, share, between) for n, share, between in ((12, 0.6, 0.2), (48, 0.7, 0.1), (120, 0.4, 0.05))],
    "items": [items(n, k) for n, k in ((30, 4), (90, 13))],
    "parts": [part(*of) for of in ((3, 11, 40), (17, 60, 61), (37, 48, 90), (1, 10, 500))],
    "places": [places(n, k) for n, k in ((12, 4), (60, 9))],
}, separators=(",", ":")))
