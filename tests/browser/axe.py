"""axe-core, which looks through a page for what shuts people out; a package for Playwright brings it along."""

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

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
    """Return the source of axe-core."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


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
