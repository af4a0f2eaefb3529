/// <reference lib="dom" />
import { PACKED_ONE, type PageData, UNKNOWN } from "../page_data.ts";

/** Reads the data that the page carries. */
export async function loadPageData(): Promise<PageData> {
  const text = document.getElementById("data")?.textContent ?? "";
  const stream = new Blob([fromBase64(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return await new Response(stream).json();
}

/** Bytes from base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text.trim());
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** Scores from their packed form; NaN where one is not known. */
export function unpackScores(packed: string): number[] {
  return Array.from(new Uint16Array(fromBase64(packed).buffer), (value) => value === UNKNOWN ? NaN : value / PACKED_ONE);
}
