#!/usr/bin/env python3
"""Runs one command-line case: what is there, what is typed, what is answered.

    run.py --programs FOLDER CASE

A case is plain text. A word at the start of a line says what the line is; lines that begin with blanks go on with it.

    given archive                 an archive in the folder `town`; later commands work on it
    given sample                  the pages of samples/harbour-week, as day-1/… and day-2/…
    given site                    the invented town's sites, live; <SITE> is their address
    given day 2                   the sites move on to their second day
    given file NAME               a file with the lines that follow
    given program NAME            skips the case, saying so, where that program is not installed
    when  COMMAND                 what is typed
    when  until NUMBER COMMAND    likewise, and it is sent SIGTERM once it printed so many lines that are not indented
    then  LINES                   what it prints, exactly; a line `...` stands for any number of lines
    error LINES                   what it says on the error output; likewise
    exit  NUMBER                  how it ends; every `when` has one

In `then` and `error`, <TIME> <HASH> <SEQ> <ANY> stand for a time, a base64 or hexadecimal hash, a number, and anything
within a line. <SEQ:name> also keeps what it found, and a later `when` may say <name>.

At the end the index of each archive that is left must be what the ledger makes of it, and nothing captured twice.
"""
import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHAPES = {
    "TIME": r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?",
    "HASH": r"(?:[A-Za-z0-9+/]{43}=|[0-9a-f]{64})", "SEQ": r"\d+", "ANY": r"[^\n]*?"}
WORDS = ("given", "when", "then", "error", "exit")
SKIPPED = 77


class Failed(Exception):
    pass


def read_case(path):
    """[(word, rest of the line, lines that follow, line number)]"""
    steps = []
    empty = 0  # lines; they count only between lines that belong together
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line.strip():
                empty += 1
                continue
            blanks, empty = [""] * empty, 0
            if line.startswith("#"):
                continue
            word = line.split()[0]
            if line[0].isspace():
                if not steps:
                    raise Failed(f"{path}:{number}: nothing comes before this line")
                steps[-1][2].extend(blanks + [line])
            elif word in WORDS:
                steps.append((word, line[len(word):].strip(), [], number))
            else:
                raise Failed(f"{path}:{number}: a line begins with one of {', '.join(WORDS)}, not with {word!r}")
    return steps


def lines_of(step):
    """The lines a step expects, without the indentation that only sets them apart."""
    indent = 6
    lines = [step[1]] if step[1] else []
    return lines + [line[indent:] if line[:indent].isspace() else line.lstrip() for line in step[2]]


def pattern_of(lines):
    out = []
    for line in lines:
        if line.strip() == "...":
            out.append(r"(?:[^\n]*\n)*?")
            continue
        text = ""
        for part in re.split(r"(<(?:TIME|HASH|SEQ|ANY)(?::[a-z]+)?>)", line):
            match = re.fullmatch(r"<([A-Z]+)(?::([a-z]+))?>", part)
            if not match:
                text += re.escape(part)
            elif match.group(2):
                text += f"(?P<{match.group(2)}>{SHAPES[match.group(1)]})"
            else:
                text += SHAPES[match.group(1)]
        out.append(text + r"[ ]*\n")
    return "".join(out)


