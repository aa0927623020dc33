#!/usr/bin/env python3
"""Check a Breakwater evidence packet: python verify.py [PACKET] [--key HEX] [--root SIZE:HASH]

PACKET is a folder or zip; without it, the folder this file lies in. Needs Python 3.8 or newer and
nothing else. Nothing is extracted, run or sent. The packet is treated as hostile.

--key   the sender's key (64 hexadecimal digits), learned by telephone or in person
--root  a fingerprint of the log kept outside (SIZE:HASH); may be given more than once

Exit code 0: nothing wrong found (read the verdict: how much that means). 1: does not verify.
2: wrong usage, or nothing to read. Get this file from a source you trust, not from the packet.
"""
# Copyright the Breakwater contributors. Licensed under the Apache License, Version 2.0.
# Written apart from the application's verifier, so that one checks the other; short enough to read:
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import argparse
import base64
import datetime
import hashlib
import json
import os
import re
import stat
import struct
import sys
import zipfile
import zlib

LISTS = "tagmanifest-sha256.txt tagmanifest-sha256.txt.sig"
TAGS = "bagit.txt bag-info.txt manifest-sha256.txt signer.pub README.txt VERIFY-BY-HAND.txt verify.py"
TOP = set(LISTS.split() + TAGS.split())
PAYLOAD = "entries.jsonl entries.csv leaves.txt case.json certificate-902.txt what-this-cannot-prove.txt"
DATA = {"data/" + name for name in PAYLOAD.split()}
OPTIONAL = {"data/coordination.json", "data/report.pdf"}
RAW = re.compile(r"data/raw/([0-9a-f]{64})")
PROOF = re.compile(r"data/proofs/(0|[1-9][0-9]{0,14})\.tlog-proof")
NOTE = re.compile(r"data/checkpoints/(0|[1-9][0-9]{0,14})\.note")
BIG = {"data/entries.jsonl", "data/entries.csv", "data/leaves.txt", "data/report.pdf"}
FOLDERS = {"", "data/", "data/raw/", "data/proofs/", "data/checkpoints/"}
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BROKEN = (ValueError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile)
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)  # noqa: UP017  # Python 3.8
OPEN_FLAGS = sum(getattr(os, "O_" + one, 0) for one in ("RDONLY", "NOFOLLOW", "NONBLOCK", "BINARY"))
MEBI = 1 << 20
MOST_FILES, MOST_BYTES, MOST_RATIO = 250_000, 8 << 30, 200


class Refused(ValueError):
    """The packet cannot be trusted; the text says why."""


def need(condition, why):
    """Refuse unless the condition holds; gives what was found."""
    if not condition:
        raise Refused(why)
    return condition


P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(one, two):
    """The sum of two points in extended coordinates (X, Y, Z, T)."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    """A multiple of a point."""
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def decode_point(data):
    """The point with this encoding, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signature_holds(key, message, signature):
    """Whether this is an Ed25519 signature of the message by the key."""
    if len(signature) != 64 or len(key) != 32:
        return False
    point, s = decode_point(key), int.from_bytes(signature[32:], "little")
    if point is None or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    minus = (P - point[0], point[1], point[2], P - point[3])
    x, y, z, _ = add(times(s, BASE), times(int.from_bytes(digest, "little") % L, minus))
    inverse = pow(z, P - 2, P)
    encoded = y * inverse % P | (x * inverse % P & 1) << 255
    return encoded.to_bytes(32, "little") == signature[:32]


