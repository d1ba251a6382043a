"""What all-MiniLM-L6-v2 makes of each entry of its vocabulary, computed with NumPy alone.

The model is BERT with 6 layers. Everything is done in 64 bits, so that another processor
or another BLAS rounds differently in places that no quantised value depends on.
"""

import json
import math
import struct

import numpy as np

HEADS = 12
CLS, SEP = 101, 102
BATCH = 256


def read_safetensors(path):
    """All tensors of a file in the safetensors format, as 64-bit floats."""
    with open(path, "rb") as file:
        length = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(length))
        data = file.read()
    tensors = {}
    for name, about in header.items():
        if name == "__metadata__" or about["dtype"] != "F32":
            continue
        start, end = about["data_offsets"]
        values = np.frombuffer(data[start:end], dtype="<f4")
        tensors[name] = values.reshape(about["shape"]).astype(np.float64)
    return tensors


# The error function between -6 and 6 by a table; outside it is 1 to the last bit but a few.
_GRID = np.linspace(-6.0, 6.0, 24_001)
_ERF = np.array([math.erf(x) for x in _GRID])


def gelu(x):
    return 0.5 * x * (1.0 + np.interp(x / math.sqrt(2.0), _GRID, _ERF))


def layer_norm(x, weight, bias):
    x = x - x.mean(axis=-1, keepdims=True)
    return x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + 1e-12) * weight + bias


class Teacher:
    def __init__(self, path):
        self.t = read_safetensors(path)
        self.layers = 1 + max(
            int(name.split(".")[2]) for name in self.t if name.startswith("encoder.layer.")
        )

    def _linear(self, x, name):
        # One product of two matrices; of three dimensions NumPy would make many small ones.
        flat = x.reshape(-1, x.shape[-1]) @ self.t[name + ".weight"].T + self.t[name + ".bias"]
        return flat.reshape(*x.shape[:-1], -1)

    def _norm(self, x, name):
        return layer_norm(x, self.t[name + ".weight"], self.t[name + ".bias"])

    def outputs(self, ids):
        """The last layer's output for each token of a batch of rows of equal length."""
        rows, length = ids.shape
        x = (
            self.t["embeddings.word_embeddings.weight"][ids]
            + self.t["embeddings.position_embeddings.weight"][:length]
            + self.t["embeddings.token_type_embeddings.weight"][0]
        )
        x = self._norm(x, "embeddings.LayerNorm")
        size = x.shape[-1] // HEADS
        for layer in range(self.layers):
            at = f"encoder.layer.{layer}."
            split = lambda y: y.reshape(rows, length, HEADS, size).transpose(0, 2, 1, 3)
            q = split(self._linear(x, at + "attention.self.query"))
            k = split(self._linear(x, at + "attention.self.key"))
            v = split(self._linear(x, at + "attention.self.value"))
            scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(size)
            scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
            scores /= scores.sum(axis=-1, keepdims=True)
            seen = (scores @ v).transpose(0, 2, 1, 3).reshape(rows, length, HEADS * size)
            x = self._norm(
                x + self._linear(seen, at + "attention.output.dense"),
                at + "attention.output.LayerNorm",
            )
            inner = gelu(self._linear(x, at + "intermediate.dense"))
            x = self._norm(x + self._linear(inner, at + "output.dense"), at + "output.LayerNorm")
        return x

    def token_vectors(self, count):
        """For each of the first entries of the vocabulary, in `[CLS] entry [SEP]`: its own
        output, and the mean of the three.
        """
        own, mean = [], []
        for start in range(0, count, BATCH):
            middle = np.arange(start, min(start + BATCH, count))
            ids = np.stack([np.full_like(middle, CLS), middle, np.full_like(middle, SEP)], axis=1)
            outputs = self.outputs(ids)
            own.append(outputs[:, 1])
            mean.append(outputs.mean(axis=1))
        return np.concatenate(own), np.concatenate(mean)
