"""The command line: check the notes, begin one, withdraw one, seal quotes, see what is held.

In: arguments, and mkdocs.yml for the options. Out: words on the terminal and an exit code: 0 when all is
well, 1 when something is wrong, 2 when the call itself was. Decides nothing about content itself.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from .build import build
from .catalogue import Catalogue, catalogue_of
from .checking import check, exit_code
from .fixing import run_fix
from .formats import FORMS, told
from .importing import Wanted, run_import
from .interview import Interview, stated
from .json_schema import FOLDER as SCHEMA_FOLDER, json_schemas
from .lookout import changes
from .model import Kind
from .options import OptionError, Settings, option_sentence, read_settings
from .starters import Answers, StarterError, kind_named, write_starter
from .stewardship import run_seal, run_status, run_withdraw

CONFIG_FILE: Final = "mkdocs.yml"
PROGRAM: Final = "practice-library"
INTERRUPTED: Final = 130
FLAGS: Final = ("space", "title", "date", "type", "host", "summary", "kind-of-output")
"""What an entry needs."""
MORE: Final = ("practices", "participants", "consent", "given", "by")
"""What a harvest note may have from its first minute."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    config_file = _config_file(given)
    try:
        settings = read_settings(config_file)
    except OptionError as error:
        _say(option_sentence(error, config_file.name, catalogue_of("en")), error=True)
        return 1
    words = catalogue_of(settings.options.language)
    call = _parser(words).parse_args(given)
    try:
        return _COMMANDS[call.command](call, settings, words)
    except (KeyboardInterrupt, EOFError):
        _say("", error=True)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has gone; nothing is to be flushed at exit
        sys.stdout = None
        return INTERRUPTED


def _config_file(arguments: Sequence[str]) -> Path:
    """Find the configuration before anything is said, since it decides in which language."""
    finder = argparse.ArgumentParser(add_help=False)
    finder.add_argument("-f", "--config", default=CONFIG_FILE)
    return Path(finder.parse_known_args(arguments)[0].config)


def _say(text: str, *, error: bool = False) -> None:
    """Write a line for the person at the terminal."""
    (sys.stderr if error else sys.stdout).write(f"{text}\n")


def _say_beside(text: str) -> None:
    """Write a line beside the output proper, which programs may be reading."""
    _say(text, error=True)


def _parser(words: Catalogue) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, description=words.text("cli.help.program"))
    parser.add_argument("-f", "--config", default=CONFIG_FILE, help=words.text("cli.help.config"))
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help=words.text("cli.help.check"))
    check.add_argument("paths", nargs="*", help=words.text("cli.help.paths"))
    check.add_argument("--strict", action="store_true", help=words.text("cli.help.strict"))
    check.add_argument("--format", choices=FORMS, default=FORMS[0], help=words.text("cli.help.format"))
    check.add_argument("--watch", action="store_true", help=words.text("cli.help.watch"))
    check.add_argument("--fix", action="store_true", help=words.text("cli.help.fix"))
    check.add_argument("--yes", action="store_true", help=words.text("cli.help.yes"))
    commands.add_parser("status", help=words.text("cli.help.status"))
    taken = commands.add_parser("withdraw", help=words.text("cli.help.withdraw"))
    taken.add_argument("id", help=words.text("cli.help.id"))
    taken.add_argument("--tombstone", action="store_true", help=words.text("cli.help.tombstone"))
    seal = commands.add_parser("seal", help=words.text("cli.help.seal"))
    seal.add_argument("paths", nargs="*", help=words.text("cli.help.paths"))
    commands.add_parser("schema", help=words.text("cli.help.schema"))
    brought = commands.add_parser("import", help=words.text("cli.help.import"))
    brought.add_argument("paths", nargs="+", help=words.text("cli.help.import-files"))
    for name in ("space", "date", "title"):
        brought.add_argument(f"--{name}", default="", help=words.text(f"cli.help.import-{name}"))
    new = commands.add_parser("new", help=words.text("cli.help.new"))
    new.add_argument("kind", nargs="?", choices=[kind.value for kind in Kind])
    for name in FLAGS:
        new.add_argument(f"--{name}", help=words.text(f"new.ask.{name}"))
    for name in MORE:
        new.add_argument(f"--{name}", help=words.text(f"cli.help.new-{name}"))
    return parser


