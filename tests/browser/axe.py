"""axe-core, which looks through a page for what shuts people out; fetched from the npm registry once a machine.

Neither npm nor Node is needed: a package of the registry is an archive at a known address, and the digest pins it.
"""

import base64
import hashlib
import io
import os
import sys
import tarfile
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VERSION = "4.14.1"
SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
REGISTRY = "https://registry.npmjs.org"  # where the environment names no other, as it may for npm
MEMBER = "package/axe.min.js"
TIMEOUT_S = 60.0
REPORTED = ("moderate", "serious", "critical")

LOOK_THROUGH = """async (exclude) => {
    const { violations } = await axe.run({ exclude }, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({
        id,
        impact,
        nodes: nodes.map(({ html, failureSummary }) => `${html}\\n${failureSummary}`),
    }));
}"""


def script() -> str:
    """Return the source of axe-core; the archive stays in the environment of the tests."""
    kept = Path(sys.prefix) / f"axe-core-{VERSION}.tgz"
    if not kept.exists() or not is_the_pinned(kept.read_bytes()):
        kept.write_bytes(download())
    with tarfile.open(fileobj=io.BytesIO(kept.read_bytes())) as archive:
        member = archive.extractfile(MEMBER)
        assert member is not None
        return member.read().decode()


def download() -> bytes:
    registry = os.environ.get("NPM_CONFIG_REGISTRY") or REGISTRY
    url = f"{registry.rstrip('/')}/axe-core/-/axe-core-{VERSION}.tgz"
    with urllib.request.urlopen(url, timeout=TIMEOUT_S) as answer:
        archive: bytes = answer.read()
    assert is_the_pinned(archive), f"{url} is not the axe-core that these tests were written for"
    return archive


def is_the_pinned(archive: bytes) -> bool:
    return base64.b64encode(hashlib.sha512(archive).digest()).decode() == SHA512


def findings(page: Page, source: str, exclude: tuple[str, ...] = ()) -> list[str]:
    """Return what axe-core holds against the page, moderate and worse, a line for each element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(source)
    found: list[dict[str, Any]] = page.evaluate(LOOK_THROUGH, [[selector] for selector in exclude])
    return [
        f"{violation['id']} ({violation['impact']}): {node}"
        for violation in found
        if violation["impact"] in REPORTED
        for node in violation["nodes"]
    ]
