/// <reference lib="dom" />
import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { DEFAULT_SCENE } from "../../../../core/scene.ts";
import { ExactRenderer } from "../../../../plugins/renderers/raster/exact.ts";
import { RasterRenderer } from "../../../../plugins/renderers/raster/raster_renderer.ts";
import { csv } from "../../../../plugins/reporters/csv.ts";
import { AZIMUTH, DISTANCE, ELEVATION, growRecord, mapRecord, region, withGradients } from "../record_parts.ts";
import { biasRecord, studyRecord } from "../study_records.ts";
import { Browser } from "./browser.ts";
import { CUP, FALSIFIED, FIRST, GROWTH, type Look, LOOKS, pageOf, pageWith, PARTLY, SECOND } from "./pages.ts";

const SPACE = [AZIMUTH, ELEVATION];
const DESK = { width: 1200, height: 900, colorScheme: "light" } as const;

/** The 8-bit values of the picture beside the map, or of another, [height x width x 4]. */
function seenPicture(page: Page, selector = "canvas.picture"): Promise<number[]> {
  return page.evaluate((selector) => {
    const canvas = document.querySelector<HTMLCanvasElement>(selector)!;
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true })!;
    copy.drawImage(canvas, 0, 0);
    return Array.from(copy.getImageData(0, 0, canvas.width, canvas.height).data);
  }, selector);
}

/** What the network sees of the cup, or of another object, drawn here. */
function drawnPicture(
  azimuth: number,
  elevation: number,
  Renderer: typeof RasterRenderer | typeof ExactRenderer = RasterRenderer,
  { mesh, colors, shading }: Look = CUP,
): number[] {
  const picture = new Float32Array(3 * 64 * 64);
  const scene = { ...DEFAULT_SCENE, camera: { ...DEFAULT_SCENE.camera, azimuth, elevation } };
  new Renderer(mesh, { width: 64, height: 64, colors, shading }).render([scene], picture);
  return Array.from({ length: 4 * 64 * 64 }, (_, i) => i % 4 === 3 ? 255 : Math.round(255 * picture[(i % 4) * 64 * 64 + (i >> 2)]));
}

/** Points at a place of the map: shares of its width and height, from the left and from below. */
async function pointAt(page: Page, across: number, up: number): Promise<void> {
  const box = (await page.locator(".plot canvas").boundingBox())!;
  await page.mouse.move(box.x + across * box.width, box.y + (1 - up) * box.height);
}

/** Sides of the box that is followed, as they are drawn. */
function followedBox(page: Page): Promise<number[]> {
  const box = page.locator(".plot rect.followed").first();
  return Promise.all(["x", "y", "width", "height"].map(async (name) => Number(await box.getAttribute(name))));
}

const spoken = (page: Page) => page.locator(".seen output").textContent();