def _check(call: argparse.Namespace, settings: Settings, words: Catalogue) -> int:
    """Say what is wrong: once, at each change, or after mending what has one safe mending."""
    for path in call.paths:
        if not Path(path).exists():
            _say(words.text("cli.no-path", path=path), error=True)
            return 2
    if call.fix:
        run_fix(settings, words, call.paths, _say_beside, ask=None if call.yes else _keeper(words))
    for _ in changes([settings.root / call.config, settings.spaces]) if call.watch else [None]:
        if call.watch:
            _say(words.text("cli.checking"))
        findings = check(settings, words, call.paths)
        _say(told(findings, call.format))
        code = exit_code(findings, strict=call.strict)
        if call.watch:
            _say(words.text("cli.watching"))
            sys.stdout.flush()
    return code


def _new(call: argparse.Namespace, settings: Settings, words: Catalogue) -> int:
    """Ask for what is missing and write a valid file."""
    made = build(settings.root, settings.spaces, settings.options)
    given = {name: getattr(call, name.replace("-", "_")) or "" for name in (*FLAGS, *MORE)}
    interview = Interview(made, words, input, _say) if sys.stdin.isatty() else None
    kind = call.kind or (interview.ask("kind") if interview else "")
    try:
        said = stated(given, words)
        answers = Answers(
            given={name: given[name] for name in FLAGS if given[name]},
            ask=interview.ask if interview else None,
            more=lambda asked: said if said or not interview else interview.more(asked),
        )
        path = write_starter(kind_named(kind), answers, made, settings.spaces, words)
    except StarterError as error:
        _say(words.text(f"new.{error.reason}", **error.values), error=True)
        return 1
    except ValueError as error:
        _say(str(error), error=True)
        return 1
    _say(words.text("new.written", path=path.relative_to(settings.root).as_posix()))
    _say(words.text("new.next"))
    return 0


def _import(call: argparse.Namespace, settings: Settings, words: Catalogue) -> int:
    """Make harvest notes of documents, into one space."""
    paths = tuple(Path(path) for path in call.paths)
    if (call.date or call.title) and (len(paths) > 1 or paths[0].is_dir()):
        _say(words.text("import.one"), error=True)
        return 2
    ask = _asker(words)
    space = call.space or (ask("space") if ask else "")
    wanted = Wanted(paths=paths, space=space, date=call.date, title=call.title)
    return run_import(settings, words, wanted, _say)


def _asker(words: Catalogue) -> Callable[[str], str] | None:
    """Give a way to ask at the terminal; none where nobody sits at it."""
    if not sys.stdin.isatty():
        return None
    return lambda question: input(f"{words.text(f'new.ask.{question}')} ").strip()


def _keeper(words: Catalogue) -> Callable[[str], bool] | None:
    """Give a way to ask whether a mending is to be kept; where nobody sits, all are."""
    if not sys.stdin.isatty():
        return None
    yes = words.text("fix.yes").split()
    return lambda path: input(f"{words.text('fix.ask', path=path)} ").strip().casefold() in yes


def _withdraw(call: argparse.Namespace, settings: Settings, words: Catalogue) -> int:
    return run_withdraw(settings, words, call.id, _say, tombstone=call.tombstone)


def _seal(call: argparse.Namespace, settings: Settings, words: Catalogue) -> int:
    return run_seal(settings, words, [Path(path) for path in call.paths], _say)


def _status(_call: argparse.Namespace, settings: Settings, words: Catalogue) -> int:
    return run_status(settings, words, _say)


def _schema(_call: argparse.Namespace, settings: Settings, words: Catalogue) -> int:
    """Write the JSON Schemas of the entries beside the content, for editors."""
    made = build(settings.root, settings.spaces, settings.options)
    folder = settings.root / SCHEMA_FOLDER
    folder.mkdir(exist_ok=True)
    for name, text in json_schemas(made.vocabulary, words).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        _say(words.text("schema.written", path=f"{SCHEMA_FOLDER}/{name}"))
    return 0


_COMMANDS: Final = {
    "check": _check,
    "new": _new,
    "import": _import,
    "withdraw": _withdraw,
    "seal": _seal,
    "status": _status,
    "schema": _schema,
}

if __name__ == "__main__":
    sys.exit(main())
