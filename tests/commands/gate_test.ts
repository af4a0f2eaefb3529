import { assertEquals, assertStringIncludes } from "@std/assert";
import { readText, runCommandLine, withFolder, writeMesh, writeNetwork } from "./command_line.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("orthotope gate ends with 0 where all demands are met, with 3 where one is not, and writes the same verdicts again", () =>
  withFolder(async (folder) => {
    const subject = ["--mesh", await writeMesh(folder), "--classifier", await writeNetwork(folder), "--class", "1", "--quiet"];
    const map = await runCommandLine("map", ...subject, "--counts", "3,2", "--out", `${folder}/map`);
    assertEquals(map.status, 0, map.errors);
    const lowest: number = JSON.parse(await readText(`${folder}/map/record.json`)).summary.minimum;

    const met = await runCommandLine("gate", `${folder}/map`, "--worst", String(lowest), "--against", `${folder}/map`, "--drop", "0");
    assertEquals(met.status, 0, met.errors);
    assertStringIncludes(met.output, "All demands are met");
    assertEquals(JSON.parse(await readText(`${folder}/map/gate.json`)).met, true);
    assertStringIncludes(await readText(`${folder}/map/gate.xml`), 'tests="2" failures="0"');

    const failed = await runCommandLine("gate", `${folder}/map`, "--worst", "1", "--bad", "1", "--out", `${folder}/gate`, "--json");
    assertEquals(failed.status, 3, failed.errors);
    const json = await readText(`${folder}/gate/gate.json`);
    assertEquals(failed.output, json);
    assertEquals(JSON.parse(json).verdicts.map(({ measure, met }: { measure: string; met: boolean }) => [measure, met]), [
      ...[["worst", false], ["bad", true]],
    ]);
    await runCommandLine("gate", `${folder}/map`, "--worst", "1", "--bad", "1", "--out", `${folder}/gate`);
    assertEquals(await readText(`${folder}/gate/gate.json`), json);

    await runCommandLine("map", ...subject, "--counts", "3,2", "--out", `${folder}/map`);
    const left = Array.from(Deno.readDirSync(new URL(`${folder}/map`, ROOT)), ({ name }) => name);
    assertEquals(left.filter((name) => name.startsWith("gate")), [], "no verdict is left of a run that was made anew");
  }));

Deno.test("orthotope gate refuses options that ask nothing", () =>
  withFolder(async (folder) => {
    const subject = ["--mesh", await writeMesh(folder), "--classifier", await writeNetwork(folder), "--class", "1", "--quiet"];
    await runCommandLine("map", ...subject, "--counts", "2,2", "--out", `${folder}/map`);
    const refusals: readonly (readonly [readonly string[], string])[] = [
      [[], "gate needs the folder of a run"],
      [[`${folder}/map`], "Nothing is asked: give one of --volume"],
      [[`${folder}/map`, "--drop", "0.1"], "--drop says how far a run may fall behind --against: give both"],
      [[`${folder}/map`, "--mean", "0", "--floor", "0.2"], "--floor is for --bad of maps"],
      [[`${folder}/map`, "--mean", "0", "--each-class"], "--each-class is for studies"],
    ];
    for (const [args, message] of refusals) {
      const { status, errors } = await runCommandLine("gate", ...args);
      assertEquals(status, 2, errors);
      assertStringIncludes(errors, message);
    }
  }));
