"""Draws the pictures of the README from the running program: `python -m tests.pictures FOLDER`. Needs pillow."""

import re
import sys
from pathlib import Path

import pyte
from PIL import Image, ImageDraw, ImageFont

from tests.support.terminal import Terminal, open_by_its_words, tuilab

WIDTH, HEIGHT, SIZE = 10, 20, 16
GROUND, INK = "#121212", "#d0d0d0"
HALVES = {"▐": (WIDTH // 2, WIDTH), "▌": (0, WIDTH // 2)}
DOTS = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
"""Where the eight dots of a braille character stand, in the order of their bits."""


def colour(value: str, default: str) -> str:
    """A colour of the emulator; the program sends none of the named ones."""
    return default if value == "default" else f"#{value}"


def draw_cell(draw: ImageDraw.ImageDraw, x: int, y: int, cell: pyte.screens.Char, fonts: dict) -> None:
    """Draw one cell: its ground, then its character; dots and half blocks exactly, as a terminal draws them."""
    ink, ground = colour(cell.fg, INK), colour(cell.bg, GROUND)
    if cell.reverse:
        ink, ground = ground, ink
    left, top = x * WIDTH, y * HEIGHT
    draw.rectangle([left, top, left + WIDTH - 1, top + HEIGHT - 1], fill=ground)
    code = ord(cell.data[0]) if cell.data else 32
    if 0x2800 <= code <= 0x28FF:
        for bit, (column, row) in enumerate(DOTS):
            if (code - 0x2800) >> bit & 1:
                corner = left + 1 + column * 5, top + 1 + row * 5
                draw.rectangle([*corner, corner[0] + 2, corner[1] + 2], fill=ink)
    elif cell.data in HALVES:
        start, end = HALVES[cell.data]
        draw.rectangle([left + start, top, left + end - 1, top + HEIGHT - 1], fill=ink)
    elif code > 32:
        draw.text((left, top), cell.data, font=fonts[cell.bold], fill=ink)


def picture(screen: pyte.Screen) -> Image.Image:
    """The whole screen."""
    fonts = {bold: ImageFont.truetype(f"DejaVuSansMono{'-Bold' * bold}.ttf", SIZE) for bold in (False, True)}
    image = Image.new("RGB", (screen.columns * WIDTH, screen.lines * HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    for y in range(screen.lines):
        for x in range(screen.columns):
            draw_cell(draw, x, y, screen.buffer[y][x], fonts)
    return image


def home(terminal: Terminal) -> None:
    """Home, with a lesson begun."""
    terminal.until("LESSONS")
    terminal.press("enter")
    terminal.until("After this lesson")
    terminal.press(*"nnn", "q")
    terminal.until("q Quit")
    terminal.until("▸1")


def unroll(terminal: Terminal) -> None:
    """Lesson 2, the second step, a sum written out."""
    terminal.until("After this lesson")
    terminal.press(*"nnnnnn", "tab")
    terminal.until("part 3 of 4")
    terminal.press("enter")
    terminal.until("▸")


def forecast(terminal: Terminal) -> None:
    """The forecast lab, half trained."""
    terminal.until("space trains")
    terminal.press("space")
    terminal.until(lambda text: re.search(r"[23],\d\d\d / 4,000", text), patience=120)


def cell(terminal: Terminal) -> None:
    """The cell lab, a forget gate held open at one step."""
    terminal.until("h = o·tanh(C)")
    terminal.press("down", "down", "right", "right", "right", "right", "e")
    terminal.until("New value for")
    terminal.press("1", "enter")
    terminal.until("held at")


def words(terminal: Terminal) -> None:
    """The words lab, trained."""
    terminal.until("space trains")
    terminal.press("space")
    terminal.until("done   loss")
    terminal.until("country-capital")


def map_of_words(terminal: Terminal) -> None:
    """The map of what was trained just now, by t-SNE."""
    words(terminal)
    terminal.press("q")
    terminal.until("q Quit")
    open_by_its_words(terminal, "by PCA", "skipgram")
    terminal.until("PCA keeps")
    terminal.press("space")
    terminal.until("done   KL")
    terminal.press("right")


SCENES = {
    "home": (home, ()),
    "unroll": (unroll, ("lesson", "2")),
    "cell": (cell, ("open", "cell t=3")),
    "forecast": (forecast, ("open", "forecast")),
    "words": (words, ("open", "words")),
    "map": (map_of_words, ("open", "words")),
}


def main(folder: Path) -> None:
    """Draw every scene at 80x24 and 120x40."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (play, arguments) in SCENES.items():
        for columns, rows in ((80, 24), (120, 40)):
            with tuilab(*arguments, columns=columns, rows=rows) as terminal:
                play(terminal)
                terminal.until(lambda text: "torch is loading" not in text)
                with terminal.drawn:
                    image = picture(terminal.screen)
            image.quantize(48).save(folder / f"{name}-{columns}x{rows}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
