"""Results on disk: tables, graphs and the manifest, written so that a failure leaves the old result alone.

A run is written into a staging folder beside its target and moved into place at the end. Text from the
sheets is typed as text: a name that starts with ``=`` stays a name in every spreadsheet.
"""

from sanshe_net.export.folders import check_file, check_output, make_folder, staged
from sanshe_net.export.graphs import write_graphml
from sanshe_net.export.manifest import MANIFEST, hashed_inputs, verify_inputs, verify_run, write_manifest
from sanshe_net.export.tables import (
    CELL_CHARACTERS,
    EXCEL_ROWS,
    SHEET_ROWS,
    csv_text,
    write_csv,
    write_workbook,
    write_workbook_file,
)
from sanshe_net.files import file_hash, write_text

__all__ = [
    "CELL_CHARACTERS",
    "EXCEL_ROWS",
    "MANIFEST",
    "SHEET_ROWS",
    "check_file",
    "check_output",
    "csv_text",
    "file_hash",
    "hashed_inputs",
    "make_folder",
    "staged",
    "verify_inputs",
    "verify_run",
    "write_csv",
    "write_graphml",
    "write_manifest",
    "write_text",
    "write_workbook",
    "write_workbook_file",
]
