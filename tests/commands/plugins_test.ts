import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import type { GrowRecord, MapRecord } from "../../core/record.ts";
import { parameterSource } from "../workers/sandbox/plugin_folder.ts";
import { type Ended, readText, runCommandLine, withFolder, writeMesh, writeNetwork, writeText } from "./command_line.ts";

const ROOT = new URL("../../", import.meta.url);
const EXAMPLES = ["fog", "cautious", "prevailing_color", "ray_caster", "markdown"].map((name) => `docs/plugins/${name}.ts`);

/** Runs a command line with the right to start Deno, as `deno task with-plugins` gives it. */
async function withPlugins(...args: string[]): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "-P=run", `--allow-run=${Deno.execPath()}`, "cli.ts", ...args],
    cwd: ROOT,
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  const errors = decoder.decode(stderr).split("\n").filter((line) => !line.includes("experimental feature")).join("\n");
  return { status: code, output: decoder.decode(stdout), errors };
}

function each(option: string, values: readonly string[]): string[] {
  return values.flatMap((value) => [option, value]);
}

Deno.test("orthotope plugins lists origins, options and permissions, of built-in plugins and others", () =>
  withFolder(async (folder) => {
    await writeText(`${folder}/data.txt`, "");
    const path = await writeText(
      `${folder}/haze.ts`,
      parameterSource({
        name: "haze",
        fields: `permissions: ["read:data.txt"], configure() {},
        options: { depth: { description: "of the haze", default: 2, low: 0, high: 9 } },`,
      }),
    );
    const { status, output, errors } = await withPlugins("plugins", "--plugin", path, "--grant", "haze=read:data.txt");
    assertEquals(status, 0, errors);
    assertMatch(output, new RegExp(`haze +0 \\.\\. 1 share +default 0 +${path} 1\\.0\\.0 +may read:data\\.txt +a parameter of a test`));
    assertMatch(output, / depth +2 +0 \.\. 9 +of the haze/);
    assertMatch(output, /azimuth .*built in/);
    assertMatch(output, / eta +0\.1/);
    const list = JSON.parse((await withPlugins("plugins", "--trust", path, "--json")).output);
    const haze = list.find(({ name }: { name: string }) => name === "haze");
    assertEquals([haze.kind, haze.origin, haze.permissions], ["parameter", `${path} 1.0.0`, ["all that this program may"]]);
    assertEquals(list.find(({ name }: { name: string }) => name === "azimuth").origin, "built in");
  }));

Deno.test("orthotope refuses a plugin from outside where it may not start Deno, and says what may", async () => {
  const { status, output, errors } = await runCommandLine("plugins", "--plugin", EXAMPLES[0]);
  assertEquals([status, output], [2, ""]);
  assertEquals(
    errors.trimEnd(),
    "error: A plugin from outside runs in a process of its own, which this task may not start: " +
      'use "deno task with-plugins COMMAND", or --trust in place of --plugin',
  );
});

Deno.test("orthotope refuses a plugin with the name of a built-in one", () =>
  withFolder(async (folder) => {
    const path = await writeText(`${folder}/azimuth.ts`, parameterSource({ name: "azimuth" }));
    for (const option of ["--plugin", "--trust"]) {
      const { status, errors } = await withPlugins("plugins", option, path);
      assertEquals([status, errors.trimEnd()], [2, 'error: There is a parameter named "azimuth" already: choose another name']);
    }
  }));

Deno.test("plugins of all five kinds take part in a run, in processes of their own or trusted, and the record says so", () =>
  withFolder(async (folder) => {
    const options = [
      ...["grow", "--mesh", await writeMesh(folder), "--classifier", "prevailing-color", "--class", "2", "--renderer", "ray-caster"],
      ...[
        "--parameters",
        "azimuth,fog",
        "--method",
        "cautious,naive",
        "--at",
        "40,0.2",
        "--steps",
        "6",
        "--samples",
        "10",
        "--backdrop",
        "16",
      ],
      ...["--option", "cautious.steps=12", "--workers", "2", "--quiet", "--set", "background-blue=0.5"],
    ];
    const records: GrowRecord[] = [];
    for (const [option, out] of [["--plugin", "process"], ["--trust", "trusted"]]) {
      const { status, errors } = await withPlugins(...options, ...each(option, EXAMPLES), "--out", `${folder}/${out}`);
      assertEquals(status, 0, errors);
      records.push(JSON.parse(await readText(`${folder}/${out}/record.json`)));
      assertStringIncludes(await readText(`${folder}/${out}/grow.md`), "| cautious |");
    }
    const [inProcess, trusted] = records;
    assertEquals(inProcess.regions, trusted.regions);
    assertEquals(inProcess.backdrop, trusted.backdrop);
    const [region] = inProcess.regions;
    assertEquals([region.method, region.options, region.steps], ["cautious", { steps: 12, threshold: 0.5 }, 12]);
    assert(region.volumeRatio > 0.01);
    const { plugins, classifier, renderer } = inProcess.run;
    assertEquals([classifier.name, classifier.facts, renderer], ["prevailing-color", { sharpness: 12 }, "ray-caster"]);
    assertEquals(
      plugins?.map(({ kind, name, origin, version, isolation, permissions }) => [kind, name, origin, version, isolation, permissions]),
      [
        ["parameter", "fog", EXAMPLES[0], "1.0.0", "process", []],
        ["method", "cautious", EXAMPLES[1], "1.0.0", "process", []],
        ["classifier", "prevailing-color", EXAMPLES[2], "1.0.0", "process", []],
        ["renderer", "ray-caster", EXAMPLES[3], "1.0.0", "process", []],
        ["reporter", "markdown", EXAMPLES[4], "1.0.0", "process", []],
      ],
    );
    for (const { origin, sha256 } of plugins ?? []) {
      const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(new URL(origin, ROOT)));
      assertEquals(sha256, new Uint8Array(digest).toHex());
    }
    assertEquals(trusted.run.plugins?.map(({ isolation }) => isolation), new Array(5).fill("trusted"));
  }));

