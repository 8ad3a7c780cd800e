"""Open two-paths a → v → b without a tie a → b: how many of each role, and how often they share an actor.

Triangles are listed once, from low to high by number of contacts, so that no actor with many contacts is
paired with itself: O(m^1.5) at most. All paths are counted by groups; the closed ones are taken off.
"""

from __future__ import annotations

import numpy as np

from sanshe_net.measures.kernels.compiled import compiled
from sanshe_net.network import Array

# Roles are numbered as in brokerage.ROLES: coordinator, itinerant, representative, gatekeeper, liaison.


@compiled
def role_of(first: int, broker: int, last: int) -> int:
    """Return the number of the role of the middle one of three actors, given their groups."""
    if first == broker:
        return 0 if last == broker else 2
    if last == broker:
        return 3
    return 1 if first == last else 4


@compiled
def take_off(roles: Array, v: int, one: int, own: int, other: int) -> None:
    """Take a closed two-path through ``v``, both ways, off its roles; the groups are given."""
    roles[v, role_of(one, own, other)] -= 1
    roles[v, role_of(other, own, one)] -= 1


@compiled
def upward(indptr: Array, indices: Array) -> tuple[Array, Array]:
    """Return the half of a symmetric pattern that leads to actors of more contacts, then of higher number."""
    n = len(indptr) - 1
    starts = np.zeros(n + 1, np.int64)
    ends = np.empty(indptr[n] // 2, np.int64)
    filled = 0
    for one in range(n):
        contacts = indptr[one + 1] - indptr[one]
        for place in range(indptr[one], indptr[one + 1]):
            other = indices[place]
            theirs = indptr[other + 1] - indptr[other]
            if theirs > contacts or (theirs == contacts and other > one):
                ends[filled] = other
                filled += 1
        starts[one + 1] = filled
    return starts, ends


@compiled
def two_paths(indptr: Array, indices: Array, into: Array, sources: Array, codes: Array) -> Array:
    """Return the two-paths through each actor by role, open or closed; ``into`` and ``sources`` lead back."""
    n = len(indptr) - 1
    groups = 1
    for v in range(n):
        groups = max(groups, codes[v] + 1)
    arriving = np.zeros(groups, np.int64)
    seen = np.full(n, -1, np.int64)
    table = np.zeros((n, 5))
    for v in range(n):
        own_in = own_out = mutual_own = mutual_foreign = same_end = 0
        for place in range(into[v], into[v + 1]):
            a = sources[place]
            seen[a] = v
            arriving[codes[a]] += 1
            own_in += codes[a] == codes[v]
        for place in range(indptr[v], indptr[v + 1]):
            b = indices[place]
            if codes[b] == codes[v]:
                own_out += 1
                mutual_own += seen[b] == v
            else:
                same_end += arriving[codes[b]]
                mutual_foreign += seen[b] == v
        foreign_in = into[v + 1] - into[v] - own_in
        foreign_out = indptr[v + 1] - indptr[v] - own_out
        table[v, 0] = own_in * own_out - mutual_own
        table[v, 1] = same_end - mutual_foreign
        table[v, 2] = own_in * foreign_out
        table[v, 3] = foreign_in * own_out
        table[v, 4] = foreign_in * foreign_out - same_end
        for place in range(into[v], into[v + 1]):
            arriving[codes[sources[place]]] = 0
    return table


@compiled
def undirected_roles(indptr: Array, indices: Array, codes: Array) -> tuple[Array, Array, Array]:
    """Return open two-paths by actor and role, their overlaps by actor, and overlaps over all actors.

    The columns of overlaps by actor and the entries of those over all are named in ``open_pairs``.
    """
    n = len(indptr) - 1
    roles = two_paths(indptr, indices, indptr, indices, codes)
    starts, ends = upward(indptr, indices)
    closed = np.zeros(len(ends), np.int64)
    slot = np.full(n, -1, np.int64)
    for x in range(n):
        for place in range(starts[x], starts[x + 1]):
            slot[ends[place]] = place
        for xy in range(starts[x], starts[x + 1]):
            y = ends[xy]
            for yz in range(starts[y], starts[y + 1]):
                z = ends[yz]
                xz = slot[z]
                if xz < 0:
                    continue
                closed[xy] += 1
                closed[xz] += 1
                closed[yz] += 1
                take_off(roles, x, codes[y], codes[x], codes[z])
                take_off(roles, y, codes[x], codes[y], codes[z])
                take_off(roles, z, codes[x], codes[z], codes[y])
        for place in range(starts[x], starts[x + 1]):
            slot[ends[place]] = -1
    overlaps = np.zeros((n, 7))
    across = 0.0
    for x in range(n):
        for xy in range(starts[x], starts[x + 1]):
            y = ends[xy]
            by_x = float(indptr[x + 1] - indptr[x] - 1 - closed[xy])  # paths y - x - anybody
            by_y = float(indptr[y + 1] - indptr[y] - 1 - closed[xy])
            across += 2 * by_x * by_y
            overlaps[x, 0] += by_x
            overlaps[y, 0] += by_y
            overlaps[x, 2] += by_x * by_x
            overlaps[y, 2] += by_y * by_y
            overlaps[y, 5] += by_x
            overlaps[x, 5] += by_y
    for v in range(n):
        overlaps[v, 1] = overlaps[v, 0]
        overlaps[v, 3] = overlaps[v, 4] = overlaps[v, 2]
        overlaps[v, 6] = overlaps[v, 5]
    return roles, overlaps, np.array([across, across, across, 0.0, 0.0, 0.0])


@compiled
def directions(indptr: Array, indices: Array, into: Array, sources: Array) -> tuple[Array, Array, Array]:
    """Return the contacts of each actor in either direction, and which: 1 sent, 2 received, 3 both."""
    n = len(indptr) - 1
    starts = np.zeros(n + 1, np.int64)
    contacts = np.empty(2 * len(indices), np.int64)
    ways = np.empty(2 * len(indices), np.int8)
    filled = 0
    for v in range(n):
        sent, received = indptr[v], into[v]
        while sent < indptr[v + 1] or received < into[v + 1]:
            to = indices[sent] if sent < indptr[v + 1] else n
            back = sources[received] if received < into[v + 1] else n
            contacts[filled] = min(to, back)
            ways[filled] = (to <= back) + 2 * (back <= to)
            sent += to <= back
            received += back <= to
            filled += 1
        starts[v + 1] = filled
    return starts, contacts[:filled], ways[:filled]


@compiled
def directed_triangles(
    starts: Array, ends: Array, ways: Array, codes: Array, roles: Array
) -> tuple[Array, Array, float]:
    """Take the closed two-paths off ``roles`` and return what each triangle closes.

    By tie and direction (0 upward, 1 downward): closed two-paths that begin with it, that end with it, and
    paths back from its end to its start. By actor: paths between two mutual contacts who know each other,
    both ways round. And the open paths a → v → b for which b → a → v is open too.
    """
    n = len(starts) - 1
    by_tie = np.zeros((len(ends), 2, 3), np.int64)
    known = np.zeros(n)
    turned = 0.0
    slot = np.full(n, -1, np.int64)
    actor = np.empty(3, np.int64)
    tie = np.empty(3, np.int64)
    there = np.zeros((3, 3), np.bool_)
    for x in range(n):
        for place in range(starts[x], starts[x + 1]):
            slot[ends[place]] = place
        for xy in range(starts[x], starts[x + 1]):
            y = ends[xy]
            for yz in range(starts[y], starts[y + 1]):
                xz = slot[ends[yz]]
                if xz < 0:
                    continue
                actor[0], actor[1], actor[2] = x, y, ends[yz]
                tie[0], tie[1], tie[2] = yz, xz, xy  # each across from the actor of its number
                there[0, 1], there[1, 0] = ways[xy] & 1, ways[xy] & 2
                there[0, 2], there[2, 0] = ways[xz] & 1, ways[xz] & 2
                there[1, 2], there[2, 1] = ways[yz] & 1, ways[yz] & 2
                for i in range(3):
                    for k in range(3):
                        j = 3 - i - k  # i → j → k
                        if i == k or not (there[i, j] and there[j, k]):
                            continue
                        known[actor[j]] += there[j, i] and there[k, j]
                        if there[i, k]:
                            by_tie[tie[k], int(i > j), 0] += 1
                            by_tie[tie[i], int(j > k), 1] += 1
                            role = role_of(codes[actor[i]], codes[actor[j]], codes[actor[k]])
                            roles[actor[j], role] -= 1
                        elif not there[k, j]:
                            turned += 1  # k → i → j is open as well
                        if there[k, i]:
                            by_tie[tie[j], int(k > i), 2] += 1
        for place in range(starts[x], starts[x + 1]):
            slot[ends[place]] = -1
    return by_tie, known, turned


@compiled
def directed_roles(
    indptr: Array, indices: Array, into: Array, sources: Array, codes: Array
) -> tuple[Array, Array, Array]:
    """Return what ``undirected_roles`` does, for ties with a direction; ``into``, ``sources`` lead back."""
    n = len(indptr) - 1
    roles = two_paths(indptr, indices, into, sources, codes)
    contact_starts, contacts, contact_ways = directions(indptr, indices, into, sources)
    starts, ends = upward(contact_starts, contacts)
    ways = np.empty(len(ends), np.int8)
    place_of = np.full(n, -1, np.int64)
    mutual = np.zeros(n)
    for x in range(n):
        for place in range(contact_starts[x], contact_starts[x + 1]):
            place_of[contacts[place]] = place
            mutual[x] += contact_ways[place] == 3
        for place in range(starts[x], starts[x + 1]):
            ways[place] = contact_ways[place_of[ends[place]]]

    by_tie, known, turned = directed_triangles(starts, ends, ways, codes, roles)
    overlaps = np.zeros((n, 7))
    totals = np.zeros(6)
    first = np.zeros(2)
    last = np.zeros(2)
    totals[5] = turned
    for x in range(n):
        overlaps[x, 1] = mutual[x] * (mutual[x] - 1) - known[x]
        for xy in range(starts[x], starts[x + 1]):
            y = ends[xy]
            both = int(ways[xy] == 3)
            for down in range(2):  # paths that begin and that end with the tie, upward and downward
                first[down] = last[down] = 0.0
                if not ways[xy] & (1 + down):
                    continue
                one, other = x, y
                if down:
                    one, other = y, x
                first[down] = indptr[other + 1] - indptr[other] - both - by_tie[xy, down, 0]
                last[down] = into[one + 1] - into[one] - both - by_tie[xy, down, 1]
                overlaps[other, 0] += first[down]
                overlaps[other, 2] += first[down] * first[down]
                overlaps[one, 3] += last[down] * last[down]
                overlaps[one, 5] += first[down]
                overlaps[other, 6] += last[down]
                totals[0] += first[down] * last[down]
                if not both:
                    totals[3] += first[down] * by_tie[xy, down, 2]
                    totals[4] += last[down] * by_tie[xy, down, 2]
            totals[1] += 2 * first[0] * first[1]
            totals[2] += 2 * last[0] * last[1]
            overlaps[y, 4] += first[0] * last[1]
            overlaps[x, 4] += first[1] * last[0]
    return roles, overlaps, totals


@compiled
def shared_ends(
    indptr: Array, indices: Array, into: Array, sources: Array, directed: bool
) -> tuple[float, float]:
    """Return the sums of c_ab² and of c_ab c_ba over ordered pairs, c being the open paths from a to b.

    Indices are sorted. Without directions c_ab is c_ba, and one half of the pairs tells all.
    """
    n = len(indptr) - 1
    there = np.zeros(n, np.int64)
    back = np.zeros(n, np.int64)
    touched = np.empty(n, np.int64)
    squares = products = 0.0
    for a in range(n):
        lowest = -1 if directed else a
        reached = 0
        for place in range(indptr[a], indptr[a + 1]):
            v = indices[place]
            for step in range(indptr[v + 1] - 1, indptr[v] - 1, -1):
                b = indices[step]
                if b <= lowest:
                    break
                if there[b] == 0:
                    touched[reached] = b
                    reached += 1
                there[b] += 1
        for place in range(into[a], into[a + 1] if directed else into[a]):
            v = sources[place]
            for step in range(into[v], into[v + 1]):
                back[sources[step]] += 1
        there[a] = 0
        for place in range(indptr[a], indptr[a + 1]):
            there[indices[place]] = 0
        for place in range(into[a], into[a + 1]):
            back[sources[place]] = 0
        for place in range(reached):
            b = touched[place]
            squares += float(there[b]) * there[b]
            products += float(there[b]) * back[b]
            there[b] = 0
        for place in range(into[a], into[a + 1] if directed else into[a]):
            v = sources[place]
            for step in range(into[v], into[v + 1]):
                back[sources[step]] = 0
    if directed:
        return squares, products
    return 2 * squares, 2 * squares


@compiled
def credits(indptr: Array, indices: Array, codes: Array, crossing: bool) -> tuple[Array, Array, Array]:
    """Return, by broker: open pairs, those it alone connects, and its part of each pair by role.

    With ``crossing`` only pairs whose ends are of two known groups count in the first two.
    """
    n = len(indptr) - 1
    brokers = np.zeros(n, np.int64)
    touched = np.empty(n, np.int64)
    pairs = np.zeros(n)
    alone = np.zeros(n)
    parts = np.zeros((n, 5))
    for a in range(n):
        reached = 0
        for place in range(indptr[a], indptr[a + 1]):
            v = indices[place]
            for step in range(indptr[v], indptr[v + 1]):
                b = indices[step]
                if brokers[b] == 0:
                    touched[reached] = b
                    reached += 1
                brokers[b] += 1
        brokers[a] = 0
        for place in range(indptr[a], indptr[a + 1]):
            brokers[indices[place]] = 0
        for place in range(indptr[a], indptr[a + 1]):
            v = indices[place]
            for step in range(indptr[v], indptr[v + 1]):
                b = indices[step]
                if brokers[b] == 0:
                    continue
                if codes[a] >= 0 and codes[v] >= 0 and codes[b] >= 0:
                    parts[v, role_of(codes[a], codes[v], codes[b])] += 1.0 / brokers[b]
                if crossing and (codes[a] < 0 or codes[b] < 0 or codes[a] == codes[b]):
                    continue
                pairs[v] += 1
                alone[v] += brokers[b] == 1
        for place in range(reached):
            brokers[touched[place]] = 0
    return pairs, alone, parts
