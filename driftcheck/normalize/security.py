"""Row-level security policies."""

from __future__ import annotations

from dataclasses import replace

from ..model import Policy
from .expressions import Site, condition
from .known import Known


def canonical_policy(policy: Policy, known: Known) -> Policy:
    """Roles in order; PUBLIC is everybody, so that no other role counts beside it (PostgreSQL drops them)."""
    roles = tuple(sorted(set(policy.roles))) or ("public",)
    site = Site.of_table(known, policy.schema, policy.table)
    return replace(
        policy,
        roles=("public",) if "public" in roles else roles,
        using=condition(policy.using, site) if policy.using is not None else None,
        check=condition(policy.check, site) if policy.check is not None else None,
    )
