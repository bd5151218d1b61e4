#!/usr/bin/env python3
"""Kills `muniment harvest` at random moments, again and again, and asks whether anything was lost, doubled or broken.

    kill_harvest.py --programs FOLDER [--kills N] [--archives N] [--seed N]

Serves samples/harbour-week, lets one archive harvest it undisturbed, and kills the harvests of others with SIGKILL. After
every twenty kills and at the end: `muniment-verify archive --deep` answers verified, and each item has one capture entry.
At the end one run is let finish; the archive must then hold the items, newest words and states the undisturbed one holds.
"""
import argparse
import collections
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CHECKED_EVERY = 20
# A deletion is asked about twice, some seconds apart: few kills wait that long.
LATE = 0.03
TURNS_DAY = 0.15
STATES = {"capture": "shown", "edit-seen": "shown", "deletion-seen": "deleted", "unavailable-seen": "hidden"}


class Site:
    """The invented town, live on a free port."""

    def __init__(self, folder):
        port_file = os.path.join(folder, "port")
        self.process = subprocess.Popen([sys.executable, os.path.join(ROOT, "samples/serve.py"), "--port", "0", "--port-file", port_file],
                                        stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not os.path.exists(port_file):
            if time.monotonic() > deadline or self.process.poll() is not None:
                sys.exit("the sample site did not start")
            time.sleep(0.05)
        with open(port_file, encoding="ascii") as file:
            self.address = "http://127.0.0.1:" + file.read().strip()
        self.day = 1

    def turn_to(self, day):
        urllib.request.urlopen(urllib.request.Request(f"{self.address}/day/{day}", method="POST"), timeout=30).close()
        self.day = day

    def close(self):
        self.process.terminate()
        self.process.wait()


class Archive:
    def __init__(self, programs, folder, site):
        self.programs, self.folder = programs, folder
        self.run("init", folder, "--origin", "wexcombe.example/archive", "--authority", "Wexcombe Harbour Town Council", "--timezone",
                 "Europe/London", "--regime", "uk-foia")
        for platform, path, name in (("wordpress", "/", "town-blog"), ("feed", "/feed/", "town-feed"), ("mastodon", "/@wexcombe", "town-social")):
            self.run("source", "add", platform, site.address + path, "--name", name, "--allow-private", "-A", folder)
        self.policy = folder + ".policy"
        with open(self.policy, "w", encoding="ascii") as file:
            file.write(self.run("policy", "-A", folder))

    def run(self, *words):
        done = subprocess.run([os.path.join(self.programs, "muniment"), *words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"`muniment {' '.join(words)}` ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def harvest(self):
        """Lets a run finish; the seconds it took."""
        began = time.monotonic()
        self.run("harvest", "-A", self.folder)
        return time.monotonic() - began

    def kill_harvest(self, after):
        """True when the run was still going when it was killed."""
        with subprocess.Popen([os.path.join(self.programs, "muniment"), "harvest", "-A", self.folder], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(timeout=after)
            except subprocess.TimeoutExpired:
                process.kill()
            ended = process.wait()
        if ended not in (0, -signal.SIGKILL):
            sys.exit(f"a harvest that was not killed ended with {ended}")
        return ended == -signal.SIGKILL

    def items(self):
        """{id: (newest words, state)}; ends the test when an item was captured twice."""
        captured, words, states = collections.Counter(), {}, {}
        for line in self.run("log", "--json", "-A", self.folder).splitlines():
            entry = json.loads(line)
            if entry["kind"] not in STATES:
                continue
            name = (entry["fields"]["platform"], entry["fields"]["id"])
            states[name] = STATES[entry["kind"]]
            if entry["kind"] in ("capture", "edit-seen"):
                words[name] = entry["fields"].get("text")
            captured[name] += entry["kind"] == "capture"
        wrong = {name: count for name, count in captured.items() if count != 1}
        if wrong:
            sys.exit(f"not captured exactly once: {wrong}")
        return {name: (words[name], states[name]) for name in states}

    def check(self):
        done = subprocess.run([os.path.join(self.programs, "muniment-verify"), "archive", self.folder, "--policy", self.policy, "--deep"],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0 or not done.stdout.startswith("VERIFIED"):
            sys.exit(f"the archive is not verified any more ({done.returncode}):\n{done.stdout}{done.stderr}")
        return self.items()


def disturb(archive, site, chance, kills, first_day, soon, late):
    """How many kills hit a running harvest; and that nothing is lost on the way."""
    hits, held, may_turn = 0, {}, False
    for number in range(1, kills + 1):
        # Before the first day is captured in full, turning the page would lose its items honestly.
        if may_turn and chance.random() < TURNS_DAY:
            site.turn_to(3 - site.day)
        hits += archive.kill_harvest(chance.uniform(0, late if chance.random() < LATE else soon))
        if number % CHECKED_EVERY == 0 or number == kills:
            now = archive.check()
            if not held.keys() <= now.keys():
                sys.exit(f"lost: {held.keys() - now.keys()}")
            held = now
            may_turn = first_day.keys() <= held.keys()
    if not may_turn:
        archive.harvest()
    return hits


def compare(archive, wanted):
    have = archive.check()
    if have != wanted:
        differing = sorted(name for name in have.keys() | wanted.keys() if have.get(name) != wanted.get(name))
        sys.exit("differs from the undisturbed archive:\n" + "\n".join(f"  {name}: {have.get(name)}, not {wanted.get(name)}" for name in differing))
    return len(have)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", required=True)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--archives", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20260303)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="muniment-kill-") as folder:
        site = Site(folder)
        try:
            undisturbed = Archive(options.programs, os.path.join(folder, "undisturbed"), site)
            soon = undisturbed.harvest()
            first_day = undisturbed.check()
            site.turn_to(2)
            late = undisturbed.harvest()
            wanted = undisturbed.check()
            print(f"undisturbed: {len(wanted)} items; {soon:.2f} s for the first day, {late:.2f} s for the second", flush=True)
            hits = 0
            for number in range(options.archives):
                site.turn_to(1)
                archive = Archive(options.programs, os.path.join(folder, f"archive-{number}"), site)
                kills = options.kills * (number + 1) // options.archives - options.kills * number // options.archives
                hit = disturb(archive, site, chance, kills, first_day, soon, late)
                site.turn_to(2)
                archive.harvest()
                print(f"archive {number + 1}: {hit} of {kills} kills hit a running harvest; {compare(archive, wanted)} items, all verified", flush=True)
                hits += hit
        finally:
            site.close()
    print(f"{hits} of {options.kills} kills hit a running harvest; nothing lost, doubled or broken; {time.monotonic() - began:.0f} s")
    if hits * 2 < options.kills:
        sys.exit("fewer than half of the kills hit a running harvest: this run shows too little")


if __name__ == "__main__":
    main()
