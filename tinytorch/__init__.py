"""tinytorch: a small library in PyTorch's manner, built lesson by lesson.

What lessons have exported is here under one name, as soon as it is asked for:

>>> import tinytorch as torch
>>> x = torch.Tensor([1, 2, 3], requires_grad=True)
>>> (x * x).sum().backward()
>>> x.grad.data.tolist()
[2.0, 4.0, 6.0]

Nothing is imported before it is asked for, so that each lesson can be used before the next ones exist.
"""

import importlib
from importlib.util import find_spec

# What each lesson adds, by the module that it is exported to.
LESSONS = {
    "01 tensor": ("core.tensor", "Tensor"),
    "02 activations": ("core.activations", "Sigmoid ReLU Tanh GELU Softmax"),
    "03 layers": ("core.layers", "Layer Linear Dropout Sequential"),
    "04 losses": ("core.losses", "MSELoss CrossEntropyLoss BinaryCrossEntropyLoss log_softmax"),
    "05 autograd": ("core.autograd", "Function"),
    "06 optimizers": ("core.optimizers", "Optimizer SGD Adam AdamW"),
    "07 training": ("core.training", "Trainer CosineSchedule clip_grad_norm"),
    "08 dataloader": (
        "core.dataloader",
        "Dataset TensorDataset DataLoader RandomHorizontalFlip RandomCrop Compose",
    ),
    "09 spatial": ("core.spatial", "Conv2d MaxPool2d AvgPool2d BatchNorm2d SimpleCNN"),
    "10 tokenization": (
        "core.tokenization",
        "Tokenizer CharTokenizer BPETokenizer create_tokenizer tokenize_dataset",
    ),
    "11 embeddings": (
        "core.embeddings",
        "Embedding PositionalEncoding EmbeddingLayer create_sinusoidal_embeddings",
    ),
    "12 attention": ("core.attention", "MultiHeadAttention scaled_dot_product_attention"),
    "13 transformers": ("core.transformer", "LayerNorm MLP TransformerBlock GPT create_causal_mask"),
    "14 profiling": ("perf.profiling", "Profiler count_parameters count_flops measure_memory quick_profile"),
    "15 quantization": (
        "perf.quantization",
        "QuantizedLinear Quantizer quantize_int8 dequantize_int8 quantize_model compare_model_sizes",
    ),
    "16 compression": (
        "perf.compression",
        "KnowledgeDistillation magnitude_prune structured_prune low_rank_approximate measure_sparsity compress_model",
    ),
    "17 memoization": ("perf.memoization", "KVCache create_kv_cache enable_kv_cache disable_kv_cache"),
    "18 acceleration": ("perf.acceleration", "vectorized_matmul tiled_matmul fused_gelu"),
    "19 benchmarking": ("bench", "Benchmark BenchmarkResult BenchmarkSuite TinyMLPerf OlympicEvent precise_timer"),
    "20 capstone": ("capstone", "SimpleMLP BenchmarkReport generate_submission save_submission load_submission"),
}
_PLACES = {name: (lesson, module) for lesson, (module, names) in LESSONS.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Import what a lesson has built, and what makes Tensors record first of all."""
    if name == "__all__":
        return _exported_names()
    if name not in _PLACES:
        raise AttributeError(f"module 'tinytorch' has no attribute {name!r}")
    lesson, module = _PLACES[name]
    if not _exported(module):
        number, title = lesson.split()
        raise ImportError(f"{name} is built in lesson {number}, {title}: finish it, and run `tito export {number}`")
    if _exported("core.autograd"):
        importlib.import_module("tinytorch.core.autograd")
    value = getattr(importlib.import_module(f"tinytorch.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List what has been exported so far."""
    return sorted({*globals(), *_exported_names()})


def _exported_names() -> list[str]:
    return [name for name, (_, module) in _PLACES.items() if _exported(module)]


def _exported(module: str) -> bool:
    try:
        return find_spec(f"tinytorch.{module}") is not None
    except ModuleNotFoundError:
        return False
