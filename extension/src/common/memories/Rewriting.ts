/** What a model makes of a memory. Files and type stay as the rules found them. */
export interface Rewriting {
  readonly title: string;
  readonly narrative: string;
  /** What the model says nothing of stays. */
  readonly subtitle?: string;
  readonly facts?: string[];
  readonly concepts?: string[];
}
