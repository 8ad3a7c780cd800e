"""Uncertainty: what another set of activities could have shown, and which actors cannot be told apart.

Activities are what a station samples from the life of a community; they are the unit that is drawn anew,
with the people as they are. For a value that is a *sum over activities* (attendances, strength) that is the
bootstrap. For "ever met" values (degree, density, paths) the bootstrap is wrong: a redrawn set holds only
about 63 % of the activities, and every such value comes out too low. There the effect of leaving out each
single activity is measured instead, and these effects are drawn anew around the value observed.
"""

from sanshe_net.measures.uncertainty.actors import ActorIntervals, actor_intervals
from sanshe_net.measures.uncertainty.inseparable import Inseparable, inseparable
from sanshe_net.measures.uncertainty.networks import NetworkInterval, network_intervals
from sanshe_net.measures.uncertainty.stress import StressTest, stress_test
from sanshe_net.measures.uncertainty.sums import rank_intervals

__all__ = [
    "ActorIntervals",
    "Inseparable",
    "NetworkInterval",
    "StressTest",
    "actor_intervals",
    "inseparable",
    "network_intervals",
    "rank_intervals",
    "stress_test",
]
