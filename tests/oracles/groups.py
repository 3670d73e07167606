#!/usr/bin/env python3
"""Makes groups.json, the vectors against which the program's comparison of groups is tested.

    python -m venv venv && venv/bin/pip install numpy scipy
    venv/bin/python tests/oracles/groups.py > tests/oracles/groups.json

The inputs are drawn with a fixed seed, with ties; the answers are these packages', whose versions are kept with them.
"""
import json
from importlib.metadata import version

import numpy
from scipy.stats import kruskal, sem, t

random = numpy.random.default_rng(2026)


def groups(sizes, apart, step):
    of = [numpy.round(random.normal(70 + apart * place, 8, size) / step) * step for place, size in enumerate(sizes)]
    ends = [t.interval(0.95, len(one) - 1, loc=one.mean(), scale=sem(one)) for one in of]
    return {"groups": [one.tolist() for one in of], "chance": float(kruskal(*of).pvalue),
            "low": [float(low) for low, _ in ends], "high": [float(high) for _, high in ends]}


print(json.dumps({
    "packages": {name: version(name) for name in ("numpy", "scipy")},
    "groups": [groups(sizes, apart, step) for sizes, apart, step in
               (((5, 5), 0, 1), ((8, 12, 31), 4, 0.5), ((6, 5, 9, 14), 0, 5), ((40, 52), -3, 0.01))],
}, separators=(",", ":")))
