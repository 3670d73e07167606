#!/usr/bin/env python3
"""Makes change.json: how totals, sections, criteria and who is in the lowest band changed from one season to the next.

    python -m venv venv && venv/bin/pip install numpy scipy
    venv/bin/python tests/oracles/change.py > tests/oracles/change.json

Answers are whole numbers from 0 to 2, drawn with a fixed seed; on one criterion they are a step lower the second time nearly everywhere.
What sums the season up (the total, the lowest band, the sections) is looked at together, and so are the criteria.
"""
import json
import sys
from importlib.metadata import version

sys.path.pop(0)  # A package below asks for Python's own module of this folder's name.

import numpy
from scipy.stats import PermutationMethod, binomtest, false_discovery_control, wilcoxon

ORGANISATIONS, SECTIONS, LOWEST_BELOW = 16, {"1": 3, "2": 2}, 65
NAMES = [f"{section}.{number + 1}" for section, count in SECTIONS.items() for number in range(count)]

random = numpy.random.default_rng(2031)
before = random.integers(0, 3, (ORGANISATIONS, len(NAMES)))
before[:, 3] = numpy.maximum(before[:, 3], 1)
step = random.integers(-1, 2, before.shape) * (random.random(before.shape) < 0.5)
step[:, 3] = numpy.where(random.random(ORGANISATIONS) < 0.95, -1, 0)
now = numpy.clip(before + step, 0, 2)


def chance(differences):
    differences = numpy.round(differences[abs(differences) > 1e-9], 9)
    return float(wilcoxon(differences, method=PermutationMethod(n_resamples=2 ** 16)).pvalue)


def row(about, then, later):
    differences = 100 * (later.mean(axis=1) - then.mean(axis=1)) / 2
    return {"about": about, "mean": float(differences.mean()), "median": float(numpy.median(differences)), "chance": chance(differences)}


def adjust(rows):
    for one, adjusted in zip(rows, false_discovery_control([row["chance"] for row in rows])):
        one["chance_adjusted"] = float(adjusted)


low_before, low_now = (100 * answers.mean(axis=1) / 2 < LOWEST_BELOW for answers in (before, now))
gained, lost = int((low_before & ~low_now).sum()), int((~low_before & low_now).sum())
met = {"gained": gained, "lost": lost, "chance": float(binomtest(gained, gained + lost).pvalue)}
of_section = lambda section: [place for place, name in enumerate(NAMES) if name.startswith(section + ".")]
total = row(None, before, now)
sections = [row(section, before[:, of_section(section)], now[:, of_section(section)]) for section in SECTIONS]
criteria = [row(name, before[:, [place]], now[:, [place]]) for place, name in enumerate(NAMES)]
adjust([total, met, *sections])
adjust(criteria)
print(json.dumps({
    "packages": {name: version(name) for name in ("numpy", "scipy")},
    "before": before.tolist(), "now": now.tolist(), "total": total, "met": met, "sections": sections, "criteria": criteria,
}, separators=(",", ":")))
