import { assert, assertThrows } from "@std/assert";
import { InputError } from "../../../../core/errors.ts";
import { decodeModel, encodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import { node, rawModel } from "./raw_model.ts";
import { tinyNetwork } from "./tiny_network.ts";

const encoder = new TextEncoder();

const DAMAGED: [name: string, bytes: () => Uint8Array, message: string][] = [
  ["nothing", () => new Uint8Array(0), "Model bad.onnx is empty: give an ONNX file"],
  ["text", () => encoder.encode("Not Found\n".repeat(50)), "Model bad.onnx is no ONNX file, or a damaged one"],
  [
    "a zip",
    () => Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, ...new Array(100).fill(7)),
    "Model bad.onnx is no ONNX file, or a damaged one",
  ],
  ["zeros", () => new Uint8Array(1000), "Model bad.onnx is no ONNX file, or a damaged one"],
  [
    "a Git LFS pointer",
    () => encoder.encode("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
    "Model bad.onnx is no ONNX file",
  ],
  ["a graph without nodes", () => rawModel({ node: [] }), "Model bad.onnx is no ONNX file, or a damaged one"],
  ["a loop of nodes", () => rawModel({ node: [{ ...node, input: ["y"] }] }), 'its node "" depends on itself'],
  [
    "data in another file",
    () => rawModel({ initializer: [{ name: "w", dims: [2], data_type: 1, data_location: 1, external_data: [new Uint8Array(2)] }] }),
    'Tensor "w" of model bad.onnx keeps its data in another file: save the model in one file, without external data',
  ],
  [
    "a huge shape",
    () => rawModel({ initializer: [{ name: "w", dims: [1e9, 1e6], data_type: 1, raw_data: new Uint8Array(8) }] }),
    'Tensor "w" of model bad.onnx must hold 4000000000000000 bytes for its shape [1000000000,1000000]: it holds 8',
  ],
  ["a shape beyond all numbers", () => rawModel({ initializer: [{ name: "w", dims: [1e15, 1e15], data_type: 1 }] }), "it holds 0"],
  [
    "a negative shape",
    () => rawModel({ initializer: [{ name: "w", dims: [-2], data_type: 1, raw_data: new Uint8Array(8) }] }),
    "it holds 8",
  ],
  [
    "half a number",
    () => rawModel({ initializer: [{ name: "w", dims: [2], data_type: 1, raw_data: new Uint8Array(7) }] }),
    "a broken number of",
  ],
  [
    "a tensor of words",
    () => rawModel({ initializer: [{ name: "w", dims: [1], data_type: 8, string_data: [encoder.encode("a")] }] }),
    "must hold numbers",
  ],
  [
    "a tensor of an unknown type",
    () => rawModel({ initializer: [{ name: "w", dims: [1], data_type: 77 }] }),
    "its element type is type 77",
  ],
  ["sparse weights", () => rawModel({ sparse_initializer: [new Uint8Array(2)] }), "keeps weights as sparse tensors"],
];

for (const [name, bytes, message] of DAMAGED) {
  Deno.test(`decodeModel() refuses ${name} in one line`, () => {
    const error = assertThrows(() => decodeModel(bytes(), "bad.onnx"), InputError, message);
    assert(!/[\n.]$|\n/.test(error.message), error.message);
  });
}

Deno.test("decodeModel() refuses a model that is cut off anywhere, in one line", () => {
  const bytes = encodeModel(tinyNetwork());
  for (let length = 0; length < bytes.length - 8; length += 7) {
    const error = assertThrows(() => decodeModel(bytes.slice(0, length), "cut.onnx"), InputError, "cut.onnx");
    assert(!error.message.includes("\n"));
  }
});

Deno.test("decodeModel() throws nothing but InputError for bytes that were changed", () => {
  const bytes = encodeModel(tinyNetwork());
  for (let i = 0; i < bytes.length; i += 3) {
    const changed = bytes.slice();
    changed[i] ^= 1 << (i % 8);
    try {
      decodeModel(changed, "changed.onnx");
    } catch (error) {
      assert(error instanceof InputError, `byte ${i}: ${error}`);
    }
  }
});
