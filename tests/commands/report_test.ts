import { assert, assertEquals, assertStringIncludes } from "@std/assert";
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
    const film = await runCommandLine("report", `${folder}/one`, "--film");
    assertEquals([film.status, film.errors.includes("--film needs a run of grow")], [2, true], film.errors);
    const region = await runCommandLine("report", `${folder}/grown`, "--film", "--region", "9");
    assertEquals([region.status, region.errors.includes("--region must be in [1, 1]: current value is 9")], [2, true], region.errors);
  }));

Deno.test("orthotope report ends with status 2 and one line where runs or meshes are not what they should be", () =>
  withFolder(async (folder) => {
    const damaged = `${folder}/damaged`;
    await Deno.mkdir(new URL(`../../${damaged}`, import.meta.url));
    await writeText(`${damaged}/record.json`, "{");
    const cases: [args: string[], message: string][] = [
      [[`${folder}/nowhere`], `Cannot find the record "${folder}/nowhere/record.json"`],
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
