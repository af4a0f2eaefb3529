import { assert, assertEquals } from "@std/assert";
import { withFolder, writeMesh, writeNetwork, writeText } from "./commands/command_line.ts";

const ROOT = new URL("../", import.meta.url);

/** Commands in the shell blocks of a page, a line each. */
async function commandsOf(page: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(page, ROOT));
  return [...text.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) => block.trim().split("\n"));
}

const PAGES = [
  "README.md",
  ...[...Deno.readDirSync(new URL("docs", ROOT))].map(({ name }) => `docs/${name}`).filter((name) => name.endsWith(".md")),
];

for (const page of PAGES) {
  Deno.test(`${page} links to what is there`, async () => {
    const text = await Deno.readTextFile(new URL(page, ROOT));
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target]) => new URL(target, new URL(page, ROOT)));
    if (page === "README.md") assert(targets.length > 5);
    for (const target of targets) await Deno.stat(target);
  });
}

/** Commands that write no folder. */
const PRINTING = [" plugins", " models list", " doctor"];

/** The page's tests are this very run. */
const TESTS = "npx -y deno@2.9.6 task test";

function deno(args: readonly string[]): Promise<Deno.CommandOutput> {
  return new Deno.Command(Deno.execPath(), { args: [...args], cwd: ROOT, stdout: "piped", stderr: "piped" }).output();
}

for (const command of (await commandsOf("README.md")).filter((line) => line !== TESTS)) {
  Deno.test(`README.md: ${command}`, () =>
    withFolder(async (folder) => {
      const files: Record<string, string> = {
        "cup.obj": await writeMesh(folder),
        "mobilenet.onnx": await writeNetwork(folder),
        "imagenet.txt": await writeText(`${folder}/labels.txt`, "bowl\ncup\nmug\nplate\nvase\n"),
      };
      const [program, ...words] = command.replace(/^npx -y deno@\S+/, "deno").split(/\s+/);
      assertEquals(program, "deno", "commands start with deno, or with npx, which fetches it");
      // A report is of the runs that there are: here, of one.
      const before = command.endsWith(" report") ? ["task", "map", "--counts", "6,4", "--out", `${folder}/run`] : undefined;
      if (before !== undefined) assertEquals((await deno(before)).code, 0);
      const out = command.includes(" render ") ? `${folder}/picture.png` : `${folder}/out`;
      const { code, stdout, stderr } = await deno([
        ...words.map((word) => files[word] ?? word),
        ...(before === undefined ? [] : ["--run", `${folder}/run`]),
        ...(PRINTING.some((end) => command.endsWith(end)) ? [] : ["--out", out]),
      ]);
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      assert(stdout.length + stderr.length > 0, "it says what it found");
    }));
}
