#!/usr/bin/env python3
"""Verifies a disclosure bundle.  For people who trust what they can read.

    python3 verify_bundle.py BUNDLE --policy POLICY.json

BUNDLE is the folder you were sent, or the bundle.json in it.  The policy says whose signatures to
believe: get it from the authority by another way, never out of the bundle.

It needs Python 3.11 and the `openssl` command (version 1.1.1 or later, for Ed25519 signatures), and
no code of the program that made the bundle.  docs/formats/bundle.md says what is checked, and in
this order; read the two side by side.

Answers (exit code): verified (0), failed (1), could not be checked (3).  2: wrongly called.
"""

import base64
import bisect
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile

FINDINGS, NOT_CHECKED, LOOKED_AT = [], [], []  # sentences


class NotAsTheFormatSays(Exception):
    """What was read is not what docs/formats describes."""


class CouldNotCheck(Exception):
    """Something was not there to be read, or is of a later version."""


def require(condition, sentence):
    if not condition:
        raise NotAsTheFormatSays(sentence)


def find(sentence):
    FINDINGS.append(sentence)


# ---------------------------------------------------------------- bytes, text, numbers


def H(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def from_base64(text, length=None):
    """Strict: one value has one spelling."""
    require(isinstance(text, str), "a value that should be base64 is not a text")
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raise NotAsTheFormatSays("a value is not base64") from None
    require(base64.b64encode(raw).decode() == text, "a value is not base64 as it must be written")
    require(length is None or len(raw) == length, f"a value has not {length} bytes")
    return raw


def number(text):
    require(re.fullmatch(r"0|[1-9][0-9]{0,18}", text), "a number is not written as numbers are")
    require(int(text) < 2**63, "a number is too large")
    return int(text)


def is_origin(text):
    """The name of a log: no white space, no control characters, no '+'."""
    return 1 <= len(text.encode()) <= 255 and not re.search(r"[\s\x00-\x20\x7f-\xa0+]", text)


def read_json(raw):
    def one_meaning(pairs):
        names = [name for name, _ in pairs]
        require(len(names) == len(set(names)), "a name is used twice in one object")
        return dict(pairs)

    def no_fractions(text):
        raise NotAsTheFormatSays("a number is not a whole number")

    def whole(text):
        require(not text.startswith("-") and len(text) < 20 and int(text) < 2**63, "a number is out of range")
        return int(text)

    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=one_meaning, parse_float=no_fractions,
                           parse_int=whole, parse_constant=no_fractions)
        json.dumps(value, ensure_ascii=False).encode()  # half a character (\ud800) is none
        return value
    except (ValueError, RecursionError):
        raise NotAsTheFormatSays("it is not JSON") from None


def only(value, names, what):
    """In what proves, a name that is not understood may mean anything."""
    require(isinstance(value, dict) and set(value) <= set(names), f"{what} holds a name that the format does not know")


# ---------------------------------------------------------------- the tree (RFC 6962)


def node(left, right):
    return H(b"\x01", left, right)


def tree_shows_leaf(leaf, index, size, root, proof):
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node(p, r)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def tree_extends(old_size, old_root, size, root, proof):
    """RFC 9162 section 2.1.4.2."""
    if old_size == size:
        return not proof and old_root == root
    if not 0 < old_size < size or not proof:
        return False
    if old_size & (old_size - 1) == 0:
        proof = [old_root] + proof
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == root


# ---------------------------------------------------------------- signatures (checkpoint.md)


def ed25519_verifies(public, message, signature):
    """Asks openssl.  The twelve bytes put before the key say "this is an Ed25519 public key" (RFC 8410)."""
    with tempfile.TemporaryDirectory() as folder:
        files = {"key": bytes.fromhex("302a300506032b6570032100") + public, "message": message, "signature": signature}
        for name, raw in files.items():
            with open(os.path.join(folder, name), "wb") as out:
                out.write(raw)
        try:
            done = subprocess.run(["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", "key",
                                   "-in", "message", "-sigfile", "signature"], cwd=folder, capture_output=True, check=False)
        except OSError:
            raise CouldNotCheck("the signatures: the openssl command is not there") from None
    if b"Verified Successfully" in done.stdout:
        return True
    if b"Verification Failure" in done.stdout or b"Verification failure" in done.stderr:
        return False
    if len(signature) == 64 and b"nknown" in done.stderr:
        raise CouldNotCheck("the signatures: this openssl does not know Ed25519")
    return False


