import { element } from "./dom.js";

/**
 * A text of a memory with paragraphs, lists, headings and code, and nothing else of Markdown: an
 * address in it is text, since a link or a picture could tell somebody that it was looked at.
 */
export function rendered(text: string, number: (label: string) => Node): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const lines = text.split("\n");
  let paragraph: string[] = [];
  let list: HTMLUListElement | undefined;
  const endParagraph = (): void => {
    if (paragraph.length > 0)
      fragment.append(element("p", {}, inline(paragraph.join("\n"), number)));
    paragraph = [];
  };
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (line.startsWith("```")) {
      endParagraph();
      list = undefined;
      const code: string[] = [];
      for (index += 1; index < lines.length && !lines[index]?.startsWith("```"); index += 1)
        code.push(lines[index] ?? "");
      fragment.append(element("pre", { tabindex: 0 }, element("code", {}, code.join("\n"))));
    } else if (/^[-*] /.test(line)) {
      endParagraph();
      if (list === undefined) fragment.append((list = element("ul")));
      list.append(element("li", {}, inline(line.slice(2), number)));
    } else if (list !== undefined && line.startsWith("  ")) {
      list.lastElementChild?.append(" ", inline(line.trim(), number));
    } else {
      list = undefined;
      const heading = /^#{1,6} /.exec(line);
      if (line.trim() === "") endParagraph();
      else if (heading === null) paragraph.push(line);
      else {
        endParagraph();
        fragment.append(
          element("p", { class: "heading" }, inline(line.slice(heading[0].length), number)),
        );
      }
    }
  }
  endParagraph();
  return fragment;
}

/** Code, strong words and numbers of issues in a line. */
function inline(text: string, number: (label: string) => Node): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const part of text.split(/(`[^`]+`|\*\*[^*]+\*\*|#\d{1,7}\b)/)) {
    if (/^`[^`]+`$/.test(part)) fragment.append(element("code", {}, part.slice(1, -1)));
    else if (/^\*\*[^*]+\*\*$/.test(part))
      fragment.append(element("strong", {}, part.slice(2, -2)));
    else if (/^#\d{1,7}$/.test(part)) fragment.append(number(part));
    else fragment.append(part);
  }
  return fragment;
}
