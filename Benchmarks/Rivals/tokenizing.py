"""Compares the tokens of SentenceEncoder with those of the library `tokenizers`, text by text.

    tokenizing.py FOLDER PAPERS PROGRAM [COUNT]

FOLDER holds the files of a model, PAPERS are papers of JSON (a line each, perhaps packed by xz), PROGRAM is the built
program Tokenizing of this package, and COUNT is the number of papers (100,000). Each comparison prints how many texts
are equal, and how long both took on one thread:

- the papers, cut to 256 tokens and whole;
- the papers by vocab.txt alone, if the folder has it;
- titles with abstracts as pairs;
- generated texts that are hard to tokenize, alone and as pairs, and under every setting of the rules.

The first texts that differ are printed, and the exit status is then 1.
"""

import array
import itertools
import json
import lzma
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import tokenizers
from tokenizers.implementations import BertWordPieceTokenizer

FOLDER, PAPERS, PROGRAM = (pathlib.Path(argument) for argument in sys.argv[1:4])
COUNT = int(sys.argv[4]) if len(sys.argv) > 4 else 100_000
GENERATED = 20_000
PAIRED = 10_000
SHOWN = 2
WHOLE = 1_000_000


def papers():
    opened = lzma.open(PAPERS, "rt", encoding="utf-8") if PAPERS.suffix == ".xz" else open(PAPERS, encoding="utf-8")
    with opened as file:
        for line in itertools.islice(file, COUNT):
            record = json.loads(line)
            yield record.get("title") or "", record.get("abstract") or ""


# What texts are made of. Each list is one kind of difficulty.
PIECES = [
    list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
    ["the ", "model ", "embeddings ", "transformers ", "Straße ", "naïve ", "ΣΊΣΥΦΟΣ ", "İstanbul ", "unaffable "],
    [" ", "\t", "\n", "\r", "\v", "\f", "\u0085", "\u00a0", "\u2028", "\u3000", "\u200b", "\ufeff"],
    list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~") + ["«", "»", "…", "。", "・", "\u037e", "\u0387", "\u1fef", "؟", "₤", "±"],
    ["\0", "\x01", "\x7f", "\u00ad", "\ufffd", "\ue000", "\u202e", "\U000e0041"],
    ["é", "Å", "ǖ", "ẞ", "ﬁ", "Ǆ", "ấ", "Ω", "K", "ϓ", "ё", "Й", "ئ", "か\u3099", "ガ", "क़", "ো", "ඦ\u0ddd"],
    ["\u0301", "\u0327", "\u0323", "\u20dd", "\u0344", "\u0f73", "\u1dca", "\u302e", "\u1bf2"],
    ["\U0001d165", "\U0001d16e", "\U0001d15e", "\U0001d160", "\U0001d1bf", "\u09cb", "\u0cca", "\u0ccb", "\u0dda", "\u1b06", "\U00011938"],
    ["中", "文", "漢字", "\uf900", "\U00020000", "\U0002f800", "\u3400", "한국어", "값", "ㄱ", "カタカナ", "ไทย", "தமிழ்"],
    ["😀", "👩‍👩‍👧", "👍🏽", "🇩🇪", "❤️", "™", "①", "½", "𝒪", "ⅷ"],
    ["[MASK]", "[CLS]", "[SEP]", "[PAD]", "[UNK]", "[mask]", "[MASK", "[[MASK]]", "##ing", "[unused1]"],
    ["a" * 99, "b" * 100, "c" * 101, "é" * 100, "e\u0301" * 100, "中" * 3, "x" * 1000, "한" * 40],
]  # fmt: skip


def generated(seed):
    """A text of pieces of a few kinds, or of any code points."""
    bits = random.Random(seed)
    if bits.random() < 0.2:
        points = (bits.randrange(0x110000 if bits.random() < 0.5 else 0x3000) for _ in range(bits.randrange(60)))
        return "".join(chr(point) for point in points if not 0xD800 <= point < 0xE000)
    kinds = bits.sample(PIECES, bits.randint(1, 5))
    return "".join(bits.choice(bits.choice(kinds)) for _ in range(bits.randrange(40)))


