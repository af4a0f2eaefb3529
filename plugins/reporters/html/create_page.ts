import { gzipSync } from "fflate";
import type { PageData } from "./page_data.ts";
import { browserModules, moduleAddress } from "./page_modules.ts";

/** The module that a page starts with. */
const ENTRY = "plugins/reporters/html/page/main.ts";

/** Nothing comes from anywhere else, and nothing is sent: scripts and styles are in the page, pictures are drawn by it. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data: blob:";

let frame: Promise<{ imports: Record<string, string>; style: string }> | undefined;

/** What all pages have in common, read once. */
function loadFrame() {
  return frame ??= (async () => {
    const [modules, style] = await Promise.all([browserModules(ENTRY), Deno.readTextFile(new URL("page/style.css", import.meta.url))]);
    return { imports: Object.fromEntries(Array.from(modules, ([path, script]) => [path, moduleAddress(script)])), style };
  })();
}

/** One HTML file that needs nothing besides itself: it can be opened from disk, sent and kept. The same data gives the same bytes. */
export async function createPage(data: PageData): Promise<Uint8Array> {
  const { imports, style } = await loadFrame();
  const packed = gzipSync(new TextEncoder().encode(JSON.stringify(data)), { mtime: 0 });
  const html = [
    "<!DOCTYPE html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<link rel="icon" href="data:,">',
    `<title>${escapeHtml(data.title)}</title>`,
    `<style>${style}</style>`,
    `<script type="importmap">${JSON.stringify({ imports })}</script>`,
    "</head>",
    "<body>",
    `<header><h1>${escapeHtml(data.title)}</h1></header>`,
    '<main id="report"><p>The report is being opened. It needs JavaScript.</p></main>',
    `<script type="application/gzip" id="data">${packed.toBase64()}</script>`,
    `<script type="module">import "${ENTRY}";</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
  return new TextEncoder().encode(html);
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.toWellFormed().replace(/[&<>"]/g, (character) => entities[character]);
}
