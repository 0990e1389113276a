"""An export against itself: what its files allow to be computed again is, and what not is said."""

from __future__ import annotations

from pathlib import Path

from facilitate.verification.ballots import check_ballots
from facilitate.verification.counts import check_counts
from facilitate.verification.names import check_names
from facilitate.verification.report import Report
from facilitate.verification.sheets import read_export
from facilitate.verification.workbook import check_workbook

CLOSING = "closing hash: it is taken over the database, so `facilitate verify --event` compares it"


def verify_folder(folder: Path) -> Report:
    """Raises BadInput with file and line for what cannot be read."""
    export, report = read_export(folder), Report()
    check_ballots(export, report)
    check_counts(export, report)
    check_names(export, report)
    check_workbook(export, report)
    report.unchecked.append(CLOSING)
    report.differences = list(dict.fromkeys(report.differences))  # found in two ways, it is still one
    return report
