"""From a template's name and values to HTML in a reader's language, with the headers that go with it."""

from __future__ import annotations

import hashlib
import json
from functools import cache, partial
from pathlib import Path
from typing import Final

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.documents.cid import hash_in
from backend.notices.titles import one_line
from backend.portal import charts, sentences
from backend.portal.act_labels import ACT_LABELS
from backend.portal.consequences import consequences
from backend.portal.elision import elided
from backend.portal.languages import translations
from backend.portal.lifespan import lifespan, present_moment
from backend.portal.reading_order import first_text
from backend.portal.steps import counted_by, step_sentence
from backend.portal.style_sheets import sheets_address
from backend.portal.wallet_apps import wallet_apps
from backend.portal.wording import counts_kept, kept

STATIC: Final = Path(__file__).parent / "static"
TEMPLATES: Final = Path(__file__).parent / "templates"
HEADERS: Final = {"Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}


@cache
def environment(language: str) -> Environment:
    """Templates that speak one language; what is not defined is an error, what comes from outside is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    catalogue = translations(language)
    made.install_gettext_callables(catalogue.ugettext, catalogue.ungettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        sheets=sheets_address,
        asset=asset,
        act_labels=ACT_LABELS,
        sentences=sentences,
        counted_by=counted_by,
        step_sentence=step_sentence,
        consequences=consequences,
        first_text=first_text,
        wallet_apps=wallet_apps,
        text_hash=hash_in,
        chart=charts,
        lifespan=lifespan,
        present_moment=present_moment,
        plain=one_line,
        kept=kept,
    )
    made.filters["compact_json"] = compact_json
    made.filters["counts_kept"] = counts_kept
    made.filters["elided"] = partial(elided, language)
    return made


def page(template: str, language: str, values: dict[str, object], status_code: int = 200) -> HTMLResponse:
    """Render a whole page."""
    html = environment(language).get_template(template).render(values)
    return HTMLResponse(html, status_code, {**HEADERS, "Content-Language": language})


@cache
def asset(name: str) -> str:
    """Address of a static file; it changes with the content, so that no browser keeps an old one."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def compact_json(value: object) -> str:
    """JSON for a data attribute; escaping for HTML is left to the template."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
