"""Queries that pages ask over and over are made once: to make one costs more than to ask it.

The function that makes such a query is called with a parameter in the place of each argument, and what it is about is
told when it is asked. None and True or False are no values but say which query: of each there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, TypeVarTuple, overload

from sqlalchemy import Select, bindparam
from sqlalchemy.engine import ScalarResult, TupleResult
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

P = ParamSpec("P")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


@overload
def prepared(  # type: ignore[overload-overlap] # a query for one thing hands out that, not a row of one
    make: Callable[P, SelectOfScalar[T]],
) -> Callable[Concatenate[Session, P], ScalarResult[T]]: ...
@overload
def prepared(make: Callable[P, Select[*Ts]]) -> Callable[Concatenate[Session, P], TupleResult[tuple[*Ts]]]: ...
def prepared(make: Callable[..., Any]) -> Callable[..., Any]:
    """Turn a function that makes a query into one that asks it."""
    names = list(signature(make).parameters)
    made: dict[Any, Any] = {}

    @wraps(make)
    def ask(session: Session, /, *args: Any, **named: Any) -> Any:
        about = dict(zip(names, args, strict=False)) | named
        which = {name: value for name, value in about.items() if _says_which(value)}
        values = {name: _as_value(value) for name, value in about.items() if name not in which}
        key = frozenset(which.items())
        query = made.get(key)
        if query is None:
            query = made[key] = make(**which, **{name: bindparam(name) for name in values})
        return session.exec(query, params=values)

    return ask


def _says_which(value: object) -> bool:
    return value is None or isinstance(value, bool)


def _as_value(value: object) -> object:
    """Return a value as a database takes it: ids in a list."""
    if isinstance(value, Set):
        return list(value)
    return value