def pair(left, right):
    """The hash of two subtrees."""
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_root(leaves):
    """The root over these leaf hashes."""
    level = list(leaves)
    while len(level) > 1:
        pairs = [pair(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def path_root(leaf, index, size, path):
    """The root an inclusion proof leads to, or None when its length is wrong (RFC 9162, 2.1.3.1)."""
    if size == 1 or not path:
        return leaf if size == 1 and not path else None
    split = 1 << ((size - 1).bit_length() - 1)
    if index < split:
        below = path_root(leaf, index, split, path[:-1])
        return below and pair(below, path[-1])
    below = path_root(leaf, index - split, size - split, path[:-1])
    return below and pair(path[-1], below)


def largest(name):
    """How large this file may be; refuses a file that has no place in a packet."""
    place = name in TOP | DATA | OPTIONAL or any(p.fullmatch(name) for p in (RAW, PROOF, NOTE))
    need(place, "holds a file that is no part of a packet")
    if name == "manifest-sha256.txt" or RAW.fullmatch(name):
        return 64 * MEBI
    return 1024 * MEBI if name in BIG else MEBI


class Folder:
    def __init__(self, root):
        self.root = root
        self.names = set()
        self.walk("", 0)

    def walk(self, prefix, depth):
        need(depth <= 3, "folders nested deeper than a packet's")
        with os.scandir(os.path.join(self.root, prefix)) as found:
            for one in found:
                name = prefix + one.name
                need(not one.is_symlink(), "holds a link")
                if one.is_dir(follow_symlinks=False):
                    self.walk(name + "/", depth + 1)
                    continue
                need(one.is_file(follow_symlinks=False), "holds a special file")
                largest(name)
                self.names.add(name)
                need(len(self.names) <= MOST_FILES, "more files than a packet may hold")

    def open(self, name):
        file = os.fdopen(os.open(os.path.join(self.root, name), OPEN_FLAGS), "rb")
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise Refused("not a plain file")
        return file, None


class Zip:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        listed = self.zip.infolist()
        need(len(listed) <= MOST_FILES, "more files than a packet may hold")
        tops = {one.filename.split("/", 1)[0] for one in listed}
        top = ""
        if len(tops) == 1 and not any(one.filename == "bagit.txt" for one in listed):
            top = tops.pop() + "/"
        self.members = {}  # type: ignore[var-annotated]
        for one in listed:
            self.take(one, one.filename[len(top) :])
        self.names = set(self.members)

    def take(self, one, name):
        need(one.orig_filename == one.filename, "a name that programs read differently")
        if not name or name.endswith("/"):
            need(name in FOLDERS and not one.file_size, "holds a folder that is no part of a packet")
            return
        need(stat.S_IFMT(one.external_attr >> 16) in (0, stat.S_IFREG), "holds a link or special file")
        largest(name)
        need(name not in self.members, "holds the same name twice")
        need(not one.flag_bits & 1, "encrypted inside the zip")
        self.members[name] = one

    def open(self, name):
        member = self.members[name]
        return self.zip.open(member), max(MEBI, member.compress_size * MOST_RATIO)


class Reader:
    """Reads each file once, with all limits, and remembers its hash."""

    def __init__(self, source):
        self.source = source
        self.names = source.names
        self.hashes = {}
        self.sizes = {}
        self.left = MOST_BYTES

    def read(self, name):
        """The bytes of a file."""
        hashed, parts, size = hashlib.sha256(), [], 0
        try:
            file, unpacked = self.source.open(name)
            room = largest(name) if unpacked is None else min(largest(name), unpacked)
            with file:
                for part in iter(lambda: file.read(MEBI), b""):
                    size += len(part)
                    self.left -= len(part)
                    need(size <= room and self.left >= 0, name + " is larger than it may be")
                    hashed.update(part)
                    parts.append(part)
        except OSError as error:
            raise Refused(name + " cannot be read") from error
        self.hashes[name], self.sizes[name] = hashed.hexdigest(), size
        return b"".join(parts)

    def lines(self, name):
        """The lines of a file, each ended by a line break."""
        text = self.read(name).decode("utf-8")
        need(text.endswith("\n"), name + " does not end with a line break")
        return text[:-1].split("\n")


def unbase64(text):
    """Base64 in its one canonical form."""
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode("ascii") == text, "base64 in an unusual form")
    return data


def strict_json(text):
    """A JSON object without repeated names or impossible numbers."""

    def pairs(found):
        need(len(dict(found)) == len(found), "the same name twice in one object")
        return dict(found)

    # Words such as NaN, which JSON does not have, are no integers either.
    value = json.loads(text, object_pairs_hook=pairs, parse_constant=int)
    need(isinstance(value, dict), "an item is not an object")
    return value


def read_manifest(reader, name):
    """Hashes by file name."""
    form, why = re.compile(r"([0-9a-f]{64})  ([ -~]{1,200})"), name + " is damaged"
    rows = [need(form.fullmatch(line), why).groups() for line in reader.lines(name)]
    need(len({listed for _, listed in rows}) == len(rows), why)
    return {listed: digest for digest, listed in rows}


def string(data):
    """A string as SSH writes it."""
    return struct.pack(">I", len(data)) + data


def check_signature(reader):
    """Check the signature over the list of files (OpenSSH's sshsig); gives the signer's key."""
    armoured, line = (
        reader.read("tagmanifest-sha256.txt.sig").decode("utf-8"),
        reader.read("signer.pub").decode("utf-8"),
    )
    start = 'breakwater namespaces="breakwater-packet" ssh-ed25519 '
    need(line.startswith(start) and line.endswith("\n"), "signer.pub is not in the form of a packet")
    public = unbase64(line[len(start) : -1])
    key = public[-32:]
    need(public == string(b"ssh-ed25519") + string(key), "signer.pub holds another kind of key")
    begin, end = "-----BEGIN SSH SIGNATURE-----\n", "\n-----END SSH SIGNATURE-----\n"
    need(armoured.startswith(begin) and armoured.endswith(end), "the signature is damaged")
    blob = unbase64(armoured[len(begin) : -len(end)].replace("\n", ""))
    common = string(b"breakwater-packet") + string(b"") + string(b"sha512")
    head = b"SSHSIG" + struct.pack(">I", 1) + string(public) + common
    head += struct.pack(">I", 83) + string(b"ssh-ed25519") + struct.pack(">I", 64)
    need(blob.startswith(head) and len(blob) == len(head) + 64, "the signature is damaged")
    message = reader.read("tagmanifest-sha256.txt")
    signed = b"SSHSIG" + common + string(hashlib.sha512(message).digest())
    need(signature_holds(key, signed, blob[-64:]), "the signature over the list of files is wrong")
    return key


def check_files(reader):
    """Every file is listed, every listed file is there, and none was changed."""
    tags = read_manifest(reader, "tagmanifest-sha256.txt")
    top = {name for name in reader.names if "/" not in name}
    need(set(tags) == top - set(LISTS.split()), "the signed list does not name exactly the files at the top")
    payload = read_manifest(reader, "manifest-sha256.txt")
    need(set(payload) == reader.names - top, "the manifest does not name exactly the files")
    tags.update(payload)
    return tags


def read_note(text, key):
    """Origin, size and root of a checkpoint signed by the key (C2SP tlog-checkpoint)."""
    body, _, signatures = text.partition("\n\n")
    form, why = r"([!-*,-~]{1,200})\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/=]{44})", "a damaged checkpoint"
    origin, size, root = need(re.fullmatch(form, body), why).groups()
    lines = signatures[:-1].split("\n")
    need(len(unbase64(root)) == 32 and len(lines) <= 16 and signatures.endswith("\n"), why)
    name = hashlib.sha256(origin.encode("ascii") + b"\n\1" + key).digest()[:4]
    signed = False
    for line in lines:
        found = need(re.fullmatch("\u2014 ([^\\s+]{1,200}) ([A-Za-z0-9+/=]{1,8192})", line), why)
        blob = unbase64(found.group(2))
        if found.group(1) == origin and blob[:4] == name:
            message = (body + "\n").encode("ascii")
            need(signature_holds(key, message, blob[4:]), "a checkpoint's signature is wrong")
            signed = True
    need(signed, "a checkpoint is not signed by the packet's key")
    return origin, int(size), unbase64(root)


def check_log(reader, key):
    """Check leaves, checkpoints and proofs; gives the leaves and the entries that have a proof."""
    lines = reader.lines("data/leaves.txt")
    need(all(re.fullmatch("[0-9a-f]{64}", line) for line in lines), "leaves.txt is damaged")
    leaves = [bytes.fromhex(line) for line in lines]
    notes, origins = {}, set()
    sizes = sorted(int(m.group(1)) for m in map(NOTE.fullmatch, reader.names) if m)
    need(len(sizes) <= 64, "more checkpoints than a packet holds")
    for size in sizes:
        text = reader.read(f"data/checkpoints/{size}.note").decode("utf-8")
        origin, said, root = read_note(text, key)
        need(0 < said == size <= len(leaves), f"checkpoint {size} does not belong to this log")
        need(tree_root(leaves[:size]) == root, f"checkpoint {size} does not match the log")
        origins.add(origin)
        notes[text] = size
    need(len(origins) == 1, "checkpoints of no log, or of different logs")
    need(len(leaves) in notes.values(), "the newest entries are covered by no checkpoint")
    root, proven = tree_root(leaves), set()
    for seq in sorted(int(m.group(1)) for m in map(PROOF.fullmatch, reader.names) if m):
        text = reader.read(f"data/proofs/{seq}.tlog-proof").decode("utf-8")
        head, _, note = text.partition("\n\n")
        rows = head.split("\n")
        need(rows[:2] == ["c2sp.org/tlog-proof@v1", f"index {seq}"], "a damaged proof")
        path = [unbase64(row) for row in rows[2:]]
        need(all(len(one) == 32 for one in path) and len(path) < 64, "a damaged proof")
        need(notes.get(note) == len(leaves) and seq < len(leaves), "a proof of another log")
        need(path_root(leaves[seq], seq, len(leaves), path[:]) == root, f"proof {seq} is wrong")
        proven.add(seq)
    return leaves, proven, len(notes)


def check_item(record, leaves, proven, reader):
    """Check one item; gives its number, its file of raw bytes if any, and whether it was erased."""
    seq, sealed, text = record["seq"], record["sealed"], record["post"]["text"]
    need(type(seq) is int and seq in proven and type(text) is str, "an item has no proof")
    leaf = hashlib.sha256(b"\0" + sealed["envelope"].encode("utf-8")).digest()
    need(leaf == leaves[seq] and sealed["leaf"] == leaf.hex(), f"item {seq} is not the one in the log")
    need(sealed["proof"] == f"proofs/{seq}.tlog-proof", f"item {seq} names another proof")
    envelope = strict_json(sealed["envelope"])
    need(envelope["seq"] == seq, f"item {seq} does not say what its entry says")
    at = EPOCH + datetime.timedelta(microseconds=envelope["recv_utc_us"])
    need(record["sealed_at"] == at.isoformat("T", "microseconds")[:-6] + "Z", f"item {seq} has another time")
    digest, erased = envelope["sha256"], sealed["erased"]
    need(digest is not None or erased is False, f"item {seq} is erased but held nothing")
    if digest is None or erased is True:
        need(sealed["raw"] is None, f"item {seq} names bytes it does not have")
        return seq, None, erased, False
    need(sealed["raw"] == f"raw/{digest}", f"item {seq} names other bytes")
    name = f"data/raw/{digest}"
    need(name in reader.names, f"the sealed bytes of item {seq} are missing")
    raw = reader.read(name)
    good = reader.hashes[name] == digest and len(raw) == envelope["len"]
    need(good, f"the sealed bytes of item {seq} were changed")
    forms = text, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1], text.replace('"', '""')
    return seq, name, False, any(form.encode("utf-8", "surrogatepass") in raw for form in forms)


