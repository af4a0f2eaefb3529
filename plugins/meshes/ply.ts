import { Mesh } from "three";
import { PLYLoader } from "three/addons/loaders/PLYLoader.js";
import { InputError } from "../../core/errors.ts";
import type { Corners } from "./build_mesh.ts";
import { type MeshFile, parseOrExplain } from "./mesh_file.ts";
import { cornersOf } from "./three_corners.ts";

/** Reads a PLY file, ASCII or binary of either byte order, with the colors of its vertices or faces and the normals of its vertices. */
export function readPly(file: MeshFile): Corners {
  const { bytes, path } = file;
  const header = readHeader(path, bytes);
  if (!header.elements.some(({ name, count }) => name === "face" && count > 0)) {
    throw new InputError(`Mesh "${path}" must have faces: there are none`);
  }
  const body = bytes.subarray(header.length);
  const next = header.format === "ascii" ? textReader(path, body) : binaryReader(path, body, header.format === "binary_little_endian");
  requireReadable(path, header, next);
  const geometry = parseOrExplain(file, () => new PLYLoader().parse(bytes.slice().buffer));
  return cornersOf(file, new Mesh(geometry));
}

interface Property {
  readonly name: string;
  readonly type: string;
  /** Type of the length before a list's items. */
  readonly countType?: string;
}

interface Header {
  readonly format: string;
  readonly elements: { readonly name: string; readonly count: number; readonly properties: Property[] }[];
  /** Bytes up to the body. */
  readonly length: number;
}

function readHeader(path: string, bytes: Uint8Array): Header {
  const match = /^ply\s[\s\S]*?\bend_header(\r\n|\n|\r)/.exec(new TextDecoder("latin1").decode(bytes.subarray(0, 1 << 16)));
  if (match === null) throw new InputError(`Mesh "${path}" must begin with a PLY header from "ply" to "end_header"`);
  const elements: Header["elements"] = [];
  let format = "";
  for (const line of match[0].split(/[\r\n]+/)) {
    const words = line.trim().split(/\s+/);
    if (words[0] === "format") format = words[1];
    else if (words[0] === "element") elements.push({ name: words[1], count: Number(words[2]), properties: [] });
    else if (words[0] === "property") {
      const list = words[1] === "list";
      elements.at(-1)?.properties.push(list ? { name: words[4], type: words[3], countType: words[2] } : { name: words[2], type: words[1] });
    }
  }
  if (!["ascii", "binary_little_endian", "binary_big_endian"].includes(format) || elements.some(({ count }) => !Number.isInteger(count))) {
    throw new InputError(`Mesh "${path}" must have a PLY header that names a known format and counts its elements`);
  }
  return { format, elements, length: match[0].length };
}

/**
 * Walks over the body before three's loader does: that one drops faces of more than four corners, and stops where a text is cut off, both without
 * a word.
 */
function requireReadable(path: string, header: Header, next: (type: string, count: number) => number): void {
  for (const { name, count, properties } of header.elements) {
    for (let i = 0; i < count; i++) {
      for (const property of properties) {
        const items = property.countType === undefined ? 1 : next(property.countType, 1);
        if (name === "face" && /^vertex_ind(ex|ices)$/.test(property.name) && items !== 3 && items !== 4) {
          throw new InputError(`Faces of PLY mesh "${path}" must have three or four corners: face ${i} has ${items}`);
        }
        if (items > 0 && !Number.isFinite(next(property.type, items))) {
          throw new InputError(`Values of PLY mesh "${path}" must be finite numbers: "${property.name}" of ${name} ${i} is not`);
        }
      }
    }
  }
}

const SIZES: Readonly<Record<string, number>> = {
  char: 1,
  int8: 1,
  uchar: 1,
  uint8: 1,
  short: 2,
  int16: 2,
  ushort: 2,
  uint16: 2,
  int: 4,
  int32: 4,
  uint: 4,
  uint32: 4,
  float: 4,
  float32: 4,
  double: 8,
  float64: 8,
};

/** Moves on by `count` values and returns the last one. */
function binaryReader(path: string, body: Uint8Array, little: boolean): (type: string, count: number) => number {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  let at = 0;
  return (type, count) => {
    const size = SIZES[type];
    if (size === undefined) throw new InputError(`Properties of PLY mesh "${path}" must have a known type: one has "${type}"`);
    const last = at + size * (count - 1);
    at += size * count;
    if (at > body.length) throw new InputError(`Mesh "${path}" must hold what its header counts: it is cut off after ${body.length} bytes`);
    if (/^(float|double)/.test(type)) return size === 4 ? view.getFloat32(last, little) : view.getFloat64(last, little);
    return size === 1 ? view.getUint8(last) : size === 2 ? view.getUint16(last, little) : view.getUint32(last, little);
  };
}

function textReader(path: string, body: Uint8Array): (type: string, count: number) => number {
  const words = new TextDecoder().decode(body).trim().split(/\s+/);
  let at = 0;
  return (_type, count) => {
    at += count;
    if (at > words.length) {
      throw new InputError(`Mesh "${path}" must hold what its header counts: it is cut off after ${words.length} values`);
    }
    return Number(words[at - 1]);
  };
}
