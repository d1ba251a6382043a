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

/** An element of a drawing. */
export function svg(
  name: "svg" | "path" | "rect",
  attributes: Readonly<Record<string, string | number>>,
): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** A drawing made of one path of 16 by 16, which a screen reader passes over. */
export function icon(path: string): SVGElement {
  const drawing = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: "icon" });
  drawing.append(svg("path", { d: path }));
  return drawing;
}

/** A bar as long as a share of its width. */
export function bar(share: number): SVGElement {
  const drawing = svg("svg", {
    ...{ viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true", class: "bar" },
  });
  drawing.append(
    svg("rect", { class: "whole", width: 100, height: 6 }),
    svg("rect", { class: "part", width: share * 100, height: 6 }),
  );
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
