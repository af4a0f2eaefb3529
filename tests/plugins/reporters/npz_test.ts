import { assertEquals, assertThrows } from "@std/assert";
import { zipSync } from "fflate";
import { inflateRawSync } from "node:zlib";
import { InputError } from "../../../core/errors.ts";
import { encodeNpy } from "../../../core/npy.ts";
import { npz } from "../../../plugins/reporters/npz/npz.ts";
import { decodeNpz, encodeNpz } from "../../../plugins/reporters/npz/npz_file.ts";
import { AZIMUTH, DISTANCE, ELEVATION, growRecord, mapRecord, region, withGradients } from "./record_parts.ts";
import { biasRecord, studyRecord } from "./study_records.ts";

/** Entries of a zip file, read by its central directory: name, time and content. */
function readZip(bytes: Uint8Array): { name: string; time: number; content: Uint8Array }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  assertEquals(view.getUint32(end, true), 0x06054b50);
  let offset = view.getUint32(end + 16, true);
  return Array.from({ length: view.getUint16(end + 10, true) }, () => {
    assertEquals(view.getUint32(offset, true), 0x02014b50);
    const [method, time, packed] = [
      view.getUint16(offset + 10, true),
      view.getUint32(offset + 12, true),
      view.getUint32(offset + 20, true),
    ];
    const length = view.getUint16(offset + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(offset + 46, offset + 46 + length));
    const local = view.getUint32(offset + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const content = bytes.subarray(start, start + packed);
    offset += 46 + length + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
    return { name, time, content: method === 8 ? new Uint8Array(inflateRawSync(content)) : content };
  });
}

/** Header and float64 values of an `.npy` file as this project writes it. */
function readDoubles(content: Uint8Array): { header: string; values: number[] } {
  const start = 10 + content[8] + 256 * content[9];
  return {
    header: new TextDecoder().decode(content.subarray(10, start)).trim(),
    values: Array.from(new Float64Array(content.slice(start).buffer)),
  };
}

Deno.test("npz of a map of two parameters holds the mesh grid that NumPy would make, and z in its shape", async () => {
  const [{ name, bytes }] = await npz.report(
    mapRecord([AZIMUTH, DISTANCE], [3, 2], { score: ([azimuth, distance]) => azimuth / 1000 + distance }),
  );
  assertEquals(name, "map.npz");
  const entries = readZip(bytes);
  assertEquals(entries.map((entry) => entry.name), ["xx.npy", "yy.npy", "z.npy", "axis_azimuth.npy", "axis_distance.npy", "scores.npy"]);
  const [xx, yy, z, azimuth, , scores] = entries.map(({ content }) => readDoubles(content));
  assertEquals(xx.header, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }");
  assertEquals(xx.values, [0, 120, 240, 0, 120, 240]);
  assertEquals(yy.values, [1.5, 1.5, 1.5, 5, 5, 5]);
  assertEquals(z.values, [1.5, 1.62, 1.74, 5, 5.12, 5.24]);
  assertEquals(azimuth.values, [0, 120, 240]);
  assertEquals(scores, { header: "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }", values: [1.5, 5, 1.62, 5.12, 1.74, 5.24] });
  assertEquals(new Set(entries.map(({ time }) => time)), new Set([(1 << 21 | 1 << 16) >>> 0]), "1 January 1980, midnight");
});

Deno.test("npz of regions holds one entry a region in every array", async () => {
  const regions = [region({ a: [-20, 0], b: [80, 40] }), region({ a: [1, 2], b: [3, 4], method: "oir_b", check: null })];
  const [{ bytes }] = await npz.report(growRecord([AZIMUTH, ELEVATION], regions));
  const arrays = decodeNpz(bytes, { only: ["a", "b", "initial_points", "volume", "holds", "mean", "z", "period"] });
  assertEquals(arrays.a, { shape: [2, 2], data: Float64Array.of(-20, 0, 1, 2) });
  assertEquals(arrays.b.data, Float64Array.of(80, 40, 3, 4));
  assertEquals(arrays.initial_points.data, Float64Array.of(30, 20, 2, 3));
  assertEquals(arrays.volume, { shape: [2], data: Float64Array.of(4000, 4) });
  assertEquals(arrays.holds.data, Float64Array.of(1, -1));
  assertEquals(arrays.mean.data, Float64Array.of(0.95, NaN));
  assertEquals(arrays.period.data, Float64Array.of(360, NaN));
  assertEquals(arrays.z.shape, [8, 8]);
});

Deno.test("decodeNpz() gives back what encodeNpz() was given", () => {
  const content = { shape: [2, 2], data: Float64Array.of(1, NaN, -Infinity, 1e-300) };
  assertEquals(decodeNpz(encodeNpz({ x: content, y: { shape: [1], data: Float32Array.of(0.1) } })), {
    x: content,
    y: { shape: [1], data: Float32Array.of(0.1) },
  });
});

Deno.test("decodeNpz() refuses what is no such file, what is damaged, and what unpacks to too much", () => {
  const good = encodeNpz({ x: { shape: [1000], data: new Float64Array(1000) } });
  const cases: [Uint8Array, Parameters<typeof decodeNpz>[1], string][] = [
    [new TextEncoder().encode("text"), {}, "must be a NumPy .npz file"],
    [good.subarray(0, -30), {}, "must be a NumPy .npz file"],
    [good, { mostBytes: 8000 }, "at most 8000 bytes"],
    [good, { only: ["y"] }, 'must hold an array named "y"'],
    [zipSync({ "x.npy": encodeNpy({ shape: [2], data: new Float64Array(2) }).subarray(0, -1) }), {}, "declares 2 values"],
    [liar(good), {}, ""],
  ];
  for (const [bytes, options, message] of cases) {
    const error = assertThrows(() => decodeNpz(bytes, { name: 'Map "m.npz"', ...options }), InputError, message);
    assertEquals(error.message.includes("\n"), false);
  }
});

