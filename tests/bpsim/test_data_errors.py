"""How a bad cell is named, and how many of them are listed."""

from bpsim.data_errors import DataError, Problem


def test_a_problem_says_where_and_what() -> None:
    assert str(Problem(3, 2, "x2", "abc", "'abc' is not a number")) == (
        "line 3, column 2 (x2): 'abc' is not a number"
    )
    assert str(Problem(3, 2, "", "abc", "'abc' is not a number")) == "line 3, column 2: 'abc' is not a number"
    assert str(Problem(3, None, "", "1;2", "2 cells instead of 3")) == "line 3: 2 cells instead of 3"
    assert str(Problem(1, None, "x₁", "nan", "nan is not a finite number", "instance")) == (
        "instance 1, x₁: nan is not a finite number"
    )


def test_a_sentence_alone_is_the_message() -> None:
    error = DataError("Data needs at least one instance.")
    assert str(error) == "Data needs at least one instance."
    assert error.problems == ()


def test_one_problem_stands_in_the_sentence() -> None:
    error = DataError(
        "a.csv cannot be read", [Problem(3, 2, "x2", "abc", "'abc' is not a number")], "Correct it."
    )
    assert str(error) == "a.csv cannot be read: line 3, column 2 (x2): 'abc' is not a number.\nCorrect it."


def test_twenty_problems_are_listed_and_the_rest_counted() -> None:
    problems = [Problem(line, None, "", "", "is bad") for line in range(1, 26)]
    error = DataError("a.csv cannot be read", problems, "Correct them.")
    lines = str(error).split("\n")
    assert lines[0] == "a.csv cannot be read:"
    assert lines[1:21] == [f"line {line}: is bad" for line in range(1, 21)]
    assert lines[21:] == ["and 5 more", "Correct them."]
    assert error.problems == tuple(problems)
