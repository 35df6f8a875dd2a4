"""Secrets of one-time links."""

import re

from town_portal.accounts.rules import link


def test_secrets_can_be_read_from_paper() -> None:
    secrets = {link.new_secret() for _ in range(200)}
    assert len(secrets) == 200
    assert all(re.fullmatch(r"([2-9A-HJ-NP-Z]{4}-){5}[2-9A-HJ-NP-Z]{4}", secret) for secret in secrets)


def test_it_does_not_matter_how_they_are_typed() -> None:
    secret = link.new_secret()
    assert link.tidy(f" {secret.lower().replace('-', ' ')} ") == secret
    assert link.hash_of(secret.replace("-", "")) == link.hash_of(secret)
    assert link.hash_of(secret) != link.hash_of(secret[::-1])
