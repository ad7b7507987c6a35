# sum.py - counts what a `meson test` run did, each TAP line for itself
# SPDX-License-Identifier: GPL-3.0-or-later
"""sum.py BUILD SUITE…: prints what failed, and at last `N passed, N failed`.

A skipped test, a test without a result and a suite without a test are failures: else nothing
would tell a green run from one that did not happen.
"""
import json
import os
import re
import sys

# Of each test that failed, what it said last: whoever reads a red run sees its end first.
N_DETAILS = 8
N_LINES = 15
POINT = re.compile(r"(not ok|ok)\b\s*(\d*)\s*-?\s*([^#]*)(#\s*(skip|todo))?", re.I)


def count(result):
    """Returns how much passed, and the names of what failed, of one test program."""
    points = [m for m in map(POINT.match, result["stdout"].splitlines()) if m]
    if not re.search(r"^1\.\.\d+", result["stdout"], re.M):
        points = []
    failed = [m.group(3).strip() for m in points if m.group(1) != "ok" or m.group(4)]
    passed = len(points) - len(failed)
    if result["result"] != "OK" and not failed:
        failed = [f"ended with {result['result']}"]
    elif not points:
        passed = 1
    return passed, [f"{result['name']}: {name}" for name in failed]


def tell(result):
    """Returns the last lines of a test program that failed, those of its standard error last."""
    lines = [line for line in result["stdout"].splitlines() if not re.match(r"ok\b|# (Start|End) of", line)]
    lines = lines[-N_LINES:] + result.get("stderr", "").splitlines()[-N_LINES:]
    return [f"| {result['name'].split(' / ')[-1]}: {line[:300]}" for line in lines if line.strip()]


def load(build, name):
    path = os.path.join(build, name)
    return open(path, encoding="utf-8") if os.path.exists(path) else open(os.devnull)


def main(build, suites):
    with load(build, "meson-logs/testlog.json") as file:
        results = [json.loads(line) for line in file]
    with load(build, "meson-info/intro-tests.json") as file:
        known = [test for test in json.load(file)
                 if any(s.split(":")[-1] in suites for s in test["suite"])]
    passed, failed, reds = 0, [], []
    for result in results:
        good, bad = count(result)
        passed += good
        failed += bad
        if bad:
            reds.append(result)
    if len(results) < len(known):
        failed.append(f"{len(known) - len(results)} of {len(known)} tests have no result")
    for suite in suites:
        if not any(s.endswith(":" + suite) for test in known for s in test["suite"]):
            failed.append(f"{suite}: there is no such test")
    for red in reds[:N_DETAILS]:
        print("\n".join(tell(red)))
    for name in failed:
        print(f"failed: {name}")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
