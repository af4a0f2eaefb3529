import type { GateVerdict } from "./gate.ts";

/** Verdicts as JUnit XML, which build servers show as tests: a suite a run, a case a verdict. The same verdicts give the same text. */
export function formatJunit(verdicts: readonly GateVerdict[]): string {
  const runs = [...new Set(verdicts.map(({ run }) => run))];
  const suites = runs.flatMap((name) => {
    const own = verdicts.filter(({ run }) => run === name);
    return [`  <testsuite name="${escaped(name)}" ${counts(own)}>`, ...own.flatMap(testCase), "  </testsuite>"];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="orthotope" ${counts(verdicts)}>`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

/** A demand in words: `volume at least 0.38 (0.4 in runs/old)`. */
export function describeDemand({ measure, bound, limit, baseline }: GateVerdict): string {
  const back = baseline === undefined ? "" : ` (${digits(baseline.value)} in ${baseline.run})`;
  return `${measure} ${bound} ${digits(limit)}${back}`;
}

/** A share or score, to six digits: enough to see on which side of a limit it lies. */
export function digits(value: number): string {
  return Number.isNaN(value) ? "not known" : String(Number(value.toPrecision(6)));
}

function testCase(verdict: GateVerdict): string[] {
  const { network, subject, measure, value, bound, limit, baseline, met } = verdict;
  // What is measured anew in every run is no part of the name, by which build servers follow a test over time.
  const name = `${subject}: ${baseline === undefined ? describeDemand(verdict) : `${measure} against ${baseline.run}`}`;
  const start = `    <testcase classname="${escaped(network)}" name="${escaped(name)}"`;
  if (met) return [`${start}/>`];
  const message = `measured ${digits(value)}, must be ${bound} ${digits(limit)}`;
  return [`${start}>`, `      <failure message="${escaped(message)}"/>`, "    </testcase>"];
}

function counts(verdicts: readonly GateVerdict[]): string {
  return `tests="${verdicts.length}" failures="${verdicts.filter(({ met }) => !met).length}"`;
}

/** Text for an attribute; characters that XML does not have at all are left out. */
function escaped(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\u0000-\u001f\u007f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