Deno.test({
  name: "the page of several runs works in a browser, from disk",
  // The driver keeps listeners and timers of its own until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using browser = await Browser.start();
    const { page, seen } = await browser.open(await pageOf(FIRST, SECOND, GROWTH), DESK);

    await t.step("opens at the first region, with its title as text", async () => {
      assertEquals(await page.title(), 'A "report" <b>');
      assertEquals(await page.locator("h1").textContent(), 'A "report" <b>');
      assertStringIncludes((await spoken(page)) ?? "", "azimuth 75°");
    });

    await t.step("pointing at the map shows what the network sees there, to the last bit, and its score", async () => {
      const before = await seenPicture(page);
      await pointAt(page, 0.51, 0.44);
      const picture = await seenPicture(page);
      assertNotEquals(picture, before);
      const [azimuth, elevation] = [180, FIRST.axes[1].values[4]];
      assertEquals(picture, drawnPicture(azimuth, elevation));
      assertStringIncludes((await spoken(page)) ?? "", "azimuth 180°");
      const score = FIRST.scores[12 * 10 + 4];
      assertStringIncludes((await spoken(page)) ?? "", `score ${Number(score.toPrecision(3))}`);
      const scores = await page.locator(".scores li").allTextContents();
      assertEquals(scores.map((text) => text.match(/^(first|second|mean of networks)/)?.[0]), ["first", "second", "mean of networks"]);
      assert(scores[1].endsWith(String(Number((180 / 400).toPrecision(3)))), scores[1]);
    });

    await t.step("the arrow keys move from point to point, across the seam", async () => {
      await page.locator(".plot").focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowUp");
      assertStringIncludes((await spoken(page)) ?? "", `azimuth 195°, elevation ${Number(FIRST.axes[1].values[5].toPrecision(4))}°`);
      for (let i = 0; i < 13; i++) await page.keyboard.press("ArrowRight");
      assertStringIncludes((await spoken(page)) ?? "", "azimuth 30°");
      assertEquals(await seenPicture(page), drawnPicture(30, FIRST.axes[1].values[5]));
    });

    await t.step("the slider moves the box along its trace, and what is seen at its corners", async () => {
      const full = await followedBox(page);
      const plot = (await page.locator(".plot canvas").boundingBox())!;
      const expected = (
        a: readonly number[],
        b: readonly number[],
      ) => [(b[0] - a[0]) / 360 * plot.width, (b[1] - a[1]) / 100 * plot.height];
      const [, , width, height] = full;
      for (const [i, side] of expected(GROWTH.regions[0].a, GROWTH.regions[0].b).entries()) {
        assert(Math.abs([width, height][i] - side) < 1.5);
      }
      const corner = () => page.evaluate(() => document.querySelector<HTMLCanvasElement>(".corners canvas")!.toDataURL());
      const corners = await corner();
      await page.locator(".player input").focus();
      await page.keyboard.press("Home");
      const small = await followedBox(page);
      const [, , smallWidth, smallHeight] = small;
      for (const [i, side] of expected(GROWTH.regions[0].trace[0].a, GROWTH.regions[0].trace[0].b).entries()) {
        assert(Math.abs([smallWidth, smallHeight][i] - side) < 1.5, `${small} against ${side}`);
      }
      assertNotEquals(await corner(), corners);
      assertStringIncludes((await page.locator(".player output").textContent()) ?? "", "step 0 of 3");
      await page.locator(".player button").click();
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>(".player input")!.value === "3", undefined, {
        timeout: 10_000,
      });
      assertEquals(await followedBox(page), full);
    });

    await t.step("another region is followed from the table, across the seam at both ends", async () => {
      await page.getByRole("button", { name: "slab" }).click();
      assertEquals(await page.locator(".plot rect.followed").count(), 2);
      assertEquals(await page.getByRole("button", { name: "slab" }).getAttribute("aria-pressed"), "true");
    });

    await t.step("networks are compared on one map: lines of each, and differences", async () => {
      const colors = () => page.evaluate(() => document.querySelector<HTMLCanvasElement>(".plot canvas")!.toDataURL());
      const before = await colors();
      assertEquals(await page.locator(".plot .contour").count(), 1);
      await page.getByRole("checkbox", { name: "second" }).check();
      assertEquals(await page.locator(".plot .contour").count(), 2);
      await page.getByLabel("map", { exact: true }).selectOption("first − second");
      assertNotEquals(await colors(), before);
      await pointAt(page, 0.01, 0.45);
      assertStringIncludes((await spoken(page)) ?? "", `difference ${Number(FIRST.scores[4].toPrecision(3))}`);
    });

    await t.step("tables are saved as the CSV reporter writes them", async () => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "map.csv" }).first().click()]);
      assertEquals(download.suggestedFilename(), "run0-map.csv");
      const [{ bytes }] = await csv.report(FIRST);
      assertEquals(await Deno.readTextFile(await download.path()), new TextDecoder().decode(bytes));
    });

    await t.step("everything can be reached with the keyboard", async () => {
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      const reached = new Set<string>();
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press("Tab");
        reached.add(await page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.className}`.trim()));
      }
      for (const name of ["SELECT", "DIV plot", "INPUT", "BUTTON play", "BUTTON swatch", "BUTTON save", "DIV scroll"]) {
        assert(reached.has(name), `${name}: ${[...reached].join(", ")}`);
      }
    });

    await t.step("nothing was loaded from elsewhere, and the console stayed empty", () => assertEquals(seen, []));

    await t.step("a run with the renderer exact shows that renderer's pictures, to the last bit", async () => {
      const { page } = await browser.open(await pageOf({ ...FIRST, run: { ...FIRST.run, renderer: "exact" } }), DESK);
      await pointAt(page, 0.51, 0.44);
      const [azimuth, elevation] = [180, FIRST.axes[1].values[4]];
      assertEquals(await seenPicture(page), drawnPicture(azimuth, elevation, ExactRenderer));
      assertNotEquals(await seenPicture(page), drawnPicture(azimuth, elevation));
    });

    for (const [name, look] of Object.entries(LOOKS)) {
      await t.step(`a run with the renderer exact shows ${name} as scored, to the last bit`, async () => {
        const { colors, shading } = look;
        const run = { ...FIRST.run, mesh: { ...FIRST.run.mesh, colors }, shading, renderer: "exact" };
        const { page, seen } = await browser.open(await pageWith(look, { ...FIRST, run }), DESK);
        await pointAt(page, 0.51, 0.44);
        const draw = (look: Look) => drawnPicture(180, FIRST.axes[1].values[4], ExactRenderer, look);
        assertEquals(await seenPicture(page), draw(look));
        assertNotEquals(await seenPicture(page), draw({ ...look, colors: "white", shading: "flat" }));
        assertEquals(seen, []);
      });
    }

    await t.step("worst points are marked on the map and listed with their pictures; measured points are told from others", async () => {
      const { page, seen } = await browser.open(await pageOf(PARTLY, FALSIFIED), DESK);
      assertEquals(await page.locator(".plot path.worst:not(.below) title").allTextContents(), [
        `worst point found in oir_b from azimuth 75°, elevation 23.3°: score 0.07 at azimuth 90°, elevation ${
          Number(FIRST.axes[1].values[4].toPrecision(3))
        }°, after 3 cuts`,
        "worst point found in slab from azimuth 360°, elevation 25°: score 0.5 at azimuth 30°, elevation 20°",
      ]);
      const plot = (await page.locator(".plot canvas").boundingBox())!;
      const cross = (await page.locator(".plot path.worst:not(.below)").first().boundingBox())!;
      assert(Math.abs(cross.x + cross.width / 2 - plot.x - plot.width / 4) < 1.5);
      const table = page.getByRole("region", { name: "Worst points found" });
      const rows = await table.locator("tbody tr").allTextContents();
      assert(rows[0].includes("0.07") && rows[0].includes("gradient") && rows[1].includes("evolution"), rows.join());
      await table.getByRole("button").first().click();
      assertStringIncludes((await spoken(page)) ?? "", "azimuth 90°");
      assertEquals(await seenPicture(page, ".bottom canvas"), drawnPicture(90, FIRST.axes[1].values[4]));
      assertEquals(await seenPicture(page), await seenPicture(page, ".bottom canvas"));
      const dots = await page.locator(".plot path.measured").evaluateAll((paths) =>
        paths.reduce((sum, path) => sum + (path.getAttribute("d")!.match(/M/g) ?? []).length, 0)
      );
      assertEquals(dots, PARTLY.adaptive!.measured.length);
      assertStringIncludes((await page.locator(".layer-note").textContent()) ?? "", "to within 0.05 at 95 % of 20 random points");
      // Every second point along the elevation was measured: the one that is looked at, and not its neighbor.
      const value = () => page.locator(".scores .value").first().textContent();
      assert(!(await value())!.includes("≈"));
      await page.locator(".plot").focus();
      await page.keyboard.press("ArrowUp");
      assertStringIncludes((await value()) ?? "", "≈");
      assertEquals(seen, []);
    });

    await t.step("fits a phone, dark, with every kind of run", async () => {
      const study = studyRecord(SPACE, [24, 10]);
      const cube = mapRecord([AZIMUTH, ELEVATION, DISTANCE], [6, 4, 3]);
      const line = growRecord([AZIMUTH], [region({ a: [30], b: [80] })]);
      const curve = withGradients(mapRecord([DISTANCE], [24]));
      const content = await pageOf(study, biasRecord(SPACE, [24, 10]), PARTLY, FALSIFIED, withGradients(cube), line, curve);
      const phone = await browser.open(content, { width: 360, height: 740, colorScheme: "dark" });
      const subjects = phone.page.getByLabel("subject");
      const count = await subjects.locator("option").count();
      assertEquals(count, 4 + 2 + 1 + 1 + 1 + 1);
      const marked = { arrow: 0, tangent: 0 };
      for (let i = 0; i < count; i++) {
        await subjects.selectOption({ index: i });
        assertEquals(await phone.page.evaluate(() => document.documentElement.scrollWidth), 360);
        for (const kind of ["arrow", "tangent"] as const) marked[kind] += await phone.page.locator(`.plot .${kind}`).count();
      }
      assert(marked.arrow > 4 && marked.tangent > 4, JSON.stringify(marked));
      const [page, ink] = await phone.page.evaluate(() => {
        const style = getComputedStyle(document.body);
        return [style.backgroundColor, style.color].map((color) => Number(color.match(/\d+/)?.[0]));
      });
      assert(page < 60 && ink > 200, `${ink} on ${page}`);
      assertEquals(phone.seen, []);
    });
  },
});
