import { assert, assertEquals, assertMatch } from "@std/assert";
import { decodePng } from "../plugins/reporters/drawings.ts";
import { JupyterKernel } from "./jupyter_kernel.ts";

const ROOT = new URL("../../", import.meta.url);

interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
}

interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly kernelspec: { readonly name: string } };
  readonly nbformat: number;
}

const notebook: Notebook = JSON.parse(await Deno.readTextFile(new URL("docs/tutorial.ipynb", ROOT)));
const code = notebook.cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => source.join(""));

Deno.test("docs/tutorial.ipynb is a notebook of Deno's kernel", () => {
  assertEquals(notebook.nbformat, 4);
  assertEquals(notebook.metadata.kernelspec.name, "deno");
});

Deno.test("the cells of docs/tutorial.ipynb run in Deno's kernel, from a mesh to a checked region", async () => {
  const folder = new URL(".cache/tests/", ROOT);
  await Deno.mkdir(folder, { recursive: true });
  const connection = await Deno.makeTempFile({ dir: folder.pathname, suffix: ".json" });
  await using kernel = await JupyterKernel.start(new URL("docs/", ROOT), connection);
  const texts: string[] = [];
  const pictures: { width: number; height: number }[] = [];
  for (const cell of code) {
    const { displays, printed, error } = await kernel.execute(cell);
    assert(error === null, `${cell}\n\n${error}`);
    texts.push(printed);
    for (const data of displays) {
      texts.push(data["text/plain"] ?? "");
      const png = data["image/png"];
      if (png !== undefined) pictures.push(await decodePng(Uint8Array.fromBase64(png)));
    }
  }
  assertEquals(pictures.map(({ width }) => width), [224, 1200, 1200], "the picture, the map and the regions");
  const text = texts.join("\n");
  assertMatch(text, /score 0\.\d{3} at 130, 30/);
  assertEquals([...text.matchAll(/(?:naive|oir_b) from [\d,]+: [-\d.]+ to /g)].length, 4, text);
  assertEquals([...text.matchAll(/mean 0\.\d\d, variance 0\.\d{3}, worst 0\.\d\d: (?:holds|does not hold)/g)].length, 4, text);
});
