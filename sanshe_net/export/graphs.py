"""The network as a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sanshe_net.errors import OutputError
from sanshe_net.files import refusing
from sanshe_net.vocabulary import Label

if TYPE_CHECKING:
    from sanshe_net.network import Network

_END: Final = b"</graphml>"


def write_graphml(path: Path, network: Network) -> None:
    """Write the network as GraphML with all layers, for Gephi, Cytoscape, igraph or R.

    Raises
    ------
    OutputError
        When the file cannot be written whole.
    """
    from igraph import InternalError

    graph = network.to_igraph()
    del graph.vs["actor_id"]  # the same as "name"
    try:
        with refusing(path):
            graph.write_graphml(str(path))
            end = _end_of(path)
    except InternalError as error:
        raise OutputError("E-OUT-NOT-WRITABLE", path=path, reason=error) from error
    # igraph does not notice a disk that fills up while it closes the file.
    if not end.rstrip().endswith(_END):
        cut = Label("文件不完整", "the file is cut short")
        raise OutputError("E-OUT-NOT-WRITABLE", path=path, reason=cut)


def _end_of(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2 * len(_END)))
        return file.read(2 * len(_END))
