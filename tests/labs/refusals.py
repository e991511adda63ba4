"""What is said of a spelling that cannot be."""

import pytest

from tuilab.labs.spelling import SpellingError, parse


def refusal(spelled: str) -> str:
    """The sentence that a spelling is refused with."""
    with pytest.raises(SpellingError) as refused:
        parse(spelled)
    return str(refused.value)
