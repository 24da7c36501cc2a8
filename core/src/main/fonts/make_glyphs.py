"""Writes the outlines and advance widths with which figures draw text, from DejaVu Sans.

Figures must not need a font on the machine. Run once, with fontTools 4 and Debian's fonts-dejavu-core:

    pip install fonttools
    python make_glyphs.py /usr/share/fonts/truetype/dejavu ../resources/org/vaescape/report

A line a glyph: code point (hex), advance, outline. Units are 1/2048 em, y upward. The outline is SVG path data
of M, L, Q (quadratic) and Z, numbers separated by blanks.
"""
import sys
from pathlib import Path

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

CHARACTERS = (
    list(range(0x20, 0x7F))
    + list(range(0xA1, 0x100))
    + [c for c in range(0x391, 0x3CA) if c not in (0x3A2,)]
    + [ord(c) for c in "–—‘’“”…•−÷≤≥≈≠∞→←↑↓⁰¹⁴⁵⁶⁷⁸⁹⁻₀₁₂₃□"]
)


class Outline(BasePen):
    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.parts = []

    def add(self, letter, *points):
        self.parts.append(letter + " ".join(f"{round(x)} {round(y)}" for x, y in points))

    def _moveTo(self, p):
        self.add("M", p)

    def _lineTo(self, p):
        self.add("L", p)

    def _qCurveToOne(self, control, p):
        self.add("Q", control, p)

    def _closePath(self):
        self.parts.append("Z")


def write(font, target):
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    assert font["head"].unitsPerEm == 2048
    with open(target, "w", encoding="ascii") as out:
        for character in sorted(set(CHARACTERS)):
            pen = Outline(glyphs)
            glyph = glyphs[names[character]]
            glyph.draw(pen)
            out.write(f"{character:x} {glyph.width} {''.join(pen.parts)}\n")


if __name__ == "__main__":
    fonts, folder = Path(sys.argv[1]), Path(sys.argv[2])
    write(TTFont(fonts / "DejaVuSans.ttf"), folder / "glyphs-regular.txt")
    write(TTFont(fonts / "DejaVuSans-Bold.ttf"), folder / "glyphs-bold.txt")
