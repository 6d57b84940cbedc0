"""The notice that stands on every page of the sample can be read in each language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from backend.portal.sample_notice import SAMPLE_NOTICE

STORIES = Path(__file__).parents[3] / "scripts" / "sample"


@pytest.mark.parametrize("story", ["scenario.yaml", "later.yaml"])
def test_the_notice_of_the_sample_is_the_one_that_can_be_translated(story):
    assert yaml.safe_load((STORIES / story).read_text(encoding="utf-8"))["notice"] == " ".join(SAMPLE_NOTICE)


def test_the_notice_of_the_sample_is_spoken_in_the_readers_language(frame):
    made = frame("sl")
    noticed = replace(made, consortium=replace(made.consortium, notice=" ".join(SAMPLE_NOTICE)))
    page = noticed.render("failure.html", 404, fault=False, headline="", advice="", reference="").body.decode()
    assert "ILLUSTRATIVE" not in page
    assert 'lang="en"' not in page.partition("<header")[0]
