r"""Every triangle of a network once, and what Burt's measures and the brokerage roles need of it.

Actors are renumbered from the fewest to the most contacts, and each tie is kept at its lower end only. An
actor then keeps at most :math:`\sqrt{2m}` of the *m* ties, so that meeting every triangle at its lowest
actor costs :math:`O(m^{1.5})`, and about *m* in the networks that people form (Chiba & Nishizeki 1985).

Arrays of the kept ties: ``start`` and ``head`` are their rows; ``entry`` and ``back`` the two places of a
tie in the symmetric matrix it comes from. What depends on the end from which a tie is seen has two columns,
0 for the lower end and 1 for the higher. A triangle is *u*, *v*, *w*, from low to high.

One thread is enough: at a million ties the sweeps take less time than bringing the ties into this order.
"""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.arrays import minus_ones, places, whole_numbers, zeros
from sanshe_net.kernels.compiled import Array, compiled


@compiled
def orient(indptr: Array, indices: Array, order: Array) -> tuple[Array, Array, Array, Array]:
    """Return ``start``, ``head``, ``entry`` and ``back`` of a symmetric matrix with sorted rows.

    ``order`` names the actors from the fewest to the most contacts.
    """
    n = len(order)
    rank = places(n)
    for u in range(n):
        rank[order[u]] = u
    start = zeros(n + 1)
    mirror = whole_numbers(len(indices))
    following = whole_numbers(n)
    for i in range(n):
        following[i] = indptr[i]
    for i in range(n):
        for place in range(indptr[i], indptr[i + 1]):
            j = indices[place]
            mirror[place] = following[j]  # rows come in order, and so do the entries of row j
            following[j] += 1
            if rank[i] < rank[j]:
                start[rank[i] + 1] += 1
    for u in range(n):
        start[u + 1] += start[u]
    head = places(start[n])
    entry = whole_numbers(start[n])
    back = whole_numbers(start[n])
    tie = 0
    for u in range(n):
        i = order[u]
        for place in range(indptr[i], indptr[i + 1]):
            if rank[indices[place]] > u:
                head[tie] = rank[indices[place]]
                entry[tie] = place
                back[tie] = mirror[place]
                tie += 1
    return start, head, entry, back


@compiled
def sum_within_ego(start: Array, head: Array, strength: Array, total: Array, strongest: Array) -> None:
    """Raise ``total`` and ``strongest`` by the ties that an actor's contact has with other contacts.

    Both begin as the strength of the tie itself. They end, at the tie of *i* and *j* seen from *i*, as
    the sum and the maximum over the ties that *j* has with *i* and the contacts of *i*.
    """
    place = minus_ones(len(start))
    for u in range(len(start) - 1):
        for tie in range(start[u], start[u + 1]):
            place[head[tie]] = tie
        for uv in range(start[u], start[u + 1]):
            v = head[uv]
            for vw in range(start[v], start[v + 1]):
                uw = place[head[vw]]
                if uw < 0:
                    continue
                s_uv, s_uw, s_vw = strength[uv], strength[uw], strength[vw]
                total[uv, 0] += s_vw
                total[uv, 1] += s_uw
                total[uw, 0] += s_vw
                total[uw, 1] += s_uv
                total[vw, 0] += s_uw
                total[vw, 1] += s_uv
                strongest[uv, 0] = max(strongest[uv, 0], s_vw)
                strongest[uv, 1] = max(strongest[uv, 1], s_uw)
                strongest[uw, 0] = max(strongest[uw, 0], s_vw)
                strongest[uw, 1] = max(strongest[uw, 1], s_uv)
                strongest[vw, 0] = max(strongest[vw, 0], s_uw)
                strongest[vw, 1] = max(strongest[vw, 1], s_uv)
        for tie in range(start[u], start[u + 1]):
            place[head[tie]] = -1


