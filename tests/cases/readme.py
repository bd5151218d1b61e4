#!/usr/bin/env python3
"""Runs the commands of README.md as a newcomer would: each must succeed and say something.

    readme.py --programs FOLDER
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", required=True)
    options = parser.parse_args()
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        text = file.read()
    commands = re.search(r"```sh\n(.*?)```", text, re.S).group(1).splitlines()
    if len(commands) != 5:
        sys.exit(f"README.md promises five commands and has {len(commands)}")
    for link in re.findall(r"\]\(([^)#]+)", text):
        if not os.path.exists(os.path.join(ROOT, link)):
            sys.exit(f"README.md points to {link}, which is not there")
    environment = {**os.environ, "PATH": os.path.abspath(options.programs) + ":" + os.environ["PATH"]}
    environment.pop("MUNIMENT_ARCHIVE", None)
    with tempfile.TemporaryDirectory(prefix="muniment-readme-") as folder:
        os.symlink(os.path.join(ROOT, "samples"), os.path.join(folder, "samples"))
        for command in commands:
            done = subprocess.run(["bash", "-euc", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
            if done.returncode != 0 or not done.stdout.strip():
                sys.exit(f"$ {command}\nended with {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")


if __name__ == "__main__":
    main()
