#!/usr/bin/env python3
"""Makes the known answers of this folder, from docs/formats alone.

It shares no code with the programs it tests.  Needs Python 3.11 and the openssl command.  Run it in
this folder; the answers are always the same, because every key and secret is made from a fixed text.
"""
import base64, hashlib, json, os, struct, subprocess, tempfile

ORIGIN = "archive.wexcombe.example/muniment/1"
H = lambda *parts: hashlib.sha256(b"".join(parts)).digest()
b64 = lambda raw: base64.b64encode(raw).decode()
u16, u32, u64 = (lambda n: struct.pack(">H", n)), (lambda n: struct.pack(">I", n)), (lambda n: struct.pack(">Q", n))


class Key:
    """An Ed25519 key whose seed is the hash of a text."""

    def __init__(self, name, kind):
        self.name, self.kind = name, kind
        self.der = bytes.fromhex("302e020100300506032b657004220420") + hashlib.sha256(name.encode()).digest()
        self.public = subprocess.run(["openssl", "pkey", "-inform", "DER", "-pubout", "-outform", "DER"],
                                     input=self.der, capture_output=True, check=True).stdout[-32:]
        self.id = H(name.encode(), b"\n", bytes([kind]), self.public)[:4]

    def vkey(self):
        return f"{self.name}+{self.id.hex()}+{b64(bytes([self.kind]) + self.public)}"

    def raw(self, message):
        with tempfile.TemporaryDirectory() as folder:
            key, data = os.path.join(folder, "key"), os.path.join(folder, "data")
            open(key, "wb").write(self.der)
            open(data, "wb").write(message)
            return subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", key, "-keyform", "DER", "-in", data],
                                  capture_output=True, check=True).stdout

    def line(self, text, time=None):
        if self.kind == 1:
            signature = self.raw(text.encode())
        else:
            signature = u64(time) + self.raw(f"cosignature/v1\ntime {time}\n{text}".encode())
        return f"\u2014 {self.name} {b64(self.id + signature)}\n"


def mth(leaves):
    if not leaves:
        return H()
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return H(b"\1", mth(leaves[:k]), mth(leaves[k:]))


def inclusion(m, leaves):
    if len(leaves) == 1:
        return []
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if m < k:
        return inclusion(m, leaves[:k]) + [mth(leaves[k:])]
    return inclusion(m - k, leaves[k:]) + [mth(leaves[:k])]


def consistency(m, leaves, whole=True):
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if m <= k:
        return consistency(m, leaves[:k], whole) + [mth(leaves[k:])]
    return consistency(m - k, leaves[k:], False) + [mth(leaves[:k])]


def commit(secret, seq, fields):
    """All values on the way from the words to B; fields: {name: [segments]}."""
    out = {}
    for j, (name, segments) in enumerate(sorted(fields.items())):
        seed = H(b"\x20", secret, u64(seq), u16(j))
        salts = [H(b"\x21", seed, u32(i)) for i in range(len(segments))]
        commitments = [H(b"\x10", salt, segment.encode()) for salt, segment in zip(salts, segments)]
        digest = H(b"\x11", u32(len(segments)), *commitments)
        out[name] = {"seed": seed, "salts": salts, "commitments": commitments, "digest": digest}
    body = H(b"\x12", u16(len(out)), *(bytes([len(n)]) + n.encode() + v["digest"] for n, v in out.items()))
    return out, body


def varint(n):
    out = b""
    while n > 127:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])


def pack(fields):
    names = sorted(fields)
    out = varint(len(names)) + b"".join(n.encode() + b"\n" for n in names)
    for n in names:
        out += varint(len(fields[n])) + b"".join(varint(len(s.encode())) for s in fields[n])
    return out + b"".join("".join(fields[n]).encode() for n in names)


class Log:
    def __init__(self):
        self.leaves, self.texts, self.bodies = [], [], []

    def add(self, kind, fields):
        seq = len(self.leaves)
        secret = hashlib.sha256(f"secret {seq}".encode()).digest()
        values, body = commit(secret, seq, fields)
        text = (f"muniment-entry/v1\n{ORIGIN}\n{seq}\n2026-11-22T09:00:{seq:02d}.{seq:03d}Z\n{kind}\n"
                f"{b64(mth(self.leaves))}\n{b64(body)}\n")
        self.leaves.append(H(b"\0", text.encode()))
        self.texts.append(text)
        self.bodies.append({"secret": secret, "fields": fields, "values": values, "body": body})

    def checkpoint(self):
        return f"{ORIGIN}\n{len(self.leaves)}\n{b64(mth(self.leaves))}\n"

    def disclose(self, seq, withhold):
        """withhold: {field: None for the whole, or the numbers of segments}."""
        fields = []
        for name, value in self.bodies[seq]["values"].items():
            segments = self.bodies[seq]["fields"][name]
            if name not in withhold:
                fields.append({"name": name, "seed": b64(value["seed"]), "segs": [{"v": s} for s in segments]})
            elif withhold[name] is None:
                fields.append({"name": name, "digest": b64(value["digest"])})
            else:
                fields.append({"name": name, "segs": [
                    {"c": b64(value["commitments"][i])} if i in withhold[name]
                    else {"salt": b64(value["salts"][i]), "v": s} for i, s in enumerate(segments)]})
        entry = {"leaf": self.texts[seq], "proof": [b64(h) for h in inclusion(seq, self.leaves)], "fields": fields}
        if seq:
            entry["consistency"] = [b64(h) for h in consistency(seq, self.leaves)]
        return entry


