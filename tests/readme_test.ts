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

const readme = (await commandsOf("README.md")).filter((line) => line !== TESTS);

/** Whether a word names a run. */
const isRun = (word: string) => word.startsWith("runs/");

/** The commands that make the runs which one asks. */
function makersOf(command: string): string[] {
  const asked = command.split(" ").filter(isRun);
  return command.includes(" gate ") ? readme.filter((line) => line !== command && asked.some((run) => line.endsWith(`--out ${run}`))) : [];
}

for (const command of readme) {
  Deno.test(`README.md: ${command}`, () =>
    withFolder(async (folder) => {
      const files: Record<string, string> = {
        "cup.obj": await writeMesh(folder),
        "mobilenet.onnx": await writeNetwork(folder),
        "imagenet.txt": await writeText(`${folder}/labels.txt`, "bowl\ncup\nmug\nplate\nvase\n"),
      };
      const [program, ...words] = command.replace(/^npx -y deno@\S+/, "deno").split(/\s+/);
      assertEquals(program, "deno", "commands start with deno, or with npx, which fetches it");
      const placed = (word: string) => isRun(word) ? `${folder}/${word.slice("runs/".length)}` : files[word] ?? word;
      for (const maker of makersOf(command)) assertEquals((await deno(maker.split(/\s+/).slice(1).map(placed))).code, 0);
      // A report is of the runs that there are: here, of one.
      const before = command.endsWith(" report") ? ["task", "map", "--counts", "6,4", "--out", `${folder}/run`] : undefined;
      if (before !== undefined) assertEquals((await deno(before)).code, 0);
      const out = command.includes(" render ") ? `${folder}/picture.png` : `${folder}/out`;
      const { code, stdout, stderr } = await deno([
        ...words.map(placed),
        ...(before === undefined ? [] : ["--run", `${folder}/run`]),
        ...(PRINTING.some((end) => command.endsWith(end)) || words.some(isRun) ? [] : ["--out", out]),
      ]);
      // A gate may stay shut.
      assert(code === 0 || (code === 3 && command.includes(" gate ")), new TextDecoder().decode(stderr));
      assert(stdout.length + stderr.length > 0, "it says what it found");
    }));
}
