"""What the tests share: the repository's files, and a scenario that is simulated in a moment."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
ONE_RUN: dict[str, Any] = {
    "about": {"title": "One training run under two rules", "question": "How long does it take?"},
    "run": {"start": "2024-01", "end": "2025-12", "replicates": 16, "seed": 7},
    "world": {
        "labs": [{"id": "lab", "jurisdiction": "CN"}],
        "runs": [
            {
                "id": "base",
                "lab": "lab",
                "start": "2024-02-01",
                "documented_on": "h100_sxm",
                "choose_from": ["h100_sxm", "h800", "h20"],
                "chips": 4096,
                "parallelism": "tensor_parallel",
                "stages": [{"id": "pretraining", "flop": {"ci90": [2e24, 6e24], "source": "A guess (J)"}}],
            }
        ],
    },
    "regimes": [{"id": "no-controls"}, {"id": "rules-of-2023", "rules": ["us_2023_10"]}],
}


@pytest.fixture
def one_run() -> dict[str, Any]:
    """A scenario of one training run under two regimes, as a mapping that a test may change."""
    return deepcopy(ONE_RUN)


@pytest.fixture
def first_scenario() -> Path:
    """A shipped scenario as a file."""
    return REPOSITORY / "examples" / "first-scenario.yaml"