def write(name, value):
    with open(name, "w", encoding="utf-8") as out:
        json.dump(value, out, ensure_ascii=False, indent=1)
        out.write("\n")


def main():
    key, witness, stranger = Key(ORIGIN, 1), Key("audit.wexcombe.example/w1", 4), Key("stranger.example", 1)
    log = Log()
    log.add("genesis", {"origin": [ORIGIN], "log.vkey": [key.vkey()]})
    text = ["The ", "bin ", "at ", "12 ", "Mill ", "Lane ", "was ", "not ", "collected, ", "call ", "Jane."]
    for n in range(1, 12):
        log.add("capture", {"author.handle": [f"resident{n}"], "id": [f"https://town.example/{n}"], "platform": ["mastodon"],
                            "posted": ["2026-11-21T22:10:00.000Z"], "summary": [""], "text": [f"Nr. {n}: "] + text + [" \u2603"]})
    leaf = b64(log.leaves[5])
    release = (f"muniment-release/v1\n{ORIGIN}\nFOI-2026-117\n"
               f"5 {leaf} author.handle * s40(2)\n5 {leaf} text 4-6,11 s40(2)\n5 {leaf} text 8 s38\n"
               f"7 {b64(log.leaves[7])} author.handle * s40(2)\n")
    log.add("disclosure", {"records": ["5,7"], "request": ["FOI-2026-117"], "release.sha256": [hashlib.sha256(release.encode()).hexdigest()]})
    checkpoint = log.checkpoint()
    note = checkpoint + "\n" + key.line(checkpoint) + witness.line(checkpoint, 1795341600)
    policy = {"origin": ORIGIN, "log": [key.vkey()], "witnesses": [witness.vkey()], "quorum": 1}

    entry = log.bodies[5]
    write("entry.json", {
        "seq": 5, "secret": entry["secret"].hex(), "fields": entry["fields"],
        "values": {name: {"seed": v["seed"].hex(), "salts": [s.hex() for s in v["salts"]],
                          "commitments": [c.hex() for c in v["commitments"]], "digest": v["digest"].hex()}
                   for name, v in entry["values"].items()},
        "body_commitment": entry["body"].hex(), "body_key": H(b"\x22", entry["secret"], u64(5)).hex(),
        "packed": pack(entry["fields"]).hex(), "leaf": log.texts[5], "leaf_hash": log.leaves[5].hex()})
    size = len(log.leaves)
    write("tree.json", {
        "leaves": [b64(h) for h in log.leaves], "roots": [b64(mth(log.leaves[:n])) for n in range(size + 1)],
        "inclusion": [{"index": m, "size": n, "proof": [b64(h) for h in inclusion(m, log.leaves[:n])]}
                      for n in range(1, size + 1) for m in range(n)],
        "consistency": [{"old": m, "size": n, "proof": [b64(h) for h in consistency(m, log.leaves[:n])]}
                        for n in range(1, size + 1) for m in range(1, n + 1)]})
    lone = checkpoint + "\n" + key.line(checkpoint)
    other = key.line(checkpoint.replace("\n13\n", "\n12\n"))
    write("notes.json", {
        "log": key.vkey(), "witness": witness.vkey(), "checkpoint": checkpoint,
        "good": {"the log alone": lone, "the log and a witness": note,
                 "a stranger too": lone + stranger.line(checkpoint),
                 "the log's name with another id": lone + f"\u2014 {ORIGIN} {b64(b'abcd' + bytes(64))}\n"},
        "false": {"another text": lone.replace("\n13\n", "\n14\n"), "a false signature beside a good one": lone + other,
                  "a false witness": lone + witness.line(checkpoint + "x", 1795341600)},
        "unsigned": {"only a stranger": checkpoint + "\n" + stranger.line(checkpoint)},
        "malformed": {"no signature": checkpoint + "\n", "no empty line": checkpoint + key.line(checkpoint),
                      "a hyphen for the dash": lone.replace("\u2014", "-"), "no last LF": lone[:-1],
                      "a line that is no signature": lone + "hello\n", "a control character": "x\t" + lone,
                      "two spaces": lone.replace("\u2014 ", "\u2014  "), "bad base64": lone[:-2] + "!\n"}})
    bundle = {"v": 1, "checkpoint": note, "entries": [
        log.disclose(0, {}), log.disclose(5, {"author.handle": None, "text": [4, 5, 6, 8, 11]}),
        log.disclose(7, {"author.handle": None}), log.disclose(12, {})], "release": release}
    write("policy.json", policy)
    write("bundle.json", bundle)


main()
