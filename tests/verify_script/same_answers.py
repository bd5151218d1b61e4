"""The Python verifier and muniment-verify must give the same answer on every bundle.

    same_answers.py SOURCE MUNIMENT_VERIFY SHARED

Sound bundles are verified by both.  Then one is changed in a few hundred ways, bag and JSON, and every
changed one must be refused by both, with the same exit code, and without either of them breaking.
"""

import copy, hashlib, json, os, random, shutil, subprocess, sys, tempfile

SOURCE, PROGRAM, SHARED = sys.argv[1:4]
VECTORS = os.path.join(SOURCE, "tests", "vectors")
SCRIPT = os.path.join(SOURCE, "docs", "verify", "verify_bundle.py")
CHANGES = int(os.environ.get("MUNIMENT_CHANGES", "120"))
failures = []


def run(command):
    # The program was built with sanitizers: they end with other codes than its answers.
    done = subprocess.run(command, capture_output=True, text=True)
    if "Traceback" in done.stderr or "Sanitizer" in done.stderr:
        failures.append(f"{command[0]} broke:\n{done.stderr[-2000:]}")
    return done.returncode, done.stdout


def expect(name, path, policy, wanted):
    answers = [run([sys.executable, SCRIPT, path, "--policy", policy]), run([PROGRAM, "bundle", path, "--policy", policy])]
    codes = [code for code, _ in answers]
    if codes[0] != codes[1] or codes[0] not in wanted:
        failures.append(f"{name}: script {codes[0]}, program {codes[1]}, wanted {wanted}\n{answers[0][1]}\n{answers[1][1]}")
    return codes[0]


def make_bag(folder, bundle, others):
    files = {"data/bundle.json": json.dumps(bundle).encode(), "data/release.txt": bundle["release"].encode(), **others}
    tags = {"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": b"Source-Organization: Wexcombe Town Council\n"}
    lines = lambda them: "".join(f"{hashlib.sha256(raw).hexdigest()}  {name}\n" for name, raw in sorted(them.items())).encode()
    tags["manifest-sha256.txt"] = lines(files)
    for name, raw in {**files, **tags, "tagmanifest-sha256.txt": lines(tags)}.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(raw)


def turn_into_folder(bag):
    os.remove(os.path.join(bag, "data/bundle.json"))
    os.mkdir(os.path.join(bag, "data/bundle.json"))


def retab(bag):
    path = os.path.join(bag, "tagmanifest-sha256.txt")
    with open(path, "rb") as file:
        lines = file.read()
    with open(path, "wb") as out:
        out.write(lines.replace(b"  ", b"\t"))


def add_tag_file(bag, name="x"):
    with open(os.path.join(bag, name), "wb") as out:
        out.write(b"x")
    with open(os.path.join(bag, "tagmanifest-sha256.txt"), "ab") as out:
        out.write(hashlib.sha256(b"x").hexdigest().encode() + b" " + name.encode() + b"\n")


def add_other_checksums(bag):
    add_tag_file(bag, "manifest-sha512.txt")


def change_page_and_add_other_checksums(bag):
    add_other_checksums(bag)
    with open(os.path.join(bag, "data", "index.html"), "ab") as out:
        out.write(b"!")


def add_latin1_name(bag):
    with open(os.path.join(bag.encode(), b"\xff"), "wb") as out:
        out.write(b"x")
    with open(os.path.join(bag, "tagmanifest-sha256.txt"), "ab") as out:
        out.write(hashlib.sha256(b"x").hexdigest().encode() + b"  \xff\n")


MINUS_ZERO = "-0 and no text"  # json.dump has no way to write it


def write_json(path, value):
    with open(path, "w", encoding="utf-8") as out:
        out.write(json.dumps(value).replace(json.dumps(MINUS_ZERO), "-0"))


def places(value, path=()):
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield from places(child, path + (key,))


def changed(bundle, dice):
    """The bundle with one value changed in kind, content or place; None when it came out the same."""
    out = copy.deepcopy(bundle)
    path = dice.choice([p for p in places(out) if p])
    parent = out
    for key in path[:-1]:
        parent = parent[key]
    old = parent[path[-1]]
    how = dice.randrange(6)
    if how == 0:
        del parent[path[-1]]
    elif how == 1:
        parent[path[-1]] = dice.choice([None, True, 0, -1, MINUS_ZERO, 2**63, 1.5, "", [], {}, ["x"], {"x": 1}, "\ud83d"])
    elif how == 2 and isinstance(old, str) and old:
        at = dice.randrange(len(old))
        parent[path[-1]] = old[:at] + dice.choice(["A", "\n", " ", "", "\u202e"]) + old[at + 1:]
    elif how == 3 and isinstance(parent, list):
        dice.shuffle(parent)
    elif how == 4 and isinstance(parent, list):
        parent.insert(dice.randrange(len(parent) + 1), copy.deepcopy(old))
    elif isinstance(parent, dict):
        parent[dice.choice(["x", "seed", "c", "v", "digest", "note"])] = dice.choice(["x", old, None, "", 0, MINUS_ZERO])
    return None if out == bundle else (path, how, out)


def with_codes(bundle, code_of):
    """The bundle with an exemption repeated beside each gap, as the release states it or as `code_of` says."""
    out = copy.deepcopy(bundle)
    stated = {}
    for line in bundle["release"].split("\n")[3:-1]:
        seq, _, field, which, code = line.split(" ", 4)
        for part in which.split(","):
            first, _, last = part.partition("-")
            for i in ["*"] if part == "*" else range(int(first), int(last or first) + 1):
                stated[seq, field, i] = code
    for entry in out["entries"]:
        seq = entry["leaf"].split("\n")[2]
        for field in entry["fields"]:
            for i, gap in [("*", field)] if "digest" in field else enumerate(field["segs"]):
                if (seq, field["name"], i) in stated:
                    gap["x"] = code_of(stated[seq, field["name"], i])
    return out


