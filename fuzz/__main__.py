"""``./dev fuzz [RUNS] [seed=N] [PARSER...]``: coverage-guided fuzzing of each foreign form.

A parser may answer or raise InvalidValue; anything else is a crash. Each runs in a process of its
own, with bounds on memory and on the time of one input. Crashes are kept in ``fuzz/crashes``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
RUNS = 20_000
MEMORY_MB_MAX = 1_024
"""Of the whole process, libraries and the fuzzer itself included (they take 300 of it)."""
INPUT_SECONDS_MAX = 10
INPUT_BYTES_MAX = 150_000


def main() -> None:
    """Fuzz the parsers named, or all, and tell which crashed."""
    words = sys.argv[1:]
    if words[:1] == ["--one"]:
        _one(words[1], words[2:])
        return
    sys.path.insert(0, str(HERE))
    from targets import seeds, targets

    runs = int(words.pop(0)) if words and words[0].isdigit() else RUNS
    chosen = [word.removeprefix("seed=") for word in words if word.startswith("seed=")]
    seed_number = chosen[0] if chosen else "1"
    names = [word for word in words if not word.startswith("seed=")] or list(targets())
    crashed = []
    for name in names:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            for at, seed in enumerate(seeds(name)):
                (Path(folder) / str(at)).write_bytes(seed)
            crashes = HERE / "crashes" / name
            crashes.mkdir(parents=True, exist_ok=True)
            done = subprocess.run(
                [sys.executable, str(HERE / "__main__.py"), "--one", name, folder, f"-runs={runs}",
                 f"-max_len={INPUT_BYTES_MAX}", f"-timeout={INPUT_SECONDS_MAX}",
                 f"-rss_limit_mb={MEMORY_MB_MAX}", f"-artifact_prefix={crashes}/", "-verbosity=0",
                 f"-seed={seed_number}", "-print_final_stats=1"],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        took = time.monotonic() - begun
        told = dict(
            line.removeprefix("stat::").split(":", 1)
            for line in done.stderr.splitlines()
            if line.startswith("stat::")
        )
        executed = told.get("number_of_executed_units", "?").strip()
        peak = told.get("peak_rss_mb", "?").strip()
        word = "ok" if done.returncode == 0 else f"CRASHED ({done.returncode})"
        sys.stdout.write(f"{name:20} {executed:>7} runs  {took:6.0f} s  {peak:>5} MB  {word}\n")
        sys.stdout.flush()
        if done.returncode:
            crashed.append(name)
            sys.stdout.write(done.stderr[-3_000:] + done.stdout[-500:] + "\n")
    sys.exit(1 if crashed else 0)


def _one(name: str, words: list[str]) -> None:
    import atheris

    sys.path.insert(0, str(HERE))
    with atheris.instrument_imports(include=["clew.interop"]):
        from targets import targets

        target = targets()[name]
    from clew.errors import InvalidValue

    def run(data: bytes) -> None:
        try:
            target(data)
        except InvalidValue:
            return

    from mutate import mutator

    own = mutator(name)
    if own is None:
        atheris.Setup([sys.argv[0], *words], run)
    else:
        atheris.Setup([sys.argv[0], *words], run, custom_mutator=own)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
