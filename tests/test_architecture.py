"""Who may import whom, as docs and design say."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent / "facilitate"

# Lower layers never import higher ones. Modules of one line may import each other.
LAYERS = [
    {
        *("errors", "activities", "scoring", "early", "config", "frames", "text", "nudger", "hall", "neighbours"),
        *("machine", "journal", "metrics", "printing"),
    },
    {"models", "database"},
    {"extensions", "ballots", "headway", "transport"},
    {
        "queries",
        "forms",
        "logos",
        "guesses",
        "access",
        "gathering",
        "live",
        "pulse",
        "presets",
        "instance",
    },
    {"exports", "verification", "migrations", "backup", "keeper", "archivist", "watch", "rehearsal"},
    {"web", "deadlines", "moving"},
    {"server", "installation"},
    {"commands"},
    {"cli"},
]


def imports(file: Path) -> set[str]:
    """The absolute names that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def part(name: str) -> str:
    """The part of the house that a dotted name of ours belongs to."""
    return name.split(".")[1] if name.startswith("facilitate.") else ""


def modules() -> list[tuple[str, Path]]:
    return [(file.relative_to(ROOT).parts[0].removesuffix(".py"), file) for file in sorted(ROOT.rglob("*.py"))]


def test_nobody_imports_the_pages_but_the_factory() -> None:
    guilty = [str(f) for name, f in modules() if name not in ("web", "__init__") and "web" in map(part, imports(f))]
    assert guilty == []


def test_lower_layers_never_import_higher_ones() -> None:
    level = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    guilty = [
        f"{file.relative_to(ROOT)} imports {other}"
        for name, file in modules()
        if name in level
        for other in sorted({part(found) for found in imports(file)} & level.keys())
        if level[other] > level[name]
    ]
    assert guilty == []


def test_models_and_scoring_do_not_know_flask() -> None:
    guilty = [
        str(file.relative_to(ROOT))
        for name, file in modules()
        if name in ("models", "scoring", "errors", "activities", "ballots", "text", "transport")
        and any(found.split(".")[0].startswith("flask") for found in imports(file))
    ]
    assert guilty == []


def test_the_engine_stands_alone() -> None:
    guilty = [
        f"{file.relative_to(ROOT)} imports {found}"
        for name, file in modules()
        if name == "scoring"
        for found in imports(file)
        if found.startswith("facilitate.") and not found.startswith("facilitate.scoring")
    ]
    assert guilty == []


def test_no_module_is_called_utils() -> None:
    assert [file.name for _, file in modules() if file.stem in ("utils", "helpers", "common", "misc")] == []
