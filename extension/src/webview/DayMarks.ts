import { addDays, dayLabel, daysBetween } from "./days.js";
import { element, svg } from "./dom.js";

/** How days are laid out in a drawing: in units that are stretched to the room there is. */
export interface DayLayout {
  readonly width: number;
  readonly height: number;
  readonly isStretched: boolean;
  /** Left, top, width and height of a mark, of which `share` is from 0 to 1. */
  box(index: number, share: number): readonly [number, number, number, number];
  /** The day at a place, before the first or behind the last where there is none. */
  at(x: number, y: number): number;
  /** Days that an arrow key passes. */
  readonly steps: Readonly<Record<string, number>>;
}

export interface DayMarksOptions {
  readonly label: string;
  /** Says how many memories a day or some days have. */
  readonly told: (days: string, count: number) => string;
  /** Chooses the days from one to another. */
  readonly choose: (from: string, to: string) => void;
}

/** How strong the weakest mark is, of 4. */
const STRENGTHS = 4;

/** Days drawn as marks; a press takes one of them, a drag several, and keys do both. */
export class DayMarks {
  readonly element: HTMLElement;
  readonly #options: DayMarksOptions;
  readonly #caption: HTMLElement;
  readonly #place: HTMLElement;
  #layout: DayLayout | undefined;
  #first = "";
  #today = "";
  #counts: readonly number[] = [];
  #marks: SVGElement[] = [];
  /** The day that keys or the mouse began at, and the one they are at. */
  #anchor = 0;
  #at = 0;
  #isDragged = false;

  constructor(options: DayMarksOptions) {
    this.#options = options;
    this.#place = element("div", {
      ...{ class: "days", role: "slider", tabindex: 0, "aria-label": options.label },
      pointerdown: (event) => this.#press(event as PointerEvent),
      pointermove: (event) => this.#move(event as PointerEvent),
      pointerup: () => this.#release(),
      pointerleave: () => this.#leave(),
      keydown: (event) => this.#key(event as KeyboardEvent),
      focus: () => this.#show(),
      blur: () => this.#leave(),
    });
    this.#caption = element("div", { class: "caption", "aria-hidden": "true" });
    this.element = element("div", { class: "dayMarks" }, this.#place, this.#caption);
  }

  /** Shows the days from one to another. */
  show(
    layout: DayLayout,
    days: { readonly first: string; readonly last: string; readonly today: string },
    counts: Readonly<Record<string, number>>,
  ): void {
    const { first, last, today } = days;
    const isOther = first !== this.#first;
    this.#layout = layout;
    this.#first = first;
    this.#today = today;
    this.#counts = Array.from(
      { length: daysBetween(first, last) + 1 },
      (_, index) => counts[addDays(first, index)] ?? 0,
    );
    const most = Math.max(1, ...this.#counts);
    const { width, height, isStretched } = layout;
    const drawing = svg("svg", {
      ...{ viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
      ...(isStretched ? { preserveAspectRatio: "none" } : {}),
    });
    this.#marks = this.#counts.map((count, index) => {
      const [x, y, wide, high] = layout.box(index, count / most);
      const strength = Math.ceil(Math.sqrt(count / most) * STRENGTHS);
      return svg("rect", { x, y, width: wide, height: high, class: `mark${strength}` });
    });
    drawing.append(...this.#marks);
    this.#place.replaceChildren(drawing);
    this.#place.setAttribute("aria-valuemin", "0");
    this.#place.setAttribute("aria-valuemax", String(this.#counts.length - 1));
    if (isOther) this.#anchor = this.#at = this.#counts.length - 1;
    this.#tell();
    if (document.activeElement === this.#place) this.#show();
    else this.#leave();
  }

  get #from(): number {
    return Math.min(this.#anchor, this.#at);
  }

  get #to(): number {
    return Math.max(this.#anchor, this.#at);
  }

  #press(event: PointerEvent): void {
    const index = this.#indexOf(event);
    if (index === undefined || event.button !== 0) return;
    this.#isDragged = true;
    this.#place.setPointerCapture(event.pointerId);
    this.#anchor = this.#at = index;
    this.#show();
  }

  #move(event: PointerEvent): void {
    const index = this.#indexOf(event);
    if (index === undefined) return;
    if (!this.#isDragged) this.#anchor = index;
    this.#at = index;
    this.#show();
  }

  #release(): void {
    if (!this.#isDragged) return;
    this.#isDragged = false;
    this.#choose();
  }

  #leave(): void {
    this.#isDragged = false;
    for (const mark of this.#marks) mark.classList.remove("within");
    const end = this.#counts.length - 1;
    this.#caption.replaceChildren(
      element("span", {}, this.#labelOf(0, 0)),
      element("span", {}, this.#labelOf(end, end)),
    );
  }

  #key(event: KeyboardEvent): void {
    const end = this.#counts.length - 1;
    const ends = { Home: -end, End: end };
    const steps: Readonly<Record<string, number>> = { ...this.#layout?.steps, ...ends };
    const step = steps[event.key];
    if (step !== undefined) {
      this.#at = Math.min(end, Math.max(0, this.#at + step));
      if (!event.shiftKey) this.#anchor = this.#at;
      this.#show();
    } else if (event.key === "Enter" || event.key === " ") this.#choose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(): void {
    this.#options.choose(addDays(this.#first, this.#from), addDays(this.#first, this.#to));
  }

  #show(): void {
    const [from, to] = [this.#from, this.#to];
    for (const [index, mark] of this.#marks.entries())
      mark.classList.toggle("within", index >= from && index <= to);
    this.#caption.replaceChildren(element("span", {}, this.#tell()));
  }

  #tell(): string {
    const [from, to] = [this.#from, this.#to];
    const count = this.#counts.slice(from, to + 1).reduce((sum, one) => sum + one, 0);
    const told = this.#options.told(this.#labelOf(from, to), count);
    this.#place.setAttribute("aria-valuenow", String(this.#at));
    this.#place.setAttribute("aria-valuetext", told);
    return told;
  }

  #labelOf(from: number, to: number): string {
    return dayLabel(addDays(this.#first, from), addDays(this.#first, to), this.#today);
  }

  #indexOf({ clientX, clientY }: PointerEvent): number | undefined {
    const room = this.#place.firstElementChild?.getBoundingClientRect();
    if (this.#layout === undefined || room === undefined || room.width === 0) return undefined;
    const { width, height } = this.#layout;
    const index = this.#layout.at(
      ((clientX - room.left) / room.width) * width,
      ((clientY - room.top) / room.height) * height,
    );
    return Math.min(this.#counts.length - 1, Math.max(0, index));
  }
}
