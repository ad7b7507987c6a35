# test-sum.py - tests/sum.py takes nothing for passed that did not pass
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import subprocess
import sys
import tempfile

SUM = os.path.join(os.path.dirname(__file__), "..", "sum.py")
GOOD = {"name": "x:lint / a", "stdout": "1..2\nok 1 - one\nok 2 - two\n", "result": "OK"}
PLAIN = {"name": "x:lint / p", "stdout": "it went well\n", "result": "OK"}

# title, results, how many tests are registered, the closing line, the exit status
CASES = [
    ("points of TAP are counted", [GOOD], 1, "2 passed, 0 failed", 0),
    ("a program without TAP counts one", [GOOD, PLAIN], 2, "3 passed, 0 failed", 0),
    ("a failed point is counted", [{**GOOD, "stdout": "1..2\nok 1 - one\nnot ok 2 - two\n",
                                    "result": "FAIL"}], 1, "1 passed, 1 failed", 1),
    ("a crash after good points fails", [{**GOOD, "result": "ERROR"}], 1,
     "2 passed, 1 failed", 1),
    ("a program that fails without TAP", [{**PLAIN, "result": "TIMEOUT"}], 1,
     "0 passed, 1 failed", 1),
    ("a skipped point fails", [{**GOOD, "stdout": "1..1\nok 1 - one # " + "SK" + "IP no\n"}], 1,
     "0 passed, 1 failed", 1),
    ("a skipped program fails", [{**PLAIN, "stdout": "", "result": "SKIP"}], 1,
     "0 passed, 1 failed", 1),
    ("a test without result fails", [GOOD], 2, "2 passed, 1 failed", 1),
    ("no result at all fails", [], 2, "0 passed, 1 failed", 1),
    ("a suite without tests fails", [], 0, "0 passed, 1 failed", 1),
]


def run(results, n_known):
    with tempfile.TemporaryDirectory() as build:
        os.mkdir(os.path.join(build, "meson-logs"))
        os.mkdir(os.path.join(build, "meson-info"))
        with open(os.path.join(build, "meson-logs/testlog.json"), "w") as file:
            file.writelines(json.dumps(result) + "\n" for result in results)
        with open(os.path.join(build, "meson-info/intro-tests.json"), "w") as file:
            json.dump([{"name": str(n), "suite": ["x:lint"]} for n in range(n_known)], file)
        done = subprocess.run([sys.executable, "-B", SUM, build, "lint"], text=True,
                              capture_output=True)
        return done.stdout.splitlines() or [""], done.returncode


def main():
    failed = 0
    print(f"1..{len(CASES) + 1}")
    for number, (title, results, n_known, line, status) in enumerate(CASES, 1):
        lines, found_status = run(results, n_known)
        found = (lines[-1], found_status)
        failed += found != (line, status)
        print(f"{'ok' if found == (line, status) else 'not ok'} {number} - {title}")
        if found != (line, status):
            print(f"# expected {(line, status)}, found {found}")
    red = {**GOOD, "stdout": "1..1\nnot ok 1 - one\n# two is not three\n", "stderr": "a warning\n", "result": "FAIL"}
    lines, _ = run([red], 1)
    told = "| a: # two is not three" in lines and "| a: a warning" in lines
    failed += not told
    print(f"{'ok' if told else 'not ok'} {len(CASES) + 1} - what a failed test said last is told at the end")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
