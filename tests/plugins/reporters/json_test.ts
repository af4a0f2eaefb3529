import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { formatJson } from "../../../plugins/reporters/json.ts";
import { AZIMUTH, ELEVATION, growRecord, mapRecord, region } from "./record_parts.ts";
import { RECORDS } from "./records.ts";

/** A copy with the fields of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, field]) => [name, reversed(field)]));
}

Deno.test("formatJson() writes the same text whatever the order of the fields", () => {
  for (const record of Object.values(RECORDS)) {
    const text = formatJson(record);
    assert(formatJson(reversed(record)) === text);
    assert(text.startsWith('{\n  "command": ') && text.endsWith("}\n"));
  }
});

Deno.test("formatJson() says what JSON.stringify says: full precision, null for what is not finite", () => {
  const record = mapRecord([AZIMUTH], [4], { score: ([azimuth]) => azimuth === 90 ? NaN : azimuth === 180 ? 0.1 + 0.2 : 1e-17 });
  const parsed = JSON.parse(formatJson(record));
  assertEquals(parsed, JSON.parse(JSON.stringify(record)));
  assertEquals(parsed.scores, [1e-17, null, 0.30000000000000004, 1e-17]);
  for (const other of Object.values(RECORDS)) assertEquals(JSON.parse(formatJson(other)), JSON.parse(JSON.stringify(other)));
});

Deno.test("formatJson() keeps rows of a trace and lists of numbers on one line", () => {
  const text = formatJson(growRecord([AZIMUTH, ELEVATION], [region({ a: [1, 2], b: [3, 4] })]));
  assertStringIncludes(text, '\n        { "step": 3, "a": [1, 2], "b": [3, 4], "loss": -1 }\n');
  assertStringIncludes(formatJson({ scores: Array.from({ length: 400 }, (_, i) => i) }), ", 398, 399]\n");
});
