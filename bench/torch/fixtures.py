"""Writes the small exported networks of fixtures/onnx_gradient, one for each family of operators, with autograd's gradients in float64.

    fixtures.py FOLDER

Each NAME.onnx has a NAME.json beside it: a batch of pictures, a weight for every output, the outputs, and the gradient of their weighted sum.
"""

import json
import sys
import warnings

import torch
from torch import nn
from torchvision.models import convnext, densenet, efficientnet, mobilenetv2, mobilenetv3, squeezenet, swin_transformer, vision_transformer
from torchvision.ops.misc import Permute

warnings.filterwarnings("ignore")
BATCH, SIZE = 2, 12


class Branches(nn.Module):
    """What Inception does: branches with pooling of both kinds, joined."""

    def __init__(self):
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(8, 6, 1, bias=False), nn.BatchNorm2d(6), nn.ReLU())
        self.second = nn.Sequential(nn.Conv2d(8, 4, (1, 3), padding=(0, 1)), nn.ReLU(), nn.Conv2d(4, 5, (3, 1), padding=(1, 0)), nn.ReLU())
        self.third = nn.Sequential(nn.AvgPool2d(3, stride=1, padding=1), nn.Conv2d(8, 4, 1), nn.ReLU())
        self.pool = nn.MaxPool2d(3, stride=2)
        self.down = nn.Conv2d(15, 3, 3, stride=2)

    def forward(self, x):
        joined = torch.cat([self.first(x), self.second(x), self.third(x)], 1)
        return torch.cat([self.down(joined), self.pool(joined)], 1)


class Resampled(nn.Module):
    """Resampling up and down, a transposed convolution, padding of all kinds, and slices with steps."""

    def __init__(self):
        super().__init__()
        self.norm = nn.InstanceNorm2d(8, affine=True)
        self.up = nn.ConvTranspose2d(8, 6, 3, stride=2, padding=1, output_padding=1)

    def forward(self, x):
        x = self.up(self.norm(x))
        x = nn.functional.interpolate(x, scale_factor=2, mode="nearest")
        x = nn.functional.interpolate(x, size=(11, 13), mode="bilinear", align_corners=False)
        x = nn.functional.interpolate(x, size=(9, 10), mode="bilinear", align_corners=True)
        x = nn.functional.pad(nn.functional.pad(x, (1, 2, 0, 1), mode="reflect"), (1, 0, 2, 1), mode="replicate")
        return nn.functional.pad(x, (1, -1, 0, 2))[:, :, 1::2, :-1]


class Elements(nn.Module):
    """Functions of single elements, reductions and broadcasting."""

    def __init__(self):
        super().__init__()
        self.slope = nn.PReLU(8)

    def forward(self, x):
        parts = torch.split(self.slope(x), [3, 2, 3], 1)
        a = torch.sqrt(torch.exp(parts[0]) + 1) / (1 + parts[2].abs())
        b = torch.log(1 + parts[1].pow(2)).mean((2, 3), keepdim=True) * torch.tanh(parts[1])
        c = torch.where(x > 0.1, nn.functional.leaky_relu(x, 0.2), nn.functional.softplus(x)) - x.amax(1, keepdim=True)
        d = nn.functional.elu(x).sum(-1, keepdim=True).expand(-1, -1, -1, x.shape[3]) - torch.sin(x)
        return torch.cat([a, b, nn.functional.log_softmax(c, 1), d.transpose(2, 3), torch.erf(c.unsqueeze(1)).squeeze(1)], 1)


class Tokens(nn.Module):
    """Pictures as sequences of tokens, for what works on those."""

    def __init__(self, block):
        super().__init__()
        self.block = block
        self.token = nn.Parameter(torch.randn(1, 1, 8))

    def forward(self, x):
        x = x.flatten(2).permute(0, 2, 1)
        x = self.block(torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1))
        return x[:, 0]


def convolutions():
    return nn.Sequential(
        nn.Conv2d(8, 8, 5, stride=2, padding=2, groups=2), nn.LocalResponseNorm(3, alpha=0.1), nn.ReLU(), nn.ZeroPad2d((0, 1, 1, 0)),
        nn.Conv2d(8, 6, 3, dilation=2, padding=1), nn.ReLU(), nn.MaxPool2d(2, stride=2, ceil_mode=True), nn.Dropout(),
        nn.AvgPool2d(2, stride=1, padding=1, count_include_pad=False))


