"""A voice of about 1 KB for Piper's real runtime, and a collection to install it from.

The model hums: each phoneme is a tone of its own height, as long as the length scale asks for, with noise
as loud as the noise scale asks for. It has the inputs and the output of the real ones. ONNX is protobuf
(onnx.proto, IR version 8), and so little of it is needed that it is written here by hand.
"""

import hashlib
import json
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

NAME: Final = "vi_VN-vais1000-medium"
RATE_HZ: Final = 22050
SAMPLES_A_SYMBOL: Final = 661.0  # 30 ms; piper puts a blank behind every phoneme, so 60 ms for the two
FLOAT, INT64 = 1, 7  # TensorProto.DataType
CARD: Final = "# Model card for tiny\n\n* Language: vi_VN\n\n## Dataset\n\n* License: CC0 (a test)\n"


# ---------------------------------------------------------------- protobuf


def varint(number: int) -> bytes:
    """Return a number as protobuf writes it, seven bits a byte."""
    out = bytearray()
    number &= (1 << 64) - 1
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def field(number: int, value: "int | bytes | str") -> bytes:
    """Return one field: a number, or bytes behind their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def node(kind: str, inputs: Iterable[str], output: str, *attributes: bytes) -> bytes:
    """Return a NodeProto within its graph."""
    parts = [field(1, name) for name in inputs] + [field(2, output), field(4, kind)]
    return field(1, b"".join([*parts, *(field(5, one) for one in attributes)]))


def integer(name: str, value: int) -> bytes:
    """Return an AttributeProto of one integer."""
    return field(1, name) + field(3, value) + field(20, 2)


def constant(name: str, values: "list[int] | list[float]", dims: tuple[int, ...]) -> bytes:
    """Return an initializer of the graph."""
    is_float = isinstance(values[0], float)
    raw = struct.pack(f"<{len(values)}{'f' if is_float else 'q'}", *values)
    shape = b"".join(field(1, each) for each in dims)
    return field(5, shape + field(2, FLOAT if is_float else INT64) + field(8, name) + field(9, raw))


def described(number: int, name: str, kind: int, dims: Iterable["int | str"]) -> bytes:
    """Return an input or output of the graph with its shape."""
    shape = b"".join(field(1, field(1, each) if isinstance(each, int) else field(2, each)) for each in dims)
    return field(number, field(1, name) + field(2, field(1, field(1, kind) + field(2, shape))))


# ---------------------------------------------------------------- the voice


def model_bytes(loudness: float = 0.3) -> bytes:
    """Return the model; ``loudness`` tells one version of it from another."""
    graph = [
        node("Cast", ["input"], "ids", integer("to", FLOAT)),
        node("Mul", ["ids", "step"], "above"),
        node("Add", ["above", "lowest"], "heights"),  # radians a sample
        node("Reshape", ["heights", "column"], "tones"),
        node("Gather", ["scales", "one"], "length"),
        node("Gather", ["scales", "nought"], "noisiness"),
        node("Mul", ["length", "samples"], "asked"),
        node("Cast", ["asked"], "count", integer("to", INT64)),
        node("Range", ["nought", "count", "one"], "places"),
        node("Cast", ["places"], "ramp", integer("to", FLOAT)),
        node("Mul", ["tones", "ramp"], "phases"),
        node("Sin", ["phases"], "waves"),
        node("RandomNormalLike", ["waves"], "noise"),
        node("Mul", ["noise", "noisiness"], "breath"),
        node("Add", ["waves", "breath"], "sum"),
        node("Mul", ["sum", "loudness"], "quiet"),
        node("Reshape", ["quiet", "line"], "output"),
        field(2, "tiny"),
        constant("step", [0.002], ()),
        constant("lowest", [0.03], ()),
        constant("samples", [SAMPLES_A_SYMBOL], ()),
        constant("loudness", [loudness], ()),
        constant("nought", [0], ()),
        constant("one", [1], ()),
        constant("column", [1, -1, 1], (3,)),
        constant("line", [1, 1, 1, -1], (4,)),
        described(11, "input", INT64, (1, "symbols")),
        described(11, "input_lengths", INT64, (1,)),
        described(11, "scales", FLOAT, (3,)),
        described(12, "output", FLOAT, (1, 1, 1, "samples_out")),
    ]
    opset = field(8, field(1, "") + field(2, 17))
    return field(1, 8) + field(7, b"".join(graph)) + opset


def config_bytes(language: str = "vi", **changes: Any) -> bytes:
    """Return the config of the model."""
    config = {
        "audio": {"sample_rate": RATE_HZ, "quality": "medium"},
        "espeak": {"voice": language},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "num_symbols": 256,
        "num_speakers": 1,
        "speaker_id_map": {},
        **changes,
    }
    return json.dumps(config, ensure_ascii=False).encode()


# ---------------------------------------------------------------- a collection


def voice_files(name: str = NAME, **parts: bytes) -> dict[str, bytes]:
    """Return a voice's files by path in the collection; ``model``, ``config``, ``card`` replace its own."""
    language, speaker, quality = name.split("-")
    folder = f"{language[:2]}/{language}/{speaker}/{quality}"
    return {
        f"{folder}/{name}.onnx": parts.get("model", model_bytes()),
        f"{folder}/{name}.onnx.json": parts.get("config", config_bytes()),
        f"{folder}/MODEL_CARD": parts.get("card", CARD.encode()),
    }


def listing(files: dict[str, bytes], name: str = NAME, family: str = "vi") -> dict[str, Any]:
    """Return what the collection's list says of a voice."""
    facts = {
        path: {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}
        for path, data in files.items()
    }
    language = {"code": name.partition("-")[0], "family": family, "region": "VN", "name_native": "Tiếng Việt"}
    return {name: {"key": name, "language": language, "num_speakers": 1, "files": facts}}


def write_collection(folder: Path, files: dict[str, bytes] | None = None, name: str = NAME) -> Path:
    """Write a collection of one voice and return its folder."""
    files = voice_files(name) if files is None else files
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (folder / "voices.json").write_text(json.dumps(listing(files, name)), encoding="utf-8")
    return folder


def user_of(folder: Path) -> dict[str, str]:
    """Return the environment of a user whose data lie in ``folder``: never those of who runs the tests."""
    return {"XDG_DATA_HOME": str(folder), "WIN_PD_OVERRIDE_LOCAL_APPDATA": str(folder)}


def install_tiny(folder: Path, name: str = NAME, **parts: bytes) -> None:
    """Install the voice in the user's data folder, from a collection written to ``folder``."""
    from truyenthanh.engines.piper_collection import source_of
    from truyenthanh.engines.piper_install import Watch, install

    write_collection(folder, voice_files(name, **parts), name)
    install(name, source_of(str(folder)), Watch())
