"""Fill in pages and sheets: every value is escaped and cleaned, and a missing one is an error."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from .wording import clean

PLAIN_TEXT = ("txt.j2",)


@cache
def templates(package: str, folder: str = "templates") -> Environment:
    """Return the templates of a package, made once per process; each is compiled when first used.

    All but plain text is HTML. A caller may add filters of its own.
    """
    return Environment(
        loader=PackageLoader(package, folder),
        autoescape=select_autoescape(disabled_extensions=PLAIN_TEXT, default=True),
        undefined=StrictUndefined,
        finalize=lambda value: clean(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def load(pages: Environment) -> None:
    """Compile all templates now, so that processes forked later need not."""
    for name in pages.list_templates(extensions=["j2"]):
        pages.get_template(name)
