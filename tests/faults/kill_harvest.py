#!/usr/bin/env python3
"""Kills `muniment harvest` at random moments, again and again, and asks whether anything was lost, doubled or broken.

    kill_harvest.py --programs FOLDER [--kills N] [--archives N] [--seed N]

Serves samples/harbour-week and lets one archive harvest it undisturbed: how long that takes is measured, and says over
which time the kills are spread. Then several archives at once, each with a site of its own, have their harvests killed
with SIGKILL. After every twenty kills of an archive and at the end: `muniment-verify archive --deep` answers verified,
`muniment verify --index` finds the index as the ledger makes it, and each item has one capture entry. At the end one run is let finish; the archive must then hold the items, newest words
and states the undisturbed one holds, and its coverage entries count every answer once. MUNIMENT_PROGRAMS in the environment names other programs than --programs.
"""
import argparse
import collections
import concurrent.futures
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
# A deletion is asked about twice, some seconds apart, in which nothing is written: few kills wait that long.
LATE = 0.1
TURNS_DAY = 0.15
STATES = {"capture": "shown", "edit-seen": "shown", "deletion-seen": "deleted", "unavailable-seen": "hidden"}


class Failed(Exception):
    pass


class Site:
    """The invented town, live on a free port."""

    def __init__(self, folder):
        port_file = os.path.join(folder, "port")
        self.process = subprocess.Popen([sys.executable, os.path.join(ROOT, "samples/serve.py"), "--port", "0", "--port-file", port_file],
                                        stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not os.path.exists(port_file):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise Failed("the sample site did not start")
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
        self.programs, self.folder, self.host = programs, folder, site.address.removeprefix("http://")
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
            raise Failed(f"`muniment {' '.join(words)}` ended with {done.returncode}\n{done.stdout}{done.stderr}")
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
            raise Failed(f"a harvest that was not killed ended with {ended}")
        return ended == -signal.SIGKILL

    def items(self):
        """{id, the same on every port: (newest words, state)}; ends the test when an item was captured twice."""
        captured, words, states = collections.Counter(), {}, {}
        for line in self.run("log", "--json", "-A", self.folder).splitlines():
            entry = json.loads(line)
            if entry["kind"] not in STATES:
                continue
            name = (entry["fields"]["platform"], entry["fields"]["id"].replace(self.host, "SITE"))
            states[name] = STATES[entry["kind"]]
            if entry["kind"] in ("capture", "edit-seen"):
                words[name] = entry["fields"].get("text")
            captured[name] += entry["kind"] == "capture"
        wrong = {name: count for name, count in captured.items() if count != 1}
        if wrong:
            raise Failed(f"not captured exactly once: {wrong}")
        return {name: (words[name], states[name]) for name in states}

    def ended_polls(self):
        """How many polls have their coverage entry, and of these were cut off; ends the test when one counts other answers than it had."""
        answers, polls, cut_off = collections.Counter(), 0, 0
        for line in self.run("log", "--json", "-A", self.folder).splitlines():
            entry = json.loads(line)
            fields = entry["fields"]
            if entry["kind"] == "exchange":
                answers[fields["source"]] += 1
            elif entry["kind"] == "coverage":
                if answers.pop(fields["source"], 0) != int(fields["pages"]):
                    raise Failed(f"coverage entry {entry['seq']} counts other answers than the poll had")
                polls, cut_off = polls + 1, cut_off + ("ended before the poll did" in fields.get("errors", ""))
        if answers:
            raise Failed(f"answers that no coverage entry counts: {answers}")
        return polls, cut_off

    def check(self):
        done = subprocess.run([os.path.join(self.programs, "muniment-verify"), "archive", self.folder, "--policy", self.policy, "--deep"],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0 or not done.stdout.startswith("VERIFIED"):
            raise Failed(f"the archive is not verified any more ({done.returncode}):\n{done.stdout}{done.stderr}")
        self.run("search", "water", "--count", "-A", self.folder)  # brings the index up to the ledger
        self.run("verify", "--index", "-A", self.folder)
        return self.items()


def disturb(archive, site, chance, kills, first_day, soon, late):
    """Until `kills` have hit a running harvest: that nothing is lost on the way.  Answers how many were tried."""
    hits, tried, held, may_turn = 0, 0, {}, False
    while hits < kills:
        # Before the first day is captured in full, turning the page would lose its items honestly.
        if may_turn and chance.random() < TURNS_DAY:
            site.turn_to(3 - site.day)
        hit = archive.kill_harvest(chance.uniform(0, late if chance.random() < LATE else soon))
        hits, tried = hits + hit, tried + 1
        if tried > 4 * kills:
            raise Failed(f"only {hits} of {tried} kills hit a running harvest: this run shows too little")
        if hit and (hits % CHECKED_EVERY == 0 or hits == kills):
            now = archive.check()
            if not held.keys() <= now.keys():
                raise Failed(f"lost: {held.keys() - now.keys()}")
            held = now
            may_turn = first_day.keys() <= held.keys()
    if not may_turn:
        archive.harvest()
    return tried


def compare(archive, wanted):
    have = archive.check()
    if have != wanted:
        differing = sorted(name for name in have.keys() | wanted.keys() if have.get(name) != wanted.get(name))
        raise Failed("differs from the undisturbed archive:\n" +
                     "\n".join(f"  {name}: {have.get(name)}, not {wanted.get(name)}" for name in differing))
    return len(have)


def undisturbed(programs, folder):
    """The first day's items, those of both days, and the seconds that each harvest took."""
    site = Site(folder)
    try:
        archive = Archive(programs, os.path.join(folder, "archive"), site)
        soon = archive.harvest()
        first_day = archive.check()
        site.turn_to(2)
        late = archive.harvest()
        return first_day, archive.check(), soon, late
    finally:
        site.close()


def one_archive(programs, folder, chance, kills, quiet):
    first_day, wanted, soon, late = quiet
    site = Site(folder)
    try:
        archive = Archive(programs, os.path.join(folder, "archive"), site)
        tried = disturb(archive, site, chance, kills, first_day, soon, late)
        site.turn_to(2)
        archive.harvest()
        items, (polls, cut_off) = compare(archive, wanted), archive.ended_polls()
        print(f"{kills} of {tried} kills hit a running harvest; {items} items, all verified; {polls} polls, {cut_off} of them ended by the next", flush=True)
    finally:
        site.close()


def run(options, top):
    programs = os.environ.get("MUNIMENT_PROGRAMS", options.programs)
    folders = [os.path.join(top, str(number)) for number in range(options.archives + 1)]
    for folder in folders:
        os.mkdir(folder)
    quiet = undisturbed(programs, folders.pop())
    print(f"undisturbed: {len(quiet[1])} items; {quiet[2]:.2f} s for the first day, {quiet[3]:.2f} s for the second", flush=True)
    with concurrent.futures.ThreadPoolExecutor(options.archives) as pool:
        running = []
        for number, folder in enumerate(folders):
            kills = options.kills * (number + 1) // options.archives - options.kills * number // options.archives
            running.append(pool.submit(one_archive, programs, folder, random.Random(options.seed + number), kills, quiet))
        for done in running:
            done.result()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", required=True)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--archives", type=int, default=8)
    parser.add_argument("--seed", type=int, default=20260303)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="muniment-kill-") as top:
        try:
            run(options, top)
        except Failed as failure:
            sys.exit(str(failure))
    print(f"{options.kills} running harvests killed; nothing lost, doubled or broken; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
