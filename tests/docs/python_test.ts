import { assert, assertEquals, assertMatch } from "@std/assert";
import { runCommandLine, withFolder, writeMesh, writeNetwork } from "../commands/command_line.ts";

const ROOT = new URL("../../", import.meta.url);

/** A Python that has what the page reads with; undefined where there is none. */
const PYTHON = ["python3", "/usr/bin/python3"].find((python) => {
  try {
    return new Deno.Command(python, { args: ["-c", "import numpy, pandas"], stdout: "null", stderr: "null" }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
});

const page = await Deno.readTextFile(new URL("docs/python.md", ROOT));

/** The page's programs, in order, as one. */
function programs(): string {
  return [...page.matchAll(/^```python\n([\s\S]*?)^```$/gm)].map(([, code]) => code).join("\n");
}

/** The page's commands, with a small mesh and network in place of the built-in ones and less of everything. */
function commands(subject: readonly string[]): string[][] {
  const lines = [...page.matchAll(/^deno task (.*)$/gm)].map(([, line]) => line.split(" "));
  return lines.map((words) => words.flatMap((word, i) => word === "--mesh" ? subject : words[i - 1] === "--mesh" ? [] : [word]));
}

Deno.test({
  name: `the programs of docs/python.md read what its commands write${
    PYTHON === undefined ? " (skipped: no Python with NumPy and pandas)" : ""
  }`,
  ignore: PYTHON === undefined,
  fn: () =>
    withFolder(async (folder) => {
      const subject = ["--mesh", await writeMesh(folder), "--classifier", await writeNetwork(folder), "--class", "1"];
      for (const words of commands(subject)) {
        const less = words[0] === "grow" ? ["--steps", "20", "--samples", "20", "--backdrop", "60"] : [];
        const placed = words.map((word, i) => words[i - 1] === "--out" ? `${folder}/${word}` : word);
        const { status, errors } = await runCommandLine(...placed, ...less);
        assertEquals(status, 0, errors);
      }
      const command = new Deno.Command(PYTHON!, { args: ["-c", programs()], cwd: new URL(folder, ROOT) });
      const { success, stdout, stderr } = await command.output();
      const output = new TextDecoder().decode(stdout);
      assert(success, new TextDecoder().decode(stderr));
      assertMatch(output, /highest score 0\.\d+ at azimuth \d/);
      for (const method of ["naive", "oir_b"]) assertMatch(output, new RegExp(`^ *${method}\\b.*130\\b`, "m"));
      assertMatch(output, /naive mean sides \[/);
      assertMatch(output, /azimuth +elevation +step/);
    }),
});
