"""An answer that discloses no record, made by muniment: both verifiers believe it, and no changed one.

    no_record.py SOURCE MUNIMENT_VERIFY SHARED MUNIMENT
"""

import json, os, random, subprocess, sys, tempfile

from same_answers import CHANGES, SOURCE, changed, expect, failures, write_json

MUNIMENT = sys.argv[4]


def ask(folder, *words):
    return subprocess.run([MUNIMENT, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def search(folder, words):
    ask(folder, "-A", "town", "search", words, "--for", "FOI-1")
    return ask(folder, "-A", "town", "log").splitlines()[-1].split()[0]


def disclose(folder, out, *words):
    ask(folder, "-A", "town", "disclose", "--request", "FOI-1", "--out", out, *words)
    with open(os.path.join(folder, out, "data", "bundle.json"), encoding="utf-8") as file:
        return json.load(file)


def without(bundle, kind):
    return {**bundle, "entries": [entry for entry in bundle["entries"] if entry["leaf"].split("\n")[4] != kind]}


def main():
    with tempfile.TemporaryDirectory() as folder:
        ask(folder, "init", "town", "--origin", "wexcombe.example/archive", "--authority", "Wexcombe", "--timezone", "Europe/London", "--regime", "uk-foia")
        ask(folder, "-A", "town", "import", os.path.join(SOURCE, "samples/harbour-week/day-1/mastodon-statuses.json"))
        policy = os.path.join(folder, "policy.json")
        with open(policy, "w", encoding="utf-8") as out:
            out.write(ask(folder, "-A", "town", "policy"))
        found = search(folder, "dialysis")
        hits = json.loads(ask(folder, "-A", "town", "search", "dialysis", "--json"))["seq"]
        nothing = search(folder, "unicorn")
        bundles = [disclose(folder, "none", "--search", nothing),
                   disclose(folder, "all", "--search", f"{found},{nothing}", "--leave-out", f"{hits}=s40(2)")]
        expect("nothing found", os.path.join(folder, "none"), policy, [0])
        expect("all left out", os.path.join(folder, "all"), policy, [0])
        path = os.path.join(folder, "changed.json")
        for bundle in bundles:
            chosen = [("without its searches", without(bundle, "search")), ("without its decision", without(bundle, "disclosure")),
                      ("with another's decision", {**bundle, "release": bundles[bundle is bundles[0]]["release"]}),
                      ("a line too many", {**bundle, "release": bundle["release"] + f"999 {'A' * 43}= * * s40(2)\n"}),
                      ("a line too few", {**bundle, "release": bundle["release"].rsplit("\n", 2)[0] + "\n"})]
            for name, other in chosen:
                write_json(path, other)
                expect(name, path, policy, [1])
            dice = random.Random(20261127)
            for _ in range(CHANGES // 2):
                change = changed(bundle, dice)
                if change is not None:
                    write_json(path, change[2])
                    expect(f"changed at {change[0]} in way {change[1]}", path, policy, [1, 3])
    for failure in failures:
        print(failure)
    print("the same answers" if not failures else f"{len(failures)} answers differ")
    return bool(failures)


sys.exit(main())