def parse_vkey(text, kind):
    require(isinstance(text, str) and text.count("+") >= 2, "a verifier key is not one")
    name, key_id, key = text.split("+", 2)
    raw = from_base64(key, 33)
    require(is_origin(name) and raw[0] == kind, "a verifier key is not of its kind")
    require(H(name.encode(), b"\n", raw)[:4].hex() == key_id, "the id of a verifier key does not fit")
    return name, bytes.fromhex(key_id), raw[1:]


def parse_note(note):
    """The signed text, and [(key name, key id, signature)]."""
    require(isinstance(note, str) and len(note.encode()) <= 65536, "it is no signed note")
    require(note.endswith("\n") and "\n\n" in note, "it is no signed note")
    require(not re.search(r"[\x00-\x09\x0b-\x1f]", note), "it is no signed note: it holds control characters")
    text, _, lines = note.rpartition("\n\n")
    signatures = []
    for line in lines.split("\n")[:-1]:
        parts = re.fullmatch("\u2014 ([^ ]+) ([^ ]+)", line)
        require(parts and is_origin(parts[1]), "it is no signed note: a signature line is not one")
        raw = from_base64(parts[2])
        require(len(raw) >= 5, "it is no signed note: a signature is too short")
        signatures.append((parts[1], raw[:4], raw[4:]))
    require(0 < len(signatures) <= 100, "it is no signed note: it has no signature, or too many")
    return text + "\n", signatures


def parse_checkpoint(text):
    lines = text.split("\n")
    require(len(lines) == 4 and lines[3] == "" and is_origin(lines[0]), "it is no checkpoint")
    return lines[0], number(lines[1]), from_base64(lines[2], 32)


def signed_by(text, signatures, keys, witnesses):
    """How many of the keys signed.  A known key whose signature is false makes the whole note false."""
    count = 0
    for name, key_id, public in keys:
        mine = [s for n, i, s in signatures if (n, i) == (name, key_id)]
        for signature in mine:
            message = text.encode()
            if witnesses:
                require(len(signature) == 72, "a witness's signature is false")
                time = struct.unpack(">Q", signature[:8])[0]
                message, signature = f"cosignature/v1\ntime {time}\n".encode() + message, signature[8:]
            require(ed25519_verifies(public, message, signature), "a signature is false")
        count += bool(mine)
    return count


def check_note(note, policy, what, quorum):
    try:
        text, signatures = parse_note(note)
        origin, size, root = parse_checkpoint(text)
        require(origin == policy["origin"], "it is of another log than the policy")
        require(signed_by(text, signatures, policy["log"], False) > 0, "it is signed by no key of the policy")
        require(signed_by(text, signatures, policy["witnesses"], True) >= quorum, "too few witnesses of the policy signed it")
        return size, root
    except NotAsTheFormatSays as why:
        find(f"{what}: {why}")
        return None


MOST_POLICY = 1 << 20  # bytes


