import { zlibSync } from "fflate";

/** A picture of 8-bit RGB values, [height x width x 3]. */
export interface RgbPicture {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Red, green, blue of each pixel, row by row from above. */
  readonly values: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** Writes an 8-bit RGB picture as PNG: the same bytes on every machine, without native code. */
export function encodeRgbPng({ width, height, values }: RgbPicture): Uint8Array<ArrayBuffer> {
  if (values.length !== width * height * 3) {
    throw new RangeError(`A picture of ${width} x ${height} must hold ${width * height * 3} values: current length is ${values.length}`);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits a channel, RGB, deflate, filters by row, not interlaced
  const chunks = [
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", header),
    chunk("IDAT", zlibSync(filterRows(values, width, height), { level: 6 })),
    chunk("IEND", new Uint8Array()),
  ];
  const file = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of chunks) {
    file.set(part, offset);
    offset += part.length;
  }
  return file;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  let crc = 0xffffffff;
  for (const byte of bytes.subarray(4, -4)) crc = CRC_TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  view.setUint32(bytes.length - 4, ~crc >>> 0);
  return bytes;
}

/** Each row as its difference from its left neighbors or from the row above, whichever is smaller: what is even compresses well. */
function filterRows(values: Uint8Array, width: number, height: number): Uint8Array {
  const stride = width * 3;
  const filtered = new Uint8Array(height * (stride + 1));
  for (let row = 0; row < height; row++) {
    const start = row * stride;
    let left = 0;
    let above = 0;
    for (let i = 0; i < stride; i++) {
      left += magnitude(values[start + i] - (i < 3 ? 0 : values[start + i - 3]));
      above += magnitude(values[start + i] - (row === 0 ? 0 : values[start + i - stride]));
    }
    const target = row * (stride + 1);
    const useAbove = above <= left;
    filtered[target] = useAbove ? 2 : 1;
    for (let i = 0; i < stride; i++) {
      const reference = useAbove ? (row === 0 ? 0 : values[start + i - stride]) : (i < 3 ? 0 : values[start + i - 3]);
      filtered[target + 1 + i] = values[start + i] - reference;
    }
  }
  return filtered;
}

/** Size of a difference modulo 256. */
function magnitude(difference: number): number {
  const byte = difference & 255;
  return byte < 128 ? byte : 256 - byte;
}
