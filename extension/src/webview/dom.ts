/** What an element may be given. */
export interface Attributes {
  readonly [name: string]: string | number | boolean | ((event: Event) => void) | undefined;
}

/**
 * An element with attributes and children. Texts become text nodes, so that nothing of a memory is
 * ever read as markup.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(key, value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing made of one path of 16 by 16, which a screen reader passes over. */
export function icon(path: string): SVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 16 16");
  drawing.setAttribute("aria-hidden", "true");
  drawing.classList.add("icon");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

/** A bar as long as a share of its width. */
export function bar(share: number): SVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 100 6");
  drawing.setAttribute("preserveAspectRatio", "none");
  drawing.setAttribute("aria-hidden", "true");
  drawing.classList.add("bar");
  for (const [name, width] of [
    ["whole", 100],
    ["part", share * 100],
  ] as const) {
    const rectangle = document.createElementNS(SVG, "rect");
    rectangle.setAttribute("width", String(width));
    rectangle.setAttribute("height", "6");
    rectangle.classList.add(name);
    drawing.append(rectangle);
  }
  return drawing;
}

/** A text in which parts stand out. */
export function highlighted(
  text: string,
  ranges: readonly { readonly start: number; readonly end: number }[] = [],
): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const range of ranges) {
    if (range.start < end || range.end > text.length) continue;
    fragment.append(
      text.slice(end, range.start),
      element("mark", {}, text.slice(range.start, range.end)),
    );
    end = range.end;
  }
  fragment.append(text.slice(end));
  return fragment;
}
