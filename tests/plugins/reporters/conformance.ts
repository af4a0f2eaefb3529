import { assert, assertEquals } from "@std/assert";
import { unzipSync } from "fflate";
import { Buffer } from "node:buffer";
import type { Reporter, ReportFile } from "../../../core/reporter.ts";
import { reporterConformance as requirements } from "../../../plugins/conformance/reporter.ts";
import { decodeNpz } from "../../../plugins/reporters/npz/npz_file.ts";
import { testRequirements } from "../requirements.ts";
import { RECORDS } from "./records.ts";
import { parseSvg } from "./svg_elements.ts";

/** What files of a kind must be, by the ending of their names. */
const VALID: Readonly<Record<string, (file: ReportFile) => void | Promise<void>>> = {
  async png({ bytes }) {
    const { loadImage } = await import("@napi-rs/canvas");
    assertEquals(Array.from(bytes.subarray(0, 8)), [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const { width, height } = await loadImage(Buffer.from(bytes));
    const header = new DataView(bytes.buffer, bytes.byteOffset);
    assertEquals([width, height], [header.getUint32(16), header.getUint32(20)]);
    assert(width >= 200 && height >= 200 && width < 8000 && height < 8000, `${width} x ${height}`);
  },
  svg({ bytes }) {
    const [root] = parseSvg(bytes);
    assertEquals(root.attributes.xmlns, "http://www.w3.org/2000/svg");
    assert(!/NaN|undefined|Infinity/.test(JSON.stringify(root.children.map(({ attributes }) => attributes))));
  },
  json({ bytes }) {
    const text = new TextDecoder().decode(bytes);
    assert(text.endsWith("\n"));
    JSON.parse(text);
  },
  html({ bytes }) {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    assert(text.startsWith("<!DOCTYPE html>") && text.endsWith("</html>\n"));
  },
  csv({ bytes }) {
    const text = new TextDecoder().decode(bytes);
    assert(text.endsWith("\r\n"));
    assert(!/NaN|undefined|null/.test(text));
  },
  npz({ bytes }) {
    const names = Object.keys(unzipSync(bytes)).map((file) => file.replace(/\.npy$/, ""));
    assert(names.length > 0);
    const numbers = names.filter((name) =>
      !["axes", "units", "method", "target", "network", "networks", "class", "classes", "shape"].includes(name)
    );
    assertEquals(Object.keys(decodeNpz(bytes, { only: numbers })), numbers);
  },
};

/** What every reporter must obey, as tests of one reporter on a table of records. */
export function reporterConformance(reporter: Reporter): void {
  const checkFile = async (file: ReportFile) => await VALID[file.name.split(".").at(-1) ?? ""]?.(file);
  testRequirements(`reporter ${reporter.name}`, requirements(reporter, { records: RECORDS, checkFile }));
}
