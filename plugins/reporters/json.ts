import type { Reporter } from "../../core/reporter.ts";

/** The record itself, from which everything else can be made again. */
export const json: Reporter = {
  kind: "reporter",
  name: "json",
  description: "The whole record as JSON, at full precision",
  report(record) {
    return Promise.resolve([{ name: "record.json", bytes: new TextEncoder().encode(formatJson(record)) }]);
  },
};

/** Fields in the order in which they are read best; others follow in alphabetical order. */
const FIELD_ORDER: readonly string[] = [
  ...["version", "command", "run", "versions", "space", "fixed", "classifier", "mesh", "class", "renderer", "shading", "seed", "plugins"],
  ...["index", "label", "name", "unit", "low", "high", "period", "sha256", "width", "height", "triangles", "colors"],
  ...["axes", "source", "values", "shape", "scores", "through", "complete", "summary"],
  ...["method", "target", "options", "initialPoint", "initialScore", "step", "a", "b", "loss", "volume", "volumeRatio", "share", "steps"],
  ...["evaluations", "gradientEvaluations", "gradients", "stopped", "facts", "check"],
  ...["samples", "mean", "meanLow", "meanHigh", "variance", "varianceHigh", "minimum", "maximum", "badShare", "badShareHigh"],
  ...["floor", "confidence", "thresholds", "containsInitialPoint", "holds", "verdict"],
  ...["point", "score", "sampledScore", "search", "cuts", "falsification", "tolerance", "adaptive"],
  ...["srvr", "srvrLow", "srvrHigh", "srvrHolding", "srvrHoldingLow", "srvrHoldingHigh", "meanRatio", "medianRatio"],
  ...["confirmed", "atBorder", "byMethod", "byClass"],
  ...["points", "methods", "bootstrap", "filter", "ranking", "rankingHolding", "rankingByMethod", "differences"],
  ...["accuracy", "labels", "kept", "shapes"],
  ...["largest", "trace", "traps", "networks", "classes", "map", "results", "regions", "backdrop", "slices"],
];

const ORDER: ReadonlyMap<string, number> = new Map(FIELD_ORDER.map((name, i) => [name, i]));

/** Longest object or list that stands on one line; lists of numbers always do. */
const LINE_LENGTH = 140;

/**
 * A record as JSON text: fields in a fixed order, numbers at full precision, null for those that are not finite, a newline at the end. The same
 * record gives the same text.
 */
export function formatJson(record: unknown): string {
  return format(record, "") + "\n";
}

function format(value: unknown, indent: string): string {
  const line = formatLine(value);
  if (indent.length + line.length <= LINE_LENGTH || typeof value !== "object" || value === null) return line;
  const inner = indent + "  ";
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object" || item === null)) return line;
    return `[\n${value.map((item) => inner + format(item, inner)).join(",\n")}\n${indent}]`;
  }
  const fields = orderedFields(value).map(([name, field]) => `${inner}${JSON.stringify(name)}: ${format(field, inner)}`);
  return `{\n${fields.join(",\n")}\n${indent}}`;
}

function formatLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatLine).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = orderedFields(value).map(([name, field]) => `${JSON.stringify(name)}: ${formatLine(field)}`);
    return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  }
  return JSON.stringify(value) ?? "null";
}

function orderedFields(object: object): [string, unknown][] {
  const rank = (name: string) => ORDER.get(name) ?? ORDER.size;
  return Object.entries(object).filter(([, field]) => field !== undefined)
    .sort(([left], [right]) => rank(left) - rank(right) || (left < right ? -1 : 1));
}
