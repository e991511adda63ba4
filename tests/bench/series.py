"""Series that the project does not bring, to hold the forecast lab's defaults against: public ones, and drawn ones."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

# Monthly passengers of airlines, in thousands, January 1949 to December 1960: Box and Jenkins, Time Series Analysis:
# Forecasting and Control (1970), series G.
AIRLINE = """
112 118 132 129 121 135 148 148 136 119 104 118 115 126 141 135 125 149 170 170 158 133 114 140
145 150 178 163 172 178 199 199 184 162 146 166 171 180 193 181 183 218 230 242 209 191 172 194
196 196 236 235 229 243 264 272 237 211 180 201 204 188 235 227 234 264 302 293 259 229 203 229
242 233 267 269 270 315 364 347 312 274 237 278 284 277 317 313 318 374 413 405 355 306 271 306
315 301 356 348 355 422 465 467 404 347 305 336 340 318 362 348 363 435 491 505 404 359 310 337
360 342 406 396 420 472 548 559 463 407 362 405 417 391 419 461 472 535 622 606 508 461 390 432
"""
# Quarterly earnings a share of Johnson & Johnson in dollars, 1960 to 1980: Shumway and Stoffer, Time Series Analysis
# and Its Applications.
EARNINGS = """
0.71 0.63 0.85 0.44 0.61 0.69 0.92 0.55 0.72 0.77 0.92 0.60 0.83 0.80 1.00 0.77 0.92 1.00 1.24 1.00 1.16
1.30 1.45 1.25 1.26 1.38 1.86 1.56 1.53 1.59 1.83 1.86 1.53 2.07 2.34 2.25 2.16 2.43 2.70 2.25 2.79 3.42
3.69 3.60 3.60 4.32 4.32 4.05 4.86 5.04 5.04 4.41 5.58 5.85 6.57 5.31 6.03 6.39 6.93 5.85 6.93 7.74 7.83
6.12 7.74 8.91 8.28 6.84 9.54 10.26 9.54 8.73 11.88 12.06 12.15 8.91 14.04 12.96 14.85 9.99 16.20 14.67
16.02 11.61
"""
# Yearly flow of the Nile at Aswan, 1871 to 1970, in 10^8 m^3: Durbin and Koopman, Time Series Analysis by State Space
# Methods.
NILE = """
1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140 1100 1210 1150 1250
1260 1220 1030 1100 774 840 874 694 940 833 701 916 692 1020 1050 969 831 726 456 824 702 1120 1100 832 764 821
768 845 864 862 698 845 744 796 1040 759 781 865 845 944 984 897 822 1010 771 676 649 846 812 742 801 1040 860
874 848 890 744 749 838 1050 918 986 797 923 975 815 1020 906 901 1170 912 746 919 718 714 740
"""


def _numbers(text: str) -> list[float]:
    return [float(each) for each in text.split()]


def _months(first: int, count: int) -> list[str]:
    return [f"{first + place // 12}-{place % 12 + 1:02}" for place in range(count)]


def _days(count: int, step: int = 1) -> list[str]:
    return [str(date(2020, 1, 6) + timedelta(days=step * place)) for place in range(count)]


def write(path: Path, dates: list[str], values: list[float]) -> Path:
    """A CSV file of two columns."""
    rows = [f"{when},{value:.6g}" for when, value in zip(dates, values, strict=True)]
    path.write_text("\n".join(["date,value", *rows]) + "\n")
    return path


def written(folder: Path) -> dict[str, Path]:
    """Each as a file, by what it is."""
    drawn, place = np.random.default_rng(1), np.arange(400)
    weekday = np.array([0, 5, 8, 6, 12, 30, 24])
    weekly = 100 + weekday[place % 7] + drawn.normal(0, 4, 400)
    growing = 50 + 0.2 * place + weekday[place % 7] + drawn.normal(0, 3, 400)
    walk = 100 + np.cumsum(drawn.normal(0.1, 1, 400))
    trend = 20 + 1.5 * place[:120] + drawn.normal(0, 4, 120)
    monthly = 200 + 40 * np.sin(2 * np.pi * place[:180] / 12) + 0.5 * place[:180] + drawn.normal(0, 6, 180)
    kept = sorted(set(range(180)) - set(drawn.choice(np.arange(1, 160), 12, replace=False).tolist()))
    noise = 10 + drawn.normal(0, 1, 200)
    series = {
        "airline, monthly": (_months(1949, 144), _numbers(AIRLINE)),
        "earnings, quarterly": ([f"{1960 + at // 4}-Q{at % 4 + 1}" for at in range(84)], _numbers(EARNINGS)),
        "Nile, yearly": ([str(1871 + at) for at in range(100)], _numbers(NILE)),
        "daily, a weekly season": (_days(400), weekly.tolist()),
        "daily, the same and a trend": (_days(400), growing.tolist()),
        "daily, a random walk": (_days(400), walk.tolist()),
        "monthly, a trend and no season": (_months(1990, 120), trend.tolist()),
        "monthly with 12 gaps": ([_months(1990, 180)[at] for at in kept], [monthly[at] for at in kept]),
        "daily, noise alone": (_days(200), noise.tolist()),
    }
    return {name: write(folder / f"{number}.csv", *each) for number, (name, each) in enumerate(series.items())}
