import { assert, assertEquals, assertLess } from "@std/assert";
import type { GrowRecord } from "../../core/record.ts";
import { runCommandLine, withFolder, writeMesh, writeNetwork } from "./command_line.ts";

Deno.test("orthotope grow --relative checks a region by shares of what its u0 scores; --bad says how much of it may be bad", () =>
  withFolder(async (folder) => {
    const files = ["--mesh", await writeMesh(folder), "--classifier", await writeNetwork(folder), "--class", "0"];
    const grow = async (...more: string[]): Promise<GrowRecord["regions"][number]> => {
      const options = [...files, "--parameters", "azimuth", "--at", "200", "--backdrop", "0", "--traps", "0", "--samples", "64", ...more];
      const { status, errors, output } = await runCommandLine("grow", ...options, "--json", "--out", `${folder}/out`);
      assertEquals(status, 0, errors);
      return JSON.parse(output).regions[0];
    };
    const absolute = await grow("--mean", "0.8", "--floor", "0.5");
    assertEquals(absolute.check!.thresholds, { mean: 0.8, variance: 0.08, floor: 0.5, badShare: 0.01 });
    const relative = await grow("--mean", "0.8", "--floor", "0.5", "--relative", "--bad", "0.2");
    const { initialScore, check, options } = relative;
    assertEquals([options.relative, options.bad], [1, 0.2]);
    assertEquals(check!.thresholds, {
      mean: 0.8 * initialScore,
      variance: 0.08 * initialScore ** 2,
      floor: 0.5 * initialScore,
      badShare: 0.2,
    });
    assert(check!.holds);
    assertLess(check!.thresholds.mean, 0.8);
  }));
