#!/usr/bin/env python3
"""Makes moderation.json: how many outcomes of returns that nobody looked at would change, by those that were drawn by chance.

    python -m venv venv && venv/bin/pip install numpy scipy
    venv/bin/python tests/oracles/moderation.py > tests/oracles/moderation.json

A stratum is [how many there are, how many were looked at, how many of these changed]. Where each stands for as many, the interval holds all
numbers under which as many or as few come at least once in forty draws (hypergeometric); else it is Clopper and Pearson's, of Kish's
number of returns drawn alike, opened to whole numbers.
"""
import json
import sys
from importlib.metadata import version

sys.path.pop(0)  # A package below asks for Python's own module of this folder's name.

import numpy
from scipy.stats import beta, hypergeom

CASES = [
    [[30, 4, 0]], [[30, 4, 1]], [[30, 4, 4]], [[5, 5, 2]], [[1, 1, 0]], [[137, 12, 3]], [[400, 20, 5]],
    [[10, 2, 1], [20, 4, 1]], [[12, 3, 0], [8, 2, 2], [4, 1, 0]],
    [[12, 2, 0], [8, 1, 1], [5, 1, 0]], [[20, 4, 2], [3, 1, 0]], [[3, 3, 1], [40, 5, 0], [9, 2, 1]], [[12, 2, 2], [7, 1, 1]], [[90, 7, 0], [30, 2, 0]],
]


def estimate(strata):
    all_, seen, changed = numpy.array(strata).T
    total, looked, found = all_.sum(), seen.sum(), changed.sum()
    weights = numpy.repeat(all_ / seen, seen)
    if numpy.allclose(weights, weights[0]):
        possible = numpy.arange(found, total - (looked - found) + 1)
        many, few = hypergeom.sf(found - 1, total, possible, looked), hypergeom.cdf(found, total, possible, looked)
        low, high = possible[many >= 0.025].min(), possible[few >= 0.025].max()
    else:
        n = weights.sum() ** 2 / (weights ** 2).sum()
        count = (all_ / seen * changed).sum() / total * n
        low = 0 if count <= 0 else numpy.floor(total * beta.ppf(0.025, count, n - count + 1))
        high = total if count >= n else numpy.ceil(total * beta.ppf(0.975, count + 1, n - count))
    rest = lambda number: float(min(max(number - found, 0), total - looked))
    return {"strata": strata, "changed": float(((all_ - seen) * changed / seen).sum()), "low": rest(low), "high": rest(high)}


print(json.dumps({"packages": {name: version(name) for name in ("numpy", "scipy")}, "estimates": [estimate(case) for case in CASES]},
                 separators=(",", ":")))
