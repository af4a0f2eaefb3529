import { InputError, unknownName } from "../../../core/errors.ts";
import { parseJson } from "../../../core/json.ts";

/** A synset of ImageNet in front of a label: `n01440764 tench, Tinca tinca`. */
const SYNSET = /^n\d{8}[\s,]+/;

/** How many candidates a message names. */
const NAMED = 5;

/**
 * The labels in the content of a file, by class: one a line, or a JSON array, or a JSON object from index to label or from label to index. A label may
 * hold synonyms, separated by commas; ImageNet's synset in front of them is dropped.
 *
 * @param name What to call the file in messages.
 * @throws InputError where the content has another form, or a class has no label.
 */
export function parseLabels(content: string | Uint8Array, name: string): string[] {
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  const labels = /^\s*[[{]/.test(text) ? labelsOfJson(text, name) : text.trimEnd().split(/\r?\n/);
  const cleaned = labels.map((label) => label.trim().replace(SYNSET, ""));
  const empty = cleaned.findIndex((label) => label === "");
  if (empty >= 0) throw new InputError(`Labels ${name} must name every class: the label of class ${empty} is empty`);
  return cleaned;
}

/**
 * The labels of a classifier's classes: the first label is left out where the file names a background class that the classifier does not score.
 *
 * @throws InputError where there are not as many as classes.
 */
export function fitLabels(
  labels: readonly string[],
  { classes, name }: { readonly classes: number; readonly name: string },
): readonly string[] {
  if (labels.length === classes) return labels;
  if (labels.length === classes + 1 && labels.length === 1001) return labels.slice(1);
  throw new InputError(`Labels ${name} must name the ${classes} classes of the classifier: they name ${labels.length}`);
}

/**
 * The index of a class that is given as an index, a label, or one of its synonyms, in upper or lower case.
 *
 * @param labels One a class; empty where there are none, so that only an index will do.
 * @throws InputError where it is none of them, or several, with the nearest ones.
 */
export function resolveClass(wanted: string | number, labels: readonly string[], classes: number): number {
  const text = String(wanted).trim().toLowerCase();
  if (/^\d+$/.test(text)) {
    const index = Number(text);
    if (index < classes) return index;
    throw new InputError(`Class must be an index in [0, ${classes - 1}] or a label: current value is ${wanted}`);
  }
  if (labels.length === 0) throw new InputError(`Class "${wanted}" needs labels: give a labels file, or an index in [0, ${classes - 1}]`);
  const whole = indicesOf(labels, (label) => label.toLowerCase() === text);
  const found = whole.length > 0 ? whole : indicesOf(labels, (label) => synonymsOf(label).includes(text));
  if (found.length === 1) return found[0];
  if (found.length > 1) throw new InputError(`Class "${wanted}" is the label of several: give an index, ${list(found, labels)}`);
  const near = indicesOf(labels, (label) => text !== "" && label.toLowerCase().includes(text));
  if (near.length > 0) throw new InputError(`Unknown class "${wanted}": give a whole label or an index, as ${list(near, labels)}`);
  throw unknownName("class", String(wanted), [...new Set(labels.flatMap(synonymsOf))]);
}

function labelsOfJson(text: string, name: string): string[] {
  const wrong = () =>
    new InputError(
      `Labels ${name} must be one label a line, a JSON array of labels, or a JSON object from index to label: they are none of these`,
    );
  const json = parseJson(text.trim(), `Labels ${name}, which begin as JSON does,`);
  const labels: string[] = [];
  for (const [key, value] of Object.entries(json as object)) {
    const [index, label] = typeof value === "number" ? [value, key] : [Number(key), labelOf(value)];
    if (!Number.isInteger(index) || index < 0 || label === undefined) throw wrong();
    labels[index] = label;
  }
  const indices = Object.keys(labels).length;
  if (indices === 0 || indices !== labels.length) throw wrong();
  return labels;
}

/** A label in JSON: a string, or the synset and the label, as Keras has them. */
function labelOf(value: unknown): string | undefined {
  const label = Array.isArray(value) ? value[value.length - 1] : value;
  return typeof label === "string" ? label : undefined;
}

function synonymsOf(label: string): string[] {
  return label.toLowerCase().split(",").map((synonym) => synonym.trim());
}

function indicesOf(labels: readonly string[], accepts: (label: string) => boolean): number[] {
  return labels.flatMap((label, index) => accepts(label) ? [index] : []);
}

function list(indices: readonly number[], labels: readonly string[]): string {
  const named = indices.slice(0, NAMED).map((index) => `${index} (${labels[index]})`).join(", ");
  return indices.length > NAMED ? `${named}, ...` : named;
}
