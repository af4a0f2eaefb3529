import type { Attribute } from "./graph.ts";
import { type AttributeMessage, own, toLong } from "./schema.ts";
import { decodeTensor, encodeTensor } from "./tensors.ts";

/** Numbers of the attribute types in onnx.proto. */
const Type = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7, strings: 8 } as const;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The attribute of a message; what is none of the plain kinds is kept whole as `raw`. */
export function decodeAttribute(message: AttributeMessage, model: string): Attribute {
  switch (own(message, "type") || impliedType(message)) {
    case Type.float:
      return { type: "float", value: message.f ?? 0 };
    case Type.int:
      return { type: "int", value: Number(message.i ?? 0) };
    case Type.string:
      return { type: "string", value: decoder.decode(message.s) };
    case Type.tensor:
      if (own(message, "t")) return { type: "tensor", value: decodeTensor(message.t!, model) };
      break;
    case Type.floats:
      return { type: "floats", value: [...(message.floats ?? [])] };
    case Type.ints:
      return { type: "ints", value: (message.ints ?? []).map(Number) };
    case Type.strings:
      return { type: "strings", value: (message.strings ?? []).map((value) => decoder.decode(value)) };
  }
  return { type: "raw", value: message };
}

/** The message of an attribute. */
export function encodeAttribute(name: string, attribute: Attribute): AttributeMessage {
  switch (attribute.type) {
    case "float":
      return { name, type: Type.float, f: attribute.value };
    case "int":
      return { name, type: Type.int, i: toLong(attribute.value) };
    case "string":
      return { name, type: Type.string, s: encoder.encode(attribute.value) };
    case "tensor":
      return { name, type: Type.tensor, t: encodeTensor(attribute.value) };
    case "floats":
      return { name, type: Type.floats, floats: [...attribute.value] };
    case "ints":
      return { name, type: Type.ints, ints: attribute.value.map(toLong) };
    case "strings":
      return { name, type: Type.strings, strings: attribute.value.map((value) => encoder.encode(value)) };
    case "raw":
      return attribute.value as AttributeMessage;
  }
}

/** Files of the first IR versions say no type: the field that is there tells it. */
function impliedType(message: AttributeMessage): number {
  if (own(message, "f") !== undefined) return Type.float;
  if (own(message, "i") !== undefined) return Type.int;
  if (own(message, "s") !== undefined) return Type.string;
  if (own(message, "t") !== undefined) return Type.tensor;
  if (message.floats?.length) return Type.floats;
  if (message.ints?.length) return Type.ints;
  if (message.strings?.length) return Type.strings;
  return 0;
}
