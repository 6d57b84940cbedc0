import io

from backend.commands.progress_bar import ProgressBar


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_bar_says_how_far_and_how_fast():
    bar = ProgressBar("reading blocks", 400)

    assert bar.line(100, 10) == "reading blocks [########......................]  25%  100 of 400, 10/s"
    assert bar.line(0, 0).endswith("   0%  0 of 400")


def test_nothing_is_drawn_where_nobody_looks():
    file = io.StringIO()
    with ProgressBar("writing", 2, file) as bar:
        bar.reach(2)

    assert file.getvalue() == ""


def test_the_line_is_wiped_at_the_end():
    terminal = Terminal()
    with ProgressBar("writing", 2, terminal) as bar:
        bar.reach(2)

    drawn, wiped = terminal.getvalue().split("\r")[1:3]
    assert "100%  2 of 2" in drawn
    assert wiped == " " * len(drawn)


def test_drawing_costs_nothing_between_two_looks():
    terminal = Terminal()
    with ProgressBar("writing", 1_000_000, terminal) as bar:
        for done in range(100_000):
            bar.reach(done)

    assert terminal.getvalue().count("\r") < 40


def test_an_empty_task_is_done_at_once():
    assert "100%" in ProgressBar("replaying", 0).line(0, 0)
