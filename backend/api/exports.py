"""The record as tables for spreadsheets and programs, as long as it is."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query, Request, Response

from backend.api.answers import AsOfResponse, rfc3339
from backend.api.as_of_header import NAME as AS_OF
from backend.api.as_of_header import as_of_header
from backend.api.downloads import Download, Written
from backend.api.errors import problems
from backend.commons.cells import csv_line
from backend.queries.mirror import Mirror, Reading
from backend.queries.tables import TABLES, Column, Row, Table

router = APIRouter(tags=["exports"])

CSV, JSON = "text/csv", "application/json"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
Lines = Callable[[Table, Reading], Iterator[bytes]]

Bom = Annotated[
    Literal["0", "1"], Query(description="1 for a byte order mark at the beginning, by which Excel knows UTF-8.")
]


def _add(table: Table) -> None:
    def get_csv(request: Request, bom: Bom = "0") -> Response:
        first = BYTE_ORDER_MARK if bom == "1" else b""
        return Download(request, partial(_write, request, table, "csv", _csv_lines, first), f"{CSV}; charset=utf-8")

    def get_json(request: Request) -> Response:
        return Download(request, partial(_write, request, table, "json", _json_lines), JSON)

    for form, route, answer in (("csv", get_csv, _csv_answer(table)), ("json", get_json, _json_answer(table))):
        router.add_api_route(
            f"/exports/{table.name}.{form}",
            route,
            response_class=Response,
            responses={200: answer, **problems()},
            summary=f"Export the {table.name} as {form.upper()}",
            description=_description(table, form),
            operation_id=f"export_{table.name}_{form}",
        )


def _write(request: Request, table: Table, form: str, lines: Lines, first: bytes = b"") -> Written:
    mirror: Mirror = request.app.state.mirror
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by whoever sends it
    try:
        with mirror.reading() as read:
            digest, as_of = sha256(as_of_header(read.as_of).encode()), read.as_of
            file.write(first)
            for line in lines(table, read):
                digest.update(line)
                file.write(line)
        size = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    headers = {
        AS_OF: as_of_header(as_of),
        "content-disposition": f'attachment; filename="zbor-{table.name}-{as_of.block_number}.{form}"',
    }
    return Written(file, size, f'W/"{first.hex()}{digest.hexdigest()[:32]}"', headers)


def _csv_lines(table: Table, read: Reading) -> Iterator[bytes]:
    yield csv_line(column.name for column in table.columns).encode()
    for row in _rows(table, read):
        yield csv_line(row).encode()


def _json_lines(table: Table, read: Reading) -> Iterator[bytes]:
    as_of = AsOfResponse.of(read.as_of).model_dump(exclude={"lag"})
    yield b'{"as_of":' + msgspec.json.encode(as_of) + b',"items":['
    names, total = [column.name for column in table.columns], 0
    for total, row in enumerate(_rows(table, read), 1):
        yield (b"\n" if total == 1 else b",\n") + msgspec.json.encode(dict(zip(names, row, strict=True)))
    yield b'\n],"total":%d}\n' % total


def _rows(table: Table, read: Reading) -> Iterator[Row]:
    times = [place for place, column in enumerate(table.columns) if column.kind == "time"]
    for row in table.rows(read.session, read.consortium, read.now):
        values = list(row)
        for place in times:
            value = values[place]
            values[place] = rfc3339(value) if isinstance(value, int) else value
        yield tuple(values)


def _description(table: Table, form: str) -> str:
    columns = "\n".join(f"- `{column.name}`: {column.meaning}" for column in table.columns)
    how = "RFC 4180; texts that a spreadsheet would run as formulas have an apostrophe before them. "
    return (
        f"{table.meaning} {how if form == 'csv' else ''}`Zbor-As-Of` says of which block all of it speaks.\n\n{columns}"
    )


def _csv_answer(table: Table) -> dict[str, Any]:
    example = csv_line(column.name for column in table.columns)
    return {"description": table.meaning, "content": {CSV: {"schema": {"type": "string"}, "example": example}}}


def _json_answer(table: Table) -> dict[str, Any]:
    item = {
        "type": "object",
        "properties": {column.name: _schema(column) for column in table.columns},
        "required": [column.name for column in table.columns],
    }
    fields = {"as_of": {"type": "object"}, "items": {"type": "array", "items": item}, "total": {"type": "integer"}}
    schema = {"type": "object", "properties": fields, "required": list(fields)}
    return {"description": table.meaning, "content": {JSON: {"schema": schema}}}


def _schema(column: Column) -> dict[str, Any]:
    kind = {"text": "string", "time": "string"}.get(column.kind, column.kind)
    schema: dict[str, Any] = {"type": [kind, "null"] if column.optional else kind, "description": column.meaning}
    return schema | ({"format": "date-time"} if column.kind == "time" else {})


for each in TABLES:
    _add(each)
