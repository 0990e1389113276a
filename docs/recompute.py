"""Scores and ranks of an export, computed again by hand: Python alone, nothing of ours.

python recompute.py ballots.csv criteria.csv method.json
"""

import csv
import json
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

texts = [Path(name).read_text(encoding="utf-8-sig") for name in sys.argv[1:]]
ballots, criteria = (list(csv.DictReader(text.splitlines())) for text in texts[:2])
fewest = json.loads(texts[2])["settings"]["minimum"]
ideas, shares, last = {row["idea"] for row in ballots}, defaultdict(list), defaultdict(int)
for row in ballots:  # of several rounds, the last one of an idea counts
    last[row["idea"]] = max(last[row["idea"]], int(row.get("round") or 1))
for row in ballots:
    if row["score"] not in ("", "dont_know", "recused") and int(row.get("round") or 1) == last[row["idea"]]:
        shares[row["idea"], row["criterion"]].append(Fraction(row["score"]))

scores = {}
for idea in ideas:
    total = weights = Fraction(0)
    for each in (each for each in criteria if Fraction(each["weight"])):
        given, low, high = shares[idea, each["criterion"]], Fraction(each["low"]), Fraction(each["high"])
        if len(given) < fewest:
            break
        share = (sum(given) / len(given) - low) / (high - low)
        total += Fraction(each["weight"]) * (1 - share if each["lower_is_better"] == "1" else share)
        weights += Fraction(each["weight"])
    else:
        scores[idea] = int(1000 * total / weights + Fraction(1, 2))  # in tenths of a point, halves up
for idea in sorted(scores, key=lambda idea: -scores[idea]):
    rank = 1 + sum(other > scores[idea] for other in scores.values())
    sys.stdout.write(f"{rank}\t{scores[idea] // 10}.{scores[idea] % 10}\t{idea}\n")
