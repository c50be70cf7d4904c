"""The fuzzer: what people write, with its tokens swapped, cut, doubled and spliced.

DRIFTCHECK_FUZZ_MINUTES=5 looks for so long in each test, from a seed of chance; without it each test makes a few tries,
the same each time. DRIFTCHECK_FUZZ_SEED=7 begins at that seed: a failure names the one that repeats it.
"""
