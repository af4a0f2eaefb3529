import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../../core/errors.ts";
import { fitLabels, parseLabels, resolveClass } from "../../../../plugins/classifiers/onnx/labels.ts";

const LABELS = ["tench, Tinca tinca", "crane", "beer bottle", "water bottle", "cup", "crane", "7"];

Deno.test("parseLabels() reads one label a line, with and without synsets", () => {
  assertEquals(parseLabels("tench\r\ngoldfish, Carassius auratus\n\n", "l.txt"), ["tench", "goldfish, Carassius auratus"]);
  assertEquals(parseLabels("n01440764 tench, Tinca tinca\nn01443537 goldfish\n", "l.txt"), ["tench, Tinca tinca", "goldfish"]);
  assertEquals(parseLabels(new TextEncoder().encode("\ufefftench\ngoldfish"), "l.txt"), ["tench", "goldfish"]);
});

Deno.test("parseLabels() reads JSON as others write it", () => {
  const expected = ["tench", "goldfish"];
  for (
    const text of [
      '["tench", "goldfish"]',
      '{"1": "goldfish", "0": "tench"}',
      '{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"]}',
      '{"goldfish": 1, "tench": 0}',
      '\ufeff [ "n01440764 tench", "goldfish" ]\n',
    ]
  ) assertEquals(parseLabels(text, "l.json"), expected);
});

const WRONG: [name: string, text: string, message: string][] = [
  ["nothing", "", "Labels l.txt must name every class: the label of class 0 is empty"],
  ["an empty line", "a\n\nb", "the label of class 1 is empty"],
  ["broken JSON", '["a"', "Labels l.txt, which begin as JSON does, must be JSON: "],
  ["an empty array", "[]", "Labels l.txt must be one label a line, a JSON array of labels, or a JSON object from index to label"],
  ["numbers", "[1, 2]", "they are none of these"],
  ["objects", '[{"name": "a"}]', "they are none of these"],
  ["a missing index", '{"0": "a", "2": "b"}', "they are none of these"],
  ["keys that are no indices", '{"a": "b"}', "they are none of these"],
  ["a huge index", '{"4000000000": "a"}', "they are none of these"],
];

for (const [name, text, message] of WRONG) {
  Deno.test(`parseLabels() refuses ${name}`, () => {
    assertThrows(() => parseLabels(text, "l.txt"), InputError, message);
  });
}

Deno.test("fitLabels() leaves out a background class, and refuses another number than that of the classes", () => {
  const thousand = Array.from({ length: 1000 }, (_, i) => `class ${i}`);
  assertEquals(fitLabels(thousand, { classes: 1000, name: "l.txt" }), thousand);
  assertEquals(fitLabels(["background", ...thousand], { classes: 1000, name: "l.txt" }), thousand);
  assertThrows(
    () => fitLabels(thousand.slice(1), { classes: 1000, name: "l.txt" }),
    InputError,
    "Labels l.txt must name the 1000 classes of the classifier: they name 999",
  );
});

Deno.test("resolveClass() takes an index, a label, and a synonym in upper or lower case", () => {
  assertEquals(resolveClass("4", LABELS, 7), 4);
  assertEquals(resolveClass(4, LABELS, 7), 4);
  assertEquals(resolveClass("4", [], 7), 4);
  assertEquals(resolveClass("Cup", LABELS, 7), 4);
  assertEquals(resolveClass(" tinca TINCA ", LABELS, 7), 0);
  assertEquals(resolveClass("tench, Tinca tinca", LABELS, 7), 0);
  assertEquals(resolveClass("water bottle", LABELS, 7), 3);
});

const UNKNOWN: [wanted: string | number, labels: string[], message: string][] = [
  ["7", LABELS, "Class must be an index in [0, 6] or a label: current value is 7"],
  [-1, LABELS, 'Unknown class "-1"'],
  [1.5, LABELS, 'Unknown class "1.5"'],
  ["crane", LABELS, 'Class "crane" is the label of several: give an index, 1 (crane), 5 (crane)'],
  ["bottle", LABELS, 'Unknown class "bottle": give a whole label or an index, as 2 (beer bottle), 3 (water bottle)'],
  ["tensh", LABELS, 'Unknown class "tensh", did you mean "tench"'],
  ["", LABELS, 'Unknown class ""'],
  ["cup", [], 'Class "cup" needs labels: give a labels file, or an index in [0, 6]'],
];

for (const [wanted, labels, message] of UNKNOWN) {
  Deno.test(`resolveClass() refuses ${JSON.stringify(wanted)} of ${labels.length} labels`, () => {
    assertThrows(() => resolveClass(wanted, labels, 7), InputError, message);
  });
}