def residual_of_mobilenet_v3():
    setting = mobilenetv3.InvertedResidualConfig(8, 3, 16, 8, True, "HS", 1, 1, 1.0)
    return mobilenetv3.InvertedResidual(setting, nn.BatchNorm2d)


def residual_of_efficientnet():
    setting = efficientnet.MBConvConfig(2, 3, 1, 8, 8, 1)
    return efficientnet.MBConv(setting, 0.0, nn.BatchNorm2d)


def windows_of_swin():
    block = swin_transformer.SwinTransformerBlock(8, 2, [4, 4], [2, 2], mlp_ratio=2.0)
    return nn.Sequential(Permute([0, 2, 3, 1]), block, swin_transformer.PatchMerging(8), Permute([0, 3, 1, 2]))


FAMILIES = {
    "convolutions": (convolutions, 9),
    "branches": (Branches, 11),
    "fire": (lambda: nn.Sequential(squeezenet.Fire(8, 4, 6, 6), nn.MaxPool2d(3, 2, ceil_mode=True), squeezenet.Fire(12, 4, 6, 6)), 13),
    "inverted_residual": (lambda: nn.Sequential(mobilenetv2.InvertedResidual(8, 8, 1, 2), mobilenetv2.InvertedResidual(8, 8, 2, 2)), 10),
    "squeeze_excitation": (residual_of_mobilenet_v3, 14),
    "silu": (residual_of_efficientnet, 13),
    "dense": (lambda: nn.Sequential(densenet._DenseBlock(2, 8, 2, 4, 0.0), densenet._Transition(16, 8)), 12),
    "convnext": (lambda: convnext.CNBlock(8, 1.0, 0.0), 14),
    "attention": (lambda: Tokens(vision_transformer.EncoderBlock(2, 8, 16, 0.0, 0.0)), 14),
    "shifted_windows": (windows_of_swin, 16),
    "resampling": (Resampled, 13),
    "elements": (Elements, 13),
}


class Classifier(nn.Module):
    def __init__(self, block):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, padding=1)
        self.block = block
        self.head = nn.LazyLinear(4)

    def forward(self, x):
        features = self.block(self.stem(x))
        return self.head(features if features.dim() == 2 else features.mean((2, 3)))


def differentiate(network, picture, weights):
    x = picture.clone().requires_grad_()
    outputs = network(x)
    (outputs * weights).sum().backward()
    return outputs.detach(), x.grad


def write(name, make, opset, folder):
    for seed in range(100):
        torch.manual_seed(seed)
        network = Classifier(make()).eval()
        picture = torch.rand(BATCH, 3, SIZE, SIZE)
        network(picture)
        for module in network.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.running_mean.normal_(0, 0.1)
                module.running_var.uniform_(0.5, 1.5)
        weights = torch.randn(BATCH, 4)
        _, single = differentiate(network, picture, weights)
        options = {"opset_version": opset, "input_names": ["input"], "output_names": ["output"]}
        torch.onnx.export(network, picture, f"{folder}/{name}.onnx", dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}}, **options)
        outputs, gradient = differentiate(network.double(), picture.double(), weights.double())
        # Only pictures on which both precisions take the same branches everywhere compare anything but luck.
        if (single - gradient).norm() / gradient.norm() < 2e-6:
            break
    else:
        raise RuntimeError(f"no picture without a close decision for {name}")
    record = {"opset": opset, "input": picture, "weights": weights, "output": outputs, "gradient": gradient}
    listed = {key: value.flatten().tolist() if isinstance(value, torch.Tensor) else value for key, value in record.items()}
    with open(f"{folder}/{name}.json", "w") as file:
        rounded = {key: [float(f"{number:.9g}") for number in value] if isinstance(value, list) else value for key, value in listed.items()}
        json.dump({"dims": list(picture.shape), **rounded}, file)


if __name__ == "__main__":
    for name, (make, opset) in FAMILIES.items():
        write(name, make, opset, sys.argv[1])
        print(name)
