"""A graph file in the place of sign-in sheets: what `check` and `measure` make of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sanshe_net.errors import InputError
from sanshe_net.vocabulary import Label, Lang

if TYPE_CHECKING:
    from sanshe_net.network import Network

PERIODS = Label("时段", "periods")


def graph_input(inputs: tuple[Path, ...], *, period: str | None = None) -> Network | None:
    """Return the network in the only input, or ``None`` when it is no graph file.

    ``layers`` of the running command choose among its ties when a person wrote them; otherwise all count.
    """
    from sanshe_net.build.read_graph import is_graph_file, read_network

    if len(inputs) != 1 or not is_graph_file(inputs[0]):
        return None
    if period is not None:
        raise InputError("E-GRAPH-OPTION", found=PERIODS)
    network = read_network(inputs[0])
    context = click.get_current_context()
    written = context.get_parameter_source("layers") is click.core.ParameterSource.COMMANDLINE
    layers: tuple[str, ...] = context.params.get("layers", ())
    return network.only(layers=layers) if written and "all" not in layers else network


def print_graph(network: Network, lang: Lang) -> None:
    """Say what a sound graph file holds."""
    actors, ties, layers = len(network.actors), len(network.ties), "、".join(network.layers) or "-"
    found = Label(
        f"网络文件没有问题：{actors} 个行动者，{ties} 条联系（{layers}）。",
        f"The graph file is sound: {actors} actors, {ties} ties ({layers}).",
    )
    click.echo(found.text(lang))