def check_items(reader, leaves, proven):
    """Check every item; items, proofs and raw bytes must belong together."""
    seen, used, erased, found = set(), set(), 0, 0
    for line in reader.lines("data/entries.jsonl") if reader.read("data/entries.jsonl") else []:
        try:
            seq, name, gone, there = check_item(strict_json(line), leaves, proven, reader)
        except (LookupError, TypeError, AttributeError, OverflowError) as error:
            raise Refused("an item is not in the form of a packet") from error
        need(seq not in seen, "the same entry twice")
        seen.add(seq)
        used.update([name] if name else [])
        erased, found = erased + gone, found + there
    need(seen == proven, "items and proofs do not belong together")
    need(used == {n for n in reader.names if RAW.fullmatch(n)}, "sealed bytes of no item")
    return len(seen), erased, found


def check_about(reader, key):
    """What the packet says about itself; gives the required fields it says are missing."""
    rows = [line.partition(": ") for line in reader.lines("bag-info.txt")]
    need(all(colon for _, colon, _ in rows), "bag-info.txt is not in the form of a packet")
    need(len(rows) < 1000, "bag-info.txt is too long")
    about = {label: [value for other, _, value in rows if other == label] for label, _, _ in rows}
    sizes = [size for name, size in reader.sizes.items() if name.startswith("data/")]
    need(about.get("Payload-Oxum") == [f"{sum(sizes)}.{len(sizes)}"], "bag-info.txt is wrong")
    need(about.get("Breakwater-Packet-Format") == ["1"], "a packet of another format: get a newer verify.py")
    need(about.get("Breakwater-Signer") == [key.hex()], "bag-info.txt names another key")
    return about.get("Breakwater-Missing", [])


