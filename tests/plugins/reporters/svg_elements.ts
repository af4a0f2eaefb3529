/** An element of a drawing. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text directly in it. */
  text: string;
  readonly children: SvgElement[];
}

const TOKEN = /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<>]+)/gy;
const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };

/** Reads a drawing strictly: throws where it is not well-formed XML of elements and text. Gives all elements, outer ones first. */
export function parseSvg(bytes: Uint8Array): SvgElement[] {
  const source = new TextDecoder("utf-8", { fatal: true }).decode(bytes).trimEnd();
  if (/[^\P{Cc}\t\n\r]/u.test(source)) throw new SyntaxError("XML must not hold control characters");
  const root: SvgElement = { name: "", attributes: {}, text: "", children: [] };
  const open = [root];
  const all: SvgElement[] = [];
  let position = 0;
  for (const match of source.matchAll(TOKEN)) {
    const [token, closing, name, attributes, selfClosing, text] = match;
    if (match.index !== position) break;
    position += token.length;
    const parent = open[open.length - 1];
    if (text !== undefined) parent.text += decode(text);
    else if (closing) {
      if (parent.name !== name) throw new SyntaxError(`</${name}> closes <${parent.name}>`);
      open.pop();
    } else {
      const element = { name, attributes: readAttributes(attributes), text: "", children: [] };
      parent.children.push(element);
      all.push(element);
      if (!selfClosing) open.push(element);
    }
  }
  if (position !== source.length) throw new SyntaxError(`Not XML from ${JSON.stringify(source.slice(position, position + 60))}`);
  if (open.length !== 1 || root.children.length !== 1 || root.children[0].name !== "svg") {
    throw new SyntaxError("One svg element must hold all");
  }
  return all;
}

function readAttributes(source: string): Record<string, string> {
  const pairs = [...source.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]): [string, string] => [name, decode(value)]);
  const attributes = Object.fromEntries(pairs);
  if (Object.keys(attributes).length !== pairs.length) throw new SyntaxError("An attribute is given twice");
  return attributes;
}

function decode(text: string): string {
  return text.replace(/&[^;]*;?/g, (entity) => {
    if (ENTITIES[entity] === undefined) throw new SyntaxError(`Unknown entity ${entity}`);
    return ENTITIES[entity];
  });
}

/** A line of text and the room that it takes. */
export interface PlacedText {
  readonly text: string;
  readonly upwards: boolean;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** All lines of text of a drawing, with their boxes from the baseline to the height of capitals. */
export function placedTexts(elements: readonly SvgElement[]): PlacedText[] {
  return elements.filter(({ name }) => name === "text").map(({ attributes, text }) => {
    const turned = /^translate\(([-\d.]+),([-\d.]+)\) rotate\(-90\)$/.exec(attributes.transform ?? "");
    const [x, y] = turned ? [Number(turned[1]), Number(turned[2])] : [Number(attributes.x), Number(attributes.y)];
    const length = Number(attributes.textLength);
    const start = { middle: -length / 2, end: -length }[attributes["text-anchor"]] ?? 0;
    const height = Number(attributes["font-size"]) * 0.73;
    return turned
      ? { text, upwards: true, left: x - height, right: x, top: y - start - length, bottom: y - start }
      : { text, upwards: false, left: x + start, right: x + start + length, top: y - height, bottom: y };
  });
}

/** Elements of one class. */
export function marks(elements: readonly SvgElement[], kind: string): SvgElement[] {
  return elements.filter(({ attributes }) => attributes.class === kind);
}
