import { TeapotGeometry } from "three/addons/geometries/TeapotGeometry.js";
import type { ShapeFamily, Solid } from "./family.ts";
import { seal } from "./seal.ts";
import type { Variation } from "./variation.ts";

/** The Utah teapot, its spout to the front, and relatives of it: tall or flat, with other spouts, handles and knobs. */
export const teapot: ShapeFamily = { name: "teapot", imageNet: { index: 849, label: "teapot" }, revolution: false, build };

/** In three's teapot of size 1: beyond this radius lie only spout and handle, above this height only the knob. */
const BODY_RADIUS = 1.2;
const KNOB_HEIGHT = 0.66;

function build(vary: Variation): Solid[] {
  const pot = new TeapotGeometry(1, 9, true, true, true, true, true).rotateY(Math.PI / 2);
  const tall = vary.number(1, 0.7, 1.45);
  const pear = vary.number(0, -0.22, 0.22);
  const spout = vary.number(1, 0.75, 1.6);
  const lift = vary.number(0, -0.05, 0.28);
  const handle = vary.number(1, 0.8, 1.5);
  const knob = vary.number(1, 0.8, 1.9);

  const positions = pot.getAttribute("position");
  for (let i = 0; i < positions.count; i++) {
    const [x, y, z] = [positions.getX(i), positions.getY(i), positions.getZ(i)];
    const girth = 1 - pear * y;
    const beyond = Math.max(0, Math.abs(z) - BODY_RADIUS);
    const stretch = z < 0 ? spout : handle;
    const knobHeight = Math.max(0, y - KNOB_HEIGHT) * (knob - 1);
    positions.setXYZ(
      i,
      x * girth,
      tall * (y + knobHeight + (z < 0 ? lift * beyond : 0)),
      Math.sign(z) * ((Math.abs(z) - beyond) * girth + beyond * stretch),
    );
  }
  return [seal(pot)];
}
