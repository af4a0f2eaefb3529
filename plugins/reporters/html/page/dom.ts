/// <reference lib="dom" />

/** What an element can hold. */
export type Content = Node | string;

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An HTML element. Attributes that are undefined or false are left out, true ones are empty. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Name] {
  return fill(document.createElement(name), attributes, content);
}

/** An SVG element. */
export function drawing<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...content: readonly Content[]
): SVGElementTagNameMap[Name] {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, content);
}

function fill<Kind extends Element>(created: Kind, attributes: Attributes, content: readonly Content[]): Kind {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) created.setAttribute(key, value === true ? "" : String(value));
  }
  created.append(...content);
  return created;
}

/** A button that does something. */
export function button(label: string, attributes: Attributes, act: () => void): HTMLButtonElement {
  const created = element("button", { type: "button", ...attributes }, label);
  created.addEventListener("click", act);
  return created;
}

/** A labeled choice among several. `choose` is told the index. */
export function choice(
  label: string,
  options: readonly string[],
  choose: (index: number) => void,
): { root: HTMLLabelElement; select: HTMLSelectElement } {
  const select = element("select", { "aria-label": label }, ...options.map((text, i) => element("option", { value: i }, text)));
  select.addEventListener("change", () => choose(select.selectedIndex));
  return { root: element("label", { class: "field" }, element("span", {}, label), select), select };
}

/** Offers text as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = element("a", { href: url, download: name });
  link.click();
  // The browser has taken the file by the time that it is idle again.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
