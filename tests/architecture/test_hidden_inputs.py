"""Below `webui/` nothing reads the environment, a settings file, the clock or chance: what decides comes as an argument."""

import ast

import pytest
from code_reading import modules, used_names, within

HIDDEN = frozenset(
    {
        "os.environ", "os.environb", "os.getenv", "os.getcwd", "os.getlogin", "os.path.expanduser", "os.path.expandvars",
        "pathlib.Path.home", "pathlib.Path.cwd", ".expanduser",
        "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow", "datetime.date.today",
        "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.strftime", "time.asctime",
        "getpass.getuser", "locale.getlocale", "locale.setlocale", "locale.getpreferredencoding",
        "socket.gethostname", "platform.node", "uuid.uuid1", "uuid.uuid4",
        "random.random", "random.choice", "random.choices", "random.randint", "random.randrange", "random.shuffle",
        "random.sample", "random.seed", "random.SystemRandom",
        "sys.argv", "sys.stdin", "configparser.ConfigParser",
    }
)  # fmt: skip
"""`time.monotonic` and `perf_counter` measure how long something took; they decide no value."""

ONLY_IN = {
    "datetime.datetime.now": ("webui.session",),
    "getpass.getuser": ("webui.session",),
    "sys.argv": (),
    "os.environ": (),
    "os.getenv": (),
}
"""In `webui/` itself: the one place of the clock and the user; the environment is read by click (`envvar=`)."""

WHY = (
    "The same arguments must give the same result, on every machine and every day, or no archive can be rebuilt and no "
    "test repeated. Take the value as an argument; `webui/` passes it in."
)


def hidden_inputs(tree: ast.Module) -> list[tuple[str, int]]:
    """The hidden inputs that are used, and where."""
    return [(name, line) for name, line in used_names(tree) if name in HIDDEN]


def test_nothing_below_webui_has_hidden_inputs() -> None:
    wrong = [
        f"{module.at(line)} uses {name}"
        for module in modules()
        if module.room != "webui"
        for name, line in hidden_inputs(module.tree)
    ]
    assert not wrong, f"{WHY}\n" + "\n".join(wrong)


def test_webui_reads_clock_and_user_in_one_place() -> None:
    wrong = [
        f"{module.at(line)} uses {name}"
        for module in modules()
        if module.room == "webui"
        for name, line in hidden_inputs(module.tree)
        if name in ONLY_IN and not within(module.name, *ONLY_IN[name])
    ]
    assert not wrong, f"{WHY} Within webui that place is webui/session.py.\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import os\nos.environ['X']", ["os.environ"]),
        ("from os import environ\nenviron.get('X')", ["os.environ", "os.environ"]),
        ("import os as system\nsystem.getenv('X')", ["os.getenv"]),
        ("from datetime import datetime\ndatetime.now()", ["datetime.datetime.now"]),
        ("import datetime\ndatetime.date.today()", ["datetime.date.today"]),
        ("from time import time\ntime()", ["time.time", "time.time"]),
        ("from pathlib import Path\nPath('~').expanduser()", [".expanduser"]),
        ("from pathlib import Path\nPath.home()", ["pathlib.Path.home"]),
        ("import time\ntime.monotonic()", []),
        ("from random import Random\nRandom(7).choice('ab')", []),
        ("from datetime import date\ndate.fromisoformat('2023-01-01')", []),
        ("def f(os): return os.environ", []),
    ],
)
def test_the_rule_sees_what_it_should(code: str, found: list[str]) -> None:
    assert sorted(name for name, _ in hidden_inputs(ast.parse(code))) == sorted(found)
