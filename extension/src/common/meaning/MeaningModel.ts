/** A model that the user has chosen and that tells what texts mean. It works elsewhere than on this thread. */
export interface MeaningModel {
  /** Reads the model and tells what its vectors are. Rejects with what is wrong with it. */
  open(): Promise<ModelShape>;

  /** What a text means. Texts are taken one after the other. */
  embed(text: string, said: Said): Promise<Float32Array>;

  /** Ends its work; whoever waits is told. */
  close(): void;
}

/** What is known of a model's vectors. */
export interface ModelShape {
  /** How many numbers each has. */
  readonly width: number;
  /** Of 32 bits: tells the model from any other, so that kept vectors are not compared with those of another. */
  readonly mark: number;
}

/** Why search cannot go by what texts mean at all, or not by the model of the settings. */
export interface MeaningProblems {
  readonly table?: string;
  readonly model?: string;
}

/** What a text is; some models are told before each. */
export type Said = "question" | "memory";
