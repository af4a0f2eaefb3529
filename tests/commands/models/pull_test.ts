import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CATALOG } from "../../../plugins/classifiers/catalog.ts";
import { encodeModel } from "../../../plugins/classifiers/onnx/codec.ts";
import { sha256 } from "../../../workers/input_files.ts";
import { tinyNetwork } from "../../plugins/classifiers/onnx/tiny_network.ts";
import { type Ended, readText, withFolder, writeText } from "../command_line.ts";
import { serve, whole } from "./server.ts";

const ROOT = new URL("../../../", import.meta.url);
const NETWORK = new Uint8Array(encodeModel(tinyNetwork({ classes: 1000 })));
const HASH = await sha256(NETWORK);

/** Runs a command line in a folder, as a user does who keeps networks there; it may reach this machine only. */
async function runIn(folder: string, ...args: string[]): Promise<Ended> {
  const permissions = args[0] === "models" ? ["--allow-read", "--allow-write=models", "--allow-net=127.0.0.1"] : ["-A"];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--config",
      new URL("deno.json", ROOT).pathname,
      ...permissions,
      new URL("cli.ts", ROOT).pathname,
      ...args,
    ],
    cwd: new URL(folder, ROOT),
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { status: code, output: decoder.decode(stdout), errors: decoder.decode(stderr) };
}

Deno.test("models pull fetches a network by name, and --classifier knows it with its normalization and labels", () =>
  withFolder(async (folder) => {
    await using server = serve(whole(NETWORK));
    const pulled = await runIn(folder, "models", "pull", "inception_v3", "--url", server.url);
    assertEquals(pulled.status, 0, pulled.errors);
    assertStringIncludes(pulled.errors, HASH);
    assertStringIncludes(pulled.errors, "trusted from now on");
    assertEquals(await readText(`${folder}/models/inception_v3.sha256`), `${HASH}  inception_v3.onnx\n`);
    const again = await runIn(folder, "models", "pull", "inception_v3", "--url", "http://127.0.0.1:9/none");
    assertEquals(again, { status: 0, output: "", errors: "inception_v3 is here already: models/inception_v3.onnx\n" });
    const listed = JSON.parse((await runIn(folder, "models", "list", "--json")).output);
    assertEquals(listed.catalog.filter(({ pulled }: { pulled: boolean }) => pulled).map(({ name }: { name: string }) => name), [
      "inception_v3",
    ]);

    const map = [
      "map",
      "--mesh",
      "cup",
      "--classifier",
      "inception_v3",
      "--class",
      "water bottle",
      "--counts",
      "2,2",
      "--workers",
      "1",
      "--json",
    ];
    const { run } = JSON.parse((await runIn(folder, ...map, "--out", "out")).output);
    assertEquals(run.class, { index: 898, label: "water bottle" });
    assertEquals([run.classifier.name, run.classifier.sha256], ["inception_v3", HASH]);
    assertStringIncludes(run.classifier.facts.normalization, "0.485");
    const plain = JSON.parse((await runIn(folder, ...map, "--normalization", "none", "--out", "out")).output);
    assertEquals(plain.run.classifier.facts.normalization, "none");

    await writeText(`${folder}/models/inception_v3.onnx`, encodeModel(tinyNetwork({ classes: 1000, side: 12 })));
    const changed = await runIn(folder, ...map);
    assertEquals(changed.status, 2);
    assertStringIncludes(changed.errors, "is not the network that was published as inception_v3");
  }));

Deno.test("models pull --from imports a file where it is the right one, and nothing else", () =>
  withFolder(async (folder) => {
    await writeText(`${folder}/mine.onnx`, NETWORK);
    const wrong = await runIn(folder, "models", "pull", "resnet50", "--from", "mine.onnx", "--quiet");
    assertEquals([wrong.status, wrong.output, wrong.errors.trimEnd().split("\n").length], [2, "", 1], wrong.errors);
    assertStringIncludes(wrong.errors, `it has ${NETWORK.length} bytes, and 102146338 are right`);
    const other = await runIn(folder, "models", "pull", "inception_v3", "--from", "mine.onnx", "--sha256", "0".repeat(64));
    assertEquals(other.status, 2);
    assertStringIncludes(other.errors, `its SHA-256 is ${HASH}`);
    const right = await runIn(folder, "models", "pull", "inception_v3", "--from", "mine.onnx", "--sha256", HASH);
    assertEquals(right.status, 0, right.errors);
    assertEquals(await Deno.readFile(new URL(`${folder}/models/inception_v3.onnx`, ROOT)), NETWORK);
    assertEquals([...Deno.readDirSync(new URL(`${folder}/models/`, ROOT))].map(({ name }) => name).sort(), [
      "inception_v3.onnx",
      "inception_v3.sha256",
    ]);
  }));

Deno.test("models pull refuses a server's other file, and says what to do where a network blocks the hosts", () =>
  withFolder(async (folder) => {
    await using server = serve(whole(NETWORK));
    const wrong = await runIn(folder, "models", "pull", "alexnet", "--url", server.url);
    assertEquals(wrong.status, 2);
    assertStringIncludes(wrong.errors, "is not the file that was published");
    const blocked = await runIn(folder, "models", "pull", "resnet50");
    assertEquals(blocked.status, 2);
    for (const part of [...CATALOG.find(({ name }) => name === "resnet50")!.urls, "--from FILE", "python -c", "weights='IMAGENET1K_V1'"]) {
      assertStringIncludes(blocked.errors, part);
    }
    assert(
      blocked.errors.trimEnd().split("\n").at(-1)!.startsWith("error: Cannot pull resnet50: May not reach media.githubusercontent.com"),
    );
    assertStringIncludes(blocked.errors, 'use "deno task models", or allow it with --allow-net=');
  }));

Deno.test("a network of the catalog that is not here, and one of a wrong name, say what to do", () =>
  withFolder(async (folder) => {
    const missing = await runIn(folder, "map", "--classifier", "resnet50");
    assertEquals([missing.status, missing.errors], [
      2,
      'error: Network "resnet50" is not here yet: fetch it with "deno task models pull resnet50"\n',
    ]);
    const unknown = await runIn(folder, "models", "pull", "resnet5");
    assertEquals(unknown.status, 2);
    assertStringIncludes(unknown.errors, 'did you mean "resnet50"');
  }));

Deno.test("models inspect says what a file holds", () =>
  withFolder(async (folder) => {
    await writeText(`${folder}/tiny.onnx`, NETWORK);
    const { status, output } = await runIn(folder, "models", "inspect", "tiny.onnx");
    assertEquals(status, 0);
    for (const part of [HASH, "1000 classes", "pictures of 9 x 9", "2 Conv"]) assertStringIncludes(output, part);
    const facts = JSON.parse((await runIn(folder, "models", "inspect", "tiny.onnx", "--json")).output);
    assertEquals([facts.sha256, facts.bytes, facts.classifier.classes], [HASH, NETWORK.length, 1000]);
    const none = await runIn(folder, "models", "inspect");
    assertEquals([none.status, none.errors], [2, "error: models inspect needs a FILE or a NAME\n"]);
  }));