/** A file whose directory says that an array has 100 bytes once unpacked, while it has 8128. */
function liar(bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  const directory = view.getUint32(changed.length - 6, true);
  view.setUint32(directory + 24, 100, true);
  return changed;
}

function hasNumPy(): boolean {
  try {
    return new Deno.Command("python3", { args: ["-c", "import numpy"], stdout: "null", stderr: "null" }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const READ = `
import io, json, sys, numpy
arrays = numpy.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False)
text = lambda array: numpy.where(numpy.isnan(array), None, array) if array.dtype.kind == "f" else array
print(json.dumps({name: [arrays[name].dtype.str, arrays[name].shape, text(arrays[name]).tolist()] for name in arrays}))
`;

async function readByNumPy(bytes: Uint8Array): Promise<Record<string, [string, number[], unknown]>> {
  const python = new Deno.Command("python3", { args: ["-c", READ], stdin: "piped", stdout: "piped" }).spawn();
  const writer = python.stdin.getWriter();
  await writer.write(bytes);
  await writer.close();
  const { stdout, success } = await python.output();
  assertEquals(success, true);
  return JSON.parse(new TextDecoder().decode(stdout));
}

const present = hasNumPy();
Deno.test({
  name: `npz files are read by NumPy itself${present ? "" : " (skipped: there is no python3 with numpy)"}`,
  ignore: !present,
  async fn() {
    const map = mapRecord([AZIMUTH, ELEVATION], [4, 3]);
    const [mapFile] = await npz.report(map);
    const arrays = await readByNumPy(mapFile.bytes);
    assertEquals(arrays.z[1], [3, 4]);
    assertEquals(arrays.z[2], [0, 1, 2].map((row) => [0, 1, 2, 3].map((column) => map.scores[column * 3 + row])));
    assertEquals(arrays.scores[2], [0, 1, 2, 3].map((i) => map.scores.slice(3 * i, 3 * i + 3)));
    const [growFile] = await npz.report(
      growRecord([AZIMUTH, ELEVATION], [region({ a: [-20, 0], b: [80, 40] }), region({ a: [1, 2], b: [3, 4], method: "größe" })]),
    );
    const regions = await readByNumPy(growFile.bytes);
    assertEquals(regions.method[2], ["slab", "größe"]);
    assertEquals(regions.axes[2], ["azimuth", "elevation"]);
    assertEquals(regions.a[2], [[-20, 0], [1, 2]]);
    const [empty] = await npz.report(growRecord([AZIMUTH], []));
    assertEquals((await readByNumPy(empty.bytes)).a.slice(1), [[0, 1], []]);
  },
});

Deno.test("npz of a map with gradients holds them with the parameters last", async () => {
  const record = withGradients(mapRecord([AZIMUTH, ELEVATION], [4, 3]));
  const [{ bytes }] = await npz.report(record);
  const { gradients, z } = decodeNpz(bytes, { only: ["gradients", "z"] });
  assertEquals(gradients.shape, [4, 3, 2]);
  assertEquals(Array.from(gradients.data), record.gradients!.values);
  assertEquals(z.data[1 * 4 + 2], record.scores[2 * 3 + 1]);
});

Deno.test("npz of a study holds its regions and its maps, and no maps where none were sampled", async () => {
  const study = studyRecord([AZIMUTH, ELEVATION], [4, 3]);
  const [regions, maps] = await npz.report(study);
  assertEquals([regions.name, maps.name], ["regions.npz", "maps.npz"]);
  const { a, volume_ratio } = decodeNpz(regions.bytes, { only: ["a", "volume_ratio"] });
  assertEquals([a.shape, volume_ratio.shape], [[36, 2], [36]]);
  const { scores, xx } = decodeNpz(maps.bytes, { only: ["scores", "xx"] });
  assertEquals([scores.shape, xx.shape], [[16, 4, 3], [3, 4]]);
  assertEquals(Array.from(scores.data.subarray(5 * 12, 6 * 12)), study.results[5].scores);
  assertEquals((await npz.report(studyRecord([AZIMUTH], null))).map(({ name }) => name), ["regions.npz"]);
});

Deno.test("npz of a bias holds means [classes x lattice] and scores [classes x networks x lattice]", async () => {
  const bias = biasRecord([AZIMUTH, ELEVATION], [4, 3]);
  const [{ bytes }, regions] = await npz.report(bias);
  const { mean, scores, explained } = decodeNpz(bytes, { only: ["mean", "scores", "explained"] });
  assertEquals([mean.shape, scores.shape, explained.shape], [[2, 4, 3], [2, 3, 4, 3], [2, 3]]);
  assertEquals(Array.from(scores.data.subarray(4 * 12, 5 * 12)), bias.classes[1].networks[1].scores);
  const { network_means } = decodeNpz(regions.bytes, { only: ["network_means"] });
  assertEquals([network_means.shape, Array.from(network_means.data.subarray(0, 3))], [[2, 3], [0, 0.1, 0.2]]);
});
