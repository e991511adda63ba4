"""Blocks of numbers where there is little room."""

from collections.abc import Sequence
from dataclasses import replace

from tuilab.widgets.blocks import GAP, Block, block_width


def narrowed(bands: Sequence[Sequence[Block]], width: int) -> list[list[Block]]:
    """Leave out what can be spared, one column after the other, until a band fits; what still does not goes below."""
    return [narrow for band in bands for narrow in _broken(_spared(list(band), width), width)]


def _spared(band: list[Block], width: int) -> list[Block]:
    for number, block in enumerate(band):
        for count in range(1, len(block.spare) + 1):
            if band_width(band) > width:
                band[number] = replace(block, left_out=block.spare[:count])
    return band


def _broken(band: list[Block], width: int) -> list[list[Block]]:
    bands: list[list[Block]] = [[]]
    for block in band:
        if bands[-1] and band_width([*bands[-1], block]) > width:
            bands.append([])
        bands[-1].append(block)
    return bands


def band_width(band: Sequence[Block]) -> int:
    """The columns that blocks take side by side; behind the last number nothing but a bracket may stand."""
    return sum(block_width(block) + GAP for block in band) - GAP - (not band[-1].old)
