"""What of the differences counts: severities, exclusions, ignores, the baseline, demands."""
