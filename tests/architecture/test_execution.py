"""No data is run as code or part of a statement, and one file opens connections."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from architecture.execution import execution_faults, unused_runners
from architecture.openers import opener_faults, unused_openers
from architecture.source import clew, source
from architecture.statements import statement_faults


@pytest.mark.assurance("code")
def test_no_file_runs_what_it_is_given() -> None:
    """What can run data as code is left to a few files, and each of them needs it."""
    assert execution_faults(clew()) == []
    assert unused_runners(clew()) == []


@pytest.mark.assurance("sql")
def test_statements_are_the_program_s_own_text() -> None:
    """SQL is made of constants; what is asked and what is written is bound to it."""
    assert statement_faults(clew()) == []


@pytest.mark.assurance("no-outside-packet", "imports-without-sockets")
def test_one_file_opens_connections() -> None:
    """The engine's client makes sessions, its connector sockets; others have neither."""
    assert opener_faults(clew()) == []
    assert unused_openers(clew()) == []


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (execution_faults, "eval(x)"),
        (execution_faults, "run = exec"),
        (execution_faults, "import pickle"),
        (execution_faults, "from pickle import loads"),
        (execution_faults, "import os\nos.system(x)"),
        (execution_faults, "from os import popen as f\nf(x)"),
        (execution_faults, "import asyncio\nasyncio.create_subprocess_shell(x)"),
        (execution_faults, "loop.subprocess_shell(x)"),
        (execution_faults, "from string import Template"),
        (execution_faults, "import yaml\nyaml.load(x)"),
        (execution_faults, "import yaml\nyaml.load(x, Loader=yaml.UnsafeLoader)"),
        (execution_faults, "import yaml\nyaml.full_load(x)"),
        (execution_faults, "class L(yaml.Loader): ...\nimport yaml\nyaml.load(x, Loader=L)"),
        (execution_faults, "def f(text):\n    return text.format(x)"),
        (execution_faults, "row.text.format_map(x)"),
        (execution_faults, "f(x, shell=True)"),
        (execution_faults, "from importlib import import_module"),
        (opener_faults, "import aiohttp\naiohttp.ClientSession()"),
        (opener_faults, "from aiohttp import ClientSession"),
        (opener_faults, "import asyncio\nasyncio.open_connection(x, 1)"),
        (opener_faults, "loop.create_connection(x)"),
        (opener_faults, "import socket\nsocket.socket().connect(x)"),
        (opener_faults, "from socket import create_connection"),
        (statement_faults, "c.execute(f'DELETE FROM {table}')"),
        (statement_faults, "query = f'SELECT a FROM b WHERE c={d}'"),
        (statement_faults, "query = 'SELECT a FROM b WHERE c=' + d"),
        (statement_faults, "query = 'SELECT a FROM b WHERE c=%s' % d"),
        (statement_faults, "query = 'SELECT a FROM {}'.format(d)"),
        (statement_faults, "query = ' AND '.join(d) + ' ORDER BY a'"),
        (statement_faults, "read_rows(c, query(x), (), tuple[int])"),
        (statement_faults, "c.execute(QUERIES[name])"),
    ],
)
def test_what_breaks_these_laws_is_found(
    check: Callable[[list[object]], list[str]], text: str
) -> None:
    """One line of each kind is found."""
    assert check([source("graph/x.py", text)])


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (execution_faults, "import re\nre.compile(x)"),
        (execution_faults, "import yaml\nyaml.load(x, Loader=yaml.SafeLoader)"),
        (execution_faults, "class L(yaml.SafeLoader): ...\nimport yaml\nyaml.load(x, Loader=L)"),
        (execution_faults, "PAGE = '{x}'\nPAGE.format(x=x)"),
        (execution_faults, "import msgspec\nmsgspec.json.format(x)"),
        (statement_faults, "c.execute('SELECT a FROM b WHERE c=?', (d,))"),
        (statement_faults, "c.execute(f'PRAGMA cache_size={CACHE_KB}')"),
        (statement_faults, "what = f'it is from {place}'"),
    ],
)
def test_what_keeps_these_laws_is_let_be(
    check: Callable[[list[object]], list[str]], text: str
) -> None:
    """Words that are only alike are no fault."""
    assert check([source("graph/x.py", text)]) == []
