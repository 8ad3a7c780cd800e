"""Which bad inputs are about the container, the encoding or single cells, and what opening them must give."""

from __future__ import annotations

REFUSED = {
    "merge_everything.xlsx": "E-WORKBOOK-MERGE", "truncated_multibyte.csv": "E-ENCODING-CUT",
}  # fmt: skip
"""File -> the one code with which it is refused."""
OPENED = {
    "bigint.csv": (2, 2), "builtin_cn_dates.xlsx": (4, 2), "case_collision.csv": (4, 2), "control_chars.xlsx": (3, 2),
    "date_1904.xlsx": (2, 2), "dimension_lie.xlsx": (2, 2), "error_cells.xlsx": (4, 2), "formula_cached.xlsx": (2, 2),
    "formula_names.csv": (12, 2), "formula_no_cache.xlsx": (2, 2), "gb18030_rare.csv": (4, 2), "hidden_column.xlsx": (2, 3),
    "hidden_rows.xlsx": (4, 5), "hidden_sheet.xlsx": (4, 5), "huge_field.csv": (3, 2), "na_names.csv": (5, 2),
    "phonetic.xlsx": (2, 1), "regex_bomb_date.csv": (3, 2), "sql_name.csv": (2, 2), "traversal_names.csv": (8, 2),
    "xss_names.xlsx": (11, 3), "xss_sheet_and_title.xlsx": (2, 1),
}  # fmt: skip
"""File -> rows and columns of its first sheet."""
CONTAINERS = [*REFUSED, *OPENED]