Deno.test("a map whose parameter fails keeps what is done, names the plugin and ends with status 2", () =>
  withFolder(async (folder) => {
    const path = await writeText(
      `${folder}/tired.ts`,
      parameterSource({
        name: "tired",
        before: "let calls = 0;",
        apply: '{ if (calls++ > 500) throw new Error("enough"); return scene; }',
      }),
    );
    const { status, output, errors } = await withPlugins(
      ...["map", "--mesh", await writeMesh(folder), "--classifier", await writeNetwork(folder), "--class", "1", "--quiet"],
      ...["--parameters", "azimuth,tired", "--counts", "300,2", "--plugin", path, "--out", `${folder}/out`],
    );
    assertEquals([status, errors.trimEnd()], [2, `error: Plugin "${path}" threw in apply(): Error: enough`]);
    const record: MapRecord = JSON.parse(await readText(`${folder}/out/record.json`));
    assertStringIncludes(output, `${record.evaluations} pictures of 600, mean score`);
    assert(!record.complete && record.evaluations >= 128 && record.evaluations < 512, `${record.evaluations} are kept`);
    assertEquals(record.scores.filter((score) => score !== null).length, record.evaluations);
  }));

Deno.test("a map or a growth whose parameter fails at once writes nothing, and its error names the plugin", () =>
  withFolder(async (folder) => {
    const path = await writeText(`${folder}/late.ts`, parameterSource({ name: "late", apply: '{ throw new Error("no") }' }));
    for (const [command, ...more] of [["map", "--counts", "30,2"], ["map", "--counts", "30,2", "--tolerance", "0.1"], ["grow"]]) {
      const { status, output, errors } = await withPlugins(
        ...[command, "--mesh", await writeMesh(folder), "--classifier", await writeNetwork(folder), "--class", "1", "--quiet"],
        ...["--parameters", "azimuth,late", "--plugin", path, "--out", `${folder}/out`, ...more],
      );
      assertEquals([status, output, errors.trimEnd()], [2, "", `error: Plugin "${path}" threw in apply(): Error: no`]);
      await assertRejects(() => Deno.stat(new URL(`${folder}/out`, ROOT)), Deno.errors.NotFound);
    }
  }));

Deno.test("a map whose trusted parameter gives no scene names it and what it must give, in one line", () =>
  withFolder(async (folder) => {
    const subject = ["map", "--mesh", await writeMesh(folder), "--classifier", await writeNetwork(folder), "--class", "1", "--quiet"];
    for (const [apply, found] of [["undefined", "it is undefined"], ["({ ...scene, post: {} })", "its post.blur is undefined"]]) {
      const path = await writeText(`${folder}/${found.length}.ts`, parameterSource({ name: "empty", apply }));
      const { status, output, errors } = await runCommandLine(
        ...[...subject, "--parameters", "azimuth,empty", "--counts", "3,2", "--trust", path, "--out", `${folder}/out`],
      );
      const must = "a scene must be given, as { ...scene, ... }";
      assertEquals([status, output, errors.trimEnd()], [
        2,
        "",
        `error: Parameter plugin "empty" gave a wrong answer to apply(): ${must}: ${found}`,
      ]);
    }
  }));

Deno.test("a run whose method or reporter fails keeps the other results, names the plugin and ends with status 2", () =>
  withFolder(async (folder) => {
    const source = await Deno.readTextFile(new URL(EXAMPLES[1], ROOT));
    const method = await writeText(
      `${folder}/hasty.ts`,
      source.replace('"cautious"', '"hasty"').replace("const k = step % n", "if (step > 4) Deno.exit(1);\n$&"),
    );
    const reporter = await writeText(
      `${folder}/rude.ts`,
      `export default { kind: "reporter", name: "rude", version: "1.0.0", description: "writes over the record",
        report: () => Promise.resolve([{ name: "record.json", bytes: new Uint8Array(3) }]) };`,
    );
    const { status, output, errors } = await withPlugins(
      ...["grow", "--mesh", await writeMesh(folder), "--classifier", await writeNetwork(folder), "--class", "1", "--quiet"],
      ...[
        "--method",
        "hasty,naive",
        "--option",
        "hasty.threshold=0",
        "--steps",
        "8",
        "--epsilon",
        "1",
        "--samples",
        "10",
        "--backdrop",
        "0",
      ],
      ...["--plugin", method, "--plugin", reporter, "--out", `${folder}/out`],
    );
    assertEquals(status, 2);
    assertMatch(errors, new RegExp(`^error: Plugin "${method}" ended itself`));
    assertEquals(errors.trimEnd().split("\n").length, 1);
    assertStringIncludes(output, "failed");
    const { regions }: GrowRecord = JSON.parse(await readText(`${folder}/out/record.json`));
    assertEquals(regions.map(({ method, stopped, steps }) => [method, stopped, steps]), [["hasty", "failed", 4], ["naive", "steps", 8]]);
    assert(regions[0].volume > 0 && regions[0].check?.samples === 10, "what it had is kept and checked");
  }));