def read_policy(path):
    """policy.md.  A policy that is not understood is no verdict on the bundle."""
    try:
        with open(path, "rb") as file:
            text = file.read(MOST_POLICY + 1)
        require(len(text) <= MOST_POLICY, "it is larger than 1 MiB")
        policy = read_json(text)
        only(policy, ["origin", "log", "witnesses", "quorum", "tsa_ca", "cadence_minutes"], "it")
        require(isinstance(policy.get("origin"), str) and is_origin(policy["origin"]), "it names no log")
        for name in ("log", "witnesses"):
            require(isinstance(policy.setdefault(name, []), list), f"its {name} is not a list of keys")
        for name in ("quorum", "cadence_minutes"):
            require(type(policy.setdefault(name, 0)) is int, f"its {name} is not a number")
        require(isinstance(policy.get("tsa_ca", ""), str), "its tsa_ca is not a text")
        policy["log"] = [parse_vkey(text, 1) for text in policy["log"]]
        policy["witnesses"] = [parse_vkey(text, 4) for text in policy["witnesses"]]
        require(policy["log"] and all(key[0] == policy["origin"] for key in policy["log"]), "it has no key of its log")
        for name in ("log", "witnesses"):
            require(len({key[:2] for key in policy[name]}) == len(policy[name]), "it names one key twice")
        require(policy["quorum"] <= len(policy["witnesses"]), "it asks for more witnesses than it names")
        return policy
    except OSError as why:
        raise CouldNotCheck(f"anything: the policy cannot be read ({why.strerror})") from None
    except NotAsTheFormatSays as why:
        raise CouldNotCheck(f"anything: {path} is not a policy: {why}") from None


# ---------------------------------------------------------------- one entry (entry.md)


