import { InputError } from "../../../core/errors.ts";

/** Limits that grow with the size of the pictures: all that the adapter has of them is asked for. */
const LIMITS = ["maxTextureDimension2D", "maxStorageBufferBindingSize", "maxBufferSize"] as const;

/** The WebGPU adapter of this machine: a GPU, or a software driver; undefined where there is none. */
export async function findAdapter(): Promise<GPUAdapter | undefined> {
  // Absent in a runtime without WebGPU.
  const gpu = navigator.gpu as GPU | undefined;
  return await gpu?.requestAdapter({ powerPreference: "high-performance" }) ?? undefined;
}

/** A device to draw with. @throws InputError where this machine has no adapter. */
export async function openDevice(): Promise<GPUDevice> {
  const adapter = await findAdapter();
  if (adapter === undefined) {
    throw new InputError(
      "Renderer three needs a WebGPU adapter, and this machine has none: " +
        "install a driver (Mesa's llvmpipe or lavapipe will do without a GPU), or use --renderer raster",
    );
  }
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  return await adapter.requestDevice({ requiredLimits });
}

/** What an adapter calls itself. */
export function describeAdapter({ info }: GPUAdapter): string {
  return info.description || info.device || info.vendor || "an adapter without a name";
}