Deno.test("orthotope plugins check says what a plugin does wrong", () =>
  withFolder(async (folder) => {
    const good = await withPlugins("plugins", "check", EXAMPLES[0]);
    assertEquals([good.status, good.output.trimEnd().split("\n").at(-1)], [0, "All of it holds"]);
    const path = await writeText(
      `${folder}/jumpy.ts`,
      parameterSource({ name: "jumpy", apply: "({ ...scene, camera: { ...scene.camera, roll: Math.floor(9 * value * 500) } })" }),
    );
    const jumpy = await withPlugins("plugins", "check", path);
    assertEquals(jumpy.status, 2);
    assertMatch(jumpy.output, /ok +apply\(\) is pure/);
    assertMatch(jumpy.output, /FAILED apply\(\) is smooth: /);
    assertEquals(jumpy.output.trimEnd().split("\n").at(-1), "1 requirement fails");
    const broken = await withPlugins("plugins", "check", await writeText(`${folder}/none.ts`, parameterSource({ apply: "undefined" })));
    assertEquals(broken.status, 2);
    assertMatch(
      broken.output,
      /FAILED apply\(\) is pure, finite and changes the scene: Plugin ".*none\.ts" gave a wrong answer to apply\(\)/,
    );
    assertMatch(broken.output, /FAILED apply\(\) is smooth: not tried/);
    assertMatch((await withPlugins("plugins", "check")).errors, /needs a file or folder/);
  }));

Deno.test("orthotope plugins new writes plugins of every kind that pass their tests", () =>
  withFolder(async (folder) => {
    const names = { parameter: "sea-mist", method: "mine", classifier: "by-color", renderer: "slow", reporter: "notes" };
    for (const [kind, name] of Object.entries(names)) {
      const { status, output, errors } = await runCommandLine("plugins", "new", kind, name, "--out", folder);
      assertEquals([status, output], [0, ""], errors);
      assertEquals(errors.trimEnd(), `Wrote ${folder}/${name.replace("-", "_")}.ts\nWrote ${folder}/${name.replace("-", "_")}_test.ts`);
    }
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      // The examples themselves are type-checked with everything else, and a renderer takes its time.
      args: ["test", "--quiet", "--no-check", "-P=test", folder, `--ignore=${folder}/slow_test.ts`],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    const output = new TextDecoder().decode(stdout);
    assert(success, output + new TextDecoder().decode(stderr));
    for (const name of Object.values(names)) assertEquals(output.includes(`${name}: `), name !== "slow");
    const example = await Deno.readTextFile(new URL("docs/plugins/ray_caster.ts", ROOT));
    assertEquals(await readText(`${folder}/slow.ts`), example.replace('"ray-caster"', '"slow"'));
    assertMatch(await readText(`${folder}/sea_mist.ts`), /name: "sea-mist"/);
    assertMatch((await runCommandLine("plugins", "new", "parameter", "sea-mist", "--out", folder)).errors, /is there already/);
  }));

Deno.test("orthotope plugins check finds nothing wrong with a new plugin of any kind", () =>
  withFolder(async (folder) => {
    for (const kind of ["parameter", "method", "classifier", "renderer", "reporter"]) {
      assertEquals((await runCommandLine("plugins", "new", kind, `my-${kind}`, "--out", folder)).status, 0);
      const { status, output, errors } = await withPlugins("plugins", "check", `${folder}/my_${kind}.ts`);
      assertEquals([status, output.trimEnd().split("\n").at(-1)], [0, "All of it holds"], output + errors);
    }
  }));

Deno.test("orthotope plugins new refuses kinds and names that cannot be", async () => {
  for (
    const [args, says] of [
      [[], /needs KIND and NAME/],
      [["parameter"], /needs KIND and NAME/],
      [["paramter", "x"], /Unknown plugin kind "paramter", did you mean "parameter"/],
      [["parameter", "Fog"], /must be lower-case words/],
      [["parameter", "../fog"], /must be lower-case words/],
      [["parameter", "azimuth"], /There is a built-in parameter named "azimuth"/],
      [["parameter", "fog", "more"], /Unexpected argument "more"/],
    ] as const
  ) {
    const { status, errors } = await runCommandLine("plugins", "new", ...args);
    assertEquals(status, 2);
    assertMatch(errors, says);
  }
});
