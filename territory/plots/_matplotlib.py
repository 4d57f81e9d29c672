"""Imported first: says how to install matplotlib where it is missing."""

from territory._util.extras import require

require("plots", "matplotlib", what="Plots")
