"""Whose a run is: tokens that nobody guesses, of which the store knows the hash alone."""

import pytest

from store.owners import is_owner, new_token, owner_of, well_formed


def test_tokens_are_unguessable_and_fit_into_a_cookie() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(map(well_formed, tokens))
    assert all(len(token) == 43 and token.isascii() for token in tokens)


def test_an_owner_is_the_hash_of_a_token() -> None:
    # printf %s AAA...A (43 letters) | sha256sum
    assert owner_of("A" * 43) == "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a"
    assert is_owner(owner_of(new_token()))


@pytest.mark.parametrize(
    "sent", [None, 5, "", "A" * 42, "A" * 44, "A" * 42 + "\n", "A" * 42 + "é", "A" * 42 + "=", b"A" * 43]
)
def test_what_is_no_token_is_refused(sent: object) -> None:
    assert not well_formed(sent)
    with pytest.raises(ValueError, match="no token"):
        owner_of(sent)  # type: ignore[arg-type]
