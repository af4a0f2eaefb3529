import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { orthotope } from "./command_line.ts";

interface Finding {
  readonly name: string;
  readonly works: boolean;
  readonly reason?: string;
  readonly picturesPerSecond?: number;
}

/** What `doctor --json` finds; with `adapter` false, on a machine without a WebGPU adapter. */
async function examine(seconds: string, { adapter = true } = {}) {
  const command = orthotope(["doctor", "--json", "--quiet", "--seconds", seconds], adapter ? {} : { DENO_WEBGPU_BACKEND: "none" });
  const { code, stdout } = await command.output();
  assertEquals(code, 0);
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("doctor tells versions, and what works here and how fast", async () => {
  const found = await examine("0.05");
  for (const name of ["orthotope", "deno", "onnxruntime-node", "three"]) assert(/^\d+\.\d+\.\d+/.test(found.versions[name]), name);
  const findings: Finding[] = [...found.providers, ...found.renderers];
  const working = findings.filter(({ works }) => works);
  for (const name of ["cpu", "raster"]) assert(working.some((finding) => finding.name === name), name);
  for (const { name, picturesPerSecond = 0 } of working) assert(picturesPerSecond > 0, name);
  for (const { reason } of findings.filter(({ works }) => !works)) assert(reason !== undefined && !reason.includes("\n"));
});

Deno.test("doctor without a WebGPU adapter says so", async () => {
  const found = await examine("0", { adapter: false });
  assertEquals(found.adapter, null);
  const three = found.renderers.find(({ name }: Finding) => name === "three");
  assertEquals(three.works, false);
  assertStringIncludes(three.reason, "--renderer raster");
  assertEquals(found.renderers.find(({ name }: Finding) => name === "raster"), { name: "raster", works: true });
});
