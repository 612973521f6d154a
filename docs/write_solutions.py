"""Writes the worked solution of every example's first instance as LaTeX: write_solutions.py FOLDER."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bpsim import EXAMPLES, load_example
from bpsim.export.documents import to_latex
from bpsim.export.worked_solution import work_out
from bpsim.notation import NOTATIONS
from ui.formula.numbers import FormulaNumbers


def main(folder: Path) -> None:
    for example in EXAMPLES:
        trace = load_example(example.name).simulation().trace
        for notation in NOTATIONS:
            solution = work_out(trace, FormulaNumbers(3), notation, example.title)
            (folder / f"{example.name}-{notation}.tex").write_text(to_latex(solution), encoding="utf-8")


main(Path(sys.argv[1]))
