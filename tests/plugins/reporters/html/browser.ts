import type { BrowserContext, Page } from "playwright-core";

const ROOT = new URL("../../../../", import.meta.url);

/** Where Chromium is on this machine; undefined where it is not. */
export const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(isFile);

/** Name and visibility of a test that needs a browser: it says so in its name where it is skipped. */
export function needsChromium(name: string): { name: string; ignore: boolean } {
  const ignore = CHROMIUM === undefined;
  return { name: ignore ? `${name} (skipped: no chromium)` : name, ignore };
}

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How a browser looks at pages. */
export interface Window {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
}

/** A browser with an empty profile of its own, for the files of a folder. */
export class Browser implements AsyncDisposable {
  readonly #context: BrowserContext;
  readonly #folder: string;

  private constructor(context: BrowserContext, folder: string) {
    this.#context = context;
    this.#folder = folder;
  }

  static async start(): Promise<Browser> {
    const parent = new URL(".cache/tests/", ROOT).pathname;
    await Deno.mkdir(parent, { recursive: true });
    const folder = await Deno.makeTempDir({ dir: parent });
    // The browser's driver writes below the folder for temporary files only.
    Deno.env.set("TMPDIR", folder);
    const { chromium } = await import("playwright-core");
    const context = await chromium.launchPersistentContext(`${folder}/profile`, {
      executablePath: CHROMIUM,
      args: FLAGS,
      acceptDownloads: true,
    });
    return new Browser(context, folder);
  }

  /** Writes a page to disk and opens it from there; `seen` collects what must not happen. */
  async open(content: Uint8Array, { width, height, colorScheme }: Window): Promise<{ page: Page; seen: string[] }> {
    const path = `${this.#folder}/${crypto.randomUUID()}.html`;
    await Deno.writeFile(path, content);
    const page = await this.#context.newPage();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    const seen: string[] = [];
    page.on("console", (message) => seen.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", ({ message }) => seen.push(`error: ${message}`));
    page.on("request", (request) => {
      const url = request.url();
      if (!/^(data|blob):/.test(url) && url !== `file://${path}`) seen.push(`request: ${url}`);
    });
    await page.goto(`file://${path}`);
    await page.waitForSelector("html[data-ready]", { timeout: 15_000 });
    return { page, seen };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
    await Deno.remove(this.#folder, { recursive: true });
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