@compiled
def sum_two_steps(
    start: Array, head: Array, strength: Array, total: Array, strongest: Array
) -> tuple[Array, Array]:
    r"""Return the two-step sums of every tie, and the repeated contacts of every actor.

    ``total`` and ``strongest`` are those of an actor's contact, at their tie seen from the actor. The sum
    of the tie of *i* and *j* is :math:`\sum_q s_{iq} s_{qj} / total_{iq}`, seen from *i*; what repeats in
    the contacts of *i* is :math:`\sum_{jq} s_{iq} s_{jq} / strongest_{ij}`.
    """
    place = minus_ones(len(start))
    two_step = np.zeros((len(head), 2))
    repeated = np.zeros(len(start) - 1)
    for u in range(len(start) - 1):
        for tie in range(start[u], start[u + 1]):
            place[head[tie]] = tie
        for uv in range(start[u], start[u + 1]):
            v = head[uv]
            for vw in range(start[v], start[v + 1]):
                w = head[vw]
                uw = place[w]
                if uw < 0:
                    continue
                # A strength is divided by a sum or a maximum that contains it before anything else is
                # done to it, so that no product leaves the range of numbers.
                s_uv, s_uw, s_vw = strength[uv], strength[uw], strength[vw]
                two_step[uv, 0] += s_uw * (s_vw / total[uw, 0])
                two_step[uv, 1] += s_vw * (s_uw / total[vw, 0])
                two_step[uw, 0] += s_uv * (s_vw / total[uv, 0])
                two_step[uw, 1] += s_vw * (s_uv / total[vw, 1])
                two_step[vw, 0] += s_uv * (s_uw / total[uv, 1])
                two_step[vw, 1] += s_uw * (s_uv / total[uw, 1])
                repeated[u] += s_uw * (s_vw / strongest[uv, 0]) + s_uv * (s_vw / strongest[uw, 0])
                repeated[v] += s_vw * (s_uw / strongest[uv, 1]) + s_uv * (s_uw / strongest[vw, 0])
                repeated[w] += s_vw * (s_uv / strongest[uw, 1]) + s_uw * (s_uv / strongest[vw, 1])
        for tie in range(start[u], start[u + 1]):
            place[head[tie]] = -1
    return two_step, repeated


@compiled
def role_of(first: int, broker: int, last: int) -> int:
    """Return the position in ``brokerage.ROLES`` of first -> broker -> last, given their groups."""
    if first == broker:
        return 0 if last == broker else 2
    if last == broker:
        return 3
    return 1 if first == last else 4


@compiled
def count_closed(start: Array, head: Array, group: Array) -> tuple[Array, Array]:
    """Return how many two-paths through each actor a tie closes, by role, and the triangles on each tie.

    Ties have no direction: a path is counted both ways round.
    """
    place = minus_ones(len(start))
    closed = np.zeros((len(start) - 1, 5), np.int64)
    on_tie = zeros(len(head))
    for u in range(len(start) - 1):
        for tie in range(start[u], start[u + 1]):
            place[head[tie]] = tie
        for uv in range(start[u], start[u + 1]):
            v = head[uv]
            for vw in range(start[v], start[v + 1]):
                w = head[vw]
                uw = place[w]
                if uw < 0:
                    continue
                on_tie[uv] += 1
                on_tie[uw] += 1
                on_tie[vw] += 1
                g, h, k = group[u], group[v], group[w]
                closed[u, role_of(h, g, k)] += 1
                closed[u, role_of(k, g, h)] += 1
                closed[v, role_of(g, h, k)] += 1
                closed[v, role_of(k, h, g)] += 1
                closed[w, role_of(g, k, h)] += 1
                closed[w, role_of(h, k, g)] += 1
        for tie in range(start[u], start[u + 1]):
            place[head[tie]] = -1
    return closed, on_tie


@compiled
def both_ways(indptr: Array, indices: Array) -> tuple[Array, Array, Array, Array]:
    """Return the symmetric form of a directed matrix with sorted rows, and where its ties are in that form.

    The first two are its rows, sorted. The third holds at each entry the place of the tie from row to
    column, the fourth at each tie the place of the tie back; -1 where there is none.
    """
    n = len(indptr) - 1
    into = zeros(n + 1)
    for place in range(len(indices)):
        into[indices[place] + 1] += 1
    for i in range(n):
        into[i + 1] += into[i]
    following = into[:-1].copy()
    sources = places(len(indices))
    arriving = whole_numbers(len(indices))
    for i in range(n):
        for place in range(indptr[i], indptr[i + 1]):
            j = indices[place]
            sources[following[j]] = i
            arriving[following[j]] = place
            following[j] += 1
    ptr = zeros(n + 1)
    columns = places(2 * len(indices))
    tie = whole_numbers(2 * len(indices))
    turn = minus_ones(len(indices))
    entry = 0
    for i in range(n):
        leaving, coming = indptr[i], into[i]
        while leaving < indptr[i + 1] or coming < into[i + 1]:
            to = indices[leaving] if leaving < indptr[i + 1] else n
            come = sources[coming] if coming < into[i + 1] else n
            columns[entry] = min(to, come)
            tie[entry] = leaving if to <= come else -1
            if to == come:
                turn[leaving] = arriving[coming]
            leaving += to <= come
            coming += come <= to
            entry += 1
        ptr[i + 1] = entry
    return ptr, columns[:entry].copy(), tie[:entry].copy(), turn


