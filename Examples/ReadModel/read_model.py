"""Reads a model of latent semantics that `akin train` wrote, with nothing but Python's own modules."""

import array, struct, sys


def sections(path):
    data = open(path, "rb").read()
    assert data[:8] == b"\x89AKIN\r\n\x1a" and data[8:16].rstrip(b"\0") == b"lsa", "no model of Akin"
    table, count = struct.unpack_from("<QI", data, 32)
    result = {}
    for place in range(table, table + 64 * count, 64):
        start, length = struct.unpack_from("<QQ", data, place + 24)
        result[data[place:place + 24].rstrip(b"\0").decode()] = data[start:start + length]
    return result


def numbers(kind, section):
    values = array.array(kind, section)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def model(path):
    """The terms, and for each a vector of as many components as there are singular values."""
    found = sections(path)
    ends, text = numbers("I", found["term.offsets"]), found["term.utf8"]
    terms = [text[a:b].decode() for a, b in zip(ends, ends[1:])]
    rank = len(found["singular.values"]) // 4
    if "term.vectors" in found:
        vectors = numbers("f", found["term.vectors"])
        rows = [vectors[i * rank:(i + 1) * rank] for i in range(len(terms))]
    else:
        codes, scales = numbers("b", found["term.codes"]), numbers("f", found["term.scales"])
        rows = [[scale * c for c in codes[i * rank:(i + 1) * rank]] for i, scale in enumerate(scales)]
    return terms, rows


if __name__ == "__main__":
    for term, row in zip(*model(sys.argv[1])):
        print(term, *("%.6g" % component for component in row))
