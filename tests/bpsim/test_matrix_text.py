from bpsim.backprop import backpropagate
from bpsim.matrices import MatrixEquation, Room, matrix_equation
from bpsim.matrix_text import matrix_to_latex, matrix_to_spoken, matrix_to_text
from bpsim.network import Network
from bpsim.quantity import Quantity
from bpsim.settings import Settings


def equation(q: Quantity, notation: str = "lecture", **options: object) -> MatrixEquation:
    network = Network.dense([2, 2]).with_parameters([[[1.0, 2.0], [-3.0, 4.0]]], [[0.5, 0.0]])
    traced = backpropagate(network, [1.0, 0.5], [0.0, 1.0], Settings(learning_rate=0.5))
    made = matrix_equation(traced, q, notation, **options)
    assert isinstance(made, MatrixEquation)
    return made


def write(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def test_text() -> None:
    assert matrix_to_text(equation(Quantity("z", 1, 0)), write).splitlines() == [
        "z² = θ¹ᵀ a¹ + θ¹₀",
        "[2.5; −1] = [1 2; −3 4] [1; 0.5] + [0.5; 0]",
    ]
    assert matrix_to_text(equation(Quantity("z", 1, 0), "pytorch"), write).splitlines() == [
        "z¹ = x W¹ᵀ + b¹",
        "[2.5 −1] = [1 0.5] [1 −3; 2 4] + [0.5 0]",
    ]
    assert matrix_to_text(equation(Quantity("z", 1, 0), "words"), write).splitlines()[0] == (
        "z = weights inputs + biases"
    )
    assert matrix_to_text(equation(Quantity("a", 1, 0), known=lambda q: q.kind == "z"), write) == (
        "ŷ = g(z²)\n[?; ?] = g([2.5; −1])"
    )


def test_text_of_a_step_has_the_rate_without_brackets() -> None:
    letters, numbers = matrix_to_text(equation(Quantity("step", 1, 0, 0), "nielsen"), write).splitlines()
    assert letters == "Δw² = − η δ² a¹ᵀ"
    assert "= − 0.5 [" in numbers


def test_latex() -> None:
    assert matrix_to_latex(equation(Quantity("z", 1, 0), "lecture_rule"), write) == (
        "\\begin{aligned}\n"
        "z^{2} &= \\theta^{1} a^{1} + \\theta^{1}_{0} \\\\\n"
        "\\begin{pmatrix} 2.5 \\\\ -1 \\end{pmatrix} &= "
        "\\begin{pmatrix} 1 & 2 \\\\ -3 & 4 \\end{pmatrix} "
        "\\begin{pmatrix} 1 \\\\ 0.5 \\end{pmatrix} + \\begin{pmatrix} 0.5 \\\\ 0 \\end{pmatrix}\n"
        "\\end{aligned}"
    )
    assert r"\circ" in matrix_to_latex(equation(Quantity("delta", 1, 0)), write)


def test_numbers_before_the_equals_sign_in_their_own_digits_and_about() -> None:
    made, result = equation(Quantity("z", 1, 0)), "{:.2f}".format
    assert matrix_to_text(made, write, result, about=True).splitlines() == [
        "z² = θ¹ᵀ a¹ + θ¹₀",
        "[2.50; −1] ≈ [1 2; −3 4] [1; 0.5] + [0.5; 0]",
    ]
    letters, numbers = matrix_to_latex(made, write, result, about=True).splitlines()[1:3]
    assert "&=" in letters
    assert r"2.50 \\ -1 \end{pmatrix} &\approx" in numbers


def test_dots() -> None:
    network = Network.dense([9, 9], seed=1)
    traced = backpropagate(network, [0.5] * 9, [0.0] * 9)
    made = matrix_equation(traced, Quantity("z", 1, 4), "nielsen", room=Room(6, 3))
    assert isinstance(made, MatrixEquation)
    assert " ⋯ " in matrix_to_text(made, write)
    latex = matrix_to_latex(made, write)
    assert all(dots in latex for dots in (r"\cdots", r"\vdots"))


def test_it_is_read_aloud_with_its_sizes() -> None:
    assert matrix_to_spoken(equation(Quantity("z", 1, 0)), write) == (
        "z of layer 2 equals theta of layer 1 transposed times a of layer 1 plus theta 0 of layer 1. "
        "z of layer 2 has 2 rows and 1 column, theta of layer 1 transposed has 2 rows and 2 columns, "
        "a of layer 1 has 2 rows and 1 column, theta 0 of layer 1 has 2 rows and 1 column."
    )
    assert "place by place" in matrix_to_spoken(equation(Quantity("delta", 1, 0)), write)
