import pytest
from markdown_it import MarkdownIt

from tuilab.course.formulas import plain_formulas, unicode_formulas

FORMULAS = {
    r"Y_1 = \tanh(X_1 W_x + Y_0 W_y + b)": "Y₁ = tanh(X₁ W_x + Y₀ W_y + b)",
    r"y_t = w_x \cdot x_t + w_y \cdot y_{t-1} + b": "yₜ = w_x · xₜ + w_y · yₜ₋₁ + b",
    r"w_x x_t + w_y y_{t-1} + b": "w_x xₜ + w_y yₜ₋₁ + b",
    r"\frac{1}{1+e^{-x}}": "1/(1+e⁻ˣ)",
    r"\frac{\partial L}{\partial W_y}": "∂L/∂W_y",
    r"\frac{1}{n}\sum_{i}(y_i - \hat{y}_i)^2": "1/n ∑ᵢ(yᵢ − ŷᵢ)²",
    r"\frac{x_{t-1}}{2}x": "xₜ₋₁/2 x",
    r"\hat{y}_{t+1}": "ŷₜ₊₁",
    r"\sigma": "σ",
    r"(\text{time}, \text{batch}, 8)": "(time, batch, 8)",
    r"\text{one-hot} - 1": "one-hot − 1",
    r"\times": "×",
    r"\pm 1": "± 1",
    r"\sqrt{x+1} + \sqrt x": "√(x+1) + √x",
    r"f_t = \sigma(W_f [h_{t-1}, x_t] + b_f)": "fₜ = σ(W_f [hₜ₋₁, xₜ] + b_f)",
    r"W_i, W_o, W_{xi}, W_{hi}, W_1, w_{t+1}": "W_i, W_o, W_xi, W_hi, W₁, wₜ₊₁",
    r"c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t": "cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ c̃ₜ",
    r"e^{-x_t}": "e^(−xₜ)",
    r"\left( \lVert \mathbf{g} \rVert \right)": "( ‖g‖ )",
    r"x \in \{0, 1\}": "x ∈ {0, 1}",
    r"5\% of \$5": "5% of $5",
    r"\log Q, \ln x, \max(0, x), \operatorname{softmax}(z)": "log Q, ln x, max(0, x), softmax(z)",
    r"x_{\text{max}}": "x_max",
    r"X W_x^T": "X W_xᵀ",
    r"\theta - \eta \nabla L": "θ − η ∇L",
}


@pytest.mark.parametrize(("formula", "expected"), FORMULAS.items())
def test_converts(formula, expected):
    assert plain_formulas(f"${formula}$") == expected


@pytest.mark.parametrize(("formula", "expected"), FORMULAS.items())
def test_is_not_read_as_markdown_again(formula, expected):
    (paragraph,) = (
        t for t in MarkdownIt().parse(unicode_formulas(f"${formula}$ and ${formula}$")) if t.type == "inline"
    )
    assert [child.type for child in paragraph.children] == ["text"]
    assert paragraph.children[0].content == f"{expected} and {expected}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"costs \$5 or \$6", "costs $5 or $6"),
        ("from $5 to $6", "from $5 to $6"),
        ("a $ b $ c", "a $ b $ c"),
        ("`$x_1$` and $x_1$", "`$x_1$` and x₁"),
        ("``a ` $x_1$`` and $x_1$", "``a ` $x_1$`` and x₁"),
        ("```text\n$x_1$\n```\n$x_1$", "```text\n$x_1$\n```\nx₁"),
        ("a $x_1$\n~~~\n$x_1$\n~~~\n", "a x₁\n~~~\n$x_1$\n~~~\n"),
        ("a $x\n+ 1$ b", "a x + 1 b"),
        ("$+ 1$", r"\+ 1"),
        ("a $x\n\n1$ b", "a $x\n\n1$ b"),
        ("$$\nY_1 = X_1\n$$", "Y₁ = X₁"),
        ("$$a = b$$", "a = b"),
        (r"$$\begin{aligned} a &= b \\ c &= d \end{aligned}$$", "a = b  \nc = d"),
        (r"$\frac{a$", r"$\frac{a$"),
        (r"$\nonsense{x}$", r"$\nonsense{x}$"),
        ("**bold** _x_ $b$", "**bold** _x_ b"),
        ("$w_y$", r"w\_y"),
        ("$x^{*}$", r"x^\*"),
        ("", ""),
    ],
)
def test_leaves_what_is_not_a_formula(text, expected):
    assert unicode_formulas(text) == expected


def test_plain_text_is_not_escaped():
    assert plain_formulas(r"$w_y$ costs \$5") == "w_y costs $5"
