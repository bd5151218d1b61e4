#!/usr/bin/env python3
"""Lets several processes work on one archive at once, kills some of them, and asks whether the archive and its index are
what one process, undisturbed, would have made of it.

    many_at_once.py --programs FOLDER [--rounds N] [--posts N] [--seed N]

Saved pages and the loose files of an export, with later versions of some posts among them and many posts in two files,
are imported by several processes in any order, beside the service and harvests of sites whose pages were saved too, searches, verifications,
rebuilds of the index, contacts that people type in, and other imports of the same files. After each round `muniment verify --deep --index` must answer verified. At the end each
file is imported once more; the archive must then hold the items, words and authors that another one holds, into which
they were imported one after the other. MUNIMENT_PROGRAMS in the environment names other programs than --programs.
"""
import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WORDS = "the water in Mill Lane is off again who answers for it and when will the pump be mended please tell us".split()
VERSIONS = ("capture", "edit-seen")


class Failed(Exception):
    pass


def status(number, version, chance):
    """A post as Mastodon's API gives it; what it says depends on its number and version alone."""
    words = random.Random(f"{number}/{version}")
    text = " ".join(words.choice(WORDS) for _ in range(words.randint(4, 40)))
    name = f"neighbour{number % 37}"
    host = "https://social.wexcombe.example"
    return {
        "id": str(116000000000000000 + number), "created_at": f"2026-03-{1 + number % 28:02}T{number % 24:02}:{number % 60:02}:00.000Z",
        "in_reply_to_id": None, "visibility": "public", "language": "en", "sensitive": False, "spoiler_text": "",
        "uri": f"{host}/users/{name}/statuses/{number}", "url": f"{host}/@{name}/{number}", "content": f"<p>{number}: {text}</p>",
        "edited_at": f"2026-04-01T00:00:{version:02}.000Z" if version else None, "favourites_count": chance.randint(0, 9),
        "account": {"id": str(number % 37), "username": name, "acct": name, "display_name": f"Neighbour {number % 37}", "url": f"{host}/@{name}"},
        "media_attachments": [], "mentions": [], "tags": []}


