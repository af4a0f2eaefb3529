import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { comparedMaps } from "../../commands/report_comparisons.ts";
import { readAllRuns } from "../../commands/report_runs.ts";
import { InputError } from "../../core/errors.ts";
import type { MapRecord } from "../../core/record.ts";
import { openMesh } from "../../workers/open_mesh.ts";
import { formatJson } from "../../plugins/reporters/json.ts";
import { AZIMUTH, ELEVATION, growRecord, mapRecord, region, withMeasuredPoints } from "../plugins/reporters/record_parts.ts";
import { readText, runCommandLine, withFolder, writeMesh, writeNetwork, writeText } from "./command_line.ts";

Deno.test("orthotope report makes a page of runs with their mesh, a comparison of networks, figures and a film", () =>
  withFolder(async (folder) => {
    const mesh = await writeMesh(folder);
    const subject = (network: string) => ["--mesh", mesh, "--classifier", network, "--class", "1", "--quiet"];
    const first = await writeNetwork(folder);
    const second = `${folder}/other.onnx`;
    await writeText(second, await Deno.readFile(new URL(`../../${first}`, import.meta.url)));
    const made = [
      await runCommandLine("map", ...subject(first), "--counts", "6,4", "--out", `${folder}/one`),
      await runCommandLine(
        "grow",
        ...subject(first),
        "--method",
        "naive",
        "--steps",
        "8",
        "--backdrop",
        "20",
        "--samples",
        "8",
        "--out",
        `${folder}/grown`,
      ),
    ];
    for (const { status, errors } of made) assertEquals(status, 0, errors);
    // The same map by a network of another name and content: as if it were another one.
    const text = await readText(`${folder}/one/record.json`);
    const other = text.replace('"name": "tiny"', '"name": "other"').replace(/"sha256": "[0-9a-f]{4}/, '"sha256": "0000');
    await Deno.mkdir(new URL(`../../${folder}/two`, import.meta.url));
    await writeText(`${folder}/two/record.json`, other);

    const runs = ["one", "two", "grown"].map((name) => `${folder}/${name}`);
    const { status, errors } = await runCommandLine("report", ...runs, "--mesh", mesh, "--film", "--figures", "--out", `${folder}/out`);
    assertEquals(status, 0, errors);
    assert(!errors.includes("No pictures"), errors);
    const files = Array.from(Deno.readDirSync(new URL(`../../${folder}/out`, import.meta.url)), ({ name }) => name).sort();
    assertEquals(files.filter((name) => !name.endsWith(".svg")), [
      ...["grown-film.gif", "grown-regions.png", "grown-trace.png", "networks.png", "one-map.png", "report.html", "two-map.png"],
    ]);
    const page = await readText(`${folder}/out/report.html`);
    assertStringIncludes(page, "<title>Orthotope: 3 runs</title>");
    const again = await runCommandLine("report", ...runs, "--mesh", mesh, "--out", `${folder}/again`);
    assertEquals(again.status, 0, again.errors);
    assert(await readText(`${folder}/again/report.html`) === page, "the same runs give the same page");

    const alone = await runCommandLine("report", `${folder}/one/record.json`);
    assertEquals(alone.status, 0, alone.errors);
    assertStringIncludes(alone.errors, 'No pictures of "tetrahedron": give its file with --mesh');
    assertStringIncludes(await readText(`${folder}/one/report.html`), "<title>one</title>");
    await Deno.remove(new URL(`../../${folder}/one/report.html`, import.meta.url));
    const film = await runCommandLine("report", `${folder}/one`, "--film");
    assertEquals([film.status, film.errors.includes("--film needs a run of grow")], [2, true], film.errors);
    const region = await runCommandLine("report", `${folder}/grown`, "--film", "--region", "9");
    assertEquals([region.status, region.errors.includes("--region must be in [1, 1]: current value is 9")], [2, true], region.errors);
    const useless = await runCommandLine("report", `${folder}/grown`, "--region", "1");
    assertEquals([useless.status, useless.errors.includes("--region chooses what --film shows")], [2, true], useless.errors);
    for (const run of ["one", "grown"]) {
      const names = Array.from(Deno.readDirSync(new URL(`../../${folder}/${run}`, import.meta.url)), ({ name }) => name);
      assert(!names.includes("report.html"), "nothing is written where something given is wrong");
    }
  }));

Deno.test("readAllRuns() leaves out damaged runs and tells of them, unless none is left", () =>
  withFolder(async (folder) => {
    const parent = new URL(`../../${folder}`, import.meta.url).pathname;
    const told: string[] = [];
    const write = async (name: string, content: string) => {
      await Deno.mkdir(`${parent}/${name}`);
      await Deno.writeTextFile(`${parent}/${name}/record.json`, content);
    };
    await write("b", '{ "command": "map" }');
    await write("c", "{");
    await writeText(`${folder}/afile`, "x");
    const none = await assertRejects(() => readAllRuns(parent, (reason) => told.push(reason)), InputError, "There is no run to report");
    assert(!none.message.includes("\n"));
    await write("a", formatJson(mapRecord([AZIMUTH], [4])));
    told.length = 0;
    assertEquals((await readAllRuns(parent, (reason) => told.push(reason))).map(({ name }) => name), ["a"]);
    assertEquals(told.length, 2);
    assertStringIncludes(told[0], `${parent}/b/record.json`);
    assertStringIncludes(told[1], `${parent}/c/record.json`);
  }));

Deno.test("comparedMaps() compares complete maps of one lattice, renderer, shading and colors only", () => {
  const complete = mapRecord([AZIMUTH, ELEVATION], [12, 5]);
  const by = (network: string, changed: Partial<MapRecord["run"]> = {}, record: MapRecord = complete): MapRecord => ({
    ...record,
    run: { ...record.run, classifier: { ...record.run.classifier, name: network, sha256: network.repeat(64) }, ...changed },
  });
  const [a, b] = [by("a"), by("b")];
  const interrupted = by("b", {}, mapRecord([AZIMUTH, ELEVATION], [12, 5], { score: ([azimuth]) => azimuth > 36 ? NaN : 0.5 }));
  const inPart = withMeasuredPoints(b);
  assertEquals(comparedMaps([a, interrupted, inPart, b]), [[a, b]]);
  assertEquals(comparedMaps([a, interrupted, inPart]), [[a, inPart]]);
  const others = [
    interrupted,
    by("b", {}, mapRecord([AZIMUTH, ELEVATION], [2, 2])),
    by("b", { renderer: "exact" }),
    by("b", { shading: "smooth" }),
    by("b", { mesh: { ...b.run.mesh, colors: "mesh" } }),
    by("b", { fixed: { distance: 3 } }),
    by("b", { class: { index: 1, label: "mug" } }),
  ];
  for (const other of others) assertEquals(comparedMaps([a, other]), []);
  assertEquals(comparedMaps([a, by("b", { shading: "flat" })]).length, 1, "records without a shading are of flat faces");
});

Deno.test("orthotope report ends with status 2 and one line where runs or meshes are not what they should be", () =>
  withFolder(async (folder) => {
    const damaged = `${folder}/damaged`;
    const mesh = await writeMesh(folder);
    await Deno.mkdir(new URL(`../../${damaged}`, import.meta.url));
    await writeText(`${damaged}/record.json`, "{");
    const cases: [args: string[], message: string][] = [
      [[`${folder}/nowhere`], `Cannot find the record "${folder}/nowhere/record.json"`],
      [[mesh], `Cannot find the record "${mesh}/record.json": a part of its path is a file`],
      [[damaged], `Record "${damaged}/record.json" must be JSON`],
      [["--run", damaged], `Record "${damaged}/record.json" must be JSON`],
      [["--region", "0", damaged], "--region must be in [1, 1000000]: current value is 0"],
    ];
    for (const [args, message] of cases) {
      const { status, errors } = await runCommandLine("report", ...args);
      assertEquals(status, 2, errors);
      assertEquals(errors.trim().split("\n").length, 1, errors);
      assertStringIncludes(errors, message);
    }
  }));

Deno.test("orthotope report refuses a mesh that is of none of its runs", () =>
  withFolder(async (folder) => {
    const mesh = await writeMesh(folder);
    const other = await writeText(`${folder}/other.obj`, "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n");
    const network = await writeNetwork(folder);
    await runCommandLine("map", "--mesh", mesh, "--classifier", network, "--class", "1", "--counts", "2,2", "--out", `${folder}/run`);
    const { status, errors } = await runCommandLine("report", `${folder}/run`, "--mesh", other);
    assertEquals(status, 2, errors);
    assertStringIncludes(errors, `Mesh "${other}" is of no run in this report: it must be the very file of tetrahedron`);
    const folderOfMeshes = await runCommandLine("report", `${folder}/run`, "--mesh", folder);
    assertEquals([folderOfMeshes.status, folderOfMeshes.errors.includes("No pictures")], [0, false], folderOfMeshes.errors);
  }));

Deno.test("orthotope report draws films and figures of runs with plugins without pictures, and says so", () =>
  withFolder(async (folder) => {
    const space = [AZIMUTH, { name: "fog", unit: "share", low: 0, high: 0.9 }];
    const { name, sha256 } = await openMesh("teapot", { colors: "white" });
    const mesh = { name, sha256, triangles: 12, colors: "white" } as const;
    const [grown, line] = [growRecord(space, [region({ a: [100, 0.1], b: [160, 0.4] })]), mapRecord(space.slice(1), [5])];
    for (
      const [name, record] of [
        ["grown", { ...grown, run: { ...grown.run, mesh } }],
        ["line", { ...line, run: { ...line.run, mesh, renderer: "ray-caster" } }],
      ] as const
    ) {
      await Deno.mkdir(new URL(`../../${folder}/${name}`, import.meta.url));
      await writeText(`${folder}/${name}/record.json`, formatJson(record));
    }
    const runs = [`${folder}/grown`, `${folder}/line`];
    const { status, errors } = await runCommandLine("report", ...runs, "--film", "--figures", "--out", `${folder}/out`);
    assertEquals(status, 0, errors);
    assertStringIncludes(errors, 'No pictures in figures and films of "grown": fog came from outside');
    assertStringIncludes(errors, 'No pictures in figures and films of "line": fog, ray-caster came from outside');
    const names = Array.from(Deno.readDirSync(new URL(`../../${folder}/out`, import.meta.url)), ({ name }) => name);
    for (const name of ["grown-film.gif", "line-map.png"]) assert(names.includes(name), name);
  }));
