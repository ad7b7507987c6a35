#!/usr/bin/python3
# bench-db.py - the encrypted database against plain SQLite and SQLCipher, in turns, at growing sizes
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-db.py BENCH-DB FOLDER [--sqlcipher PROGRAM] [--sizes N,N…] [--rounds N] [--plot FILE.svg]

Each round runs every side once, in an order that changes from round to round; a ratio is the
median over the rounds of this round's ratio. FOLDER needs four times the largest database.
"""
import argparse
import math
import os
import statistics
import subprocess
import sys

# What, as people say it, unit of the absolute figure, factor to it, budget of the ratio (DESIGN §12).
TESTS = {
    "bulk": ("bulk insert, a record", "us", 1e6, 1.06),
    "commit": ("one durable record", "us", 1e6, 1.15),
    "scan-cached": ("scan, cached, a record", "us", 1e6, 1.03),
    "scan-uncached": ("scan, not cached, a record", "us", 1e6, 2.0),
    "point-cached": ("one record, cached", "us", 1e6, 1.03),
    "point-uncached": ("one record, not cached", "us", 1e6, 2.0),
    "search-cached": ("search, cached", "us", 1e6, 1.03),
    "search-uncached": ("search, not cached", "us", 1e6, 2.0),
    "open": ("open and first row", "us", 1e6, None),
    "size": ("size of the file", "MB", 1e-6, 1.01),
}
ROUNDS = {1000: 15, 10000: 9, 100000: 5}


def measure(programs, side, folder, rows, turn):
    path = os.path.join(folder, f"bench-{side}.db")
    for suffix in ("", "-journal"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)
    out = subprocess.run([programs[side], side, path, str(rows), str(turn)], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    for suffix in ("", "-journal"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)
    return {name: float(value) for name, value in (line.split("\t") for line in out.splitlines())}


def measure_size(programs, folder, rows, rounds):
    """For each test and side, the values by round."""
    sides = list(programs)
    results = {test: {side: [] for side in sides} for test in TESTS}
    for turn in range(rounds):
        for place in range(len(sides)):
            side = sides[(place + turn) % len(sides)]
            for test, value in measure(programs, side, folder, rows, turn).items():
                results[test][side].append(value)
    return results


def ratio(values, side):
    return statistics.median(a / b for a, b in zip(values[side], values["plain"]))


def print_size(rows, rounds, results, sides):
    others = [side for side in sides if side != "plain"]
    print(f"\n{rows} records, {rounds} rounds")
    print(f"{'what':30} {'plain':>12} " + " ".join(f"{side:>10}" for side in others) + "  budget")
    for test, (what, unit, factor, budget) in TESTS.items():
        values = results[test]
        ratios = {side: ratio(values, side) for side in others}
        line = f"{what:30} {statistics.median(values['plain']) * factor:9.2f} {unit} "
        line += " ".join(f"{ratios[side]:9.3f}x" for side in others)
        if budget:
            line += f"  {budget:.2f}x" + ("" if ratios["encrypted"] <= budget else "  OVER")
        print(line, flush=True)


# The plot: cost against size, both logarithmic, so that flat is flat and a straight slope is a power.
COLOURS = {"commit": "#1b6e3c", "bulk": "#b35900", "point-uncached": "#1f4e9c", "search-uncached": "#8a1c7c",
           "open": "#666666"}
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 860, 480, 70, 40, 260, 50


def draw(measured, sides, path):
    sizes = sorted(measured)
    lows, highs = [], []
    for test in COLOURS:
        for size in sizes:
            for side in sides:
                value = statistics.median(measured[size][test][side]) * 1e6
                lows.append(value)
                highs.append(value)
    low, high = math.floor(math.log10(min(lows))), math.ceil(math.log10(max(highs)))

    def at(size, value):
        across = (math.log10(size) - math.log10(sizes[0])) / max(1e-9, math.log10(sizes[-1]) - math.log10(sizes[0]))
        up = (math.log10(value) - low) / (high - low)
        return (LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM))

    svg = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
           'font-size="12">', f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
           f'<text x="{LEFT}" y="20" font-size="14">What one thing costs, by the number of records</text>']
    for power in range(low, high + 1):
        _, y = at(sizes[0], 10 ** power)
        svg.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>'
                   f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10 ** power:g} µs</text>')
    for size in sizes:
        x, _ = at(size, 10 ** low)
        svg.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:,}</text>')
    dashes = {"plain": "2 4", "encrypted": "none", "sqlcipher": "9 5"}
    y = TOP + 10
    for test, colour in COLOURS.items():
        for side in sides:
            points = [at(size, statistics.median(measured[size][test][side]) * 1e6) for size in sizes]
            line = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
            svg.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2" '
                       f'stroke-dasharray="{dashes[side]}"/>')
        svg.append(f'<rect x="{WIDTH - RIGHT + 20}" y="{y - 9}" width="12" height="10" fill="{colour}"/>'
                   f'<text x="{WIDTH - RIGHT + 40}" y="{y}">{TESTS[test][0]}</text>')
        y += 20
    for side in sides:
        y += 20
        svg.append(f'<line x1="{WIDTH - RIGHT + 20}" y1="{y - 4}" x2="{WIDTH - RIGHT + 60}" y2="{y - 4}" '
                   f'stroke="black" stroke-width="2" stroke-dasharray="{dashes[side]}"/>'
                   f'<text x="{WIDTH - RIGHT + 68}" y="{y}">{"Sakkhi" if side == "encrypted" else side}</text>')
    svg.append("</svg>")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(svg) + "\n")
    print(f"plot: {path}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("--sqlcipher")
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--plot")
    arguments = parser.parse_args()
    programs = {"plain": arguments.program, "encrypted": arguments.program}
    if arguments.sqlcipher:
        programs["sqlcipher"] = arguments.sqlcipher
    measured = {}
    for size in map(int, arguments.sizes.split(",")):
        rounds = arguments.rounds or ROUNDS.get(size, 3)
        measured[size] = measure_size(programs, arguments.folder, size, rounds)
        print_size(size, rounds, measured[size], programs)
    if arguments.plot:
        draw(measured, list(programs), arguments.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
