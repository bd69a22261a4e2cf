#!/usr/bin/env python3
"""Verifies an export of a BYOK audit log: verify.py EXPORT KEY [NOTE-FILE]. Written from docs/audit.md alone.

Prints the number of leaves and exits 0, or says what is wrong and exits 1. Ed25519 is RFC 8032, in plain Python."""
import base64, hashlib, json, struct, sys

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()


def need(holds, why):
    if not holds:
        sys.exit("NOT PROVED: " + why)


def add(a, b):
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(k, point):
    total = (0, 1, 1, 0)
    while k:
        if k & 1:
            total = add(total, point)
        point, k = add(point, point), k >> 1
    return total


def point(encoded):
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    need(y < P and (x * x - square) % P == 0, "a point is not on the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def ed25519(public, message, signature):
    s = int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left = times(s, (BASE[0], BASE[1], 1, BASE[0] * BASE[1] % P))
    right = add(point(signature[:32]), times(k, point(public)))
    return s < L and (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


BASE = point(bytes.fromhex("58" + "66" * 31))


def state(note, key):
    origin, key_hash, typed = key.strip().split("+", 2)
    typed = base64.b64decode(typed)
    need(typed[:1] == b"\1" and sha(origin.encode(), b"\n", typed)[:4].hex() == key_hash, "this is no key")
    text, _, signatures = note.partition("\n\n")
    for line in signatures.splitlines():
        dash, name, blob = line.split(" ")
        blob = base64.b64decode(blob)
        if name == origin and blob[:4].hex() == key_hash and ed25519(typed[1:], (text + "\n").encode(), blob[4:]):
            name, size, root = text.split("\n")[:3]
            need(name == origin, "a state is of another log")
            return int(size), base64.b64decode(root)
    need(False, "a state is not signed by this key")


class Tree:
    def __init__(self, size, edge):
        need(bin(size).count("1") == len(edge), "the edge has another size")
        self.size, self.edge = size, list(edge)

    def append(self, level, node):
        at = self.size >> level
        while at & 1:
            node, at = sha(b"\1", self.edge.pop(), node), at >> 1
        self.edge.append(node)
        self.size += 1 << level

    def root(self):
        if not self.edge:
            return sha()
        root = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            root = sha(b"\1", left, root)
        return root


def fields(leaf):
    need(leaf[:1] == b"\1", "a leaf is of another version")
    found, at = [], 2
    while at < len(leaf):
        length = struct.unpack_from(">i", leaf, at)[0]
        at += 4
        found.append(None if length == -1 else leaf[at:at + length])
        at += max(length, 0)
    need(at == len(leaf) and len(found) == {1: 11, 2: 13}.get(leaf[1]), "a leaf has other fields")
    return found


def consistent(old, old_root, new, root, proof):  # RFC 9162, 2.1.4.2
    fn, sn, proof = old - 1, new - 1, list(proof)
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = old_root if old & (old - 1) == 0 else proof.pop(0)
    for c in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = sha(b"\1", c, fr), sha(b"\1", c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = sha(b"\1", sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and (fr, sr) == (old_root, root)


def crockford(uuid):
    number, text = int.from_bytes(uuid, "big"), ""
    for _ in range(26):
        number, text = number >> 5, "0123456789abcdefghjkmnpqrstvwxyz"[number & 31] + text
    return text


def main(export, key, since=None):
    old = state(open(since, encoding="utf-8").read(), key) if since else None
    lines = (json.loads(line) for line in open(export, encoding="utf-8"))
    head = next(lines)
    b64 = lambda texts: [base64.b64decode(text) for text in texts]
    tree, before, linked, last = Tree(head["first"], b64(head["before"])), (0, 0), old is None, None
    segment, uncovered = False, None
    for line in lines:
        linked = linked or old == (tree.size, tree.root()) if old and tree.size == old[0] else linked
        if line["type"] == "leaf":
            index = line["index"]
            need(index == tree.size and index < head["end"], "leaf %d is missing" % tree.size)
            if line.get("pruned"):
                need(segment or index == head["first"], "leaf %d cannot be pruned" % index)
                uncovered = index if uncovered is None else uncovered
                tree.append(0, base64.b64decode(line["hash"]))
                continue
            leaf = base64.b64decode(line["leaf"])
            found = fields(leaf)
            need(key.split("+")[0].endswith("_" + crockford(found[0])), "leaf %d is of another log" % index)
            place = (int.from_bytes(found[1], "big"), int.from_bytes(found[2], "big") if leaf[1] == 2 else 0)
            need(place[0] > before[0] and place[1] == 0 if leaf[1] == 1 else
                 place == (before[0], before[1] + 1) or index == head["first"], "leaf %d is in the wrong place" % index)
            if "blind" in line:
                said = b"\1w" + b"".join(
                    b"\xff" * 4 if one is None else struct.pack(">i", len(one)) + one
                    for one in [base64.b64decode(line["blind"])] + [
                        line[name].encode() if name in line else None for name in ("purpose", "model", "requestId")])
                need(sha(said) == found[12], "leaf %d: its words are others" % index)
            before = place
            name = int.from_bytes(found[7], "big") if leaf[1] == 1 else 0
            segment, uncovered = name == 50, None if name == 122 else uncovered
            tree.append(0, sha(b"\0", leaf))
        elif line["type"] == "checkpoint":
            size, root = state(line["note"], key)
            if size == head["size"]:
                need(tree.size == head["end"], "leaf %d is missing" % tree.size)
                for node in b64(head["after"]):
                    level = next(l for l in range(62, -1, -1) if tree.size % (1 << l) == 0 and tree.size + (1 << l) <= size)
                    tree.append(level, node)
                last = root
            need((size, root) == (tree.size, tree.root()), "the leaves before %d are not the signed ones" % size)
        elif line["type"] == "consistency" and old and line["from"] == old[0]:
            linked = consistent(*old, head["size"], last, b64(line["hashes"]))
    need(uncovered is None, "leaf %s is said to be pruned, and nothing says that a year was" % uncovered)
    need(last is not None, "the newest signed state is missing")
    linked = linked or old == (tree.size, tree.root())
    need(linked, "the history does not continue the older state")
    print(head["end"] - head["first"])


if __name__ == "__main__":
    main(*sys.argv[1:])
