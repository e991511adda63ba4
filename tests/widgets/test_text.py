"""A text in place of another one."""

from textual.app import App
from textual.widgets import Static

from tuilab.widgets.text import folded, put


class Page(App):
    CSS = "Static { height: auto; width: 20; }"

    def compose(self):
        yield Static("first", id="text", markup=False)
        yield Static("below", id="below", markup=False)


async def test_the_screen_is_laid_out_anew_only_where_the_lines_may_change(monkeypatch):
    app = Page()
    async with app.run_test() as pilot:
        text, below = app.query_one("#text", Static), app.query_one("#below", Static)
        asked = []
        refresh = Static.refresh
        monkeypatch.setattr(
            Static,
            "refresh",
            lambda self, *regions, layout=False, **more: (
                asked.append(layout) or refresh(self, *regions, layout=layout, **more)
            ),
        )
        for said, anew, rows in (
            ("second", False, 1),
            ("as wide as it can be", False, 1),
            ("wider than the twenty columns", True, 2),
            ("of one line again", True, 1),
            ("二十文字より広いものは", True, 2),  # each takes two columns
            ("", True, 1),
            ("two\nlines", True, 2),
            ("two\nother lines", False, 2),
        ):
            asked.clear()
            put(text, said)
            assert asked == [anew], said
            await pilot.pause()
            assert below.region.y == max(rows, 1) or said == "", said


def test_a_path_is_folded_at_its_slashes():
    path = "Your file: ~/exercises/09-word2vec-code/subsampling.py"
    assert folded(path, 80) == path
    assert folded(path, 41) == "Your file: ~/exercises/09-word2vec-code/\nsubsampling.py"
    assert folded(path, 25) == "Your file: ~/exercises/\n09-word2vec-code/\nsubsampling.py"
    assert folded("/a/much-longer/b", 4) == "/a/\nmuch-longer/\nb"
