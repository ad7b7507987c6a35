# cli-readme.py - every command that sakkhi-cli has stands in its manual, app/cli/README.md
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   cli-readme.py SAKKHI-CLI README
import re
import subprocess
import sys

COMMAND = re.compile(r"^  ([a-z]+)((?: [a-z-]+)*)", re.M)


def list_commands(cli):
    done = subprocess.run([cli, "--help"], capture_output=True, text=True, check=True)
    commands = done.stdout.split("\nCommands:\n")[1].split("\n\n")[0]
    # Group and verb; what follows in small letters is an argument.
    return [" ".join((match.group(1) + match.group(2)).split()[:2]) for match in COMMAND.finditer(commands)]


def main():
    cli, readme = sys.argv[1:3]
    with open(readme, encoding="utf-8") as file:
        text = " ".join(file.read().split())
    commands = list_commands(cli)
    missing = [command for command in commands if command not in text]
    print("1..2")
    print(f"{'ok' if len(commands) > 50 else 'not ok'} 1 - the commands are read from the help")
    print(f"{'not ok' if missing else 'ok'} 2 - each of them stands in the manual of the command line")
    for command in missing:
        print(f"# {command}")
    return 1 if missing or len(commands) <= 50 else 0


if __name__ == "__main__":
    sys.exit(main())
