#!/usr/bin/env python3
"""Check a Breakwater evidence packet: python verify.py [PACKET] [--key HEX] [--root SIZE:HASH]

PACKET is a folder or zip; without it, the folder this file lies in. Needs Python 3.8 or newer and
nothing else; extracts, runs and sends nothing. The packet is treated as hostile. The sender's key and
fingerprints of the log (--root, may be repeated) must be learned outside it, by telephone or in person.
Exit code 0: nothing wrong found (read the verdict: how much that means). 1: does not verify.
2: wrong usage, or nothing to read. Get this file from a source you trust, not from the packet.
"""
# Copyright the Breakwater contributors. Licensed under the Apache License, Version 2.0.
# Written apart from the application's verifier, so that one checks the other; short enough to read:
# mypy: disable-error-code="no-untyped-def,no-untyped-call,var-annotated,union-attr,arg-type"

import argparse
import base64
import datetime
import hashlib
import json
import os
import re
import stat
import sys
import zipfile

LISTS = {"tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"}
TAGS = "bagit.txt bag-info.txt manifest-sha256.txt signer.pub README.txt VERIFY-BY-HAND.txt verify.py"
PAYLOAD = "entries.jsonl entries.csv leaves.txt case.json certificate-902.txt what-this-cannot-prove.txt"
REQUIRED = LISTS | {*TAGS.split()} | {"data/" + name for name in PAYLOAD.split()}
NEW = [f"data/{a}.jsonl" for a in ("sealed", "anchors/list", "context/list", "media/list", "standing/list")]
SEALED, ANCHORS, CONTEXT, MEDIA, STANDING = NEW
NEW.append("data/letter.txt")
NAMES = REQUIRED | {"data/coordination.json", "data/report.pdf", *NEW}
FORM = re.compile(r"""(?x) data/(?: raw/ (?P<raw> [0-9a-f]{64}) | anchors/ (?P<token> [1-9][0-9]{0,5}) \.tsr
    | proofs/ (?P<proof> 0|[1-9][0-9]{0,14}) \.tlog-proof | media/ (?P<media> [0-9]{4,6}) \.bin
    | checkpoints/ (?P<note> 0|[1-9][0-9]{0,14}) \.note | cards/ (?P<card> 0|[1-9][0-9]{0,14}) \.png)""")
FOLDERS = re.compile("(data/((raw|proofs|checkpoints|anchors|context|media|standing|cards)/)?)?")
# The object identifiers signedData, id-ct-TSTInfo and id-sha256, in DER.
KINDS = ["2a864886f70d010702", "2a864886f70d0109100104", "608648016503040201"]
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)  # noqa: UP017  # Python 3.8
OPEN_FLAGS = sum(getattr(os, "O_" + one, 0) for one in ("RDONLY", "NOFOLLOW", "NONBLOCK", "BINARY"))
MEBI, MOST_FILES, MOST_BYTES, MOST_RATIO = 1 << 20, 250_000, 8 << 30, 200


def need(condition, why):
    """Refuse the packet unless the condition holds; gives what was found."""
    if not condition:
        raise ValueError(why)
    return condition


