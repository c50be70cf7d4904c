"""How long driftcheck takes, as ratios of two commands in one run on one machine: `python -m benchmarks`."""