def chosen_changes(bundle):
    """(name, the bundle changed, the answers that are right)."""
    yield "exemptions repeated", with_codes(bundle, lambda code: code), [0]
    for wrong in (None, "", "s1", "\ud83d", 0, MINUS_ZERO, [], {}, True):
        yield f"exemptions repeated as {wrong!r}", with_codes(bundle, lambda code: wrong), [1]
        without = with_codes(bundle, lambda code: wrong)
        del without["release"]
        yield f"exemptions repeated as {wrong!r}, without a release", without, [3] if wrong == "s1" else [1]
    for version, wanted in ((MINUS_ZERO, 1), (0, 3), (2, 3), (None, 1), ("", 1), ("1", 1), (True, 1), (1.0, 1), (-1, 1), (2**63, 1)):
        yield f"version {version!r}", {**bundle, "v": version}, [wanted]
    for name in ("checkpoint", "entries", "anchors", "release"):
        for wrong in (None, "", MINUS_ZERO, {}):
            yield f"{name} {wrong!r}", {**bundle, name: wrong}, [1]
    entries = bundle["entries"]
    for i, entry in enumerate(entries):
        yield f"entry in place {i} left out", {**bundle, "entries": entries[:i] + entries[i + 1:]}, [1]
        for name in entry:
            for wrong in (None, "", MINUS_ZERO):
                changed = copy.deepcopy(bundle)
                changed["entries"][i][name] = wrong
                yield f"{name} of the entry in place {i} {wrong!r}", changed, [1]


def main():
    with open(os.path.join(VECTORS, "bundle.json"), encoding="utf-8") as file:
        bundle = json.load(file)
    policy = os.path.join(VECTORS, "policy.json")
    expect("own bundle", os.path.join(VECTORS, "bundle.json"), policy, [0])
    # Its disclosure entry says which gaps there are, and not which records.
    expect("a decision without its records", os.path.join(SOURCE, "tests", "fuzz", "corpus", "bundle", "whole"), policy, [3])
    reference = os.path.join(SHARED, "data", "vectors", "reference")
    if os.path.isdir(reference):
        expect("reference", os.path.join(reference, "bundle.json"), os.path.join(reference, "policy.json"), [3])
        expect("another log's policy", os.path.join(VECTORS, "bundle.json"), os.path.join(reference, "policy.json"), [1])
    else:
        print("the outside vectors are not on this machine: they were left out")
    with tempfile.TemporaryDirectory() as folder:
        bag = os.path.join(folder, "bag")
        make_bag(bag, bundle, {"data/index.html": b"<!doctype html><title>Release</title>"})
        expect("bag", bag, policy, [0])

        def spoil(name, act, wanted=(1,)):
            other = os.path.join(folder, "spoilt")
            shutil.copytree(bag, other, symlinks=True)
            act(other)
            expect(name, other, policy, wanted)
            shutil.rmtree(other)

        def write(name, raw, mode="wb"):
            return lambda at: open(os.path.join(at, name), mode).write(raw)

        spoil("a changed page", write("data/index.html", b"!", "ab"))
        spoil("an added file", write("data/more.txt", b""))
        spoil("an added tag file", write("more.txt", b""))
        spoil("a missing page", lambda at: os.remove(os.path.join(at, "data/index.html")))
        spoil("no proof", lambda at: os.remove(os.path.join(at, "data/bundle.json")))
        spoil("no manifest", lambda at: os.remove(os.path.join(at, "manifest-sha256.txt")))
        spoil("no declaration", lambda at: os.remove(os.path.join(at, "bagit.txt")))
        spoil("a link", lambda at: os.symlink("/etc/hostname", os.path.join(at, "data", "link")))
        spoil("a way out", write("manifest-sha256.txt", b"0" * 64 + b"  ../x\n", "ab"))
        spoil("to be fetched", write("fetch.txt", b""))
        spoil("a proof that is a folder", turn_into_folder)
        spoil("a list of tag files by tabs", retab, [0])
        spoil("a tag file with a name of one letter", add_tag_file, [0])
        spoil("a name that is not UTF-8", add_latin1_name)
        spoil("checksums that are not read", add_other_checksums, [3])
        spoil("such, and a changed page", change_page_and_add_other_checksums)
        large = os.path.join(folder, "large.json")
        with open(policy, "rb") as file, open(large, "wb") as out:
            out.write(file.read() + b" " * (1 << 20))
        expect("a policy that is too large", bag, large, [3])
        make_bag(os.path.join(folder, "other"), bundle, {"data/release.txt": b"other words\n"})
        expect("another release text", os.path.join(folder, "other"), policy, [1])

        make_bag(os.path.join(folder, "later"), {**bundle, "v": 2}, {})
        expect("a bag of a later version", os.path.join(folder, "later"), policy, [3])

        path = os.path.join(folder, "changed.json")
        for name, other, wanted in chosen_changes(bundle):
            write_json(path, other)
            expect(name, path, policy, wanted)

        dice = random.Random(20261122)
        tried, refused = 0, {1: 0, 3: 0}
        while tried < CHANGES:
            change = changed(bundle, dice)
            if change is None:
                continue
            write_json(path, change[2])
            # 3: without its release text, or of another version, it cannot be checked.
            answer = expect(f"changed at {change[0]} in way {change[1]}", path, policy, [1, 3])
            refused[answer] = refused.get(answer, 0) + 1
            tried += 1
        print(f"{tried} changed bundles: {refused}")
    for failure in failures:
        print(failure)
    print("the same answers" if not failures else f"{len(failures)} answers differ")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