def reference(folder):
    if (folder / "tokenizer.json").exists():
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    else:
        tokenizer = BertWordPieceTokenizer(str(folder / "vocab.txt"))
    tokenizer.no_padding()
    return tokenizer


def compare(name, folder, texts, limit):
    """Tokenizes texts with both, and prints how many are equal."""
    tokenizer = reference(folder)
    tokenizer.enable_truncation(limit, strategy="longest_first")
    expected = []
    start = time.perf_counter()
    for text in texts:
        encoding = tokenizer.encode(*text)
        expected.append(array.array("i", encoding.ids + (encoding.type_ids if len(text) == 2 else [])))
    theirs = time.perf_counter() - start
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.writelines(json.dumps(text, ensure_ascii=False) + "\n" for text in texts)
        file.flush()
        command = [PROGRAM, folder, file.name, str(limit)]
        lines = subprocess.run(command, check=True, capture_output=True).stdout.decode().splitlines()
    found = [array.array("i", map(int, line.split())) for line in lines[:-1]]
    assert len(found) == len(texts)
    different = [index for index in range(len(texts)) if found[index] != expected[index]]
    print(
        f"{name}: {len(texts) - len(different)} of {len(texts)} equal;"
        f" {float(lines[-1]):.2f} s, tokenizers {theirs:.2f} s",
        flush=True,
    )
    for index in different[:SHOWN]:
        print(f"  {texts[index]!r}\n    ours   {found[index].tolist()}\n    theirs {expected[index].tolist()}")
    return not different


def variants(folder):
    """Folders with every setting of the rules."""
    definition = json.loads((FOLDER / "tokenizer.json").read_text(encoding="utf-8"))
    either = (True, False)
    for lowercase, strip, clean, chinese in itertools.product(either, (None, True, False), either, either):
        definition["normalizer"] |= {
            "lowercase": lowercase, "strip_accents": strip, "clean_text": clean, "handle_chinese_chars": chinese,
        }  # fmt: skip
        (folder / "tokenizer.json").write_text(json.dumps(definition), encoding="utf-8")
        yield f"lowercase {lowercase}, strip_accents {strip}, clean_text {clean}, handle_chinese_chars {chinese}"


def main():
    print(f"tokenizers {tokenizers.__version__}")
    titled = list(papers())
    texts = [(f"{title}. {abstract}",) for title, abstract in titled]
    pairs = titled[:PAIRED]
    hard = [(generated(seed),) for seed in range(GENERATED)]
    hard_pairs = [(generated(seed), generated(seed + 1)) for seed in range(0, GENERATED, 2)]
    equal = [
        compare("papers, 256 tokens", FOLDER, texts, 256),
        compare("papers, whole", FOLDER, texts, WHOLE),
        compare("generated texts", FOLDER, hard, WHOLE),
    ]
    # With less room, tokenizers takes minutes: it keeps what it cuts off, piece by piece.
    for limit in (64, 65, 512):
        equal.append(compare(f"titles with abstracts, {limit} tokens", FOLDER, pairs, limit))
    for limit in (3, 4, 5, 16, 31, 64, 512):
        equal.append(compare(f"generated pairs, {limit} tokens", FOLDER, hard_pairs, limit))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if (FOLDER / "vocab.txt").exists():
            shutil.copy(FOLDER / "vocab.txt", folder)
            equal.append(compare("papers by vocab.txt, 256 tokens", folder, texts, 256))
            equal.append(compare("generated texts by vocab.txt", folder, hard, WHOLE))
        if (FOLDER / "tokenizer.json").exists():
            equal += [compare(f"generated texts, {rules}", folder, hard, WHOLE) for rules in variants(folder)]
    sys.exit(0 if all(equal) else 1)


main()