class Case:
    def __init__(self, programs, folder):
        self.folder = folder
        self.known = {"DIR": folder}
        self.site = None
        self.environment = {
            "PATH": programs + ":" + os.environ.get("PATH", "/usr/bin:/bin"), "HOME": folder, "LANG": "C.UTF-8", "TZ": "UTC",
            "COLUMNS": "100", **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}

    def close(self):
        if self.site is not None:
            self.site.terminate()
            self.site.wait()

    def fill(self, text):
        for name, value in self.known.items():
            text = text.replace(f"<{name}>", value)
        return text

    def run(self, command):
        words = shlex.split(self.fill(command))
        environment = dict(self.environment)
        while words and re.match(r"[A-Z_]+=", words[0]):
            name, value = words.pop(0).split("=", 1)
            environment[name] = value
        how = {"cwd": self.folder, "env": environment, "stdin": subprocess.DEVNULL}
        if words[0] == "until":
            return self.run_until(int(words[1]), words[2:], how)
        return subprocess.run(words, **how, capture_output=True, timeout=240, check=False)

    def run_until(self, lines, words, how):
        with tempfile.TemporaryFile() as error, subprocess.Popen(words, **how, stdout=subprocess.PIPE, stderr=error) as process:
            limit = threading.Timer(240, process.kill)
            limit.start()
            printed = b""
            for line in process.stdout:
                printed += line
                lines -= not line[:1].isspace()
                if lines == 0:
                    process.terminate()
            code = process.wait()
            limit.cancel()
            error.seek(0)
            return subprocess.CompletedProcess(words, code, printed, error.read())

    def quietly(self, command):
        done = self.run(command)
        if done.returncode != 0:
            raise Failed(f"{command}\nended with {done.returncode}:\n{done.stderr.decode('utf-8', 'replace')}")

    def given(self, step):
        what = step[1].split(maxsplit=1)
        if what[0] == "archive":
            self.quietly('muniment init town --origin wexcombe.example/archive --authority "Wexcombe Harbour Town Council" '
                         "--timezone Europe/London --regime uk-foia")
            self.environment["MUNIMENT_ARCHIVE"] = "town"
        elif what[0] == "sample":
            for day in ("day-1", "day-2"):
                shutil.copytree(os.path.join(ROOT, "samples/harbour-week", day), os.path.join(self.folder, day))
        elif what[0] == "site":
            port_file = os.path.join(self.folder, ".port")
            self.site = subprocess.Popen([sys.executable, os.path.join(ROOT, "samples/serve.py"), "--port", "0", "--port-file", port_file],
                                         stderr=subprocess.DEVNULL)
            deadline = time.monotonic() + 60
            while not os.path.exists(port_file):
                if time.monotonic() > deadline or self.site.poll() is not None:
                    raise Failed("the sample site did not start")
                time.sleep(0.05)
            with open(port_file, encoding="ascii") as file:
                self.known["SITE"] = "http://127.0.0.1:" + file.read().strip()
            os.remove(port_file)
        elif what[0] == "day":
            self.quietly(f"curl --silent --fail --request POST <SITE>/day/{what[1]}")
        elif what[0] == "file":
            path = os.path.join(self.folder, what[1])
            os.makedirs(os.path.dirname(path), exist_ok=True)
            text = "\n".join(lines_of(("", "", step[2]))) + "\n"
            with open(path, "wb") as file:
                file.write(re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m.group(1), 16)]), self.fill(text).encode("utf-8")))
        elif what[0] == "program":
            if shutil.which(what[1], path=self.environment["PATH"]) is None:
                print(f"skipped: {what[1]} is not installed here")
                sys.exit(SKIPPED)
        else:
            self.quietly(step[1])

    def compare(self, what, step, printed):
        match = re.fullmatch(pattern_of([self.fill(line) for line in lines_of(step)] if step[1] != "nothing" else []), printed)
        if not match:
            raise Failed(f"line {step[3]}: {what} should have been\n\n" + "\n".join(lines_of(step)) + f"\n\nbut was\n\n{printed}")
        self.known.update(match.groupdict())

    def play(self, steps):
        done = None
        checked = True
        for step in steps:
            word, rest, _, number = step
            if word == "given":
                self.given(step)
            elif word == "when":
                if not checked:
                    raise Failed(f"line {number}: the `when` before this one has no `exit`")
                done, checked = self.run(" ".join([rest] + [line.strip() for line in step[2]])), False
            elif done is None:
                raise Failed(f"line {number}: {word} needs a `when` before it")
            elif word == "exit":
                checked = True
                if done.returncode != int(rest):
                    raise Failed(f"line {number}: ended with {done.returncode}, not {rest}\n" + done.stdout.decode("utf-8", "replace") +
                                 done.stderr.decode("utf-8", "replace"))
            else:
                raw = done.stdout if word == "then" else done.stderr
                text = raw.decode("utf-8", "backslashreplace")
                self.compare("the output" if word == "then" else "the error output", step, text if text.endswith("\n") or not text else text + "\n")
        if done is None or not checked:
            raise Failed("the case has no `when`, or its last `when` has no `exit`")

    # An archive that the case broke cannot be compared, or is put right by the case before it ends.
    def look_at_indexes(self):
        for name in sorted(os.listdir(self.folder)):
            if not os.path.exists(os.path.join(self.folder, name, "index.db")):
                continue
            done = self.run(f"muniment -A {shlex.quote(name)} verify --index --json")
            found = json.loads(done.stdout)["findings"] if done.stdout else []
            wrong = [finding for finding in found if finding["code"] in ("index", "twice")]
            if wrong:
                raise Failed(f"at the end, the index of {name}: {wrong}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", required=True)
    parser.add_argument("case")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="muniment-case-") as folder:
        case = Case(os.path.abspath(options.programs), folder)
        try:
            case.play(read_case(options.case))
            case.look_at_indexes()
        except Failed as failure:
            print(f"{options.case}: {failure}")
            sys.exit(1)
        finally:
            case.close()


if __name__ == "__main__":
    main()
