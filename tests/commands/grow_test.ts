import { assert, assertEquals } from "@std/assert";
import { knownPoints } from "../../commands/backdrop.ts";
import { Orthotope } from "../../core/orthotope.ts";
import type { GrowRecord } from "../../core/record.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import { interruptCommandLine, readText, runCommandLine, withFolder, writeMesh, writeNetwork } from "./command_line.ts";

/** The options that name a small mesh and network. */
async function subject(folder: string): Promise<string[]> {
  return ["--mesh", await writeMesh(folder), "--classifier", await writeNetwork(folder), "--class", "1"];
}

Deno.test("orthotope grow checks each region with points of its own", () =>
  withFolder(async (folder) => {
    const options = [...await subject(folder), "--method", "naive", "--steps", "2", "--epsilon", "10", "--backdrop", "0", "--traps", "0"];
    const checks = async (...more: string[]) => {
      const { status, output, errors } = await runCommandLine("grow", ...options, ...more, "--json", "--out", `${folder}/out`);
      assertEquals(status, 0, errors);
      return (JSON.parse(output) as GrowRecord).regions.map(({ check }) => check);
    };
    // The same box twice: naive has nothing at random.
    const [first, second] = await checks("--at", "200,30", "--at", "200,30", "--seed", "7");
    assert(first!.mean !== second!.mean);
    assertEquals([second], await checks("--at", "200,30", "--seed", "8"), "that of the next seed");
  }));

Deno.test("orthotope grow --falsify cut leaves no point in a region that the map behind the figure shows to be bad", () =>
  withFolder(async (folder) => {
    const box = ["--parameters", "azimuth,elevation,distance", "--at", "140,20,3", "--method", "oir_b", "--steps", "60", "--epsilon", "1"];
    const options = [...box, "--samples", "60", "--traps", "0", "--falsify", "cut", "--json", "--out", `${folder}/out`];
    const { status, output, errors } = await runCommandLine("grow", ...options);
    assertEquals(status, 0, errors);
    const { run, regions: [{ a, b, falsification, check }], backdrop }: GrowRecord = JSON.parse(output);
    const { points, scores } = knownPoints(backdrop!);
    const region = new Orthotope(a, b), space = new SemanticSpace(run.space);
    const seen = scores.filter((_, i) => region.contains(points.subarray(3 * i, 3 * i + 3), space));
    assert(falsification!.cuts > 0 && seen.length > 100);
    assert(Math.min(...seen) >= check!.thresholds.floor, `${Math.min(...seen)}`);
  }));

Deno.test({
  name: "orthotope grow keeps what is done when it is interrupted, and ends with status 130",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      const steps = ["--method", "naive", "--steps", "1000000", "--tolerance", "0"];
      const { status, errors } = await interruptCommandLine("grow", ...await subject(folder), ...steps, "--out", `${folder}/out`);
      assertEquals(status, 130, errors);
      const { regions: [{ stopped, steps: done, evaluations, check }], backdrop }: GrowRecord = JSON.parse(
        await readText(`${folder}/out/record.json`),
      );
      assertEquals([stopped, check, backdrop], ["interrupted", null, null]);
      assert(done < 1000000 && evaluations > 0);
    }),
});
