import type { Normalization } from "../../core/classifier.ts";
import { IMAGENET_NORMALIZATION } from "./normalization.ts";

/** A network that can be pulled by its name. */
export interface CatalogEntry {
  readonly name: string;
  /** Where its file is, the best place first: the same file everywhere. */
  readonly urls: readonly string[];
  /** Size of its file; absent where it is not pinned. */
  readonly bytes?: number;
  /** SHA-256 of its file, 64 hexadecimal digits; absent where it is not pinned: the first pull then says it. */
  readonly sha256?: string;
  /** License of file and weights, by SPDX. */
  readonly license: string;
  /** Side of the pictures that it was trained for, in pixels. */
  readonly side: number;
  /** What its file wants of pictures in [0, 1]. */
  readonly normalization: Normalization;
  /** Names of its classes: ImageNet's 1000. */
  readonly labels: "imagenet";
  /** Published errors on ImageNet's validation set, one central crop, in percent. */
  readonly top1Error: number;
  readonly top5Error: number;
  /** What the errors are said of. */
  readonly published: string;
  /** Name of the same network and weights in torchvision, where it has them. */
  readonly torchvision?: string;
}

/** Where the ONNX Model Zoo keeps its files: first its repository's store of large files, then its archive, by the same paths. */
const ZOO = [
  "https://media.githubusercontent.com/media/onnx/models/main/",
  "https://huggingface.co/onnxmodelzoo/legacy_models/resolve/main/",
];

/** Hosts that pulls may reach: the catalog's own, and those to which they redirect. `deno.json` allows the task `models` no others. */
export const CATALOG_HOSTS = ["media.githubusercontent.com", "huggingface.co", "*.huggingface.co", "*.hf.co"] as const;

const TORCHVISION = "torchvision, weights IMAGENET1K_V1";
const MODEL_ZOO = "ONNX Model Zoo";

interface Facts {
  readonly bytes?: number;
  readonly sha256?: string;
  readonly side?: number;
  readonly errors: readonly [top1: number, top5: number];
}

function fromTorchvision(name: string, { bytes, sha256, side = 224, errors: [top1Error, top5Error] }: Facts): CatalogEntry {
  const path = `Computer_Vision/${name}_Opset17_torch_hub/${name}_Opset17.onnx`;
  return {
    name,
    urls: ZOO.map((place) => place + path),
    ...(bytes === undefined ? {} : { bytes }),
    ...(sha256 === undefined ? {} : { sha256 }),
    license: "BSD-3-Clause",
    side,
    normalization: IMAGENET_NORMALIZATION,
    labels: "imagenet",
    top1Error,
    top5Error,
    published: TORCHVISION,
    torchvision: name,
  };
}

function fromZoo(name: string, path: string, { bytes, sha256, side = 224, errors: [top1Error, top5Error] }: Facts): CatalogEntry {
  return {
    name,
    urls: ZOO.map((place) => `${place}validated/vision/classification/${path}`),
    bytes,
    sha256,
    license: "Apache-2.0",
    side,
    normalization: IMAGENET_NORMALIZATION,
    labels: "imagenet",
    top1Error,
    top5Error,
    published: MODEL_ZOO,
  };
}

/** The paper's four networks first (its VGG-11 without batch normalization is in no ONNX catalog), then what people use besides. */
export const CATALOG: readonly CatalogEntry[] = [
  fromTorchvision("alexnet", {
    bytes: 244_407_335,
    sha256: "d1fef6de9abfd04669ff0c450eaf02609f544c47623e6b80346180737863f5ee",
    errors: [43.478, 20.934],
  }),
  fromTorchvision("vgg11_bn", {
    bytes: 531_458_922,
    sha256: "c91dfcaf5eabf308be87f3517e601d2c52a7bcc64452b90381a4958caaf86289",
    errors: [29.63, 10.19],
  }),
  fromTorchvision("resnet50", {
    bytes: 102_146_338,
    sha256: "eb6eabe74f278fb55336e49e639b2367dda69f6f3b0d86dea7ffa9d55e6a0939",
    errors: [23.87, 7.138],
  }),
  // Shifts from ImageNet's normalization to its own by itself.
  fromTorchvision("inception_v3", { side: 299, errors: [22.706, 6.55] }),
  fromTorchvision("squeezenet1_1", {
    bytes: 4_958_202,
    sha256: "fbb553444cab298bcac72cf623694e277dfe11d78662108f91ff46b6acb2cc5f",
    errors: [41.822, 19.376],
  }),
  fromZoo("mobilenet_v2", "mobilenet/model/mobilenetv2-12.onnx", {
    bytes: 13_964_571,
    sha256: "c0c3f76d93fa3fd6580652a45618618a220fced18babf65774ed169de0432ad5",
    errors: [30.52, 10.74],
  }),
  fromZoo("vgg16", "vgg/model/vgg16-12.onnx", {
    bytes: 553_437_752,
    sha256: "722c42f53ca03a5480296bf8f9c85a151de3eed9ec982d7d2302ff6e2900c67b",
    errors: [27.62, 9],
  }),
  fromTorchvision("convnext_tiny", {
    bytes: 114_441_019,
    sha256: "66ce90ae0aaba2d7df6fac5354a26f58fba8a4e4e104d1404491ffdcfddbb8b1",
    errors: [17.48, 3.854],
  }),
  fromTorchvision("swin_t", {
    bytes: 115_634_798,
    sha256: "2cafa37bdb18a4251764ff25d3800e43154e72bca33d9fbaa0f4f425e12319f2",
    errors: [18.526, 4.224],
  }),
];
