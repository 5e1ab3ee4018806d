"""The build hook: pages are built by npm and go into sdist and wheel, never into the repository."""

from __future__ import annotations

import os
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGES = "api/pages"


class PagesHook(BuildHookInterface[Any]):
    """Adds the built pages. A source distribution carries them, so that a wheel made from it needs no Node."""

    def dependencies(self) -> list[str]:
        """Node as a build requirement, where it is missing and the pages are still to be built."""
        builder = _builder(self.root)
        needless = (Path(self.root) / PAGES / "dist/index.html").is_file() or builder.find_npm()
        return [] if needless else [builder.NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        built = Path(self.root) / PAGES / "dist"
        if not self._is_sdist_tree():
            self._build()
        if built.is_dir():
            inside = PAGES if self.target_name == "sdist" else "marquee/" + PAGES
            build_data["force_include"][str(built)] = f"{inside}/dist"

    def _is_sdist_tree(self) -> bool:
        root = Path(self.root)
        return (root / "PKG-INFO").is_file() and (root / PAGES / "dist/index.html").is_file()

    def _build(self) -> None:
        builder = _builder(self.root)
        try:
            builder.build()
        except builder.Unbuildable as error:
            if os.environ.get("CI") == "true":
                raise
            self.app.display_warning(f"pages are not built: {error}")


def _builder(root: str) -> ModuleType:
    spec = spec_from_file_location("marquee_pages_build", Path(root) / PAGES / "build.py")
    if spec is None or spec.loader is None:
        raise ImportError("api/pages/build.py is missing")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
