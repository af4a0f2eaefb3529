import type { OutsidePlugin } from "@orthotope/orthotope";

export default {
  kind: "reporter",
  name: "markdown",
  version: "1.0.0",
  description: "a table of the regions, or what a map comes to, as Markdown",
  report(record) {
    if (record.command !== "map" && record.command !== "grow") return Promise.resolve([]);
    const { run } = record;
    const lines = [`# ${run.class.label.replaceAll(/[\\`*_<>|#]/g, "\\$&")} by ${run.classifier.name}`, ""];
    if (record.command === "map") {
      const { mean, minimum, maximum } = record.summary;
      lines.push(`${record.evaluations} pictures: mean score ${short(mean)}, from ${short(minimum)} to ${short(maximum)}.`);
    } else {
      lines.push(`| method | ${run.space.map(({ name }) => name).join(" | ")} | volume |`, `|---${"|---".repeat(run.space.length)}|---|`);
      for (const { method, a, b, volumeRatio } of record.regions) {
        lines.push(`| ${method} | ${a.map((low, i) => `${short(low)} to ${short(b[i])}`).join(" | ")} | ${short(100 * volumeRatio)} % |`);
      }
    }
    return Promise.resolve([{ name: `${record.command}.md`, bytes: new TextEncoder().encode(lines.join("\n") + "\n") }]);
  },
} satisfies OutsidePlugin;

function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : "unknown";
}