def write_pages(folder, posts, chance):
    """Folders of pages, many posts in two of them; answers their paths."""
    paths = []
    for number in range(6):
        first = number * posts // 8
        numbers = [n for n in range(first, first + posts // 4)]
        version = 1 if number >= 4 else 0
        path = os.path.join(folder, f"pages-{number}")
        os.mkdir(path)
        for at in range(0, len(numbers), 40):
            with open(os.path.join(path, f"{at:05}.json"), "w", encoding="utf-8") as file:
                json.dump([status(n, version if n % 5 == 0 else 0, chance) for n in numbers[at:at + 40]], file)
        paths.append(path)
    return paths


def write_export(folder, posts):
    """The loose files of an X archive: its posts do not say whose they are, another file does."""
    data = os.path.join(folder, "export", "data")
    os.makedirs(data)
    with open(os.path.join(data, "account.js"), "w", encoding="utf-8") as file:
        file.write("window.YTD.account.part0 = " + json.dumps([{"account": {
            "email": "office@wexcombe.example", "createdVia": "web", "username": "wexcombe", "accountId": "4711",
            "createdAt": "2019-05-01T08:00:00.000Z", "accountDisplayName": "Wexcombe Council"}}]))
    for part in range(3):
        tweets = [{"tweet": {"id_str": str(1900000000000000000 + 1000 * n), "full_text": f"Notice {n}: " + " ".join(WORDS[n % 7:n % 7 + 9]),
                             "created_at": f"Sun Mar {1 + n % 28:02} {n % 24:02}:00:00 +0000 2026", "lang": "en", "favorite_count": "1",
                             "retweet_count": "0", "entities": {"hashtags": [], "user_mentions": [], "urls": []}}}
                  for n in range(part * posts // 3, (part + 1) * posts // 3)]
        name = "tweets.js" if part == 0 else f"tweets-part{part}.js"
        with open(os.path.join(data, name), "w", encoding="utf-8") as file:
            file.write(f"window.YTD.tweets.part{part} = " + json.dumps(tweets))
    return os.path.join(folder, "export")


def start_site(folder):
    """The invented town, live on a free port: its process and its address."""
    port_file = os.path.join(folder, "port")
    process = subprocess.Popen([sys.executable, os.path.join(ROOT, "samples/serve.py"), "--port", "0", "--port-file", port_file],
                               stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not os.path.exists(port_file):
        if time.monotonic() > deadline or process.poll() is not None:
            raise Failed("the sample site did not start")
        time.sleep(0.05)
    with open(port_file, encoding="ascii") as file:
        return process, "http://127.0.0.1:" + file.read().strip()


class Archive:
    def __init__(self, programs, folder, site):
        self.program, self.folder = os.path.join(programs, "muniment"), folder
        self.run("init", folder, "--origin", "wexcombe.example/archive", "--authority", "Wexcombe Harbour Town Council", "--timezone",
                 "Europe/London", "--regime", "uk-foia")
        for platform, path, name in (("wordpress", "/", "blog"), ("feed", "/feed/", "feed"), ("mastodon", "/@wexcombe", "social")):
            self.run("source", "add", platform, site + path, "--name", name, "--allow-private")

    def start(self, words):
        return subprocess.Popen([self.program, *words, "-A", self.folder], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def run(self, *words):
        place = [] if words[0] == "init" else ["-A", self.folder]
        done = subprocess.run([self.program, *words, *place], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failed(f"`muniment {' '.join(words)}` ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def check(self):
        self.run("search", "water", "--count")  # brings the index up to the ledger
        self.run("verify", "--deep", "--index")

    def items(self):
        """{item: (its newest words, its author)}"""
        items = {}
        for line in self.run("log", "--json").splitlines():
            entry = json.loads(line)
            if entry["kind"] in VERSIONS:
                fields = entry["fields"]
                items[fields["platform"], fields["id"]] = (fields.get("text"), fields.get("author.handle"), fields.get("author.name"))
        return items


def some_work(files, chance):
    """What one process does."""
    kind = chance.random()
    if kind < 0.15:
        return ["harvest", *chance.sample(["blog", "feed", "social"], chance.randint(1, 3))]
    if kind < 0.7:
        return ["import", *chance.sample(files, chance.randint(1, len(files)))]
    if kind < 0.76:
        return ["rebuild"]
    if kind < 0.84:
        return ["verify", *chance.choice([[], ["--deep"]])]
    if kind < 0.9:
        return ["search", "pump water", "--count"]
    return ["contact", "add", "--channel", "phone", "--happened", "2026-03-03", "--text", f"A call about the pump, {chance.random()}"]


# Whoever comes second to a lock may be told to come again; nothing else may go wrong.
WELCOME = (0, -signal.SIGKILL, 14)


def await_listening(process):
    """Returns when the program listens to SIGTERM: before, while it is being loaded, the system ends it, whoever asks."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
            caught = next(line for line in file if line.startswith("SigCgt:"))
        if int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.005)


def one_round(archive, files, chance, longest):
    """Answers what was done; now and then beside the service."""
    service = archive.start(["harvest", "--follow"]) if chance.random() < 0.3 else None
    try:
        done = work_at_once(archive, files, chance, longest)
    finally:
        if service is not None:
            await_listening(service)
            service.terminate()
            out, error = service.communicate()
    if service is not None:
        if service.returncode != 0:
            raise Failed(f"the service ended with {service.returncode}\n{out}{error}")
        done.append("the service")
    archive.check()
    return done


def work_at_once(archive, files, chance, longest):
    running = []
    for _ in range(chance.randint(2, 4)):
        words = some_work(files, chance)
        running.append((words, archive.start(words), chance.uniform(0, longest) if chance.random() < 0.4 else None))
    began = time.monotonic()
    for words, process, end in sorted(running, key=lambda one: one[2] is None and 1e9 or one[2]):
        try:
            out, error = process.communicate(timeout=None if end is None else max(0, began + end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            out, error = process.communicate()
        if process.returncode not in WELCOME:
            raise Failed(f"`muniment {' '.join(words)}` ended with {process.returncode}\n{out}{error}")
    return [" ".join(os.path.basename(word) for word in words) + (" (killed)" if process.returncode < 0 else "") for words, process, _ in running]


def run(options, top):
    programs = os.environ.get("MUNIMENT_PROGRAMS", options.programs)
    chance = random.Random(options.seed)
    files = write_pages(top, options.posts, chance) + [write_export(top, options.posts)]
    files.append(os.path.join(ROOT, "samples/harbour-week/day-1"))
    process, site = start_site(top)
    try:
        compare(options, programs, files, site, top, chance)
    finally:
        process.terminate()
        process.wait()


def compare(options, programs, files, site, top, chance):
    quiet = Archive(programs, os.path.join(top, "undisturbed"), site)
    began = time.monotonic()
    quiet.run("harvest")
    for path in files:
        quiet.run("import", path)
    longest = time.monotonic() - began
    quiet.check()
    wanted = quiet.items()
    archives = 0
    rounds = 0
    while rounds < options.rounds:
        archives += 1
        archive = Archive(programs, os.path.join(top, f"archive-{archives}"), site)
        done = []
        try:
            for _ in range(6):
                done.append(one_round(archive, files, chance, longest))
                rounds += 1
            for path in files:
                archive.run("import", path)
            archive.run("harvest")
            archive.check()
        except Failed as failure:
            raise Failed(f"archive {archives}: {failure}\nafter {done}") from failure
        # What was typed in, and earlier forms that came after later ones, are items of their own.
        have = {name: what for name, what in archive.items().items() if not name[0].startswith("contact") and "#as-of-" not in name[1]}
        if have != wanted:
            differing = sorted(name for name in have.keys() | wanted.keys() if have.get(name) != wanted.get(name))
            raise Failed(f"archive {archives} differs from the undisturbed one in {len(differing)} of {len(wanted)} items:\n" +
                         "\n".join(f"  {name}: {have.get(name)}, not {wanted.get(name)}" for name in differing[:5]) + f"\nafter {done}")
    print(f"{rounds} rounds in {archives} archives of {len(wanted)} items; nothing lost, doubled or broken")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", required=True)
    parser.add_argument("--rounds", type=int, default=24)
    parser.add_argument("--posts", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=20260303)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="muniment-many-") as top:
        try:
            run(options, top)
        except Failed as failure:
            sys.exit(str(failure))


if __name__ == "__main__":
    main()
