"""Workbooks made by hand, part by part, for what no writing library writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(rows: str, before: str = "", after: str = "", main: str = MAIN) -> str:
    return f'{HEAD}<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx_parts(*sheets: str, state: str = "", main: str = MAIN) -> dict[str, str | bytes]:
    """Return the parts of a workbook with the given sheets; ``state`` is that of the second."""
    listed = "".join(
        f'<sheet name="表{i}" sheetId="{i}" {state if i == 2 else ""} r:id="rId{i}"/>'
        for i in range(1, len(sheets) + 1)
    )
    targets = "".join(
        f'<Relationship Id="rId{i}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{main}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}">{targets}</Relationships>',
    }
    return parts | {f"xl/worksheets/sheet{i}.xml": content for i, content in enumerate(sheets, 1)}


def xlsx(*sheets: str, state: str = "", main: str = MAIN) -> bytes:
    return pack(xlsx_parts(*sheets, state=state, main=main))


def ods(tables: str, styles: str = "", mime: str = "application/vnd.oasis.opendocument.spreadsheet") -> bytes:
    """Return an OpenDocument file with the given ``table:table`` elements."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{name}="{space}{name}:1.0"' for name in ("office", "text", "table", "style"))
    content = (
        f'{HEAD}<office:document-content {names} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return pack({
        "mimetype": mime,
        "META-INF/manifest.xml": f'{HEAD}<manifest:manifest xmlns:manifest="{space}manifest:1.0"/>',
        "content.xml": content,
    })  # fmt: skip


def ods_cell(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'
