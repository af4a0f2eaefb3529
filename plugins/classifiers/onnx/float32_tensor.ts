import type { Tensor } from "./graph.ts";
import { floatTensor } from "./graph_builder.ts";
import { DataType } from "./tensors.ts";

/** Largest and least normal number of float32. */
const [LARGEST, LEAST] = [3.4028234663852886e38, 1.1754943508222875e-38];

/** The tensor's numbers as float32: what is finite stays finite, and what is not zero stays so. */
export function float32Tensor(tensor: Tensor): Tensor {
  return tensor.dataType === DataType.float ? tensor : floatTensor(tensor.dims, Float32Array.from(numbersOf(tensor), representable));
}

function numbersOf({ dataType, data }: Tensor): Iterable<number> {
  // Numbers of 16 bits are kept as bytes, at any address.
  const bytes = () => new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice().buffer;
  switch (dataType) {
    case DataType.float16:
      return new Float16Array(bytes());
    case DataType.bfloat16:
      return new Float32Array(Uint32Array.from(new Uint16Array(bytes()), (upperHalf) => upperHalf << 16).buffer);
    default:
      return Array.from<number | bigint, number>(data, Number);
  }
}

function representable(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  return Math.sign(value) * Math.min(Math.max(Math.abs(value), LEAST), LARGEST);
}
