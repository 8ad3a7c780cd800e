"""The arithmetic of Burt's measures, from the sums over triads to the number of each actor or tie.

``strength`` is everywhere the symmetric matrix of tie strengths with sorted indices. An actor without ties
has ``NaN``: there is nothing to measure.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from sanshe_net.measures.options import check_option
from sanshe_net.measures.strengths import strength_shares
from sanshe_net.measures.triads import Matrix, Model, rows_of, sum_by_actor
from sanshe_net.network import Array

MODELS: Final = ("whole", "ego")


def name_of(measure: str, model: Model) -> str:
    """Return what a result is called, so that it says its model.

    Raises
    ------
    MeasureError
        When ``model`` is neither ``whole`` nor ``ego``.
    """
    check_option("model", model, MODELS)
    return measure if model == "whole" else f"{measure}_ego"


def contacts_of(strength: Matrix) -> Array:
    """Return how many contacts each actor has."""
    return np.diff(strength.indptr)


def dyadic_of(strength: Matrix, two_step: Array) -> Array:
    r"""Return :math:`c_{ij} = (p_{ij} + \sum_q p_{iq} p_{qj})^2` at each tie, given the sums."""
    squares: Array = np.square(strength_shares(strength).data + two_step)
    return squares


def constraint_of(strength: Matrix, dyadic: Array) -> Array:
    """Return the dyadic constraints of each actor, summed."""
    return _met(strength, sum_by_actor(strength, dyadic))


def highest_of(strength: Matrix, dyadic: Array) -> Array:
    """Return the highest dyadic constraint of each actor."""
    highest = np.zeros(strength.shape[0])
    np.maximum.at(highest, rows_of(strength), dyadic)
    return _met(strength, highest)


def hierarchy_of(strength: Matrix, dyadic: Array) -> Array:
    r"""Return :math:`\sum_j r_j \ln r_j / (N \ln N)` with :math:`r_j = c_{ij} N / C_i`; 1 for one contact."""
    contacts = contacts_of(strength)
    mean = constraint_of(strength, dyadic) / np.maximum(contacts, 1)
    ratio = dyadic / np.repeat(mean, contacts)
    logarithm = np.log(ratio, out=np.zeros(len(ratio)), where=ratio > 0)
    summed = sum_by_actor(strength, ratio * logarithm)
    unequal = summed / np.where(contacts > 1, contacts * np.log(np.maximum(contacts, 1)), 1.0)
    # Rounding leaves the range by a last digit where all are equal.
    return _met(strength, np.where(contacts == 1, 1.0, np.clip(unequal, 0.0, 1.0)))


def effective_size_of(strength: Matrix, repeated: Array) -> Array:
    """Return how many contacts are left when those that repeat others are taken away."""
    return _met(strength, contacts_of(strength) - repeated)


def efficiency_of(strength: Matrix, repeated: Array) -> Array:
    """Return effective size as a share of the contacts."""
    return effective_size_of(strength, repeated) / np.maximum(contacts_of(strength), 1)


def _met(strength: Matrix, values: Array) -> Array:
    return np.where(contacts_of(strength) > 0, values, np.nan)
