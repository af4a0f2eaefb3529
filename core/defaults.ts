/** What holds where the user says nothing. Options of region methods have their defaults beside their descriptions. */
export const DEFAULTS = {
  /** A built-in shape and a built-in network. */
  mesh: "teapot",
  classifier: "resnet-biased",
  parameters: "azimuth,elevation",
  renderer: "raster",
  provider: "cpu",
  colors: "white",
  shading: "flat",
  /** Threads a worker: one single-thread session a core beats one session over several. */
  threads: 1,
  /** Points a job of a worker. */
  batch: 8,
  seed: 0,
  method: "slab",
  /** Folder of the run folders. */
  out: "runs",
  /** Points that the check of a region draws. */
  samples: 256,
  confidence: 0.95,
  /** Equation (2): a region is robust where the mean is at least this (1 - eps_m), and the variance at most this (eps_v). */
  mean: 0.6,
  variance: 0.08,
  /** A point that scores less is a bad one. */
  floor: 0.35,
  /** Share of a region that may be bad. */
  badShare: 0.01,
  /** Points of the map behind the boxes of a figure. */
  backdrop: 1200,
} as const;
