"""Puts a mutant into the running process: nothing is written into the tree, and a killed run leaves nothing behind."""

from __future__ import annotations

import gc
import importlib.machinery
from functools import _lru_cache_wrapper
from types import CodeType, FunctionType
from typing import Any

from tests.house import ROOT
from tests.mutants.mutations import MODULE, Mutant


class CannotPlant(Exception):
    """The mutant is not in a function that lives in this process: it must be there before the import."""


def plant_live(mutant: Mutant) -> None:
    """Give each living function of that name the changed code, whoever holds it under whatever name."""
    path = str(ROOT / mutant.file)
    code = _code_of(compile(mutant.applied((ROOT / mutant.file).read_text()), path, "exec"), mutant.function)
    if mutant.function == MODULE or code is None:
        raise CannotPlant
    planted = False
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and _is(each.__code__, path, mutant.function):
            if each.__code__.co_freevars != code.co_freevars:
                raise CannotPlant
            each.__code__ = code
            planted = True
        elif isinstance(each, _lru_cache_wrapper) and str(each.__module__).startswith("mentorship"):
            each.cache_clear()
    if not planted:
        raise CannotPlant


def _is(code: CodeType, path: str, name: str) -> bool:
    return code.co_filename == path and code.co_qualname == name


def _code_of(module: CodeType, name: str) -> CodeType | None:
    """Return the code of a function of a compiled file, by its qualified name."""
    waiting = [module]
    while waiting:
        for each in waiting.pop().co_consts:
            if isinstance(each, CodeType):
                if each.co_qualname == name:
                    return each
                waiting.append(each)
    return None


def plant_at_import(mutant: Mutant) -> None:
    """Let the file be read with the change when it is imported; call before anything of the package is."""
    path = str(ROOT / mutant.file)
    as_it_is = importlib.machinery.SourceFileLoader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, fullname: str) -> Any:
        if self.path != path:
            return as_it_is(self, fullname)
        return compile(mutant.applied((ROOT / mutant.file).read_text()), path, "exec")

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