@compiled
def count_two_paths(
    ptr: Array, columns: Array, tie: Array, turn: Array, group: Array, groups: int, directed: bool
) -> Array:
    """Return the two-paths a - v - b with a and b apart through each actor v, by role, open or not.

    The arrays are those of :func:`both_ways`, ``tie`` and ``turn`` not looked at unless ``directed``;
    ``group`` is a number from 0 to below ``groups``.
    """
    paths = np.zeros((len(ptr) - 1, 5), np.int64)
    leaving, coming = zeros(groups), zeros(groups)
    for v in range(len(ptr) - 1):
        own, out_all, in_all, mutual, mutual_own = group[v], 0, 0, 0, 0
        for entry in range(ptr[v], ptr[v + 1]):
            g = group[columns[entry]]
            leaves, comes = True, True
            if directed:
                leaves = tie[entry] >= 0
                comes = not leaves or turn[tie[entry]] >= 0
            if leaves:
                leaving[g] += 1
                out_all += 1
            if comes:
                coming[g] += 1
                in_all += 1
            if leaves and comes:  # a path that returns to where it began
                mutual += 1
                mutual_own += g == own
        out_own, in_own, same_end = leaving[own], coming[own], 0
        for entry in range(ptr[v], ptr[v + 1]):
            g = group[columns[entry]]
            if g != own:
                same_end += leaving[g] * coming[g]
            leaving[g] = coming[g] = 0
        out_other, in_other = out_all - out_own, in_all - in_own
        paths[v, 0] = in_own * out_own - mutual_own
        paths[v, 1] = same_end - (mutual - mutual_own)
        paths[v, 2] = in_own * out_other
        paths[v, 3] = in_other * out_own
        paths[v, 4] = in_other * out_other - same_end
    return paths


@compiled
def count_closed_arcs(
    start: Array, head: Array, ties: Array, group: Array, on_tie: Array
) -> tuple[Array, Array, int]:
    """Return what the triangles of a directed network close; see ``open_pairs.Closed``.

    ``ties`` holds at each kept tie the places of the directed ones, upwards and downwards, -1 where there is
    none. A path *i -> j -> k* is closed by a tie *i -> k*. ``on_tie`` (rows: first, last, back) is raised.
    """
    place = minus_ones(len(start))
    closed = np.zeros((len(start) - 1, 5), np.int64)
    mutual = zeros(len(start) - 1)
    turned = 0
    there = np.full((3, 3), -1, np.int64)
    actor = whole_numbers(len(there))
    for u in range(len(start) - 1):
        for uv in range(start[u], start[u + 1]):
            place[head[uv]] = uv
        for uv in range(start[u], start[u + 1]):
            v = head[uv]
            for vw in range(start[v], start[v + 1]):
                uw = place[head[vw]]
                if uw < 0:
                    continue
                actor[0], actor[1], actor[2] = u, v, head[vw]
                there[0, 1], there[1, 0] = ties[uv, 0], ties[uv, 1]
                there[0, 2], there[2, 0] = ties[uw, 0], ties[uw, 1]
                there[1, 2], there[2, 1] = ties[vw, 0], ties[vw, 1]
                for i in range(3):
                    for k in range(3):
                        j = 3 - i - k  # i -> j -> k
                        if i == k or there[i, j] < 0 or there[j, k] < 0:
                            continue
                        mutual[actor[j]] += there[j, i] >= 0 and there[k, j] >= 0
                        if there[k, i] >= 0:
                            on_tie[2, there[k, i]] += 1
                        if there[i, k] >= 0:
                            on_tie[0, there[i, j]] += 1
                            on_tie[1, there[j, k]] += 1
                            closed[actor[j], role_of(group[actor[i]], group[actor[j]], group[actor[k]])] += 1
                        else:
                            turned += there[k, i] >= 0 and there[k, j] < 0  # k -> i -> j is open as well
        for uv in range(start[u], start[u + 1]):
            place[head[uv]] = -1
    return closed, mutual, turned
