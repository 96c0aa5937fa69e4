"""Words in the sentences of the Why page."""


def listed(parts: list[str]) -> str:
    """Return words as a list: 'a, b and c'."""
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
