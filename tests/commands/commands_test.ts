import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import type { GrowRecord, MapRecord } from "../../core/record.ts";
import { interruptCommandLine, readText, runCommandLine, withFolder, writeMesh, writeNetwork } from "./command_line.ts";

/** The options that name a small mesh and network. */
async function subject(folder: string): Promise<string[]> {
  return ["--mesh", await writeMesh(folder), "--classifier", await writeNetwork(folder), "--class", "1"];
}

Deno.test("orthotope map says how many pictures it took", () =>
  withFolder(async (folder) => {
    const { output } = await runCommandLine("map", ...await subject(folder), "--counts", "1,1", "--out", `${folder}/out`);
    assertStringIncludes(output, ": 1 picture, mean score");
  }));

Deno.test("orthotope map writes the record, the figure and arrays for NumPy", () =>
  withFolder(async (folder) => {
    const { status, output, errors } = await runCommandLine(
      "map",
      ...await subject(folder),
      "--step",
      "60,25",
      "--out",
      `${folder}/out`,
      "--npz",
    );
    assertEquals(status, 0, errors);
    assertStringIncludes(output, "24 pictures");
    const record: MapRecord = JSON.parse(await readText(`${folder}/out/record.json`));
    assertEquals(record.shape, [6, 4]);
    assertEquals(record.axes.map(({ name, values }) => [name, values.length]), [["azimuth", 6], ["elevation", 4]]);
    assert(record.scores.every((score) => score > 0 && score < 1));
    assert(new Set(record.scores).size > 20, "scores vary with the viewpoint");
    assertEquals(record.complete, true);
    assertEquals(record.run.mesh.triangles, 4);
    assertEquals(record.run.classifier.sha256.length, 64);
    const files = Array.from(Deno.readDirSync(new URL(`../../${folder}/out`, import.meta.url)), ({ name }) => name).sort();
    assertEquals(files, ["map.npz", "map.png", "map.svg", "record.json"]);
  }));

Deno.test("orthotope map and orthotope render agree on the score of a point", () =>
  withFolder(async (folder) => {
    const files = await subject(folder);
    await runCommandLine("map", ...files, "--counts", "4,5", "--out", `${folder}/out`);
    const { scores, axes }: MapRecord = JSON.parse(await readText(`${folder}/out/record.json`));
    const point = `azimuth=${axes[0].values[1]},elevation=${axes[1].values[3]}`;
    for (const more of [[], ["--derivative", "elevation"]]) {
      const options = [...files.slice(0, 4), "--point", point, ...more, "--out", `${folder}/a.png`, "--json"];
      const [{ classes }] = JSON.parse((await runCommandLine("render", ...options)).output).pictures;
      assertAlmostEquals(classes.find(({ index }: { index: number }) => index === 1).score, scores[5 + 3], 1e-9);
    }
  }));

Deno.test("orthotope map --shading smooth says so in the record, sees another picture, and has exact gradients of it", () =>
  withFolder(async (folder) => {
    const options = [...await subject(folder), "--counts", "3,3", "--gradient"];
    const records: MapRecord[] = [];
    for (const shading of ["flat", "smooth"]) {
      const { status, errors } = await runCommandLine("map", ...options, "--shading", shading, "--out", `${folder}/${shading}`);
      assertEquals(status, 0, errors);
      records.push(JSON.parse(await readText(`${folder}/${shading}/record.json`)));
    }
    assertEquals(records.map(({ run }) => run.shading), ["flat", "smooth"]);
    assertEquals(records.map(({ gradients }) => gradients?.source), ["exact", "exact"]);
    assert(records[0].scores.some((score, i) => Math.abs(score - records[1].scores[i]) > 1e-6));
  }));

Deno.test("orthotope map has the same scores with gradients and without", () =>
  withFolder(async (folder) => {
    const options = ["--counts", "5,3", "--set", "distance=3", "--json", "--out", `${folder}/out`];
    const [plain, exact] = await Promise.all([[], ["--gradient", "exact"]].map(async (more): Promise<MapRecord> =>
      JSON.parse((await runCommandLine("map", ...options, ...more)).output)
    ));
    assertEquals(exact.gradients?.source, "exact");
    exact.scores.forEach((score, i) =>
      assertAlmostEquals(score!, plain.scores[i]!, 1e-9)
    );
  }));

