#!/usr/bin/env python3
"""Makes gwet.json: Gwet's AC2 of the pairs in statistics.json.

The package needs older numpy and scipy than those of statistics.py, so it has an environment of its own:

    python -m venv venv && venv/bin/pip install irrCAC
    venv/bin/python tests/oracles/gwet.py > tests/oracles/gwet.json
"""
import json
import pathlib
from importlib.metadata import version

import pandas
from irrCAC.raw import CAC

pairs = json.loads((pathlib.Path(__file__).parent / "statistics.json").read_text())["pairs"]


def gwet(vector):
    ratings = pandas.DataFrame({"own": vector["own"], "external": vector["external"]})
    found = CAC(ratings, weights="quadratic", categories=list(range(vector["steps"])), digits=9)
    return float(found.gwet()["est"]["coefficient_value"])


print(json.dumps({"packages": {"irrCAC": version("irrCAC")}, "gwet": [gwet(vector) for vector in pairs]}, separators=(",", ":")))
