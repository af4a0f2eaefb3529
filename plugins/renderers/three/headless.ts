import { PerspectiveCamera, RenderTarget, Scene, WebGPURenderer } from "three/webgpu";
import { openDevice } from "./adapter.ts";

/** three.js' renderer without a window, and how its device fared. */
export interface Headless {
  readonly renderer: WebGPURenderer;
  readonly device: GPUDevice;
  /** Throws what the device complained of, if it did: pictures are then not to be trusted. */
  check(): void;
}

let opened: Promise<Headless> | undefined;

/** The renderer of this thread, opened when it is first wanted. @throws InputError where the machine has no adapter. */
export function headless(): Promise<Headless> {
  opened ??= open().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function open(): Promise<Headless> {
  const device = await openDevice();
  const renderer = new WebGPURenderer({ device, canvas: canvasStandIn(), antialias: false, reversedDepthBuffer: true });
  let failure: string | undefined;
  // three reports what the device complains of here, where nobody would see that the pictures are wrong.
  renderer.onError = (error: string | { readonly message: string }) => failure ??= typeof error === "string" ? error : error.message;
  renderer.onDeviceLost = ({ message }) => {
    failure ??= `the device was lost: ${message}`;
    opened = undefined;
  };
  await renderer.init();
  renderer.setClearColor(0x000000, 0);
  withAnimationFrames(() => drawNothing(renderer));
  return {
    renderer,
    device,
    check: () => {
      if (failure !== undefined) throw new Error(`WebGPU failed: ${failure}`);
    },
  };
}

type Canvas = NonNullable<NonNullable<ConstructorParameters<typeof WebGPURenderer>[0]>["canvas"]>;

/** What three asks of a canvas that is never drawn on: everything goes to render targets. */
function canvasStandIn(): Canvas {
  const ignore = () => undefined;
  const canvas = { width: 1, height: 1, style: {}, addEventListener: ignore, removeEventListener: ignore, setAttribute: ignore };
  return canvas as unknown as Canvas;
}

/** With its first picture three starts a loop of animation frames, on a platform that has none: the loop asks for a frame, and gets none. */
function withAnimationFrames(draw: () => void): void {
  const platform = globalThis as { requestAnimationFrame?: unknown };
  if (platform.requestAnimationFrame !== undefined) return draw();
  platform.requestAnimationFrame = () => 0;
  try {
    draw();
  } finally {
    delete platform.requestAnimationFrame;
  }
}

function drawNothing(renderer: WebGPURenderer): void {
  const target = new RenderTarget(1, 1);
  renderer.setRenderTarget(target);
  renderer.render(new Scene(), new PerspectiveCamera());
  renderer.setRenderTarget(null);
  target.dispose();
}