def parse_leaf(text):
    require(isinstance(text, str) and text.endswith("\n"), "it has no leaf")
    lines = text[:-1].split("\n")
    require(len(lines) == 7 and lines[0] == "muniment-entry/v1", "its leaf is not seven lines of version 1")
    require(is_origin(lines[1]), "its leaf names no log")
    time = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.\d{3}Z", lines[3], re.ASCII)
    require(time, "its time is not written as times are")
    year, month, day, hour, minute, second = (int(part) for part in time.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    require(1 <= month <= 12 and 1 <= day <= days[month - 1] and hour < 24 and minute < 60 and second < 60,
            "its time does not exist")
    require(re.fullmatch(r"[a-z][a-z0-9-]{0,31}", lines[4]), "its kind is not one")
    return {"origin": lines[1], "seq": number(lines[2]), "time": lines[3], "kind": lines[4],
            "root": from_base64(lines[5], 32), "commitment": from_base64(lines[6], 32), "hash": H(b"\x00", text.encode())}


def segment_commitment(salt, words):
    require(isinstance(words, str), "a segment has no words")
    return H(b"\x10", salt, words.encode())


def repeated_code(holder):
    """The exemption that the bundle repeats beside something withheld; None where it does not."""
    if "x" not in holder:
        return None
    require(isinstance(holder["x"], str) and holder["x"], "an exemption is not a text")
    return holder["x"]


def read_field(field):
    """The field's digest, computed from what is shown; and what is withheld: None, "*", or segment numbers."""
    name = field.get("name") if isinstance(field, dict) else None
    require(isinstance(name, str) and re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", name), "a field has no name")
    if "digest" in field:
        only(field, ["name", "digest", "x"], "a withheld field")
        return {"name": name, "digest": from_base64(field["digest"], 32), "withheld": "*", "codes": {0: repeated_code(field)}}
    only(field, ["name", "seed", "segs"], "a field")
    segments = field.get("segs")
    require(isinstance(segments, list) and 1 <= len(segments) <= 2**20, "a field has no segments")
    seed = from_base64(field["seed"], 32) if "seed" in field else None
    commitments, withheld, codes, words = [], [], {}, ""
    for i, segment in enumerate(segments):
        if seed is not None:
            only(segment, ["v"], "a segment")
            commitments.append(segment_commitment(H(b"\x21", seed, struct.pack(">I", i)), segment.get("v")))
        elif isinstance(segment, dict) and "c" in segment:
            only(segment, ["c", "x"], "a withheld segment")
            commitments.append(from_base64(segment["c"], 32))
            withheld.append(i)
            codes[i] = repeated_code(segment)
        else:
            only(segment, ["salt", "v"], "a segment")
            commitments.append(segment_commitment(from_base64(segment.get("salt"), 32), segment.get("v")))
        words += segment.get("v", "")
    digest = H(b"\x11", struct.pack(">I", len(segments)), *commitments)
    return {"name": name, "digest": digest, "withheld": withheld or None, "codes": codes, "value": None if withheld else words}


def read_entry(entry):
    only(entry, ["leaf", "proof", "consistency", "fields"], "it")
    leaf = parse_leaf(entry.get("leaf"))
    if leaf["seq"] == 0:
        entry.setdefault("consistency", [])
    for name in ("proof", "consistency"):
        require(isinstance(entry.get(name), list) and len(entry[name]) <= 64, f"it has no {name}")
        leaf[name] = [from_base64(text, 32) for text in entry[name]]
    require(isinstance(entry.get("fields"), list) and 1 <= len(entry["fields"]) <= 65535, "it has no fields")
    leaf["fields"] = [read_field(field) for field in entry["fields"]]
    names = [field["name"] for field in leaf["fields"]]
    require(names == sorted(set(names)), "its fields are not in ascending order")
    return leaf


def check_entry(entry, origin, size, root):
    who = f"entry {entry['seq']}: "
    if entry["origin"] != origin:
        find(who + "it is of another log than the policy")
    if (entry["kind"] == "genesis") != (entry["seq"] == 0):
        find(who + "a genesis entry is the first, and only the first")
    if not tree_shows_leaf(entry["hash"], entry["seq"], size, root, entry["proof"]):
        find(who + "the proof does not show that it is in the signed ledger")
    if entry["seq"] == 0:
        extends = entry["root"] == H() and not entry["consistency"]
    else:
        extends = tree_extends(entry["seq"], entry["root"], size, root, entry["consistency"])
    if not extends:
        find(who + "the proof does not show that the signed ledger extends the one it was sealed into")
    fields = b"".join(bytes([len(f["name"])]) + f["name"].encode() + f["digest"] for f in entry["fields"])
    if H(b"\x12", struct.pack(">H", len(entry["fields"])), fields) != entry["commitment"]:
        find(who + "the words, or what stands for the withheld ones, are not those that were sealed")


# ---------------------------------------------------------------- the release (bundle.md)


def read_ranges(text):
    """3-5,9: ascending, neighbours joined, so that one set of numbers has one spelling."""
    ranges = []
    for part in text.split(","):
        ends = [number(end) for end in part.split("-")]
        require(len(ends) == 1 or len(ends) == 2 and ends[0] < ends[1], "a range is not one")
        require(not ranges or ends[0] > ranges[-1][1] + 1, "ranges are not in order, or neighbours not joined")
        ranges.append((ends[0], ends[-1]))
    return ranges


def parse_release_line(line):
    parts = line.split(" ", 4)
    require(len(parts) == 5 and parts[4] and not re.search(r"[\x00-\x1f]", parts[4]), f"the line {line[:40]!r} is not one")
    left_out = parts[2:4] == ["*", "*"]
    require(left_out or re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", parts[2]), "a line names no field")
    ranges = [] if parts[3] == "*" else read_ranges(parts[3])
    require(not ranges or ranges[-1][1] < 2**20, "a range is too large")
    gaps = [(first, last, parts[4]) for first, last in ranges]
    return {"seq": number(parts[0]), "leaf": from_base64(parts[1], 32), "field": parts[2], "gaps": gaps, "code": parts[4]}


def stated_codes(stated, withheld):
    """The code of each withheld segment; None when the release withholds others.  A line may state a million
    segments, so they are only ever counted along those that the bundle has."""
    codes = {}
    for first, last, code in stated:
        for segment in range(first, last + 1):
            if len(codes) == len(withheld) or withheld[len(codes)] != segment:
                return None
            codes[segment] = code
    return codes if len(codes) == len(withheld) else None


def left_out(listed, numbers):
    """Those of the ranges that are not among the numbers (ascending), as ranges."""
    out = []
    for first, last in listed:
        for there in numbers[bisect.bisect_left(numbers, first):bisect.bisect_right(numbers, last)]:
            if first < there:
                out.append((first, there - 1))
            first = there + 1
        if first <= last:
            out.append((first, last))
    return out


def joined(ranges):
    """The same numbers, ascending, neighbours joined."""
    out = []
    for first, last in sorted(ranges):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out


def first_missing(there, first, last):
    """The first number of a range that the ranges `there` (joined) lack; None: they have them all."""
    at = bisect.bisect_right(there, (first, 2**64)) - 1
    end = there[at][1] if at >= 0 else -1
    return first if end < first else end + 1 if end < last else None


def check_records(decision, entries):
    """That the bundle holds the records that were decided on, and nothing else."""
    who = f"entry {decision['seq']}: "
    fields = {f["name"]: f.get("value") for f in decision["fields"]}
    of_none = "records" not in fields and "searches" in fields
    if not of_none and fields.get("records") is None:
        NOT_CHECKED.append("whether a record was left out: the disclosure entry does not show which records it is about")
        return
    try:
        listed = [] if of_none else read_ranges(fields["records"])
    except NotAsTheFormatSays as why:
        find(who + f"its list of records cannot be read: {why}")
        return
    numbers = sorted({entry["seq"] for entry in entries})
    if numbers[0] != 0:
        find("the beginning of the ledger, entry 0, is not in the bundle: it was left out")
    for first, last in left_out(listed, numbers):
        which = f"record {first}" if first == last else f"records {first}-{last}"
        find(who + f"it is about the {which}, not in the bundle: left out after the decision")
    for entry in entries:
        at = bisect.bisect_right(listed, (entry["seq"], 2**63)) - 1
        decided = at >= 0 and entry["seq"] <= listed[at][1]
        if not decided and entry["seq"] not in (0, decision["seq"]) and entry["kind"] not in ("anchor", "search"):
            find(f"entry {entry['seq']}: it is no record that the disclosure entry is about: put in after the decision")
    if "searches" in fields and fields["searches"] is None:
        NOT_CHECKED.append("whether a search was left out: the disclosure entry does not show which it relied on")
    elif "searches" in fields:
        try:
            searches = [entry["seq"] for entry in entries if entry["kind"] == "search"]
            for first, last in left_out(read_ranges(fields["searches"]), searches):
                what = f"search of entry {first}" if first == last else f"searches of entries {first}-{last}"
                find(who + f"it relied on the {what}, not in the bundle: left out after the decision")
        except NotAsTheFormatSays as why:
            find(who + f"its list of searches cannot be read: {why}")
    LOOKED_AT.append("that no record is disclosed, which is what the disclosure entry decided" if of_none else
                     "the records disclosed, against those that the disclosure entry is about")


def read_hits(entry):
    """The records that a search found, as ranges; None: told."""
    shown = {f["name"]: f.get("value") for f in entry["fields"]}
    hits, listed, sha256 = shown.get("hits"), shown.get("hits.list"), shown.get("hits.sha256")
    if hits == "0" and "hits.list" not in shown:
        listed = ""  # and never shown as that: an empty list is left out
    if None in (hits, listed, sha256):
        NOT_CHECKED.append(f"whether all that the search of entry {entry['seq']} found is accounted for: it does not show what it found")
        return None
    try:
        ranges = [] if "hits.list" not in shown else read_ranges(listed)
        require(str(sum(last - first + 1 for first, last in ranges)) == hits, "it counts otherwise")
        require(hashlib.sha256(listed.encode()).hexdigest() == sha256, "its hash is of another list")
        return ranges
    except NotAsTheFormatSays as why:
        find(f"entry {entry['seq']}: what it found is not written as it must be, or contradicts itself: {why}")
        return None


def check_searches(entries, not_here, request):
    """That the bundle holds, or lists as left out, every record that its searches found."""
    disclosed = {entry["seq"] for entry in entries}
    accounted, found, all_known = joined((seq, seq) for seq in [*disclosed, *not_here]), [], True
    for entry in entries:
        if entry["kind"] != "search":
            continue
        who = f"entry {entry['seq']}: "
        made_for = next((f.get("value") for f in entry["fields"] if f["name"] == "request"), None)
        if made_for is None:
            NOT_CHECKED.append(f"for which request the search of entry {entry['seq']} was made: it does not show it")
        elif made_for != request:
            find(who + "it was made for another request than the release text names")
        ranges = read_hits(entry)
        all_known = all_known and ranges is not None
        for first, last in ranges or []:
            missing = first_missing(accounted, first, last)
            if missing is not None:
                find(who + f"it found record {missing}, which is neither in the bundle nor listed as left out")
        found += ranges or []
        if ranges is not None:
            LOOKED_AT.append(f"all that the search of entry {entry['seq']} found, against what is disclosed and listed as left out")
    found = joined(found)
    for seq in not_here:
        if seq in disclosed:
            find(f"entry {seq}: the release lists it as left out, and it is in the bundle")
        elif all_known and first_missing(found, seq, seq) is not None:
            find(f"entry {seq}: the release lists it as left out, and no search of the bundle found it")


def check_release(text, entries, origin):
    require(isinstance(text, str) and text.endswith("\n"), "it is not a text of lines")
    lines = text[:-1].split("\n")
    require(len(lines) >= 3 and lines[0] == "muniment-release/v1" and is_origin(lines[1]) and lines[2]
            and not re.search(r"[\x00-\x1f]", lines[2]), "its first three lines are not as they must be")
    require(lines[1] == origin, "it is of another log")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    decisions = [(entry, shown) for entry in entries if entry["kind"] == "disclosure"
                 for shown in [{f["name"]: f.get("value") for f in entry["fields"]}] if shown.get("release.sha256") == sha256]
    require(decisions, "no disclosure entry in the bundle holds its hash: it was changed after the decision, or never made")
    decision, shown = decisions[-1]  # it comes after all it is about
    require(shown.get("request") in (None, lines[2]), "the disclosure entry names another request")
    check_records(decision, entries)
    stated, before, not_here = {}, None, []  # (number, field): the code of the whole, or None; and the gaps
    by_seq = {entry["seq"]: entry for entry in entries}
    for line in map(parse_release_line, lines[3:]):
        place = (line["seq"], line["field"], line["gaps"][0][0] if line["gaps"] else 0)
        require(before is None or before < place, "its lines are not in order")
        before = place
        if line["field"] == "*":
            not_here.append(line["seq"])
            continue
        require(line["seq"] in by_seq and by_seq[line["seq"]]["hash"] == line["leaf"],
                f"it speaks of an entry {line['seq']} that is not in the bundle")
        of_field = stated.setdefault(place[:2], [None, []])
        of_field[1].extend(line["gaps"])
        if not line["gaps"]:
            of_field[0] = line["code"]
    for (seq, _), (whole, gaps) in stated.items():
        gaps.sort()
        crossing = any(second[0] <= first[1] for first, second in zip(gaps, gaps[1:]))
        require(not crossing and not (whole and gaps), f"it states the same gap of entry {seq} twice")
    for entry in entries:
        for field in entry["fields"]:
            whole, gaps = stated.pop((entry["seq"], field["name"]), (None, []))
            all_of_it = field["withheld"] == "*"
            codes = stated_codes(gaps, [] if all_of_it else field["withheld"] or [])
            if (whole is not None) != all_of_it or codes is None:
                find(f"entry {entry['seq']}: the release withholds other parts of field {field['name']} than the bundle does")
                continue
            codes = {0: whole} if all_of_it else codes
            if any(code not in (None, codes.get(i)) for i, code in field["codes"].items()):
                find(f"entry {entry['seq']}: the bundle gives another exemption for {field['name']} than the release")
    for seq, name in stated:
        find(f"entry {seq}: the release withholds a field {name} that the entry does not have")
    check_searches(entries, not_here, lines[2])
    LOOKED_AT.append(f"the exemptions stated for {len(lines) - 3 - len(not_here)} gaps, bound by the disclosure entry")


# ---------------------------------------------------------------- the bag (RFC 8493)


def read_manifest(bag, name):
    listed = {}
    with open(os.path.join(bag, name), encoding="utf-8", newline="\n") as file:
        for line in file:
            parts = re.fullmatch(r"([0-9a-f]{64})[ \t]+(.+)\n?", line)
            require(parts, f"{name} is not a list of checksums")
            path = re.sub("%0[Aa]|%0[Dd]|%25", lambda m: {"a": "\n", "d": "\r", "5": "%"}[m[0][-1].lower()], parts[2])
            require(not path.startswith("/") and not {"", ".", ".."} & set(path.split("/")) and "\\" not in path,
                    f"{name} names a file outside of the bag")
            require(path not in listed, f"{name} names a file twice")
            listed[path] = parts[1]
    return listed


def check_bag(bag):
    with open(os.path.join(bag, "bagit.txt"), "rb") as file:
        require(file.read(4096) == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "this is not a bag (BagIt 1.0)")
    files = set()
    for folder, folders, names in os.walk(bag):
        for name in names + [f for f in folders if os.path.islink(os.path.join(folder, f))]:
            path = os.path.join(folder, name)
            require(os.path.isfile(path) and not os.path.islink(path), f"{name} is neither a file nor a folder")
            files.add(os.path.relpath(path, bag).replace(os.sep, "/"))
    for path in sorted(files):
        if re.fullmatch(r"(tag)?manifest-(?!sha256).*\.txt", path):
            NOT_CHECKED.append(f"the files of the bag against {path}: only checksums of SHA-256 are read")
    payload, tags = read_manifest(bag, "manifest-sha256.txt"), read_manifest(bag, "tagmanifest-sha256.txt")
    require("fetch.txt" not in files, "the bag is not complete: files have to be fetched from elsewhere")
    for path, wanted in [*payload.items(), *tags.items()]:
        if path not in files:
            find(f"the file {path} is listed and missing")
            continue
        with open(os.path.join(bag, path), "rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
                find(f"the file {path} is not the one that was put into the bag")
    for path in payload:
        require(path.startswith("data/"), f"the manifest lists {path}, which is outside of data/")
    for path in sorted(files - {"tagmanifest-sha256.txt"}):
        if path not in (payload if path.startswith("data/") else tags):
            find(f"the file {path} is in no list of the bag")
    LOOKED_AT.append(f"{len(payload)} files in data/, against the bag's own checksums")


# ---------------------------------------------------------------- all of it, in order


def check_bundle(bundle, policy):
    require(isinstance(bundle, dict) and type(bundle.get("v")) is int, "bundle.json does not say its version")
    if bundle["v"] != 1:
        raise CouldNotCheck(f"bundle.json: it has version {bundle['v']}; this program knows version 1 only")
    only(bundle, ["v", "checkpoint", "entries", "anchors", "release"], "bundle.json")
    require(isinstance(bundle.get("entries"), list) and bundle["entries"], "the bundle discloses no entries")
    checkpoint = check_note(bundle.get("checkpoint"), policy, "the checkpoint", policy["quorum"])
    if checkpoint is None:
        return 0
    size, root = checkpoint
    LOOKED_AT.append(f"the checkpoint over {size} entries, against the keys of the policy")
    entries = []
    for place, raw in enumerate(bundle["entries"], 1):
        try:
            entries.append(read_entry(raw))
        except NotAsTheFormatSays as why:
            find(f"the disclosed entry in place {place}: {why}")
    for entry, before in zip(entries, [None] + entries):
        check_entry(entry, policy["origin"], size, root)
        if before and entry["seq"] <= before["seq"]:
            find(f"entry {entry['seq']}: it is not in ascending order in the bundle")
        if before and entry["time"] < before["time"]:
            find(f"entry {entry['seq']}: its time is earlier than that of an entry before it")
    LOOKED_AT.append("each disclosed entry: its place in the signed ledger, and every word shown against what was sealed")
    check_anchors(bundle.get("anchors", []), entries, policy, size, root)
    if "release" not in bundle:
        NOT_CHECKED.append("the exemptions for what is withheld, and whether anything else is or was left out: there is no release text")
    else:
        try:
            check_release(bundle["release"], entries, policy["origin"])
        except NotAsTheFormatSays as why:
            find(f"the release text: {why}")
    return len(entries)


def check_anchors(anchors, entries, policy, size, root):
    require(isinstance(anchors, list), "the time-stamps are not a list")
    tokens = {}  # SHA-256 of each, by what was stamped
    for anchor in anchors:
        only(anchor, ["checkpoint", "tsr", "consistency"], "a time-stamp")
        token = from_base64(anchor.get("tsr"))
        proof = anchor.get("consistency", [])
        require(isinstance(proof, list) and len(proof) <= 64, "a time-stamp has no proof")
        stamped = check_note(anchor.get("checkpoint"), policy, "a time-stamped checkpoint", 0)
        if stamped and not tree_extends(*stamped, size, root, [from_base64(text, 32) for text in proof]):
            find("a time-stamped checkpoint is not shown to be an earlier state of the same ledger")
        tokens.setdefault(str(anchor.get("checkpoint")), set()).add(hashlib.sha256(token).hexdigest())
    for entry in entries if anchors else []:
        shown = {f["name"]: f.get("value") for f in entry["fields"]} if entry["kind"] == "anchor" else {}
        given, sealed = tokens.get(shown.get("checkpoint")), shown.get("tsr.sha256")
        if given and sealed is not None and sealed not in given:
            find(f"entry {entry['seq']}: it was sealed for another time-stamp than those in the bundle of its checkpoint")
    if anchors:
        NOT_CHECKED.append(f"{len(anchors)} time-stamps (RFC 3161): `openssl ts -verify` judges them, as bundle.md describes")


def verify(path, policy_path):
    """Answers how many entries were looked at."""
    policy = read_policy(policy_path)
    bag = path if os.path.isdir(path) else None
    try:
        if bag:
            if not os.path.exists(os.path.join(bag, "data", "bundle.json")) and os.path.exists(os.path.join(bag, "data", "case.json")):
                raise CouldNotCheck("anything: this is a case file, for use inside the authority, and no disclosure: it carries no proofs")
            check_bag(bag)
        with open(os.path.join(bag, "data", "bundle.json") if bag else path, "rb") as file:
            bundle = read_json(file.read())
        count = check_bundle(bundle, policy)
        copy = os.path.join(bag, "data", "release.txt") if bag else ""
        if bag and os.path.exists(copy):
            with open(copy, "rb") as file:
                if file.read().decode() != bundle.get("release"):
                    find("data/release.txt is not the release text of bundle.json")
        return count
    except FileNotFoundError as why:
        if not bag:
            raise CouldNotCheck(f"anything: {path} is not there") from None
        find(f"{os.path.basename(why.filename)} is missing from the bag")
    except OSError as why:
        raise CouldNotCheck(f"a file of the bundle: {why.strerror}") from None
    except (NotAsTheFormatSays, UnicodeError) as why:
        find(str(why))
    return 0


def printable(text):
    """What came from outside must not steer the terminal."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def main(arguments):
    if len(arguments) != 3 or "--policy" not in arguments[:2]:
        print(__doc__, file=sys.stderr)
        return 2
    at = arguments.index("--policy")
    policy = arguments[at + 1]
    arguments = arguments[:at] + arguments[at + 2:]
    count = 0
    try:
        count = verify(arguments[0], policy)
    except CouldNotCheck as why:
        NOT_CHECKED.append(str(why))
    answer = "FAILED" if FINDINGS else "COULD NOT BE CHECKED" if NOT_CHECKED else "VERIFIED"
    print(f"{answer}: {count} entries")
    for title, sentences in (("Does not match", FINDINGS), ("Could not be checked", NOT_CHECKED), ("Looked at", LOOKED_AT)):
        if sentences:
            print(title + ":")
        for sentence in sentences:
            print("  - " + printable(sentence))
    print("What no bundle can show: that the platform's answer was true, that nothing was missed between two polls,\n"
          "and what came after the checkpoint.  The pages for people are bound only by the bag's own checksums.")
    return 1 if FINDINGS else 3 if NOT_CHECKED else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
