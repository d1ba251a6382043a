"""Makes the table of word meanings from all-MiniLM-L6-v2: see README.md.

    python distil.py <model folder> <table>

Nothing here is drawn at random, so there is no seed. The way is the one published for
static embeddings ("Model2Vec", 2024), with weights by frequency from "A Simple but
Tough-to-Beat Baseline for Sentence Embeddings", ICLR 2017.
"""

import hashlib
import os
import re
import struct
import sys
import zlib

# Sums in another order round differently: one thread always adds in the same order.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from teacher import Teacher

DIMS = 256
GROUP = 32
VERSION = 1
# A scale of code c is 2 to the power of (c - SCALE_ZERO) / SCALE_STEPS.
SCALE_STEPS = 16
SCALE_ZERO = 200
# How rare a piece must be to count fully: the constant `a` of the weights a / (a + p).
RARITY = 5e-5
# Directions are divided by their variance to this power: fewer of them decide everything.
FLATTENING = 0.25


def kept(piece):
    """What the table holds: pieces of words in the letters and digits of ASCII.

    The teacher knows English. Its single letters of other scripts would make any two texts
    of such a script look alike, and punctuation says nothing about what is meant.
    """
    return re.fullmatch(r"(##)?[a-z0-9]+", piece) is not None


def weights(vocabulary):
    """How much each piece counts: the vocabulary stands in the order of frequency, so by
    Zipf's law the rank tells it. Single characters come before the words, in no such order,
    and count as the 20th word does.
    """
    first = vocabulary.index("the")
    rank = np.maximum(np.arange(len(vocabulary)) - first, 0) + 1
    share = 1.0 / rank
    share[:first] = share[first + 19]
    share /= share.sum()
    return RARITY / (RARITY + share)


def project(vectors):
    """The directions in which the vectors differ most (PCA), flattened."""
    centred = vectors - vectors.mean(axis=0)
    variances, directions = np.linalg.eigh(centred.T @ centred / len(centred))
    directions = directions[:, ::-1][:, :DIMS]
    # A direction and its opposite serve alike: the largest component is positive.
    largest = np.abs(directions).argmax(axis=0)
    directions = directions * np.sign(directions[largest, np.arange(DIMS)])
    return (centred @ directions) * variances[::-1][:DIMS] ** -FLATTENING


def quantise(vectors):
    """Codes of scales and 4-bit values from -8 to 7, with the least error for each group."""
    groups = vectors.reshape(len(vectors), -1, GROUP)
    largest = np.ceil(np.log2(np.abs(groups).max(axis=-1) / 7) * SCALE_STEPS)
    least, codes, values = None, None, None
    for less in range(SCALE_STEPS):
        code = largest - less
        scale = 2.0 ** (code / SCALE_STEPS)[..., None]
        rounded = np.clip(np.round(groups / scale), -8, 7)
        error = ((rounded * scale - groups) ** 2).sum(axis=-1)
        if least is None:
            least, codes, values = error, code, rounded
            continue
        is_less = error < least
        least = np.where(is_less, error, least)
        codes = np.where(is_less, code, codes)
        values = np.where(is_less[..., None], rounded, values)
    codes = codes + SCALE_ZERO
    assert codes.min() >= 0 and codes.max() <= 255
    loss = (least.sum() / (vectors**2).sum()) ** 0.5
    print(f"quantising loses {100 * loss:.1f} % of the length")
    return codes.astype(np.uint8), (values + 8).astype(np.uint8)


def table(pieces, codes, values):
    """The file, as crates/recollect-meaning/src/table.rs draws it."""
    words = "\n".join(pieces).encode("ascii")
    head = struct.pack("<8sHHHHII", b"RCLMEAN\0", VERSION, DIMS, GROUP, 0, len(pieces), len(words))
    # The first half of a group lies in the low halves of its bytes.
    packed = values[..., : GROUP // 2] | values[..., GROUP // 2 :] << 4
    body = head + words + codes.tobytes() + packed.tobytes()
    return body + struct.pack("<I", zlib.crc32(body))


def main(model, path):
    with open(os.path.join(model, "vocab.txt"), encoding="utf-8") as file:
        vocabulary = file.read().rstrip("\n").split("\n")
    teacher = Teacher(os.path.join(model, "model.safetensors"))
    own, mean = teacher.token_vectors(len(vocabulary))
    # The mean as published, and the piece's own output beside it.
    both = sum(x / np.linalg.norm(x, axis=1).mean() for x in (own, mean))
    numbers = [number for number, piece in enumerate(vocabulary) if kept(piece)]
    vectors = project(both[numbers]) * weights(vocabulary)[numbers, None]
    made = table([vocabulary[number] for number in numbers], *quantise(vectors))
    with open(path, "wb") as file:
        file.write(made)
    print(f"{len(numbers)} pieces, {len(made)} bytes, SHA-256 {hashlib.sha256(made).hexdigest()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
