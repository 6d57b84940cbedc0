"""What axe finds on a page."""

from __future__ import annotations

from playwright.sync_api import Page

from scripts.toolchain import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
UNFOLD = "document.querySelectorAll('details').forEach(part => { part.open = true; })"
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`))"""


def faults_of(page: Page) -> list[str]:
    """Its faults, with all that is folded unfolded; the page's context must bypass its policy."""
    page.evaluate(UNFOLD)
    page.add_script_tag(path=AXE)
    return page.evaluate(RUN)