def check(path, trusted, roots):
    """Check a packet; gives the lines to show. Raises Refused, and OSError when there is nothing to read."""
    reader = Reader(Folder(path) if os.path.isdir(path) else Zip(path))
    need(reader.names >= TOP | DATA, "files are missing: not a packet, or not a whole one")
    need(reader.read("bagit.txt") == BAGIT, "bagit.txt is not that of a packet")
    key = check_signature(reader)
    listed = check_files(reader)
    leaves, proven, notes = check_log(reader, key)
    items, erased, found = check_items(reader, leaves, proven)
    for name in sorted(reader.names - set(reader.hashes)):
        reader.read(name)
    for name, digest in sorted(listed.items()):
        need(reader.hashes[name] == digest, name + " was changed")
    missing = check_about(reader, key)
    need(trusted in (b"", key), "signed by another key than the one you gave")
    for size, root in roots:
        need(size <= len(leaves), "the fingerprint covers more entries than this log has")
        need(tree_root(leaves[:size]) == root, "the log is not the one whose fingerprint you gave")
    known = ["signed by the key you gave"] if trusted else []
    known += ["matches the fingerprint you gave"] if roots else []
    said = [
        "VERDICT: " + (" and ".join(known) or "internally consistent only"),
        f"{items} items, {len(leaves)} entries in the log, {notes} checkpoints",
        f"{found} items' text found word for word in the sealed bytes",
        f"{erased} items without bytes: the person erased them",
        "Key of the signer: " + key.hex(),
        "The packet says about itself: " + ("missing " + ", ".join(missing) if missing else "complete"),
    ]
    if not known:
        said.append("Whoever owns the computer could have made this. Ask for the key or a fingerprint.")
    if roots:
        said.append(
            f"Entries after number {max(size for size, _ in roots)} are not covered by the fingerprint."
        )
    return said


