"""Frugal arithmetic for training and bulk judging: one thread, no denormals, short products for training."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]


@contextmanager
def frugal(short: bool = False) -> Iterator[None]:
    """Sets the processor's and the libraries' state, and sets it back after.

    One thread: several wait for each other by spinning, which costs eightfold where cores are shared.
    No denormals: softmax shares near nothing slow a product tenfold. `short`: bfloat16 products where the
    processor has them, which saves a fifth of the time of training and gives the same figures; judging
    goes without, so that it gives the same numbers everywhere.
    """
    threads, precision = torch.get_num_threads(), torch.get_float32_matmul_precision()
    torch.set_num_threads(1)
    torch.set_float32_matmul_precision("medium" if short else precision)
    torch.set_flush_denormal(True)
    try:
        with threadpool_limits(1):
            yield
    finally:
        torch.set_flush_denormal(False)
        torch.set_float32_matmul_precision(precision)
        torch.set_num_threads(threads)
