"""The notice of the sample consortium, so that each language can say it; any other is shown as it was written."""

from __future__ import annotations

from typing import Final

from backend.portal.labels import noop

SAMPLE_NOTICE: Final = (
    noop("ILLUSTRATIVE SAMPLE DATA."),
    noop(
        "Organisations named in public project documents appear only as sample members; every proposal, vote, amount "
        "and outcome below is invented and says nothing about the real organisations. Members marked fictitious do not "
        "exist; only they carry reasons, breaches, defaults, exclusion and vetoes. No natural person is named. Do not "
        "present as real records."
    ),
)
"""Its first sentence, and the rest."""
