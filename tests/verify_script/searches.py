"""What the Python verifier says of searches and what they found: the cases of tests/verify/searches_test.cpp.

    searches.py SOURCE
"""

import hashlib, os, sys

sys.path.insert(0, os.path.join(sys.argv[1], "docs", "verify"))
import verify_bundle as script

failures = []


def entry(seq, kind, **shown):
    return {"seq": seq, "kind": kind, "fields": [{"name": name.replace("_", "."), "value": value} for name, value in shown.items()]}


def search(hits, listed, request="FOI-1", of=None):
    sha256 = hashlib.sha256((listed if of is None else of).encode()).hexdigest()
    return entry(30, "search", hits=hits, hits_list=listed, hits_sha256=sha256, request=request)


def expect(name, searches, not_here, findings, not_checked=0):
    script.FINDINGS.clear()
    script.NOT_CHECKED.clear()
    script.check_searches([entry(0, "genesis"), entry(5, "capture"), entry(6, "capture"), *searches], not_here, "FOI-1")
    said = list(script.FINDINGS)
    if len(said) != len(findings) or any(part not in text for part, text in zip(findings, said)) or len(script.NOT_CHECKED) != not_checked:
        failures.append(f"{name}: {said} {script.NOT_CHECKED}")


expect("disclosed or listed", [search("3", "5-7")], [7], [])
expect("a silent omission", [search("4", "5-7,9")], [7], ["it found record 9, which is neither"])
expect("a shortened list", [search("1", "5", of="5-6")], [], ["contradicts itself"])
expect("a false count", [search("2", "5")], [], ["contradicts itself"])
for listed in ("5,6", "6,5", "05", "5-5", "5 6", "x"):
    expect(f"the list {listed}", [search("2", listed)], [], ["not written as it must be"])
NOTHING = {"hits": "0", "hits_sha256": hashlib.sha256(b"").hexdigest()}
expect("nothing found", [entry(30, "search", **NOTHING, request="FOI-1")], [], [])
expect("an empty list", [search("0", "")], [], ["not written as it must be"])
expect("for nobody", [entry(30, "search", **NOTHING)], [], [], not_checked=1)
expect("not shown", [search("1", None, of="5")], [7], [], not_checked=1)
expect("a million million", [search("4611686018427387904", "5-4611686018427387908")], [], ["it found record 7,"])
expect("never found", [], [7], ["no search of the bundle found it"])
expect("found by none of them", [search("2", "5-6")], [7], ["no search of the bundle found it"])
expect("both", [search("2", "5-6")], [6], ["left out, and it is in the bundle"])
expect("another request", [search("2", "5-6", "FOI-2")], [], ["another request"])

odd = ",".join(str(n) for n in range(101, 200101, 2))  # looked through one by one, this would take hours
expect("many, far apart", [search("100000", odd)], range(101, 200101, 2), [])

for failure in failures:
    print(failure)
print(f"{len(failures)} failures")
sys.exit(bool(failures))
