import type { Pose } from "../pose.ts";
import type { Motion } from "./motion.ts";

/** How fast points of the object move across a picture, in pixels. */
export class Velocity {
  x = 0;
  y = 0;
  readonly #middleX: number;
  readonly #middleY: number;
  readonly #scale: number;
  readonly #zoom: number;
  readonly #motion: Motion;

  constructor(width: number, height: number, pose: Pose, motion: Motion) {
    this.#middleX = width / 2;
    this.#middleY = height / 2;
    this.#scale = pose.zoom * height / 2;
    this.#zoom = motion.zoom * height / 2;
    this.#motion = motion;
  }

  /** Finds the velocity of the point seen at a place in pixels with the given 1/z. */
  at(x: number, y: number, w: number): void {
    const { turn, drift } = this.#motion;
    // Slopes x/z and y/z, and their rates of change.
    const a = (x - this.#middleX) / this.#scale, b = (this.#middleY - y) / this.#scale;
    const away = turn[0] * b - turn[1] * a + drift[2] * w;
    const rateA = turn[1] - turn[2] * b + drift[0] * w - a * away;
    const rateB = turn[2] * a - turn[0] + drift[1] * w - b * away;
    this.x = this.#scale * rateA + this.#zoom * a;
    this.y = -(this.#scale * rateB + this.#zoom * b);
  }
}
