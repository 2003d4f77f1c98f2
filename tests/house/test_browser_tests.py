"""A test in the browser waits for what is shown: it never compares what stands there at one moment."""

import re
from pathlib import Path

BROWSER = Path(__file__).resolve().parents[1] / "browser"
AT_ONE_MOMENT = re.compile(
    r"assert (?!\[)[^\n]*?"
    r"(?:\.(?:count|input_value|inner_text)\(\) ==|\.is_(?:visible|hidden|checked|enabled|disabled)\(\))"
)


def test_what_is_shown_is_waited_for() -> None:
    """On a busy machine the page before is still there when its button was pressed."""
    files = sorted(BROWSER.glob("test_*.py"))
    assert files
    found = [
        f"{file.name}: {one}" for file in files for one in AT_ONE_MOMENT.findall(file.read_text("utf-8"))
    ]
    assert found == [], "use expect(…).to_have_count, to_have_value, to_have_text, to_be_visible, …"


def test_a_look_at_one_moment_would_be_found() -> None:
    assert AT_ONE_MOMENT.search('    assert page.locator("a").count() == 2\n')
    assert AT_ONE_MOMENT.search("    assert page.locator('a').is_visible()\n")
    assert not AT_ONE_MOMENT.search("    expect(page.locator('a')).to_have_count(2)\n")
