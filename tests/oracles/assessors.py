#!/usr/bin/env python3
"""Makes assessors.json: how far assessors lie above what organisations give themselves, and above an average assessor.

    python -m venv venv && venv/bin/pip install numpy scipy statsmodels pandas
    venv/bin/python tests/oracles/assessors.py > tests/oracles/assessors.json

Where all have as many assessments the variances and estimates are those of statsmodels' mixed model (restricted likelihood), which Henderson's
estimates are then too; else they are worked out by his formula. How likely chance alone sets the first apart is scipy's test by drawing anew; who is told
is set aside; the average assessor, and how much assessors vary, are those of the others.
"""
import json
import sys
from importlib.metadata import version

sys.path.pop(0)  # A package below asks for Python's own module of this folder's name.

import numpy
import pandas
from scipy.stats import permutation_test, t
from statsmodels.regression.mixed_linear_model import MixedLM

random = numpy.random.default_rng(2032)


def by_formula(loads):
    sizes, means = numpy.array([len(load) for load in loads]), numpy.array([load.mean() for load in loads])
    total, groups = sizes.sum(), len(loads)
    within = sum(((load - load.mean()) ** 2).sum() for load in loads) / (total - groups)
    overall = numpy.concatenate(loads).mean()
    between_squares = (sizes * (means - overall) ** 2).sum() / (groups - 1)
    typical = (total - (sizes ** 2).sum() / total) / (groups - 1)
    between = max(0.0, (between_squares - within) / typical)
    weights = 1 / (between + within / sizes)
    mean = (weights * means).sum() / weights.sum()
    kept = between / (between + within / sizes)
    variance = kept * within / sizes + (1 - kept) ** 2 / weights.sum()
    return within, between, mean, kept * (means - mean), variance


def by_likelihood(loads):
    frame = pandas.DataFrame([(place, value) for place, load in enumerate(loads) for value in load], columns=["assessor", "value"])
    fit = MixedLM.from_formula("value ~ 1", groups="assessor", data=frame).fit(reml=True, gtol=1e-12)
    effects = numpy.array([fit.random_effects[place].iloc[0] for place in range(len(loads))])
    return fit.scale, float(fit.cov_re.iloc[0, 0]), float(fit.fe_params.iloc[0]), effects


def vector(loads, tolerance):
    within, between, mean, effects, variance = by_formula(loads)
    if len({len(load) for load in loads}) == 1 and between > 0:
        fitted = by_likelihood(loads)
        assert numpy.allclose([within, between, mean], fitted[:3], rtol=1e-3) and numpy.allclose(effects, fitted[3], atol=1e-2)
        within, between, mean, effects = fitted
    freedom = sum(map(len, loads)) - len(loads)
    reach = lambda load: t.ppf(0.975, freedom) * numpy.sqrt(by_formula(loads)[0] / len(load))
    apart = lambda one, others: permutation_test(
        (one, others), lambda a, b, axis: abs(a.mean(axis=axis) - b.mean(axis=axis)), vectorized=True,
        permutation_type="independent", alternative="greater", n_resamples=99999, rng=7).pvalue
    left, aside, first, chance = list(range(len(loads))), [], None, None
    while len(left) >= 3:
        tests = [apart(loads[place], numpy.concatenate([loads[other] for other in left if other != place])) for place in left]
        least = int(numpy.argmin(tests))
        raised = min(1.0, tests[least] * len(left))
        first, chance = (left[least], raised) if first is None else (first, chance)
        if raised >= 0.05:
            break
        aside.append(left.pop(least))
    # The average assessor is the average of those who aren't told apart, and assessors vary as these do, where three are left.
    sizes, means = numpy.array([len(load) for load in loads]), numpy.array([load.mean() for load in loads])
    within_left, between_left = (within, between)
    if aside and sum(len(loads[place]) > 1 for place in left) >= 3:
        within_left, between_left = by_formula([loads[place] for place in left])[:2]
    weights = 1 / (between_left + within_left / sizes)
    average, unsure = (weights * means)[left].sum() / weights[left].sum(), 1 / weights[left].sum()
    is_aside = numpy.isin(range(len(loads)), aside)
    own = numpy.where(is_aside, within, within_left) / sizes
    spread = numpy.where(is_aside, between, between_left)
    kept = spread / (spread + own)
    effects = kept * (means - average)
    variance = kept * own + numpy.where(is_aside, kept, 1 - kept) ** 2 * unsure
    return {
        "caseloads": [load.tolist() for load in loads], "within": within, "between": between, "mean": mean,
        "means": [[load.mean(), load.mean() - reach(load), load.mean() + reach(load)] for load in loads],
        "shrunken": [[effect, effect - 1.96 * v ** 0.5, effect + 1.96 * v ** 0.5] for effect, v in zip(effects, variance)],
        "tolerance": tolerance, "first": first, "chance": float(chance),
    }


def loads(sizes, above):
    return [numpy.round(random.normal(more, 5, size), 3) for size, more in zip(sizes, above)]


vectors = [
    vector(loads([8] * 5, [14, 0, 0, 0, 0]), 0.02),
    vector(loads([6] * 4, [5, -5, 0, 3]), 0.02),
    vector(loads([3, 9, 5, 12], [0, 6, 0, -2]), 1e-9),
    vector(loads([2, 4, 7, 2, 5], [9, 0, 0, 0, 0]), 1e-9),
    vector(loads([5, 6, 4], [0, 0, 0]), 1e-9),
]
packages = {name: version(name) for name in ("numpy", "scipy", "statsmodels")}
print(json.dumps({"packages": packages, "assessors": vectors}, separators=(",", ":"), default=float))
