import { InputError } from "../../core/errors.ts";
import type { Mesh } from "../../core/mesh.ts";
import { PluginRegistry } from "../../core/registry.ts";
import type { PipelineSetup } from "../../workers/protocol.ts";

/** Pictures of one pixel: red is the azimuth over 360, green the elevation over 90. */
const SIDE = 1;

/** What a picture's blue makes the classifier do. */
export const BLUE = { nothing: 0, die: 0.25, refuse: 0.5, bug: 0.75, close: 1 } as const;

/** A mesh whose first coordinate is added to the picture's green; above 1 it cannot be rendered. */
export function fakeMesh(green = 0): Mesh {
  return { positions: Float32Array.of(green), triangles: new Uint32Array(0) };
}

/** Plugins whose scores are known: the score of class 0 is the picture's red, of class 1 its green. Deaths are counted in shared memory. */
export function fakePlugins(): PluginRegistry {
  return new PluginRegistry().register(
    {
      kind: "renderer",
      name: "fake",
      description: "one pixel that tells the viewpoint",
      create({ positions: [green] }) {
        if (green > 1) throw new InputError("The fake cannot render this mesh");
        return {
          render(scenes, pictures) {
            scenes.forEach(({ camera, background }, i) =>
              pictures.set([camera.azimuth / 360, camera.elevation / 90 + green, background[2]], 3 * i)
            );
          },
          dispose() {},
        };
      },
    },
    {
      kind: "classifier",
      name: "fake",
      description: "scores are channels",
      load({ bytes }) {
        if (bytes.length === 0) throw new InputError("Classifier fake must not be empty");
        return Promise.resolve({
          info: { width: SIDE, height: SIDE, classes: 2, facts: {} },
          classify(pictures, count) {
            const scores = new Float64Array(2 * count);
            for (let i = 0; i < count; i++) {
              const blue = pictures[3 * i + 2];
              const livesLeft = blue === BLUE.die || blue === BLUE.close ? Atomics.sub(bytes, 0, 1) : 0;
              if (livesLeft > 0 && blue === BLUE.close) self.close();
              if (livesLeft > 0) setTimeout(() => Promise.reject(new Error("the fake died")));
              if (livesLeft > 0) return new Promise(() => {});
              if (blue === BLUE.refuse) return Promise.reject(new InputError("The fake refuses blue"));
              if (blue === BLUE.bug) return Promise.reject(new TypeError("the fake has a bug"));
              scores.set([pictures[3 * i], pictures[3 * i + 1]], 2 * i);
            }
            return Promise.resolve(scores);
          },
          dispose: () => Promise.resolve(),
        });
      },
    },
  );
}

/** A set-up of the fakes whose worker dies `deaths` times on pictures that ask for it. */
export function fakeSetup(deaths = 0): PipelineSetup {
  const bytes = new Uint8Array(new SharedArrayBuffer(1));
  bytes[0] = deaths;
  return {
    renderer: "fake",
    classifier: "fake",
    mesh: fakeMesh(),
    colors: "white",
    source: { name: "fake", bytes, threads: 1, provider: "cpu", gradients: false },
    derivatives: "exact",
  };
}