P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(one, two):
    """The sum of two points in extended coordinates (X, Y, Z, T)."""
    a, b = (one[1] - one[0]) * (two[1] - two[0]), (one[1] + one[0]) * (two[1] + two[0])
    c, d = 2 * one[3] * two[3] * D, 2 * one[2] * two[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiples(one, first, two, second):
    """one * first + two * second, in one pass over the bits of both."""
    total, both = (0, 1, 1, 0), add(first, second)
    for a, b in zip(f"{one:0256b}", f"{two:0256b}"):  # noqa: B905  # Python 3.8
        total = add(total, total)
        if a + b != "00":
            total = add(total, both if a == b else first if a == "1" else second)
    return total


def decode_point(data):
    """The point with this encoding, or None."""
    sign, y = divmod(int.from_bytes(data, "little"), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def signature_holds(key, message, signature):
    """Whether this is an Ed25519 signature of the message by the key (RFC 8032)."""
    point, s = decode_point(key), int.from_bytes(signature[32:], "little")
    if point is None or s >= L or (len(signature), len(key)) != (64, 32):
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    base = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    minus = (P - point[0], *point[1:3], P - point[3])
    x, y, z, _ = multiples(s, base, int.from_bytes(digest, "little") % L, minus)
    inverse = pow(z, P - 2, P)
    encoded = y * inverse % P | (x * inverse % P & 1) << 255
    return encoded.to_bytes(32, "little") == signature[:32]


def tree_root(leaves):
    """The root over these leaf hashes."""
    level = list(leaves)
    while len(level) > 1:
        halves = [level[i] + level[i + 1] for i in range(0, len(level) - 1, 2)]
        pairs = [hashlib.sha256(b"\1" + both).digest() for both in halves]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def path_root(leaf, index, size, path):
    """The root an inclusion proof leads to, or None when its length is wrong (RFC 9162, 2.1.3.1)."""
    if size == 1 or not path:
        return leaf if size == 1 and not path else None
    split = 1 << ((size - 1).bit_length() - 1)
    right = index >= split
    below = path_root(leaf, index - right * split, size - split if right else split, path[:-1])
    return below and hashlib.sha256(b"\1" + (path[-1] + below if right else below + path[-1])).digest()


def kind(name):
    """What a numbered file is, or None; and its number or hash."""
    form = FORM.fullmatch(name)
    return (form.lastgroup, form.group(form.lastgroup)) if form else (None, "")


def largest(name):
    """How large this file may be; refuses a file that has no place in a packet."""
    need(name in NAMES or kind(name)[0], "holds a file that is no part of a packet")
    middle = name == "manifest-sha256.txt" or kind(name)[0] in ("raw", "media")
    return MEBI * (64 if middle else 1024 if re.search("(jsonl|csv|pdf|leaves.txt)$", name) else 1)


def unbase64(text):
    """Base64 in its one canonical form."""
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode("ascii") == text, "base64 in an unusual form")
    return data


def strict_json(text):
    """A JSON object without repeated names, or words such as NaN (which are no integers)."""

    def pairs(found):
        need(len(dict(found)) == len(found), "the same name twice in one object")
        return dict(found)

    value = json.loads(text, object_pairs_hook=pairs, parse_constant=int)
    need(isinstance(value, dict), "an item is not an object")
    return value


def string(data):
    """A string as SSH writes it."""
    return len(data).to_bytes(4, "big") + data


def blanked(value, path=""):
    """Where a record is blanked: ranges by path, such as post.mentions.0."""
    if isinstance(value, str):
        ranges = [list(run.span()) for run in re.finditer("\u2588+", value)]
        return {path: ranges} if ranges else {}
    found, dot = {}, path and path + "."
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        found.update(blanked(inner, f"{dot}{name}") if isinstance(inner, (str, dict, list)) else {})
    return found


def inside(data, *steps):
    """The body at the end of a path of (index, tag) through nested DER."""
    for index, tag in steps:
        parts, at = [], 0
        while at + 1 < len(data):
            size, start = data[at + 1], at + 2
            if size & 128:
                start += need(0 < size & 127 <= 3, "a damaged time stamp") and size & 127
                size = int.from_bytes(data[at + 2 : start], "big")
            parts.append((data[at], data[start : start + size]))
            at = start + size
        need(at == len(data) and index < len(parts) and parts[index][0] == tag, "a damaged time stamp")
        data = parts[index][1]
    return data


def read_note(text, key):
    """Origin, size and root of a checkpoint signed by the key (C2SP tlog-checkpoint)."""
    body, _, signatures = text.partition("\n\n")
    form, why = r"([!-*,-~]{1,200})\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/=]{44})", "a damaged checkpoint"
    origin, size, root = need(re.fullmatch(form, body), why).groups()
    lines, signed = signatures[:-1].split("\n"), False
    need(len(unbase64(root)) == 32 and len(lines) <= 16 and signatures.endswith("\n"), why)
    name = hashlib.sha256(origin.encode("ascii") + b"\n\1" + key).digest()[:4]
    for line in lines:
        found = need(re.fullmatch("\u2014 ([^\\s+]{1,200}) ([A-Za-z0-9+/=]{1,8192})", line), why)
        blob = unbase64(found.group(2))
        if found.group(1) == origin and blob[:4] == name:
            signed = signature_holds(key, (body + "\n").encode("ascii"), blob[4:])
            need(signed, "a checkpoint's signature is wrong")
    need(signed, "a checkpoint is not signed by the packet's key")
    return origin, int(size), unbase64(root)


class Packet:
    """Reads a folder or zip with all limits, and checks what it reads."""

    def __init__(self, path):
        self.folder, self.zip, self.names, self.left = path, None, {}, MOST_BYTES
        self.hashes, self.sizes, self.notes, self.roots = {}, {}, {}, {}
        self.used, self.items = set(), set()
        if os.path.isdir(path):
            self.list_folder("", 0)
        else:
            self.zip = zipfile.ZipFile(path)
            self.list_zip(self.zip.infolist())
        need(self.names.keys() >= REQUIRED, "files are missing: not a packet, or not a whole one")
        self.proven = self.numbered("proof")

    def list_folder(self, prefix, depth):
        need(depth <= 3, "folders nested deeper than a packet's")
        with os.scandir(os.path.join(self.folder, prefix)) as found:
            for one in found:
                need(not one.is_symlink(), "holds a link")
                if one.is_dir(follow_symlinks=False):
                    self.list_folder(prefix + one.name + "/", depth + 1)
                else:
                    self.take(prefix + one.name, None)

    def list_zip(self, listed):
        tops = {one.filename.split("/", 1)[0] for one in listed}
        below = len(tops) == 1 and not any(one.filename == "bagit.txt" for one in listed)
        for one in listed:
            name = one.filename[len(min(tops)) + 1 if below else 0 :]
            need(one.orig_filename == one.filename, "a name that programs read differently")
            if not name or name.endswith("/"):
                need(FOLDERS.fullmatch(name) and not one.file_size, "holds a folder that no packet has")
                continue
            plain = stat.S_IFMT(one.external_attr >> 16) in (0, stat.S_IFREG) and not one.flag_bits & 1
            need(plain, "holds a link, a special file, or an encrypted one")
            self.take(name, one)

    def take(self, name, member):
        need(largest(name) and name not in self.names, "holds the same name twice")
        need(len(self.names) < MOST_FILES, "more files than a packet may hold")
        self.names[name] = member

    def read(self, name):
        """The bytes of a file."""
        hashed, parts, size, room, member = hashlib.sha256(), [], 0, largest(name), self.names[name]
        if member:
            room = min(room, max(MEBI, member.compress_size * MOST_RATIO))
        try:
            path = os.path.join(self.folder, name)
            with self.zip.open(member) if member else os.fdopen(os.open(path, OPEN_FLAGS), "rb") as file:
                need(member or stat.S_ISREG(os.fstat(file.fileno()).st_mode), "not a plain file")
                for part in iter(lambda: file.read(MEBI), b""):
                    size, self.left = size + len(part), self.left - len(part)
                    need(size <= room and self.left >= 0, name + " is larger than it may be")
                    hashed.update(part)
                    parts.append(part)
        except OSError as error:
            raise ValueError(name + " cannot be read") from error
        self.hashes[name], self.sizes[name] = hashed.hexdigest(), size
        return b"".join(parts)

    def lines(self, name):
        """The lines of a file, each ended by a line break."""
        text = self.read(name).decode("utf-8")
        need(text.endswith("\n"), name + " does not end with a line break")
        return text[:-1].split("\n")

    def records(self, name):
        """The objects in a list, which may be empty or not there."""
        return map(strict_json, self.lines(name) if name in self.names and self.read(name) else [])

    def numbered(self, what):
        """The files of one kind, by number."""
        return {int(number): name for name in self.names for one, number in [kind(name)] if one == what}

    def check_signature(self):
        """Check the signature over the list of files (OpenSSH's sshsig); gives the signer's key."""
        form = 'breakwater namespaces="breakwater-packet" ssh-ed25519 (.+)\n'
        line = re.fullmatch(form, self.read("signer.pub").decode())
        public = unbase64(need(line, "signer.pub is not in the form of a packet").group(1))
        need(public == string(b"ssh-ed25519") + string(public[-32:]), "signer.pub holds another kind of key")
        form = "-----BEGIN SSH SIGNATURE-----\n([^-]+)\n-----END SSH SIGNATURE-----\n"
        armoured = re.fullmatch(form, self.read("tagmanifest-sha256.txt.sig").decode())
        blob = unbase64(need(armoured, "the signature is damaged").group(1).replace("\n", ""))
        common = string(b"breakwater-packet") + string(b"") + string(b"sha512")
        head = b"SSHSIG\0\0\0\1" + string(public) + common + b"\0\0\0\x53" + string(b"ssh-ed25519")
        need(blob[:-64] == head + b"\0\0\0\x40", "the signature is damaged")
        listed = hashlib.sha512(self.read("tagmanifest-sha256.txt")).digest()
        signed = signature_holds(public[-32:], b"SSHSIG" + common + string(listed), blob[-64:])
        need(signed, "the signature over the list of files is wrong")
        return public[-32:]

    def check_manifest(self, name, there):
        """Hashes by file name, which must be those of exactly the files that are there."""
        rows = [re.fullmatch(r"([0-9a-f]{64})  ([ -~]{1,200})", line) for line in self.lines(name)]
        listed = {row.group(2): row.group(1) for row in rows if row}
        need(len(listed) == len(rows) and set(listed) == there, name + " does not name exactly the files")
        return listed

    def check_log(self, key):
        """Check leaves, checkpoints and proofs against each other."""
        lines, notes, origins = self.lines("data/leaves.txt"), self.numbered("note"), set()
        need(all(re.fullmatch("[0-9a-f]{64}", line) for line in lines), "leaves.txt is damaged")
        need(len(notes) <= 64, "more checkpoints than a packet holds")
        self.leaves = [bytes.fromhex(line) for line in lines]
        for size, name in sorted(notes.items()):
            self.notes[size] = self.read(name).decode("utf-8")
            origin, said, root = read_note(self.notes[size], key)
            need(0 < said == size <= len(lines), f"checkpoint {size} does not belong to this log")
            need(self.root(size) == root, f"checkpoint {size} does not match the log")
            origins.add(origin)
        need(len(origins) == 1, "checkpoints of no log, or of different logs")
        need(len(lines) in self.notes, "the newest entries are covered by no checkpoint")
        for seq, name in sorted(self.proven.items()):
            head, _, note = self.read(name).decode("utf-8").partition("\n\n")
            rows = head.split("\n")
            path = [unbase64(row) for row in rows[2:]]
            good = rows[:2] == ["c2sp.org/tlog-proof@v1", f"index {seq}"] and {*map(len, path)} <= {32}
            need(good and len(path) < 64, "a damaged proof")
            need(note == self.notes[len(lines)] and seq < len(lines), "a proof of another log")
            root = path_root(self.leaves[seq], seq, len(lines), path)
            need(root == self.root(len(lines)), f"proof {seq} is wrong")

    def root(self, size):
        """The root over the first entries."""
        if size not in self.roots:
            self.roots[size] = tree_root(self.leaves[:size])
        return self.roots[size]

    def check_sealed(self, seq, sealed):
        """Check an entry against the log; gives its envelope and bytes, or None for what is not here."""
        why = f"item {seq} is not the one in the log"
        need(type(seq) is int and seq in self.proven, why)
        need(sealed["leaf"] == self.leaves[seq].hex() and sealed["proof"] == f"proofs/{seq}.tlog-proof", why)
        text, said, erased = sealed["envelope"], sealed["raw"], sealed["erased"]
        if sealed.get("redacted") is True:
            need((text, said, erased) == (None, None, False), f"item {seq} is redacted, yet shown")
            return None, None
        leaf, envelope = hashlib.sha256(b"\0" + text.encode("utf-8")).digest(), strict_json(text)
        need(leaf == self.leaves[seq] and envelope["seq"] == seq and "redacted" not in sealed, why)
        digest, name = envelope["sha256"], f"data/{said}"
        if said is None and erased is (digest is not None):
            return envelope, None
        good = digest is not None and erased is False and name in self.names
        good = good and (said == f"raw/{digest}" or kind(name)[0] == "media")
        raw = self.read(need(good, f"the sealed bytes of item {seq} are missing") and name)
        same = self.hashes[name] == digest and len(raw) == envelope["len"]
        self.used.add(need(same, f"the sealed bytes of item {seq} were changed") and name)
        return envelope, raw

    def check_item(self, record):
        """Check one item; gives whether it is redacted, whether erased, and whether its text was found."""
        seq, text, at = record["seq"], record["post"]["text"], record["sealed_at"]
        envelope, raw = self.check_sealed(seq, record["sealed"])
        good = type(text) is str and seq not in self.items
        self.items.add(seq)
        if envelope is None:
            good = good and record["blanked"] == blanked({"post": record["post"], "sender": record["sender"]})
            need(good and at is None, f"item {seq} is redacted in other places than it says")
            return True, False, False
        sealed = EPOCH + datetime.timedelta(microseconds=envelope["recv_utc_us"])
        good = good and at == sealed.isoformat("T", "microseconds")[:-6] + "Z" and "blanked" not in record
        need(good, f"item {seq} is there twice, or does not say what its entry says")
        exact = json.dumps(text, ensure_ascii=False)[1:-1]
        forms = {text, text.replace('"', '""'), json.dumps(text)[1:-1], exact}
        found = raw is not None and any(form.encode("utf-8", "surrogatepass") in raw for form in forms)
        return False, raw is None and envelope["sha256"] is not None, found

    def check_items(self):
        """Check items and what stands beside them; counts redacted, erased, and texts found."""
        counts, beside = [0, 0, 0], {}
        for record in self.records("data/entries.jsonl"):
            counts = [sum(one) for one in zip(counts, self.check_item(record))]  # noqa: B905
        for record in self.records(SEALED):
            need(record["seq"] not in beside, "the same entry twice")
            self.check_sealed(record["seq"], record["sealed"])
            beside[record["seq"]] = record["sealed"]["raw"]
        for name in (CONTEXT, MEDIA, STANDING):
            for record in self.records(name):
                seq = record["sealed_as"]
                good = name == STANDING if seq is None else type(seq) is int and seq in beside
                if name == CONTEXT:
                    shown = {"post": record["post"], "author": record["author"]}
                    good = good and record.get("blanked", {}) == blanked(shown)
                good = good and (name != MEDIA or record["file"] == beside[seq])
                need(good and record["item"] in self.items, name + " says something that does not hold")
        need({*self.items, *beside} == {*self.proven}, "items and proofs do not belong together")
        there = {name for name in self.names if kind(name)[0] in ("raw", "media")}
        need(self.used == there and {*self.numbered("card")} <= self.items, "a file of no item")
        return counts

    def check_anchors(self):
        """Check that anchors and time stamps are over this log; gives lines on the time stamps."""
        said, tokens = [], []
        for count, record in enumerate(self.records(ANCHORS)):
            size, token = record["size"], record["token"]
            good = count < 200 and type(size) is int and 0 < size <= len(self.leaves)
            need(good and record["root"] == self.root(size).hex(), "an anchor of another log")
            if token is None:
                continue
            name = f"data/{token}"
            need(kind(name)[0] == "token" and name in self.names, "an anchor without its time stamp")
            tokens.append(name)
            content = inside(self.read(name), (0, 48), (1, 48))
            info = inside(content, (1, 160), (0, 48), (2, 48))
            imprint = inside(info, (1, 160), (0, 4), (0, 48), (2, 48))
            kinds = inside(content, (0, 6)), inside(info, (0, 6)), inside(imprint, (0, 48), (0, 6))
            good = [one.hex() for one in kinds] == KINDS and inside(imprint, (1, 4)) == self.root(size)
            need(good, "a time stamp over something else")
            command = f"openssl ts -verify -digest {record['root']} -in {name} -CAfile AUTHORITY.pem"
            said.append(f"Time stamp present over {size} entries, check the signature with: {command}")
        need(sorted(tokens) == sorted(self.numbered("token").values()), "time stamps of no anchor")
        return said

    def check_about(self, key):
        """What the packet says about itself; gives the required fields it says are missing."""
        rows = [line.partition(": ") for line in self.lines("bag-info.txt")]
        need(all(colon for _, colon, _ in rows) and len(rows) < 1000, "bag-info.txt is damaged")
        about = {label: [value for other, _, value in rows if other == label] for label, _, _ in rows}
        sizes = [size for name, size in self.sizes.items() if name.startswith("data/")]
        good = about.get("Payload-Oxum") == [f"{sum(sizes)}.{len(sizes)}"]
        need(good and about.get("Breakwater-Signer") == [key.hex()], "bag-info.txt is wrong")
        new = any(name in NEW or kind(name)[0] in ("token", "media", "card") for name in self.names)
        known = (["2"],) if new else (["1"], ["2"])
        need(about.get("Breakwater-Packet-Format") in known, "another format: get a newer verify.py")
        return about.get("Breakwater-Missing", [])


def check(path, trusted, roots):
    """Check a packet; gives the lines to show. Raises OSError when there is nothing to read."""
    packet = Packet(path)
    good = packet.lines("bagit.txt") == ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"]
    need(good, "bagit.txt is not that of a packet")
    key, top = packet.check_signature(), {name for name in packet.names if "/" not in name}
    listed = packet.check_manifest("tagmanifest-sha256.txt", top - LISTS)
    listed.update(packet.check_manifest("manifest-sha256.txt", packet.names.keys() - top))
    packet.check_log(key)
    redacted, erased, found = packet.check_items()
    stamps = packet.check_anchors()
    for name, digest in sorted(listed.items()):
        need(name in packet.hashes or packet.read(name) is not None, name)
        need(packet.hashes[name] == digest, name + " was changed")
    missing = packet.check_about(key)
    need(trusted in (b"", key), "signed by another key than the one you gave")
    for size, root in roots:
        need(size <= len(packet.leaves), "the fingerprint covers more entries than this log has")
        need(packet.root(size) == root, "the log is not the one whose fingerprint you gave")
    outside = (trusted, "signed by the key you gave"), (roots, "matches the fingerprint you gave")
    known = [words for given, words in outside if given]
    whole, size = (packet.items, packet.leaves, packet.notes), max([0, *(size for size, _ in roots)])
    said = [
        "VERDICT: " + (" and ".join(known) or "internally consistent only"),
        "{} items, {} entries in the log, {} checkpoints".format(*map(len, whole)),
        f"{found} items' text found word for word in the sealed bytes",
        f"{erased} items without bytes: the person erased them",
        f"{redacted} items redacted: without the original, only their place in the log can be checked",
        "Key of the signer: " + key.hex(),
        "The packet says about itself: " + ("missing " + ", ".join(missing) if missing else "complete"),
        f"Entries after number {size} are not covered by the fingerprint." if roots else "",
        "" if known else "Whoever owns the computer could have made this. Ask for the key or a fingerprint.",
    ]
    return list(filter(None, said + stamps))


def parse_root(text):
    """A fingerprint given as SIZE:HASH."""
    size, _, digest = text.partition(":")
    root = bytes.fromhex(digest) if len(digest) == 64 else base64.b64decode(digest, validate=True)
    need(int(size) > 0 and len(root) == 32, "not SIZE:HASH")
    return int(size), root


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
    except OSError as error:
        said, code = [f"Nothing to read: {error.strerror}"], 2
    except Exception as error:  # noqa: BLE001 - whatever a packet breaks, it does not verify
        said, code = ["VERDICT: does not verify", str(error) if type(error) is ValueError else "damaged"], 1
    # A packet's own words are shown in ASCII: nothing in them can play with the terminal.
    sys.stdout.write("\n".join(said).encode("ascii", "backslashreplace").decode("ascii") + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
