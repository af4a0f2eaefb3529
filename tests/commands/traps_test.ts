import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import type { GrowRecord, MapRecord } from "../../core/record.ts";
import { readText, runCommandLine, withFolder, writeMesh, writeNetwork } from "./command_line.ts";

/** The options that name a small mesh and network. */
async function subject(folder: string): Promise<string[]> {
  return ["--mesh", await writeMesh(folder), "--classifier", await writeNetwork(folder), "--class", "1", "--out", `${folder}/out`];
}

function namesIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(new URL(`../../${folder}`, import.meta.url)), ({ name }) => name).sort();
}

Deno.test("orthotope map reports pockets of low score, and what the network saw there", () =>
  withFolder(async (folder) => {
    const map = ["map", ...await subject(folder), "--counts", "24,12"];
    const plain = await runCommandLine(...map);
    const { scores, traps: none }: MapRecord = JSON.parse(await readText(`${folder}/out/record.json`));
    assert(!plain.output.includes("trap") === (none?.length === 0));
    // Between these levels there is a pocket: scores of the small network lie close together.
    const levels = scores.toSorted((left, right) => left - right);
    const [floor, confident] = [0.3, 0.4].map((share) => levels[Math.floor(share * levels.length)]);
    const { status, output, errors } = await runCommandLine(...map, "--confident", String(confident), "--floor", String(floor));
    assertEquals(status, 0, errors);
    const { traps }: MapRecord = JSON.parse(await readText(`${folder}/out/record.json`));
    assert(traps!.length > 0);
    assertStringIncludes(output, "trap");
    for (const { bottom, score, depth, a, b } of traps!) {
      assert(score < floor && scores.includes(score));
      assertAlmostEquals(depth, confident - score, 1e-12);
      assert(a.every((low, axis) => low <= bottom[axis] + 360 * (axis === 0 ? 1 : 0) && low < b[axis]));
    }
    assert(namesIn(`${folder}/out`).includes("traps.png"));
  }));

Deno.test("orthotope grow searches every region for traps, robust and adversarial", () =>
  withFolder(async (folder) => {
    const grow = [
      "grow",
      ...await subject(folder),
      "--method",
      "oir_b",
      "--steps",
      "5",
      "--epsilon",
      "30",
      "--backdrop",
      "0",
      "--samples",
      "0",
    ];
    for (const target of ["robust", "adversarial"]) {
      const { status, errors } = await runCommandLine(...grow, "--target", target, "--floor", "0.5", "--traps", "100");
      assertEquals(status, 0, errors);
      const { regions: [{ traps }] }: GrowRecord = JSON.parse(await readText(`${folder}/out/record.json`));
      // All scores of the small network are above one half: the adversarial box is one trap, the robust one has none.
      assertEquals(traps?.map(({ share }) => share), target === "robust" ? [] : [1]);
    }
    await runCommandLine(...grow, "--traps", "0");
    const { regions: [{ traps }] }: GrowRecord = JSON.parse(await readText(`${folder}/out/record.json`));
    assertEquals(traps, null);
  }));

Deno.test("orthotope grow says that it looks for no traps where that takes more points than usual", () =>
  withFolder(async (folder) => {
    const five = ["--parameters", "azimuth,elevation,distance,roll,background", "--method", "naive", "--steps", "1", "--backdrop", "0"];
    const grow = ["grow", ...await subject(folder), ...five, "--samples", "0"];
    const { status, output, errors } = await runCommandLine(...grow);
    assertEquals(status, 0, errors);
    assertStringIncludes(errors, "Traps are not looked for: over 5 parameters that takes 1024 points of each region (--traps)");
    const [, names, cells] = output.split("\n");
    assertEquals(cells[names.indexOf("traps")], " ");
    const asked = await runCommandLine(...grow, "--traps", "1024");
    assert(!asked.errors.includes("Traps are not"), asked.errors);
    const { regions: [{ traps }] }: GrowRecord = JSON.parse(await readText(`${folder}/out/record.json`));
    assert(Array.isArray(traps));
  }));