Deno.test("orthotope grow gives the same record with one worker, two and three", () =>
  withFolder(async (folder) => {
    const options = [...await subject(folder), "--method", "naive,oir_b,oir_w", "--at", "40,20", "--at", "200,30", "--steps", "15"];
    const records: string[] = [];
    for (const [name, workers] of [["one", "1"], ["two", "2"], ["again", "3"]]) {
      const { status, errors } = await runCommandLine(
        "grow",
        ...options,
        "--epsilon",
        "5",
        "--backdrop",
        "30",
        "--samples",
        "40",
        "--workers",
        workers,
        "--out",
        `${folder}/${name}`,
      );
      assertEquals(status, 0, errors);
      records.push(await readText(`${folder}/${name}/record.json`));
    }
    assertEquals(records[1], records[0]);
    assertEquals(records[2], records[0]);
    const { regions, backdrop }: GrowRecord = JSON.parse(records[0]);
    assertEquals(regions.map(({ method, initialPoint }) => [method, initialPoint]), [
      ["naive", [40, 20]],
      ["oir_b", [40, 20]],
      ["oir_w", [40, 20]],
      ["naive", [200, 30]],
      ["oir_b", [200, 30]],
      ["oir_w", [200, 30]],
    ]);
    assertEquals(regions.slice(0, 3).map(({ steps, evaluations, gradientEvaluations }) => [steps, evaluations, gradientEvaluations]), [
      [15, 60, 0],
      [15, 120, 0],
      [15, 0, 60],
    ]);
    assert(regions.every(({ trace, check }) => trace.length === 16 && check?.samples === 40));
    assert(backdrop!.slices[0].scores.length > 20);
  }));

Deno.test("orthotope grow handles one parameter and four, robust and adversarial", () =>
  withFolder(async (folder) => {
    const files = await subject(folder);
    for (const parameters of ["azimuth", "azimuth,elevation,distance,ambient=0.2:0.8"]) {
      const { status, output, errors } = await runCommandLine(
        "grow",
        ...files,
        "--parameters",
        parameters,
        ...["--target", "adversarial", "--method", "naive", "--steps", "3", "--epsilon", "0.05", "--backdrop", "60", "--json"],
        ...["--out", `${folder}/out`],
      );
      assertEquals(status, 0, errors);
      const record: GrowRecord = JSON.parse(output);
      assertEquals(record.run.space.length, parameters.split(",").length);
      assertEquals(output, await readText(`${folder}/out/record.json`));
    }
  }));

Deno.test({
  name: "orthotope map keeps what is done when it is interrupted, and ends with status 130",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      const { status, errors } = await interruptCommandLine("map", ...await subject(folder), "--step", "0.2", "--out", `${folder}/out`);
      assertEquals(status, 130, errors);
      const record: MapRecord = JSON.parse(await readText(`${folder}/out/record.json`));
      assertEquals(record.complete, false);
      assert(record.evaluations > 0 && record.evaluations < record.scores.length);
      assertEquals(record.scores.filter((score) => score !== null).length, record.evaluations);
    }),
});

Deno.test("orthotope map --tolerance measures a part of the points and says how well it knows the others", () =>
  withFolder(async (folder) => {
    const files = await subject(folder);
    const options = [...files, "--step", "9,10"];
    await runCommandLine("map", ...options, "--out", `${folder}/whole`);
    const { status, errors } = await runCommandLine("map", ...options, "--tolerance", "0.02", "--out", `${folder}/part`);
    assertEquals(status, 0, errors);
    const whole: MapRecord = JSON.parse(await readText(`${folder}/whole/record.json`));
    const part: MapRecord = JSON.parse(await readText(`${folder}/part/record.json`));
    const { measured } = part.adaptive!;
    assertEquals(part.evaluations, measured.length);
    assert(measured.length < whole.scores.length);
    for (const index of measured) assertEquals(part.scores[index], whole.scores[index]);
    const errorsOfOthers = part.scores.map((score, i) => Math.abs(score - whole.scores[i]));
    assert(errorsOfOthers.filter((error) => error > 0.02).length < 0.1 * part.scores.length);
    assert(Number.isInteger(part.adaptive!.surprises) && part.adaptive!.share === undefined);
  }));

