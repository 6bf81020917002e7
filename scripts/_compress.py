"""What `compress` runs in `.venv`: copies a finished site, with compressed files beside those that gain.

In: a site and the folder to make. Out: the folder, in one step in the place of an older one; the same site
gives the same bytes. What is in the folder and no longer on the site is gone.
"""

import argparse
import gzip
import shutil
from pathlib import Path

import brotli

from _environment import ROOT

TEXTS = {
    ".css",
    ".csv",
    ".html",
    ".ics",
    ".js",
    ".json",
    ".jsonld",
    ".md",
    ".mjs",
    ".svg",
    ".ttl",
    ".txt",
    ".xml",
}
WORTH = 0.9
"""A file is kept compressed where that takes at most this share of it."""


def main() -> int:
    """Make the folder anew beside the old one, then let it take its place."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("target", type=Path, help="the folder to make")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the finished site")
    arguments = parser.parse_args()
    if not (arguments.site / ".practice-library").is_file():
        parser.error(f"{arguments.site} is no finished site: build it first")
    target = arguments.target.resolve()
    if target.exists() and not (target / ".practice-library").is_file():
        parser.error(f"{target} holds something else than a site; name another folder")
    new, old = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(arguments.site, new)
    count = sum(map(compress, sorted(path for path in new.rglob("*") if path.suffix in TEXTS)))
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    print(f"{target}: {count} files also compressed")
    return 0


def compress(path: Path) -> bool:
    """Write a file beside one in each compressed form; whether it was worth it."""
    data = path.read_bytes()
    forms = {"gz": gzip.compress(data, 9, mtime=0), "br": brotli.compress(data, quality=10)}
    worth = {ending: packed for ending, packed in forms.items() if len(packed) <= len(data) * WORTH}
    for ending, packed in worth.items():
        path.with_name(f"{path.name}.{ending}").write_bytes(packed)
    return bool(worth)


if __name__ == "__main__":
    raise SystemExit(main())
