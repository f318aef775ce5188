"""Puts the program into the wheel, when `packaging/wheel` says which: pip then installs it beside Python."""

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Program(BuildHookInterface):
    """Without CHOKEPOINT_PROGRAM the wheel holds Python alone, and uses the program that it finds."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        program = os.environ.get("CHOKEPOINT_PROGRAM")
        if not program:
            return
        build_data["shared_scripts"][program] = "chokepoint"
        licenses = os.environ["CHOKEPOINT_LICENSES"]
        for name in sorted(os.listdir(licenses)):
            build_data["extra_metadata"][os.path.join(licenses, name)] = name
        build_data["pure_python"] = False
        build_data["tag"] = "py3-none-" + os.environ["CHOKEPOINT_PLATFORM"]