Deno.test("orthotope map --share limits the points that --tolerance measures, and is nothing without it", () =>
  withFolder(async (folder) => {
    const files = await subject(folder);
    const options = [...files, "--step", "9,10", "--share", "0.15", "--out", `${folder}/part`];
    const { status, output, errors } = await runCommandLine("map", ...options, "--tolerance", "0.0001");
    assertEquals(status, 0, errors);
    const part: MapRecord = JSON.parse(await readText(`${folder}/part/record.json`));
    assertEquals([part.evaluations, part.scores.length, part.adaptive!.share, part.complete], [60, 400, 0.15, true]);
    assert(part.adaptive!.check.withinTolerance < 0.95);
    assertStringIncludes(
      output,
      `${part.adaptive!.surprises} of the 60 points measured lie further than 0.0001 from what their neighbors say`,
    );
    for (const counts of ["1,1", "2,1"]) {
      const few = await runCommandLine(
        "map",
        ...files,
        "--counts",
        counts,
        "--tolerance",
        counts === "1,1" ? "0.001" : "0.9",
        "--out",
        `${folder}/few`,
      );
      assertEquals(few.output.trim().split("\n").length, 1, "nothing of jumps where there are none");
    }
    const alone = await runCommandLine("map", ...options);
    assertEquals(alone.status, 2);
    assertStringIncludes(alone.errors, "--share limits what --tolerance measures");
  }));

Deno.test("orthotope grow --falsify reports the worst point of a region, or cuts it away", () =>
  withFolder(async (folder) => {
    const files = await subject(folder);
    const options = [
      ...files,
      "--method",
      "naive",
      "--steps",
      "1",
      "--epsilon",
      "30",
      "--at",
      "200,30",
      "--backdrop",
      "0",
      "--samples",
      "60",
    ];
    const grow = async (...more: string[]): Promise<GrowRecord["regions"][number]> => {
      const { status, errors, output } = await runCommandLine("grow", ...options, ...more, "--json", "--out", `${folder}/out`);
      assertEquals(status, 0, errors);
      return JSON.parse(output).regions[0];
    };
    const reported = await grow("--falsify");
    const { score, point, gradientEvaluations, cuts } = reported.falsification!;
    assertEquals(cuts, 0);
    assert(gradientEvaluations > 0);
    assert(score <= reported.check!.minimum);
    assert((await Deno.stat(new URL(`../../${folder}/out/worst.png`, import.meta.url))).size > 0, "a picture of the worst point");
    point.forEach((value, i) => assert(value >= reported.a[i] && value <= reported.b[i]));
    const floor = (score + reported.initialScore) / 2;
    const cut = await grow("--falsify", "cut", "--floor", String(floor));
    assert(cut.falsification!.cuts > 0 && cut.falsification!.score >= floor && cut.volume < reported.volume);
    assert(cut.check!.containsInitialPoint);
  }));

Deno.test("orthotope plugins lists what there is", async () => {
  const { status, output } = await runCommandLine("plugins");
  assertEquals(status, 0);
  for (const name of ["azimuth", "raster", "onnx", "oir_b", "json"]) assertStringIncludes(output, name);
});

Deno.test("orthotope without a command and with --help shows what there is", async () => {
  assertStringIncludes((await runCommandLine("--help")).output, "grow");
  assertStringIncludes((await runCommandLine("grow", "--help")).output, "--epsilon");
});

Deno.test("orthotope models names its parts, in its help and where it is given another", async () => {
  const { output } = await runCommandLine("models", "--help");
  for (const part of ["models list", "models pull", "models inspect"]) assertStringIncludes(output, part);
  const { status, errors } = await runCommandLine("models", "fetch");
  assertEquals(status, 2);
  assertStringIncludes(errors, 'Unknown command "models fetch": known are models list, models pull, models inspect');
});
