#!/usr/bin/env python3
"""Each command that `muniment help` lists, and each option of each, is typed in some case.

    covered.py --programs FOLDER
"""
import argparse
import glob
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def help_of(programs, *words):
    return subprocess.run([os.path.join(programs, "muniment"), "help", *words], capture_output=True, text=True, check=True).stdout


def typed():
    """What follows `when` or `given` in the cases, with the lines that go on with it."""
    lines = []
    for path in glob.glob(os.path.join(HERE, "*.case")):
        with open(path, encoding="utf-8") as file:
            text = re.sub(r"\n +(?=--)", " ", file.read())
        lines += [line for line in text.splitlines() if "muniment" in line]
    return lines


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", required=True)
    programs = parser.parse_args().programs
    lines = typed()
    commands = re.findall(r"^  ([a-z][a-z-]*(?: [a-z][a-z-]*)?)  +\S", help_of(programs), re.M)
    missing = [] if commands else ["any command at all in `muniment help`"]
    for command in commands:
        mine = [line for line in lines if re.search(rf"\bmuniment\b[^|;&]*\b{command}\b", line)]
        if not mine:
            missing.append(command)
        for option in re.findall(r"^  (--[a-z-]+)", help_of(programs, *command.split()), re.M):
            if not any(option in line for line in mine):
                missing.append(f"{command} {option}")
    print(f"{len(commands)} commands" + "".join(f"\nno case types: muniment {what}" for what in missing))
    return bool(missing)


sys.exit(main())
