"""Sheets with marked names, phones, numbers and addresses in every place, and a search for them in any file."""

from __future__ import annotations

import base64
import io
import urllib.parse
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

NEEDLES = ("甄雀", "zhenque", "13900009", "440101199", "栖凤里")
"""In every name (and its pinyin), phone, identity number and address of :func:`write_marked_sheets`."""

_ADULTS = [f"甄雀{mark}" for mark in "子丑寅卯辰巳午未申酉"]
_CHILD, _REFUSED, _INTERNAL, _SILENT, _UNKNOWN = "甄雀童", "甄雀拒", "甄雀内", "甄雀默", "甄雀外"
_EVERYBODY = [*_ADULTS, _CHILD, _REFUSED, _INTERNAL, _SILENT]
_CONSENT = {_REFUSED: "不同意", _INTERNAL: "仅内部", _SILENT: ""}


def _phone(at: int) -> str:
    return f"13900009{at:03d}"


def write_marked_sheets(folder: Path) -> Path:
    """Write sheets whose every field, and every place beside the fields, holds a mark."""
    folder.mkdir(parents=True)
    _sign_ins(folder / "甄雀文件_签到13900009900.xlsx")
    _write(folder / "名册_甄雀名.xlsx", {
        "人员甄雀页": [
            ["姓名", "身份", "性别", "年龄", "住址", "户籍", "联系电话", "身份证号", "是否同意", "入住日期", "健康状况"],
            *(
                [name, "居民", "女", 10 if name == _CHILD else 40, _address(at), "本地", _phone(at),
                 f"440101199001010{at:03d}", _CONSENT.get(name, "同意"), "2019-05-04", f"甄雀病{at}"]
                for at, name in enumerate(_EVERYBODY)
            ),
        ],
        "成员": [
            ["姓名", "团队", "职务", "加入日期"],
            *([name, "舞蹈队", "队长" if at == 0 else "成员", "2024-01-03"] for at, name in enumerate(_EVERYBODY)),
            *([name, f"{_REFUSED}书画社", "成员", "2024-01-03"] for name in _ADULTS),
        ],
        "组织": [
            ["组织名称", "组织类型", "备案情况", "成立日期", "业务指导单位", "负责人"],
            ["舞蹈队", "社会组织", "已备案", "2023-01-02", "街道办", _ADULTS[0]],
            [f"{_ADULTS[1]}合唱团", "社会组织", "未备案", "2023-01-02", "街道办", _ADULTS[1]],
            [f"{_REFUSED}书画社", "社会组织", "未备案", "2023-01-02", f"{_ADULTS[2]}街道办", _REFUSED],
        ],
    })  # fmt: skip
    _write(folder / "台账.xlsx", {
        "台账": [
            ["活动名称", "日期", "场次", "活动类型", "发起方", "主办单位", "协办单位", "阶段", "地点", "参加人数", "备注"],
            ["晨练", "2024-03-05", "第一期", "兴趣活动", _ADULTS[3], "舞蹈队", _UNKNOWN, "甄雀阶段", "栖凤里7号甄雀家", 20, "甄雀备注"],
            ["甄雀子生日会", "2024-03-20", "甄雀场", "节庆活动", "居民", _ADULTS[4], "", "第二阶段", "栖凤里活动室", 30, ""],
        ],
        "议题": [
            ["议题", "议题类型", "提出人", "提出日期", "责任人", "状态", "解决日期"],
            ["甄雀隔壁家漏水，电话13900009901", "问题解决", _ADULTS[5], "2024-04-02", f"居委会、{_UNKNOWN}", "已解决", "2024-05-02"],
        ],
        "资源": [
            ["资源方", "受助方", "资源类型", "折合金额", "日期", "关联活动"],
            [_UNKNOWN, "舞蹈队", "物资", 300, "2024-03-05", "晨练"],
            [_ADULTS[6], "舞蹈队", "资金", 500, "2024-03-05", ""],
        ],
        "推荐票": [
            ["推荐人", "被推荐人", "推荐类型", "日期"],
            [_ADULTS[0], _ADULTS[7], "信任", "2024-04-02"],
        ],
    })  # fmt: skip
    return folder


def _address(at: int) -> str:
    return "3栋" if at % 2 == 0 else f"栖凤里{at}号1栋{at}室"


def _sign_ins(path: Path) -> None:
    head = [
        "姓名",
        "联系电话",
        "身份证号",
        "活动",
        "日期",
        "时段",
        "角色",
        "性别",
        "介绍人",
        "备注",
        "家庭情况",
    ]
    rows = [
        [name, _phone(at), f"440101199001010{at:03d}", "晨练" if half else "甄雀子生日会",
         "2024-03-05" if half else "2024-03-20", "甄雀时段", "组织者" if at < 2 else "参加者", "女",
         _UNKNOWN if at % 3 else _ADULTS[0], "甄雀备注，住栖凤里", "甄雀家"]
        for half in (True, False)
        for at, name in enumerate(_EVERYBODY)
    ]  # fmt: skip
    _write(path, {"甄雀签到页": [["签到表（负责人：甄雀子 13900009902）"], head, *rows]})
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet["A3"].comment = Comment("甄雀批注 13900009903", "甄雀作者")
    sheet.column_dimensions["K"].hidden = True
    book.properties.creator = book.properties.title = book.properties.description = "甄雀属性"
    book.save(path)


def _write(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def spellings(needle: str) -> set[bytes]:
    """Return ``needle`` in every writing that a file may hold it in."""
    units = needle.encode("utf-16-be")
    escaped = "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
    written = {
        needle, escaped, escaped.upper().replace("\\U", "\\u"), urllib.parse.quote(needle),
        urllib.parse.quote(needle).lower(),
        "".join(f"&#{ord(c)};" for c in needle), "".join(f"&#x{ord(c):x};" for c in needle),
        "".join(f"&#x{ord(c):X};" for c in needle), "".join(f"\\{ord(c):x} " for c in needle),
    }  # fmt: skip
    found = {text.encode() for text in written} - ({b""})
    plain = [needle.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    found |= set(plain)
    for whole in plain:
        for shift in range(3):  # base64 takes three bytes at a time; what stands before decides which
            coded = base64.b64encode(b"\0" * shift + whole).decode().rstrip("=")
            first = -(-shift * 8 // 6)
            inner = coded[first : (shift + len(whole)) * 8 // 6]
            found |= {inner.encode(), inner.replace("+", "-").replace("/", "_").encode()}
    return found


SPELLINGS = {needle: spellings(needle) for needle in NEEDLES}


def parts(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file and, when it is a zip, everything inside."""
    yield name, data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            for inside in held.infolist():
                yield from parts(f"{name}!{inside.filename}", held.read(inside))


def marks_in(name: str, data: bytes) -> list[str]:
    """Return where in a file, or in its name, a mark stands."""
    return [
        f"{place}: {needle}"
        for place, held in parts(name, data)
        for needle, written in SPELLINGS.items()
        if any(text in held or text in place.encode() for text in written)
    ]


def marks_in_folder(folder: Path) -> list[str]:
    """Return every mark in the files of a folder."""
    return [
        mark
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for mark in marks_in(path.relative_to(folder).as_posix(), path.read_bytes())
    ]
