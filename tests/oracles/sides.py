#!/usr/bin/env python3
"""Makes sides.json: how far two sides agree that answer criteria with whole numbers from 0 to 2, as a season's statistics tell it.

    venv/bin/python tests/oracles/sides.py > tests/oracles/sides.json

It needs the packages of statistics.py, which tells what they are. Answers are drawn with a fixed seed: the external side is now and then a
step below the self-assessment, on one criterion nearly always.
"""
import json
import sys
from importlib.metadata import version

sys.path.pop(0)  # A package below asks for Python's own module of this folder's name.

import krippendorff
import numpy
import pandas
import pingouin
from scipy.stats import PermutationMethod, wilcoxon
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.multitest import multipletests

ORGANISATIONS, SECTIONS = 14, {"1": 3, "2": 2}
NAMES = [f"{section}.{number + 1}" for section, count in SECTIONS.items() for number in range(count)]
LABELS = [0, 1, 2]

random = numpy.random.default_rng(2027)
own = random.integers(0, 3, (ORGANISATIONS, len(NAMES)))
lower = random.random(own.shape) < numpy.where(numpy.arange(len(NAMES)) == 3, 0.95, 0.5)
external = numpy.clip(own - lower, 0, 2)


def row(about, a, b):
    a, b = a.ravel(), b.ravel()
    differences = (a - b).astype(float)
    reach = 1.96 * differences.std(ddof=1)
    return {
        "about": about, "pairs": len(a), "exact": float((a == b).mean()), "bias": float(differences.mean()),
        "limits": [float(differences.mean() - reach), float(differences.mean() + reach)],
        "kappa": float(cohen_kappa_score(a, b, labels=LABELS, weights="quadratic")),
        "krippendorff": float(krippendorff.alpha([a, b], level_of_measurement="ordinal", value_domain=LABELS)),
    }


def chance(differences):
    differences = differences[differences != 0]
    return float(wilcoxon(differences, method=PermutationMethod(n_resamples=2 ** 16)).pvalue)


criteria = [row(name, own[:, place], external[:, place]) for place, name in enumerate(NAMES)]
chances = [chance((own - external)[:, place].astype(float)) for place in range(len(NAMES))]
for criterion, one, adjusted in zip(criteria, chances, multipletests(chances, method="fdr_bh")[1]):
    criterion.update(chance=one, chance_adjusted=float(adjusted))
of_section = lambda section: [place for place, name in enumerate(NAMES) if name.startswith(section + ".")]
percent = 100 * own.mean(axis=1) / 2, 100 * external.mean(axis=1) / 2
table = pandas.DataFrame({"total": numpy.concatenate(percent), "return": list(range(ORGANISATIONS)) * 2,
                          "judge": ["own"] * ORGANISATIONS + ["external"] * ORGANISATIONS})
found = pingouin.intraclass_corr(table, targets="return", raters="judge", ratings="total").set_index("Type").loc["ICC(A,1)"]
print(json.dumps({
    "packages": {name: version(name) for name in ("numpy", "scipy", "scikit-learn", "statsmodels", "krippendorff", "pingouin")},
    "own": own.tolist(), "external": external.tolist(),
    "overall": row(None, own, external),
    "sections": [row(section, own[:, of_section(section)], external[:, of_section(section)]) for section in SECTIONS],
    "criteria": criteria,
    "totals": {"mean": float((percent[0] - percent[1]).mean()), "median": float(numpy.median(percent[0] - percent[1])),
               "chance": chance(numpy.round(percent[0] - percent[1], 9)), "correlation": float(found["ICC"])},
}, separators=(",", ":")))
