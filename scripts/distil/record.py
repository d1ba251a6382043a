"""Records how the reference tokenizer takes texts apart: see README.md.

    python record.py <model folder> <sample>

The texts are the lines of the sample, which are kept; their pieces are written anew.
The tokenizer gets the vocabulary that the table keeps, and each text with a space where
the table's tokenizer parts names such as `getUserToken` and `HTTPServer`.
"""

import json
import os
import re
import sys

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from distil import kept

MAX_WORD_PIECES = 6
NAME = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})"


def main(model, sample):
    with open(os.path.join(model, "vocab.txt"), encoding="utf-8") as file:
        pieces = [piece for piece in file.read().rstrip("\n").split("\n") if kept(piece)]
    vocabulary = {piece: number for number, piece in enumerate([*pieces, "[UNK]"])}
    reference = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    reference.normalizer = BertNormalizer()
    reference.pre_tokenizer = BertPreTokenizer()
    with open(sample, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    with open(sample, "w", encoding="utf-8") as file:
        for text in texts:
            encoded = reference.encode(re.sub(NAME, " ", text))
            words = {}
            for number, piece in zip(encoded.word_ids, encoded.tokens):
                words.setdefault(number, []).append(piece)
            # What is unknown is left out, and what has too many pieces.
            known = [
                piece
                for word in words.values()
                if "[UNK]" not in word and len(word) <= MAX_WORD_PIECES
                for piece in word
            ]
            file.write(json.dumps({"text": text, "pieces": " ".join(known)}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
