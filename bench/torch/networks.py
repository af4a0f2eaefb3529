"""Torchvision networks with random weights: exports them, differentiates them with torch's autograd, and times that.

    networks.py export NAME FOLDER          writes network.onnx
    networks.py differentiate NAME FOLDER   reads picture.f32 and decisions, writes gradient.f64 and scores.f64, in float64
    networks.py time NAME BATCH             prints milliseconds of forward, and of forward and backward, in float32

Rectifiers and max pooling decide between branches; float32 and float64 may decide differently where it is close, and a single such decision
moves a gradient far more than rounding does. `differentiate` therefore takes every decision as the runtime took it, in the order of its nodes.
"""

import json
import sys
import time
import warnings

import numpy
import torch
import torch.nn.functional as functional
import torchvision

warnings.filterwarnings("ignore")


def load(name):
    torch.manual_seed(1)
    options = {"init_weights": False, "transform_input": False} if name == "inception_v3" else {}
    network = getattr(torchvision.models, name)(weights=None, **options).eval()
    # Statistics as they are after training differ by channel: those of an untrained network would test little.
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
            module.weight.data.uniform_(0.8, 1.2)
            module.bias.data.normal_(0, 0.1)
    size = 299 if name == "inception_v3" else 224
    # Logits of a trained network's order: otherwise the softmax says next to nothing, or saturates.
    last = [module for module in network.modules() if isinstance(module, (torch.nn.Linear, torch.nn.Conv2d))][-1]
    with torch.no_grad():
        if not last.weight.any():
            last.weight.normal_(0, 0.01)
        last.weight.mul_(2 / network(torch.rand(1, 3, size, size)).std())
    return network, size


def export(name, folder):
    network, size = load(name)
    axes = {"input": {0: "batch"}, "logits": {0: "batch"}}
    torch.onnx.export(network, torch.rand(2, 3, size, size), f"{folder}/network.onnx", opset_version=14, input_names=["input"],
                      output_names=["logits"], dynamic_axes=axes)


class Decisions:
    """What the runtime decided, in the order of its nodes."""

    def __init__(self, folder):
        self.folder = folder
        with open(f"{folder}/decisions.json") as file:
            self.entries = json.load(file)
        self.next = 0

    def take(self, kind, values):
        entry = self.entries[self.next]
        assert entry["kind"] == kind, f"torch runs {kind} where the exported graph has {entry}"
        data = numpy.fromfile(f"{self.folder}/decision_{self.next}.bin", dtype=numpy.int64 if kind == "max_pool" else numpy.uint8)
        self.next += 1
        return torch.from_numpy(data).reshape(entry["shape"])

    def rectifier(self, kind, low, high):
        """Clips to [low, high] by the runtime's word: 0 below, 1 inside, 2 above."""

        def clip(x, *_, **__):
            sides = self.take(kind, x)
            flat = torch.where(sides == 0, torch.full_like(x, low), torch.full_like(x, high))
            return torch.where(sides == 1, x, flat)

        return clip

    def max_pool(self, x, *_, **__):
        indices = self.take("max_pool", x)
        return x.reshape(-1)[indices.reshape(-1)].reshape(indices.shape)

    def install(self):
        functional.relu = self.rectifier("relu", 0, 0)
        functional.hardtanh = self.rectifier("clip", 0, 6)
        functional.max_pool2d = self.max_pool
        gate = self.rectifier("gate", 0, 1)
        functional.hardsigmoid = lambda x, *_, **__: gate(x / 6 + 0.5)
        functional.hardswish = lambda x, *_, **__: x * gate(x / 6 + 0.5)


def differentiate(name, folder):
    network, size = load(name)
    network = network.double()
    picture = numpy.fromfile(f"{folder}/picture.f32", dtype=numpy.float32).reshape(-1, 3, size, size)
    x = torch.from_numpy(picture).double().requires_grad_()
    decisions = Decisions(folder)
    decisions.install()
    scores = torch.softmax(network(x), 1)
    assert decisions.next == len(decisions.entries), "torch takes fewer decisions than the exported graph"
    with open(f"{folder}/class.json") as file:
        scores[:, json.load(file)].sum().backward()
    x.grad.numpy().tofile(f"{folder}/gradient.f64")
    scores.detach().numpy().tofile(f"{folder}/scores.f64")


def time_network(name, batch):
    torch.set_num_threads(2)
    network, size = load(name)
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    x = torch.rand(batch, 3, size, size)
    forward, both = [], []
    for _ in range(6):
        with torch.no_grad():
            start = time.perf_counter()
            network(x)
            forward.append(time.perf_counter() - start)
        variable = x.clone().requires_grad_()
        start = time.perf_counter()
        torch.softmax(network(variable), 1)[:, 0].sum().backward()
        both.append(time.perf_counter() - start)
    print(json.dumps({"forward": 1000 * min(forward), "both": 1000 * min(both)}))


if __name__ == "__main__":
    command, name, argument = sys.argv[1:]
    {"export": export, "differentiate": differentiate, "time": lambda name, batch: time_network(name, int(batch))}[command](name, argument)
