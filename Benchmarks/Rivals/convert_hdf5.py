"""Turns a data set of ann-benchmarks, a file of HDF5, into the files of vectors that IndexBenchmark reads.

    convert_hdf5.py FILE.hdf5 FOLDER

    train      → base.fvecs          the vectors to index
    test       → query.fvecs         the queries
    neighbors  → groundtruth.ivecs   the rows of the nearest vectors of each query, if there are any
    distances  → distances.fvecs     and how far away they are
    attribute distance → metric      euclidean is l2, angular is cosine, dot is ip

The layout is that of https://github.com/erikbern/ann-benchmarks. Rows are read and written some at a time. A folder that
is newer than the file is left alone.
"""

import os
import shutil
import sys

METRICS = {"euclidean": "l2", "angular": "cosine", "dot": "ip", "inner_product": "ip"}
ROWS_AT_ONCE = 8192


class ConversionError(Exception):
    """What is wrong with the file, and what to do."""


def write_vectors(rows, path, kind):
    """Writes a matrix with the number of components before each row; kind is the type of the components."""
    import numpy

    count, dimensions = rows.shape
    with open(path, "wb") as file:
        for start in range(0, count, ROWS_AT_ONCE):
            part = numpy.asarray(rows[start : start + ROWS_AT_ONCE])
            if kind == "<i4" and (part.min(initial=0) < 0 or part.max(initial=0) > 2**31 - 1):
                raise ConversionError(f"the rows from {start} on name neighbors that no file of 32-bit integers has")
            record = numpy.empty(len(part), dtype=[("dimensions", "<i4"), ("components", kind, (dimensions,))])
            record["dimensions"] = dimensions
            record["components"] = part
            record.tofile(file)


def convert(source, folder):
    import h5py

    with h5py.File(source, "r") as file:
        for name in ("train", "test"):
            if name not in file or file[name].ndim != 2:
                raise ConversionError(
                    f"it has no matrix '{name}', as files of ann-benchmarks have: {', '.join(file) or 'nothing at all'}"
                )
        distance = file.attrs.get("distance", "")
        distance = distance.decode() if isinstance(distance, bytes) else str(distance)
        if distance not in METRICS:
            raise ConversionError(f"its distance is '{distance}', and this benchmark knows {', '.join(METRICS)}")
        parts = [("train", "base.fvecs", "<f4"), ("test", "query.fvecs", "<f4")]
        parts += [("neighbors", "groundtruth.ivecs", "<i4"), ("distances", "distances.fvecs", "<f4")]
        for name, target, kind in parts:
            if name in file:
                write_vectors(file[name], os.path.join(folder, target), kind)
        with open(os.path.join(folder, "metric"), "w") as metric:
            metric.write(METRICS[distance] + "\n")
        sizes = f"{len(file['train'])} vectors of {file['train'].shape[1]} dimensions, {len(file['test'])} queries"
        return f"{sizes}, {METRICS[distance]}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, folder = sys.argv[1:]
    mark = os.path.join(folder, "metric")
    if os.path.exists(mark) and os.path.exists(source) and os.path.getmtime(mark) > os.path.getmtime(source):
        return
    partial = folder.rstrip("/") + ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    os.makedirs(partial)
    try:
        summary = convert(source, partial)
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(partial, folder)
        print(f"{folder}: {summary}")
    except ImportError:
        sys.exit(f"convert_hdf5.py: cannot read '{source}': h5py is missing. Install it: pip install h5py")
    except (ConversionError, OSError) as error:
        sys.exit(f"convert_hdf5.py: cannot convert '{source}': {error}")
    finally:
        shutil.rmtree(partial, ignore_errors=True)


if __name__ == "__main__":
    main()