def parse_root(text):
    """A fingerprint given as SIZE:HASH."""
    size, _, digest = text.partition(":")
    try:
        root = bytes.fromhex(digest) if len(digest) == 64 else base64.b64decode(digest, validate=True)
        number = int(size)
    except ValueError:
        number, root = 0, b""
    if number < 1 or len(root) != 32:
        raise argparse.ArgumentTypeError("not SIZE:HASH")
    return number, root


def main(arguments=None):
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Check an evidence packet.")
    parser.add_argument("packet", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--key", metavar="HEX")
    parser.add_argument("--root", type=parse_root, action="append", default=[], metavar="SIZE:HASH")
    given = parser.parse_args(arguments)
    if given.key and not re.fullmatch("[0-9a-fA-F]{64}", given.key):
        parser.error("--key takes 64 hexadecimal digits")
    try:
        said, code = check(given.packet, bytes.fromhex(given.key or ""), given.root), 0
    except BROKEN as error:
        said, code = ["VERDICT: does not verify", str(error)], 1
    except OSError as error:
        said, code = [f"Nothing to read: {error.strerror}"], 2
    for line in said:
        # A packet's own words are shown in ASCII: nothing in them can play with the terminal.
        sys.stdout.write(line.encode("ascii", "backslashreplace").decode("ascii") + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
