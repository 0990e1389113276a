"""The lock of an instance: one server alone, or several that agreed to share."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitate import serving
from facilitate.serving import AlreadyServing


def test_several_share_it_and_nobody_else_may(tmp_path: Path) -> None:
    with serving.hold(tmp_path, others_may=True) as first, serving.hold(tmp_path, others_may=True):
        serving.announce(first, "http://127.0.0.1:8000", "https://plan.example.org")
        assert serving.address(tmp_path) == "http://127.0.0.1:8000"
        assert serving.public_address(tmp_path) == "https://plan.example.org"
        with pytest.raises(AlreadyServing, match=r"at http://127.0.0.1:8000\. Please stop it first"):
            serving.hold(tmp_path)
    assert serving.address(tmp_path) is None


def test_one_alone_shares_with_nobody(tmp_path: Path) -> None:
    with serving.hold(tmp_path), pytest.raises(AlreadyServing):
        serving.hold(tmp_path, others_may=True)
