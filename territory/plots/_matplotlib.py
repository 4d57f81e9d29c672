"""Raise MissingExtra, with how to install it, where matplotlib is missing; imported before all other plots."""

from territory._util.extras import require

require("plots", "matplotlib", what="Plots")
